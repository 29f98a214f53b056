"""Which of several sources was there first, where their dates are missing, the same, or cannot be true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
