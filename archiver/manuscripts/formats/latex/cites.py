"""LaTeX's citations: ``\\cite`` and its many relatives of natbib, biblatex, apacite and csquotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.manuscripts.formats.latex.arguments import Argument, Arguments
from archiver.manuscripts.formats.latex.signs import LIGATURES
from archiver.manuscripts.formats.latex.words import NOT_CITING
from archiver.manuscripts.sourcing.pinpoints import locator_of

_COMMAND = re.compile(
    r"[a-zA-Z]*[cC]ite(?:s|t|p|al[tp]|authors?|years?|yearpar|title|date|url|texts?|A|AP|ANP|NP|N)?\*?"
)
_SIGNS = re.compile(r"---|--|``|''|~|\\,|\\[ ;:]|\\psq?q?\b|\\[a-zA-Z]+\*?|[{}]")
_MOST_KEYS = 200


_TEXTUAL = re.compile(
    r"[A-Za-z]*text[a-z]*cites?|(?:full)?citet|[cC]ite(?:author|t|title|al[tp]|year)s?|citeA|shortciteA|citeN", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What one command cites: (key, locator) of each work, and where the text goes on."""

    works: tuple[tuple[str, str | None], ...]
    after: int


def is_citing(name: str) -> bool:
    """Whether a command cites: one that has ``cite`` in its name and does not set something."""
    return _COMMAND.fullmatch(name) is not None and name not in NOT_CITING


def is_textual(name: str) -> bool:
    """Whether the work is a word of the sentence ("Smith (2020) writes"), and not in brackets or in a note."""
    return _TEXTUAL.fullmatch(name.rstrip("*")) is not None


def cited(arguments: Arguments, name: str, at: int) -> Cited | None:
    """What the command of a name cites, whose arguments begin here; None where no key follows."""
    works: list[tuple[str, str | None]] = []
    several = name.lower().endswith("cites")
    if several:
        at = _past_parentheses(arguments, at)
    while found := one(arguments, _past_volume(arguments, name, at)):
        works.extend(found.works)
        at = found.after
        if not several:
            break
    return Cited(tuple(works), at) if works else None


def one(arguments: Arguments, at: int) -> Cited | None:
    """``[before][after]{key, key}``, natbib's star and apacite's ``<before>`` before it."""
    if arguments.source.startswith("*", at):
        at += 1
    if arguments.source.startswith("<", at):
        at = arguments.source.find(">", at, at + 500) + 1 or at
    notes: list[Argument] = []
    while len(notes) < 2 and (note := arguments.optional(at)):
        notes.append(note)
        at = note.after
    keys = arguments.group(at)
    if not keys:
        return None
    names = [key.strip() for key in arguments.words(keys).split(",")[:_MOST_KEYS]]
    names = [key for key in names if key and len(key) < 300]
    locator = locator_of(plain(arguments.words(notes[-1]))) if notes else None
    works = tuple((key, locator if number == len(names) else None) for number, key in enumerate(names, 1))
    return Cited(works, keys.after)


def plain(note: str) -> str:
    """A note before or after a citation, without its commands."""
    return _SIGNS.sub(lambda sign: LIGATURES.get(sign[0], " " if sign[0].startswith("\\") else ""), note)


def _past_volume(arguments: Arguments, name: str, at: int) -> int:
    """biblatex's volume of ``\\volcite[before]{volume}[page]{key}``."""
    return arguments.past(at, "om") if "volcite" in name.lower() else at


def _past_parentheses(arguments: Arguments, at: int) -> int:
    """biblatex's notes on all works of ``\\parencites(before)(after)``."""
    for _ in range(2):
        if arguments.source.startswith("(", at):
            at = arguments.source.find(")", at, at + 500) + 1 or at
    return at
