"""The facts of a trace in a few words each, for the table and the picture alike. Words of pages are made fit for a terminal here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from archiver.clock import stamp
from archiver.credits import Credit, Role
from archiver.dating import DateClaim, Span, What, ranking
from archiver.dating.claim import EAST, WEST
from archiver.model import Change
from archiver.printable import percent, shorten
from archiver.reuse import TWO_ADDRESSES, Kind, Passage, Reuse
from archiver.tracing.values import Source

_NO_WAY = "no direction: "
_HANDED_IN = {
    "supplied",
    "imported",
}  # first words of a place where a date is that of a file which a person handed in, not of a capture
_SHARES = re.compile(r"\d% of the (?:first|second) text")
_ROLES = {role: role.value for role in Role} | {
    Role.PHOTO: "picture",
    Role.SYNDICATION: "syndicated from",
    Role.CANONICAL: "page of record",
}


def interval(earliest: datetime | None, latest: datetime | None) -> str:
    """``2023-12-27`` for a day in whatever time zone, ``between ... and ...`` for what is not known better, ``not after ...`` where only one
    bound is known."""
    if earliest is None and latest is None:
        return "at a time that nothing tells"
    if earliest is None or latest is None:
        return f"not after {stamp(latest)}" if latest else f"not before {stamp(earliest)}"
    if latest - earliest <= timedelta(minutes=1):
        return stamp(earliest)
    written = as_written(earliest, latest)
    if written is not None:
        return written
    return f"between {stamp(earliest)} and {stamp(latest)}"


def as_written(earliest: datetime, latest: datetime) -> str | None:
    """The days, or the time, as somebody wrote them who named no time zone; None for an interval that is not theirs in all zones of the world."""
    if not 1 < earliest.year <= latest.year < 9999:  # at the ends of the calendar there is nothing to add or take away
        return None
    first, end = earliest + EAST, latest - WEST
    if not timedelta(0) <= end - first < timedelta(days=400):
        return None
    if end - first <= timedelta(minutes=1):
        return f"{first:%Y-%m-%dT%H:%M:%S}, zone not said"
    if first.time() != time() or end.time() not in (time(), time(23, 59, 59)):
        return None
    last = end - timedelta(seconds=1)
    return f"{first:%Y-%m-%d}" if last.date() == first.date() else f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}"


def span(of: Span) -> str:
    """When a source appeared, as far as is known."""
    words = interval(of.earliest, of.latest)
    return words if of.agreed else f"{words} (its own dates contradict one another)"


def credits(found: Sequence[Credit]) -> Iterator[str]:
    """``agency Reuters: “SEOUL (Reuters) –” (text, dateline)``: a line for each role and name, names of the same words on one."""
    places: dict[tuple[Role, str], dict[str, list[str]]] = {}
    for each in found:
        known = f" = {each.agency}" if each.agency and each.agency != each.name else ""
        said = places.setdefault((each.role, shorten(each.name, 80) + known), {})
        said.setdefault(shorten(each.evidence, 120), []).append(each.where)
    named: dict[tuple[Role, str], list[str]] = {}
    for (role, name), said in places.items():
        words = "; ".join(f"“{words}” ({', '.join(dict.fromkeys(where))})" for words, where in said.items())
        named.setdefault((role, words), []).append(name)
    for (role, words), names in named.items():
        yield f"{_ROLES[role]} {', '.join(names)}: {words}"


def claims(found: Sequence[DateClaim]) -> Iterator[str]:
    """A line for each time that is stated, with every place that states it; what happened to the page before what it tells of."""
    places: dict[tuple[What, datetime, datetime], dict[str, list[str]]] = {}
    for each in found:
        places.setdefault((each.what, each.earliest, each.latest), {}).setdefault(
            shorten(each.evidence, 120), []
        ).append(each.where)
    for (what, earliest, latest), said in sorted(places.items(), key=lambda item: item[0][0] is What.EVENT):
        words = "; ".join(f"“{words}” ({', '.join(dict.fromkeys(where))})" for words, where in said.items())
        bare = all(place == ranking.UNIX for where in said.values() for place in where)
        when = f"{interval(earliest, latest)}{', if that number is a time' if bare else ''}"
        handed = {place.partition(" ")[0] for where in said.values() for place in where} & _HANDED_IN
        label = "tells of" if what is What.EVENT else handed.pop() if what is What.CAPTURED and handed else what.value
        yield f"{label} {when}: {words}"


def relation(reuse: Reuse, subject: str, other: str) -> str:
    """The kind, how much of each stands in the other, and the direction, where something shows one."""
    shares = f"{percent(reuse.containment_b)} of {other} stands in {subject}, {percent(reuse.containment_a)} of {subject} in {other}"
    return f"{reuse.kind.value}; {shares}"


def direction(reuse: Reuse, subject: str, other: str) -> str:
    """One sentence. That words were taken is not that they were taken from this very page."""
    if reuse.kind is Kind.SAME_PAGE_LATER:
        older = f": {called(reuse.direction.reasons[0], subject, other)}" if reuse.direction else ""
        if any(TWO_ADDRESSES in reason for reason in reuse.reasons):
            return f"One page under two addresses, or two pages of one site with the same text{older}."
        return f"It is one page, seen twice{older}."
    if reuse.direction is None:
        why = next((reason.removeprefix(_NO_WAY) for reason in reuse.reasons if reason.startswith(_NO_WAY)), "")
        return f"Whether one has it from the other, or both from a third, is not known{f': {called(why, subject, other)}' if why else ''}."
    names = {"a": subject, "b": other}
    source, taker = names[reuse.direction.source], names[reuse.direction.taker]
    why = "; ".join(called(reason, subject, other) for reason in reuse.direction.reasons)
    if reuse.direction.weak:
        return (
            f"Nothing but dates speaks for a direction: {why}. {taker} may have it from {source}, or both from a third."
        )
    return f"{taker} has it from {source}, or from another page with the same words: {why}."


def called(reason: str, subject: str, other: str) -> str:
    """A reason of `archiver.reuse`, which says "the first text", with the texts called by their ids."""
    return shorten(reason.replace("the first text", subject).replace("the second text", other), 300)


def reasons(reuse: Reuse, subject: str, other: str) -> list[str]:
    """Why it is of that kind; what `relation` and `direction` say already is left out."""
    rest = [reason for reason in reuse.reasons if not reason.startswith(_NO_WAY) and not _SHARES.search(reason)]
    return [called(reason, subject, other) for reason in rest]


def longest(reuse: Reuse) -> Passage | None:
    """The longest shared passage that is no furniture of the pages."""
    return max(
        (passage for passage in reuse.passages if not passage.furniture),
        key=lambda passage: passage.words,
        default=None,
    )


def change(of: Change) -> str:
    """``number: “31st” for “13th”``, the source's words last."""
    if not of.in_quote:
        return f"{of.kind.value}: “{shorten(of.in_source, 60)}” left out"
    if not of.in_source:
        return f"{of.kind.value}: “{shorten(of.in_quote, 60)}” put in"
    return f"{of.kind.value}: “{shorten(of.in_source, 60)}” there, “{shorten(of.in_quote, 60)}” here"


def signed_by(source: Source) -> str:
    """Who signs a page, and whom it names as where its text is from."""
    signers = ", ".join(shorten(name, 60) for name in source.credits.signers[:6])
    named = ", ".join(shorten(name, 60) for name in source.named_sources[:6] if name not in source.credits.signers)
    outlets = ", ".join(dict.fromkeys(shorten(credit.name, 60) for credit in source.credits.of(Role.OUTLET)[:3]))
    unsigned = f"by no person; published by {outlets}" if outlets else "by nobody"
    return f"signed {signers or unsigned}{f'; text from {named}' if named else ''}"
