"""How dates are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archiver.dating import parsing


@pytest.mark.parametrize(
    ("written", "local", "unit"),
    [
        ("2023040512", datetime(2023, 4, 5, 12), "hour"),  # noqa: DTZ001
        ("202304051230", datetime(2023, 4, 5, 12, 30), "minute"),  # noqa: DTZ001
        ("20230405123015", datetime(2023, 4, 5, 12, 30, 15), "second"),  # noqa: DTZ001
    ],
)
def test_a_date_and_a_time_in_digits_alone(written: str, local: datetime, unit: str) -> None:
    moment = parsing.value(written)
    assert moment is not None
    assert (moment.local, moment.unit) == (local, unit)
    assert parsing.unix(written) is None


def test_an_hour_is_an_hour_long() -> None:
    moment = parsing.value("2023040512")
    assert moment is not None
    assert moment.latest - moment.earliest == timedelta(hours=27)  # in any zone


def test_unix_time() -> None:
    moment = datetime(2023, 12, 27, 23, 3, 54, tzinfo=UTC)
    for written in ("1703718234", "1703718234000"):
        found = parsing.value(written)
        assert found is not None
        assert found.earliest == found.latest == moment
    assert parsing.value("9999999999") is None


@pytest.mark.parametrize(
    "written",
    [
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.5Z",
        "2017-01-01T05:29:60+05:30",
        "20161231T235960Z",
        "31 December 2016 23:59:60 Z",
        "Sat, 31 Dec 2016 23:59:60 GMT",
    ],
)
def test_a_leap_second_is_a_time(written: str) -> None:
    found = parsing.value(written)
    assert found is not None
    assert found.earliest == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_a_leap_second_in_a_header() -> None:
    found = parsing.http("Sat, 31 Dec 2016 23:59:60 GMT")
    assert found is not None
    assert found.earliest == found.latest == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_a_minute_has_no_62_seconds() -> None:
    assert parsing.value("2016-12-31T23:59:61Z") is None
    assert parsing.http("Sat, 31 Dec 2016 23:59:61 GMT") is None
