"""How much a statement about its own date is worth: what a page says for machines settles it, what it shows stands behind, a bare number last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from archiver.dating.claim import DateClaim, What

UNIX = "text, Unix time"
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
