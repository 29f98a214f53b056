"""Statements about one time set against one another: those that cannot both be true, and how far others lie apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

from archiver.dating.claim import EAST, DateClaim, What
from archiver.dating.ranking import UNIX, called, rank, same_minute, settling

_MOST = 40
_CLOCKS = timedelta(minutes=5)  # by which clocks of servers differ
_STEP = 1800  # seconds by which the zones of the world differ
_SAME = timedelta(days=1)  # within which the systems of one publisher give one text different times


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``kind`` is ``contradiction`` where they are more than a day apart in any zone, ``apart`` where they agree on the day, or only in one zone;
    ``seconds`` is how much later the second is, a time without a zone taken as UTC; ``why`` is one sentence."""

    kind: str
    one: DateClaim
    other: DateClaim
    seconds: int
    why: str

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "one": self.one.to_json(),
            "other": self.other.to_json(),
            "seconds": self.seconds,
            "why": self.why,
        }


def contradictions(claims: Sequence[DateClaim]) -> tuple[Disagreement, ...]:
    """The disagreements among the statements about one page, contradictions first.

    Compared are statements of publication with one another, and each with what bounds it: nothing is published after it was archived,
    captured or served, or changed before it was published.
    """
    found = [*_published(claims), *_bounds(claims)]
    once: dict[tuple[str, object, object], Disagreement] = {}
    for hit in found:
        if hit.kind == "contradiction":  # the same two days in other places are one contradiction
            first, second = sorted([_day(hit.one), _day(hit.other)])
            once.setdefault((hit.kind, first, second), hit)
        else:
            once.setdefault((hit.kind, _key(hit.one), _key(hit.other)), hit)
    return tuple(sorted(once.values(), key=lambda hit: hit.kind != "contradiction"))[:_MOST]


def _day(claim: DateClaim) -> tuple[str, str]:
    return claim.what.value, (
        _nominal(claim) + (claim.latest - claim.earliest) / 2
    ).date().isoformat() if claim.local is None else claim.local.date().isoformat()


def _key(claim: DateClaim) -> tuple[object, ...]:
    return claim.earliest, claim.latest, claim.where.split("[")[0].split(",")[0]


def _published(claims: Sequence[DateClaim]) -> Iterator[Disagreement]:
    published = [claim for claim in claims if claim.what is What.PUBLISHED][:30]
    machine = [claim for claim in published if rank(claim) == 0]  # what repeats one of these says nothing new
    published = [c for c in published if rank(c) != 1 or not any(same_minute(c, one) for one in machine)]
    for one, other in combinations(published, 2):
        seconds = round((_nominal(other) - _nominal(one)).total_seconds())
        gap = max(other.earliest - one.latest, one.earliest - other.latest)
        if gap > _SAME:
            if UNIX in (one.where, other.where):
                continue  # that number is perhaps no time
            why = f"{called(one)} says {one.evidence}, {called(other)} says {other.evidence}: no time zone makes both true."
            yield Disagreement("contradiction", one, other, seconds, why)
        elif _fine(one) and _fine(other) and abs(seconds) >= 60 and _differ(one, other, gap, seconds):
            zone = "" if one.local is None and other.local is None else ", if the one without a zone is UTC"
            why = f"{called(other)} ({other.evidence}) is {apart(seconds)} than {called(one)} ({one.evidence}){zone}."
            yield Disagreement("apart", one, other, seconds, why)


def _differ(one: DateClaim, other: DateClaim, gap: timedelta, seconds: int) -> bool:
    """A time without a zone that is off by whole half hours is the local time of the same moment."""
    if (one.local is None) == (other.local is None):
        return gap > _CLOCKS
    off = abs(seconds) % _STEP
    return abs(seconds) > EAST.total_seconds() + 60 or min(off, _STEP - off) >= 60


def _bounds(claims: Sequence[DateClaim]) -> Iterator[Disagreement]:
    seen = [claim for claim in claims if claim.bounds][:10]
    settled = settling(claims)
    modified = [claim for claim in claims if claim.what is What.MODIFIED and not claim.where.startswith("header")]
    for claim in (*settled, *(claim for claim in claims if claim.what is What.MODIFIED)):
        for bound in seen:
            if claim.earliest > bound.latest + _CLOCKS:
                seconds = round((claim.earliest - bound.latest).total_seconds())
                whose = "its server says that it was" if bound.where.startswith("header") else "the page was"
                why = f"{called(claim)} says {claim.evidence}, which is after {whose} {bound.what} ({bound.evidence})."
                yield Disagreement("contradiction", bound, claim, seconds, why)
    for change in modified[:10]:
        for claim in settled[:10]:
            if claim.where != UNIX and rank(claim) == rank(change) and change.latest + _SAME < claim.earliest:
                seconds = round((claim.earliest - change.latest).total_seconds())
                changed, began = (
                    f"{called(change)} says that it was changed ({change.evidence})",
                    f"{called(claim)} that it was published",
                )
                why = f"{changed} before {began} ({claim.evidence})."
                yield Disagreement("contradiction", change, claim, seconds, why)


def apart(seconds: int) -> str:
    """A distance in words: ``1 h 5 min later``."""
    minutes = round(abs(seconds) / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if number]
    return f"{' '.join(parts) or '0 min'} {'later' if seconds >= 0 else 'earlier'}"


def _nominal(claim: DateClaim) -> datetime:
    return claim.earliest if claim.local is None else claim.local.replace(tzinfo=UTC)


def _fine(claim: DateClaim) -> bool:
    """Written to the minute."""
    return claim.exact or (claim.local is not None and claim.latest - claim.earliest < timedelta(hours=27))
