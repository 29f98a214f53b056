"""``06/01/2026``: the sixth of January or the first of June, by what else the page says, or by its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archiver.dating import parsing
from archiver.dating.claim import DateClaim, Moment, What
from archiver.dating.ranking import rank

_MONTH_FIRST = ("en-us", "en-ph", "fil", "es-us")
_OPEN = ("", "en", "en-ca")  # of pages in English without a country both are common


def settled(claims: Iterable[DateClaim], language: str) -> Iterator[DateClaim]:
    """The claims, where one of two orders is the page's: that which its unambiguous data for machines agrees with, else that of ``language``."""
    claims = tuple(claims)
    sure = [c for c in claims if rank(c) == 0 and c.what is What.PUBLISHED and not parsing.orders(c.evidence)]
    first = _day_first(language)
    for claim in claims:
        both = parsing.orders(claim.evidence)
        if not both:
            yield claim
            continue
        agreeing = [moment for moment in both if any(_meet(moment, other) for other in sure)]
        chosen = agreeing[0] if len(agreeing) == 1 else None if first is None else both[0 if first else 1]
        if chosen is None:
            yield claim
        else:
            yield replace(claim, earliest=chosen.earliest, latest=chosen.latest, local=chosen.local)


def _day_first(language: str) -> bool | None:
    tag = language.strip().lower().replace("_", "-")
    if tag in _OPEN:
        return None
    return not tag.startswith(_MONTH_FIRST)


def _meet(one: Moment, other: DateClaim) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest
