from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.cli.saying.words import ago, count

NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(("number", "says"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1200, "1,200 pages")])
def test_one_and_many(number: int, says: str) -> None:
    assert count(number, "page") == says
    assert count(number, "page", "is", "are") == f"{says} {'is' if number == 1 else 'are'}"


@pytest.mark.parametrize(
    ("stamp", "says"),
    [
        ("2026-11-20T11:59:30Z", "just now"),
        ("2026-11-20T12:05:00Z", "just now"),  # by a clock that is ahead
        ("2026-11-30T12:00:00Z", "10 days ahead of this machine's clock"),
        ("2026-11-20T11:59:00Z", "1 minute ago"),
        ("2026-11-20T10:45:00Z", "75 minutes ago"),
        ("2026-11-20T10:00:00Z", "2 hours ago"),
        ("2026-11-19T01:00:00Z", "35 hours ago"),
        ("2026-11-18T11:00:00Z", "2 days ago"),
        ("2025-11-20T12:00:00Z", "365 days ago"),
        ("2024-11-20T12:00:00Z", "730 days ago"),
        ("2024-11-19T12:00:00Z", "2 years ago"),
        ("2019-05-01T10:00:00Z", "7 years ago"),
    ],
)
def test_how_long_ago(stamp: str, says: str) -> None:
    assert ago(stamp, NOW) == says
