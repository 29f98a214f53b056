"""Which of several sources was there before which: a partial order with what it rests on, never a bare "first".

What a page claims of its own date is a claim, and so is what its server says of the time; what an archive or we have seen bounds it from above only.
So an order is as good as the claims of both sides, and says so; pages whose claims overlap, or contradict one another, stay unordered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from archiver.clock import stamp
from archiver.dating.claim import DateClaim
from archiver.dating.ranking import settling

_MOST = 200  # sources
_CLOCKS = timedelta(minutes=5)  # by which clocks of servers differ


@dataclass(frozen=True, slots=True)
class Span:
    """When a source appeared, as far as is known: not before ``earliest`` (None: unknown), not after ``latest`` (None: unknown). ``agreed`` is
    False where its own best statements of publication contradict one another: then the span holds them all; or where it was seen before any of them,
    or its server says so: then ``earliest`` is unknown."""

    source: str
    earliest: datetime | None
    latest: datetime | None
    agreed: bool
    basis: tuple[DateClaim, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "earliest": None if self.earliest is None else stamp(self.earliest),
            "latest": None if self.latest is None else stamp(self.latest),
            "agreed": self.agreed,
            "basis": [claim.to_json() for claim in self.basis],
        }


@dataclass(frozen=True, slots=True)
class Before:
    """``one`` was there before ``other``. ``sure`` is ``seen`` where the earlier one was recorded by an archive or us before the later one can
    have been published by its own claim, ``claimed`` where it rests on both sources' own dates."""

    one: str
    other: str
    sure: str
    why: str

    def to_json(self) -> dict[str, str]:
        return {"one": self.one, "other": self.other, "sure": self.sure, "why": self.why}


@dataclass(frozen=True, slots=True)
class Order:
    """``spans`` of all sources, the pairs that are ordered, those that are not (``open``), and ``earliest``: every source that no other
    is known to precede."""

    spans: tuple[Span, ...]
    before: tuple[Before, ...]
    open: tuple[tuple[str, str], ...]
    earliest: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "spans": [span.to_json() for span in self.spans],
            "before": [pair.to_json() for pair in self.before],
            "open": [list(pair) for pair in self.open],
            "earliest": list(self.earliest),
        }


def order(sources: Mapping[str, Sequence[DateClaim]]) -> Order:
    """The partial order of sources, by what is known of each; at most the first 200 of them."""
    spans = tuple(_span(source, claims) for source, claims in list(sources.items())[:_MOST])
    before: list[Before] = []
    undecided: list[tuple[str, str]] = []
    later: set[str] = set()
    for number, one in enumerate(spans):
        for other in spans[number + 1 :]:
            pair = _compare(one, other) or _compare(other, one)
            if pair is None:
                undecided.append((one.source, other.source))
            else:
                before.append(pair)
                later.add(pair.other)
    earliest = tuple(span.source for span in spans if span.source not in later)
    return Order(spans, tuple(before), tuple(undecided), earliest)


def _span(source: str, claims: Sequence[DateClaim]) -> Span:
    published = settling(claims)
    bounds = [claim for claim in claims if claim.bounds]
    basis = (*published, *bounds)
    seen = min((claim.latest for claim in bounds if claim.seen), default=None)
    told = min((claim.latest for claim in bounds if not claim.seen), default=None)
    if not published:
        return Span(source, None, min(filter(None, (seen, told)), default=None), agreed=True, basis=basis)
    earliest, latest = max(c.earliest for c in published), min(c.latest for c in published)
    agreed = earliest <= latest
    if not agreed:
        earliest, latest = min(c.earliest for c in published), max(c.latest for c in published)
    if seen is not None and seen < latest:
        agreed = agreed and seen >= earliest
        latest = seen
    if (
        told is not None and told < earliest - _CLOCKS
    ):  # its server says another thing than it does, and neither is known to be true
        return Span(source, None, latest, False, basis)
    if told is not None and told < latest:
        agreed = agreed and told >= earliest
        latest = told
    if (
        earliest > latest + _CLOCKS
    ):  # it was seen before it says that it was published: nobody knows since when it was there
        return Span(source, None, latest, agreed, basis)
    return Span(source, min(earliest, latest), latest, agreed, basis)


def _compare(one: Span, other: Span) -> Before | None:
    if one.latest is None or other.earliest is None or one.latest >= other.earliest:
        return None
    seen = [claim for claim in one.basis if claim.seen and claim.latest < other.earliest]
    if seen:
        why = f"{one.source} was {seen[0].what} by {stamp(seen[0].latest)}; {other.source} says that it was published after {stamp(other.earliest)}."
        return Before(one.source, other.source, "seen", why)
    why = f"by their own dates: {one.source} not after {stamp(one.latest)}, {other.source} not before {stamp(other.earliest)}."
    return Before(one.source, other.source, "claimed", why)
