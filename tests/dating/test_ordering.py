"""Which of several sources was there first, where their dates are missing, the same, or cannot be true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archiver import dating
from archiver.dating import DateClaim, What, order

SEEN = datetime(2026, 11, 22, 2, 34, 50, tzinfo=UTC)


def at(what: What, moment: datetime, where: str = "json-ld datePublished") -> DateClaim:
    return DateClaim(what, moment, moment, f"{moment:%c}", where)


def test_a_page_that_was_seen_before_its_own_date_orders_nothing() -> None:
    """It was there at some time before it was seen, and nobody knows since when."""
    future = [at(What.PUBLISHED, SEEN + timedelta(days=90)), at(What.CAPTURED, SEEN, "own capture")]
    earlier = [at(What.CAPTURED, SEEN - timedelta(seconds=20), "own capture")]
    found = order({"future": future, "earlier": earlier})
    span = found.spans[0]
    assert (span.earliest, span.latest, span.agreed) == (None, SEEN, False)
    assert (found.before, found.open) == ((), (("future", "earlier"),))


def test_clocks_that_differ_by_minutes_contradict_nobody_by_more() -> None:
    ahead = [at(What.PUBLISHED, SEEN + timedelta(minutes=4)), at(What.CAPTURED, SEEN, "own capture")]
    (span,) = order({"ahead": ahead}).spans
    assert (span.earliest, span.latest, span.agreed) == (SEEN, SEEN, False)


def test_the_same_dates_and_none_order_nothing() -> None:
    dated = [at(What.PUBLISHED, SEEN - timedelta(days=9)), at(What.CAPTURED, SEEN, "own capture")]
    none = [at(What.CAPTURED, SEEN, "own capture")]
    found = order({"one": dated, "same": dated, "none": none})
    assert found.before == ()
    assert found.spans[2].earliest is None
    assert found.earliest == ("one", "same", "none")


@pytest.mark.parametrize("name", ["Date", "Memento-Datetime"])
def test_what_a_server_says_of_itself_is_claimed(name: str) -> None:
    old = dating.read(None, "", None, [(name, "Mon, 01 Jan 2001 00:00:00 GMT")], captured=SEEN)
    later = [at(What.PUBLISHED, SEEN - timedelta(days=90)), at(What.CAPTURED, SEEN, "own capture")]
    found = order({"later": later, "old": old})
    (pair,) = found.before
    assert (pair.one, pair.sure) == ("old", "claimed")
    assert "by their own dates" in pair.why


def test_what_a_file_says_is_claimed_and_what_an_archive_gave_is_seen() -> None:
    moment = SEEN - timedelta(days=900)
    later = [at(What.PUBLISHED, SEEN - timedelta(days=90))]
    filed = dating.read(None, "", None, captured=SEEN, filed=[(moment, "pages.wacz")])
    copied = dating.read(None, "", None, captured=SEEN, archived=[(moment, "https://archive.example/1")])
    assert [pair.sure for pair in order({"later": later, "filed": filed}).before] == ["claimed"]
    assert [pair.sure for pair in order({"later": later, "copied": copied}).before] == ["seen"]


def test_a_server_that_contradicts_its_page_orders_nothing() -> None:
    header = dating.read(None, "", None, [("Date", "Mon, 01 Jan 2001 00:00:00 GMT")])
    page = [at(What.PUBLISHED, SEEN - timedelta(days=90)), at(What.CAPTURED, SEEN, "own capture"), *header]
    other = [at(What.PUBLISHED, SEEN - timedelta(days=900)), at(What.CAPTURED, SEEN, "own capture")]
    found = order({"page": page, "other": other})
    assert (found.spans[0].earliest, found.spans[0].agreed) == (None, False)
    assert found.spans[0].latest == SEEN - timedelta(days=90)
    assert found.before == ()
    (contradiction, *_) = dating.contradictions(page)
    assert "after its server says that it was served" in contradiction.why
