"""Credits of one page that cannot both be the whole truth, each with the evidence of both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archiver.credits.credit import Contradiction, Credit, Role
from archiver.credits.names import is_full, without_label
from archiver.credits.organisations import called, fold

_FOR_MACHINES = ("json-ld author", "json-ld creator", "meta[")
_SIGNED = ("text, dateline", "text, sign-off")
_BYLINES = (*_FOR_MACHINES, "element byline", "a[rel=author]", "itemprop ", "text, byline", "text, author box")
_MOST = 20


def find(credits_: Sequence[Credit], own: frozenset[str], host: str | None) -> tuple[Contradiction, ...]:
    """The contradictions, the gravest first. ``own`` are the folded names of the publication, ``host`` the agency or outlet whose site it is."""
    found = [
        *_source(credits_, own, host),
        *_agency(credits_, own, host),
        *_bylines(credits_),
        *_reporters(credits_),
        *_agencies(credits_, host),
    ]
    once = {(c.kind, fold(c.one.name), fold(c.other.name)): c for c in reversed(found)}
    return tuple(reversed(once.values()))[:_MOST]


def _people(credits_: Iterable[Credit]) -> list[Credit]:
    return [c for c in credits_ if c.role is Role.AUTHOR and c.where.startswith(_BYLINES) and is_full(c.name)]


def _source(credits_: Sequence[Credit], own: frozenset[str], host: str | None) -> Iterator[Contradiction]:
    """A person signs, and a source line names another publication as where the text is from."""
    people = _people(credits_)
    boxes = [person for person in people if person.where == "text, author box"]
    for source in credits_:
        if source.role is not Role.SOURCE or source.where not in {
            "text, source line",
            "element source",
            "json-ld sourceOrganization",
        }:
            continue
        known = called(source.name)  # the source of a chart ("Source: Eurostat") says nothing of who wrote the text
        if known is None or known.kind == "picture" or fold(source.name) in own or source.name == host:
            continue
        for person in boxes or people[:1]:
            yield Contradiction(
                "author-against-source",
                f"{person.name} is presented as the author, and the source is given as {source.name}.",
                person,
                source,
            )


def _agency(credits_: Sequence[Credit], own: frozenset[str], host: str | None) -> Iterator[Contradiction]:
    """A person signs for machines or in a byline, and the text is signed by an agency that the byline does not name."""
    named = {c.agency for c in credits_ if c.agency and c.where.startswith(_BYLINES)}
    reporters = {fold(c.name) for c in credits_ if c.role is Role.AUTHOR and c.where in _SIGNED}
    for signed in credits_:
        if (
            signed.role is not Role.AGENCY
            or signed.where not in _SIGNED
            or signed.agency in named
            or signed.agency == host
            or fold(signed.name) in own
        ):
            continue
        for person in _people(credits_)[:1]:
            if fold(person.name) not in reporters:
                yield Contradiction(
                    "author-against-agency",
                    f"{person.name} is given as the author, and the text is signed {signed.name}.",
                    person,
                    signed,
                )


def _bylines(credits_: Sequence[Credit]) -> Iterator[Contradiction]:
    """The page names one author for machines, and tells its readers "By" another."""
    people = _people(credits_)
    said = [c for c in people if c.where.startswith(_FOR_MACHINES)]
    shown = [
        c for c in people if c not in said and c.where != "text, author box" and without_label(c.evidence) is not None
    ]
    others = [fold(c.name) for c in people if c not in said]
    agree = any(fold(c.name) in other or other in fold(c.name) for c in said for other in others)
    if said and shown and not agree:
        why = f"{said[0].name} is given as the author for machines, and readers are told {shown[0].name}."
        yield Contradiction("author-against-byline", why, said[0], shown[0])


def _reporters(credits_: Sequence[Credit]) -> Iterator[Contradiction]:
    """The byline names one person, the sign-off ("Reporting by …") another."""
    reporters = [c for c in credits_ if c.role is Role.AUTHOR and c.where == "text, sign-off"]
    people = _people(credits_)
    names = {fold(c.name) for c in people}
    if reporters and people and not names & {fold(c.name) for c in reporters}:
        yield Contradiction(
            "author-against-reporter",
            f"{people[0].name} is given as the author, and the text says that {reporters[0].name} reported it.",
            people[0],
            reporters[0],
        )


def _agencies(credits_: Sequence[Credit], host: str | None) -> Iterator[Contradiction]:
    """One agency is the author for machines or in the byline, another signs the text."""
    said = [c for c in credits_ if c.role is Role.AGENCY and c.agency and c.where.startswith(_BYLINES)]
    signed = [c for c in credits_ if c.role is Role.AGENCY and c.agency and c.where in _SIGNED]
    agencies = {c.agency for c in said}
    for other in signed:
        if said and other.agency not in agencies and other.agency != host:
            yield Contradiction(
                "agency-against-agency",
                f"{said[0].name} is given as the author, and the text is signed {other.name}.",
                said[0],
                other,
            )
