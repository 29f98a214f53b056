"""How much a statement about its own date is worth: what a page says for machines settles it, what it shows stands behind, a bare number last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archiver.dating.claim import EAST, WEST, DateClaim, What

UNIX = "text, Unix time"
_CLOSE = timedelta(hours=12)  # the systems of one publisher
_DAY = timedelta(hours=51)  # in any zone
_STEP = 1800  # seconds by which the zones of the world differ
_MINUTE = 180  # seconds by which two writings of one minute differ
_STRUCTURED = ("json-ld", "meta[", "microdata", "url")


def rank(claim: DateClaim) -> int:
    """0 for JSON-LD, ``<meta>``, microdata of the article and the address; 1 for what stands at the headline; 2 for a bare number."""
    if claim.where.startswith(_STRUCTURED) and claim.latest - claim.earliest <= _DAY:
        return 0  # an address with a month alone settles no day
    return 2 if claim.where == UNIX else 1


def settling(claims: Iterable[DateClaim]) -> list[DateClaim]:
    """The statements of publication of the best rank that is there."""
    published = [claim for claim in claims if claim.what is What.PUBLISHED]
    best = min(map(rank, published), default=0)
    return [claim for claim in published if rank(claim) == best]


def shown_changes(claims: Iterable[DateClaim]) -> Iterator[DateClaim]:
    """The claims, where a date at the headline that is to the minute, or on its day, the other of the two that the data for machines have, says
    just that: pages call the change their date, and the first of two dates the change."""
    claims = tuple(claims)
    machine = [claim for claim in claims if rank(claim) == 0]
    changed = [claim for claim in machine if claim.what is What.MODIFIED]
    published = [claim for claim in machine if claim.what is What.PUBLISHED]
    minutes = sorted((claim for claim in published if _to_the_minute(claim)), key=_written)
    first = [claim for claim in minutes if same_minute(claim, minutes[0])]  # later ones are often the change
    for claim in claims:
        if rank(claim) != 1 or not (published and changed):
            yield claim
        elif claim.what is What.PUBLISHED and _is_rather(claim, changed, first, published):
            yield replace(claim, what=What.MODIFIED)
        elif claim.what is What.MODIFIED and _is_rather(claim, first, changed):
            yield replace(claim, what=What.PUBLISHED)
        else:
            yield claim


def _is_rather(
    claim: DateClaim, these: Sequence[DateClaim], those: Sequence[DateClaim], days: Sequence[DateClaim] = ()
) -> bool:
    """True where it is the minute of one of these and of none of those; or on a day of these, and on none of ``days``."""
    same = any(same_minute(claim, one) for one in these) and not any(same_minute(claim, one) for one in those)
    return same or (bool(days) and _meets(claim, these) and not _meets(claim, days))


def same_minute(one: DateClaim, other: DateClaim) -> bool:
    """True for the same minute; without a zone, in some zone."""
    if not (_to_the_minute(one) and _to_the_minute(other)):
        return False
    gap = abs((_written(one) - _written(other)).total_seconds())
    if (one.local is None) != (other.local is None):
        return gap <= EAST.total_seconds() and min(gap % _STEP, -gap % _STEP) <= _MINUTE
    return gap <= _MINUTE


def _to_the_minute(claim: DateClaim) -> bool:
    return claim.exact or (claim.local is not None and claim.latest - claim.earliest < EAST + WEST + timedelta(hours=1))


def _written(claim: DateClaim) -> datetime:
    return claim.earliest if claim.local is None else claim.local.replace(tzinfo=UTC)


def _meets(claim: DateClaim, others: Iterable[DateClaim]) -> bool:
    return any(claim.earliest <= other.latest + _CLOSE and other.earliest <= claim.latest + _CLOSE for other in others)


def called(claim: DateClaim) -> str:
    """Where it stands, in words for a reader."""
    where = claim.where
    if where.startswith("json-ld"):
        return f"the page's data for machines ({where.removeprefix('json-ld ')})"
    if where.startswith(("meta[", "microdata")):
        return "the page's data for machines"
    if where.startswith("element"):
        return "a date in the page"
    if where == UNIX:
        return "a bare number in the text, if that number is a time,"
    return {"url": "the address", "text, head": "a date at the head of the text"}.get(where, where)
