"""How much a statement about its own date is worth: what a page says for machines settles it, what it shows stands behind, a bare number last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from archiver.dating.claim import DateClaim, What

UNIX = "text, Unix time"
_CLOSE = timedelta(hours=12)  # the systems of one publisher
_DAY = timedelta(hours=51)  # in any zone
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
    """The claims, where a date at the headline that is the day of change by the data for machines, and not that of publication, says just that."""
    claims = tuple(claims)
    machine = [claim for claim in claims if rank(claim) == 0]
    changed = [claim for claim in machine if claim.what is What.MODIFIED]
    published = [claim for claim in machine if claim.what is What.PUBLISHED]
    for claim in claims:
        is_shown = claim.what is What.PUBLISHED and rank(claim) == 1
        if is_shown and published and _meets(claim, changed) and not _meets(claim, published):
            yield replace(claim, what=What.MODIFIED)
        else:
            yield claim


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
