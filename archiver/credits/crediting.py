"""Credits made from the names of one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archiver.credits import names
from archiver.credits.credit import Credit, Role
from archiver.credits.names import Name
from archiver.credits.namewords import words
from archiver.credits.organisations import Organisation, called, find

_LETTERS = re.compile(r"[\W\d_]+")
_RIGHTS = re.compile(
    r"\A(?:[\s,.:;|-]|[©ⓒ℗®]|\([cp]\)|\bcopyright\b|\bby\b|\b(?:19|20)\d\d\b(?:\s?[-–]\s?\d{2,4}\b)?)+"
    r"|[\s,.;|-]*\b(?:all\s+rights|alle\s+rechte|todos\s+(?:los|os)|tous\s+droits|tutti\s+i|(?:19|20)\d\d\b).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_DEBRIS = re.compile(r"=[\"']|\A[\W\d_]*\Z")  # of markup: size="20", @2004
_LONGEST = 300  # characters of evidence


def signed(
    line: str, evidence: str, where: str, *, sure: bool, given: bool = False, own: frozenset[str] = frozenset()
) -> Iterator[Credit]:
    """The names of a line in a place for authors: people as authors, agencies and outlets as what they are."""
    for name in names.split(line, sure=sure, given=given, own=own):
        yield of_name(name, evidence, where)


def covers(line: str, found: Iterable[Credit], share: float = 0.5) -> bool:
    """True where names are that share of a line's letters, what people are left aside."""
    said = len(_LETTERS.sub("", words().roles.sub("", names.clean(line))))
    return (
        sum(len(_LETTERS.sub("", credit.name)) for credit in found if credit.name in line or credit.agency)
        >= said * share
    )


def of_name(name: Name, evidence: str, where: str) -> Credit:
    """One name in a place for authors."""
    if name.person:
        return Credit(Role.AUTHOR, name.text, None, evidence[:_LONGEST], where)
    if name.organisation is None or name.organisation.kind == "outlet":
        return Credit(Role.OUTLET, name.text, None, evidence[:_LONGEST], where)
    return Credit(Role.AGENCY, name.text, name.organisation.agency, evidence[:_LONGEST], where)


def of_organisation(role: Role, organisation: Organisation, evidence: str, where: str) -> Credit:
    """One organisation that the data file has."""
    return Credit(role, organisation.name, organisation.agency, evidence[:_LONGEST], where)


def named(role: Role, said: str, evidence: str, where: str) -> Iterator[Credit]:
    """Every organisation in some words; where none is known, the words themselves."""
    found = list(dict.fromkeys(f.organisation for f in find(said)))
    for organisation in found:
        yield of_organisation(role, organisation, evidence, where)
    if not found and (name := said.strip(" \t\n.,;:–—-|/")) and len(name) <= 120 and not _DEBRIS.search(name):
        yield Credit(role, name, None, evidence[:_LONGEST], where)


def holder(said: str) -> str:
    """Who has the rights, by a statement of it: without its mark, year and "All rights reserved"; nothing where that is a handle."""
    name = _RIGHTS.sub("", said[:_LONGEST]).strip(" \t\n,.;:–—-|/")
    return "" if name.startswith("@") or len(name) < 2 else name


def one(role: Role, name: str, evidence: str, where: str) -> Credit:
    """One name as a machine gives it: an organisation where the whole name is one."""
    organisation = called(name)
    return (
        of_organisation(role, organisation, evidence, where)
        if organisation
        else Credit(role, name, None, evidence[:_LONGEST], where)
    )
