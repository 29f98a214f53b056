"""Dates as bibliographies write them."""

from __future__ import annotations

from archiver.bibliography import dates


def test_the_long_s_of_old_prints() -> None:
    assert dates.csl_date("31 Auguſt 1790") == {"date-parts": [[1790, 8, 31]]}
    assert dates.csl_date("ſept. 1790") == {"date-parts": [[1790, 9]]}
    assert dates.month_number("ſeptember") == 9
