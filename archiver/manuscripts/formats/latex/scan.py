"""The first look at a LaTeX file: which brace closes which, which ``\\end`` ends which ``\\begin``, and what is never closed.

With that known, what is left open costs its own paragraph and not the rest of the file. Nothing here recurses, whatever the depth; pylatexenc,
which would read the same, does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from archiver.manuscripts.document import Trouble
from archiver.manuscripts.formats.drafting import lines_of
from archiver.manuscripts.formats.latex.words import GONE, MATHEMATICS, VERBATIM

MOST_TROUBLES = 20
"""Of one kind that are told one by one; the others are counted."""

_TOKEN = re.compile(
    r"\\(?P<edge>begin|end)[ \t]*\{(?P<name>[^{}\n\\]{0,100})\}"
    r"|\\(?:verb|lstinline)\*?(?P<bar>[^\sa-zA-Z*{\[])[^\n]{0,1000}?(?P=bar)"
    r"|\\(?:url|href|nolinkurl)[ \t]*+(?P<address>\{)[^{}\n]{0,3000}(?P<addressed>\})"  # in addresses % is no comment
    r"|\\(?:[a-zA-Z@]++|[\s\S])|(?P<comment>%[^\n]*+)|(?P<brace>[{}])"
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*+\n")


@dataclass(slots=True)
class Scan:
    """What was found. ``closes`` is where the group that opens at a position closes, ``ends`` where the ``\\end`` of the ``\\begin`` at
    a position begins; what has no end is in neither."""

    source: str
    closes: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _told: Counter[str] = field(default_factory=Counter)
    _known_end: tuple[int, int] = (0, -1)
    unended: set[str] = field(default_factory=set)

    def line(self, position: int) -> int:
        """The line of a position, counted from 1."""
        if not self._lines:
            self._lines = lines_of(self.source)
        return bisect_right(self._lines, position)

    def trouble(self, kind: str, why: str, position: int) -> None:
        """Tells what is wrong at a position, if not too much of its kind has been told."""
        self._told[kind] += 1
        if self._told[kind] <= MOST_TROUBLES:
            self.troubles.append(Trouble(why, self.line(position)))

    def all_troubles(self) -> tuple[Trouble, ...]:
        """All that was told, by line, and how much was not."""
        more = [
            Trouble(f"{kind}: {count - MOST_TROUBLES} more")
            for kind, count in self._told.items()
            if count > MOST_TROUBLES
        ]
        return (*sorted(self.troubles, key=lambda trouble: trouble.line or 0), *more)

    def paragraph_end(self, position: int) -> int:
        """Where the paragraph of a position ends."""
        start, end = self._known_end
        if not start <= position <= end:
            found = _PARAGRAPH_END.search(self.source, position)
            end = found.start() if found else len(self.source)
            self._known_end = (position, end)
        return end


def scan(source: str, start: int = 0, end: int | None = None) -> Scan:
    """Looks over a file, or over the part of it that is text."""
    found = Scan(source)
    groups: list[int] = []
    environments: list[tuple[str, int]] = []
    names: Counter[str] = Counter()
    at, stop = start, len(source) if end is None else end
    while token := _TOKEN.search(source, at, stop):
        at = token.end()
        if token["edge"]:
            found.closes[token.start("name") - 1] = token.end("name")
        if token["brace"] == "{":
            groups.append(token.start())
        elif token["brace"]:
            if groups:
                found.closes[groups.pop()] = token.start()
            else:
                found.trouble("closing braces", "a brace is closed here that nothing opened", token.start())
        elif token["address"]:
            found.closes[token.start("address")] = token.start("addressed")
        elif token["edge"] == "begin":
            name = token["name"]
            if name in VERBATIM or name in MATHEMATICS or name in GONE:
                at = _raw_end(found, name, token)
            else:
                environments.append((name, token.start()))
                names[name] += 1
        elif token["edge"]:
            _end(found, environments, names, token)
    for start in groups:
        found.trouble(
            "open braces", "a brace is opened here and never closed; it is read as far as its paragraph goes", start
        )
    for name, start in environments:
        _unended(found, name, start)
    return found


def _end(found: Scan, environments: list[tuple[str, int]], names: Counter[str], token: re.Match[str]) -> None:
    name = token["name"]
    if not names[name]:
        found.trouble("ends", f"\\end{{{name}}} ends what nothing began", token.start())
        return
    while environments:
        inner, start = environments.pop()
        names[inner] -= 1
        if inner == name:
            found.ends[start] = token.start()
            return
        _unended(found, inner, start)


def _unended(found: Scan, name: str, start: int) -> None:
    found.trouble("environments", f"\\begin{{{name}}} is never ended; it is read as far as its paragraph goes", start)


def _raw_end(found: Scan, name: str, token: re.Match[str]) -> int:
    """Where an environment ends in which nothing is a command; its paragraph's end where it has no end."""
    end = found.source.find(f"\\end{{{name}}}", token.end()) if name not in found.unended else -1
    if end < 0:
        found.unended.add(name)
        _unended(found, name, token.start())
        return found.paragraph_end(token.end())
    found.ends[token.start()] = end
    return end + len(name) + 6
