from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.rechecking.retryafter import LONGEST, seconds_asked_for

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), ("0", 0), ("9" * 4000, LONGEST), ("Sat, 21 Nov 2026 12:02:00 GMT", 120), ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("Saturday, 21-Nov-26 12:02:00 GMT", 120), ("Sat Nov 21 12:02:00 2026", 120), ("Sat, 21 Nov 2099 12:00:00 GMT", LONGEST),
        (None, None), ("", None), ("soon", None), ("-5", None), ("1.5", None), ("٣", None), ("Sat, 99 Nov 2026 12:02:00 GMT", None),
    ],
)  # fmt: skip
def test_seconds_and_dates(value: str | None, seconds: float | None) -> None:
    assert seconds_asked_for(value, NOW) == seconds
