"""The dates of one page: every place asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice, starmap

from archiver.dating import dayorder, parsing, places, prose, relative
from archiver.dating.claim import PUBLIC, DateClaim, Moment, What
from archiver.dating.parsing import LAST
from archiver.dating.ranking import settling, shown_changes
from archiver.texts import outline
from archiver.texts.outline import Outline

MAX_TEXT = 4_000_000
"""Characters of a text that are read."""

_MOST = 400
_FIRST = 1980  # clocks that were never set say so
_DAY = timedelta(hours=51)  # a day in any zone
_CLOCKS = timedelta(days=1)  # by which the clock of a machine may be off


def read(
    page: bytes | str | Outline | None,
    text: str,
    url: str | None,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    *,
    captured: datetime | None = None,
    archived: Iterable[tuple[datetime, str]] = (),
    filed: Iterable[tuple[datetime, str]] = (),
    had: datetime | None = None,
) -> tuple[DateClaim, ...]:
    """What a page, its text, its address and the answer that brought it say about when.

    ``page`` is the source as bytes or characters, or its outline where that was drawn before; ``headers`` are those of the answer; ``captured``
    is when it was first captured by us, ``archived`` when public archives have it, each with the address of that copy, ``filed`` when files that
    were handed to us say that it was captured, each with what that file is. ``had`` is when this very page was captured (as ``captured``, where
    nobody says): a bare number that is a Unix time after that is none. Never raises.
    """
    source = page if isinstance(page, Outline) or page is None else outline.read(page)
    text = text[:MAX_TEXT]
    found: list[DateClaim] = []
    by = had or captured
    if source is not None:
        found += _without_later_numbers(places.machine(source, url), by)
        found += places.shown(source, text, [c for c in found if c.what in (What.PUBLISHED, What.MODIFIED)])
    found += places.address(url)
    found += places.headers(headers)
    article = (text, source.headline, source.paragraphs) if source is not None else (text,)
    found += prose.read(*article)
    found = list(_without_later_numbers(found, by))
    found = list(shown_changes(dayorder.settled(found, source.language if source is not None else "")))
    found += relative.claims(text, published(found), prose.extent(*article))
    seen = [(What.ARCHIVED, moment, evidence, PUBLIC) for moment, evidence in islice(archived, _MOST)]
    seen += [(What.ARCHIVED, moment, evidence, "imported file") for moment, evidence in islice(filed, _MOST)]
    if captured is not None:
        seen.append((What.CAPTURED, captured, captured.isoformat(), "own capture"))
    said = tuple(_once(found))[:_MOST]  # however much a page says, it does not push out what others saw
    return (*said, *_once(filter(None, starmap(_seen, seen))))


def published(claims: Iterable[DateClaim]) -> Moment | None:
    """When the page says that it was published: what its best statements have in common; None where there are none, or they contradict."""
    said = settling(claims)
    fine = [claim for claim in said if claim.latest - claim.earliest <= _DAY] or said
    if not fine:
        return None
    earliest, latest = max(c.earliest for c in fine), min(c.latest for c in fine)
    return Moment(earliest, latest, "day") if earliest <= latest else None


def unresolved(text: str, claims: Iterable[DateClaim]) -> tuple[relative.Relative, ...]:
    """The relative days of a text ("last Monday") that none of its claims resolves."""
    resolved = {claim.start for claim in claims if claim.where == "text, relative"}
    return tuple(hit for hit in relative.find(text[:MAX_TEXT]) if hit.start not in resolved)


def _without_later_numbers(claims: Iterable[DateClaim], by: datetime | None) -> Iterator[DateClaim]:
    """The claims, without Unix times after the page was there: those are numbers of another kind (a telephone's, an article's)."""
    last = _utc(by) + _CLOCKS if by is not None and _FIRST <= by.year <= LAST else None
    for claim in claims:
        moment = parsing.unix(claim.evidence) if last is not None else None
        if moment is None or last is None or moment.earliest != claim.earliest or claim.earliest <= last:
            yield claim


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _seen(what: What, moment: datetime, evidence: str, where: str) -> DateClaim | None:
    """That somebody had it then; None where a clock or a stranger's file says a year in which nobody had any page."""
    if not _FIRST <= moment.year <= LAST:
        return None
    utc = _utc(moment)
    return DateClaim(what, utc, utc, evidence[:200], where)


def _once(claims: Iterable[DateClaim]) -> Iterator[DateClaim]:
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        key = (claim.what, claim.earliest, claim.latest, claim.where, claim.start)
        if key not in seen:
            seen.add(key)
            yield claim
