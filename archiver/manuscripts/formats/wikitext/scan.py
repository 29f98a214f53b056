"""The first look at wikitext: where each template, link, reference and stretch of code begins and ends.

One pass with a stack, whatever the depth. mwparserfromhell, which reads the same, tries again at each bracket that is never closed: 100 kB of
``<ref>`` take it 25 seconds. It serves as the second opinion on what is found here (`benchmarks/wikitext.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from archiver.manuscripts.document import Trouble
from archiver.manuscripts.formats.drafting import lines_of

MOST_TROUBLES = 20
"""Of one kind that are told one by one; the others are counted."""

RAW = frozenset(
    {
        "nowiki",
        "pre",
        "math",
        "syntaxhighlight",
        "source",
        "score",
        "timeline",
        "code",
        "chem",
        "graph",
        "templatedata",
        "gallery",
    }
)
_TOKEN = re.compile(
    r"(?P<open>\{\{|\[\[)|(?P<close>\}\}|\]\])|(?P<bar>\|)|(?P<comment><!--)"
    r"|<(?P<end>/)?(?P<tag>ref|" + "|".join(sorted(RAW)) + r")(?=[\s/>])(?P<attributes>[^<>]{0,1000})>",
    re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*+(?:\n|==)")


@dataclass(frozen=True, slots=True)
class Node:
    """A template, a link or a tag: its inside from ``start`` to ``end``, what is behind it from ``after`` on, the bars of its own."""

    kind: str
    start: int
    end: int
    after: int
    bars: tuple[int, ...] = ()
    attributes: str = ""

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """What stands between the bars."""
        edges = (self.start - 1, *self.bars, self.end)
        return tuple((before + 1, after) for before, after in pairwise(edges))


@dataclass(slots=True)
class _Open:
    kind: str
    at: int
    start: int
    bars: list[int] = field(default_factory=list)
    attributes: str = ""


@dataclass(slots=True)
class Scan:
    """What was found: nodes by where they begin, and what is wrong."""

    source: str
    nodes: dict[int, Node] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _told: Counter[str] = field(default_factory=Counter)

    def line(self, position: int) -> int:
        """The line of a position, counted from 1."""
        if not self._lines:
            self._lines = lines_of(self.source)
        return bisect_right(self._lines, position)

    def trouble(self, what: str, position: int) -> None:
        """Something is opened at a position and never closed."""
        self._told[what] += 1
        if self._told[what] <= MOST_TROUBLES:
            self.troubles.append(Trouble(f"{what} is opened here and never closed", self.line(position)))

    def all_troubles(self) -> tuple[Trouble, ...]:
        """All that is wrong, by line, and how much was not told."""
        more = [
            Trouble(f"{what} is never closed in {count - MOST_TROUBLES} more places")
            for what, count in self._told.items()
            if count > MOST_TROUBLES
        ]
        return (*sorted(self.troubles, key=lambda trouble: trouble.line or 0), *more)


def scan(source: str) -> Scan:
    """Looks over a whole file."""
    found = Scan(source)
    stack: list[_Open] = []
    missing: set[str] = set()
    at = 0
    while token := _TOKEN.search(source, at):
        at = token.end()
        if token["open"]:
            stack.append(_Open(token["open"], token.start(), at))
        elif token["bar"]:
            if stack:
                stack[-1].bars.append(token.start())
        elif token["close"]:
            _close(found, stack, token)
        elif token["comment"]:
            at = _past(found, "-->", "a comment", token, missing)
        elif token["tag"].lower() != "ref":
            at = _raw(found, token, missing)
        elif token["end"]:
            _close_reference(found, stack, token)
        elif token["attributes"].rstrip().endswith("/"):
            found.nodes[token.start()] = Node("ref/", at, at, at, (), token["attributes"].rstrip().rstrip("/"))
        else:
            stack.append(_Open("ref", token.start(), at, [], token["attributes"]))
    for left in stack:
        _unclosed(found, left)
    return found


def _close(found: Scan, stack: list[_Open], token: re.Match[str]) -> None:
    wanted = "{{" if token["close"] == "}}" else "[["
    if stack and stack[-1].kind == "[[" and wanted == "{{":  # a link that is never closed in a template that is
        at = len(stack) - 1
        while at >= 0 and stack[at].kind == "[[":
            at -= 1
        if at >= 0 and stack[at].kind == "{{":
            for left in stack[at + 1 :]:
                found.trouble("a link", left.at)
            del stack[at + 1 :]
    if stack and stack[-1].kind == wanted:
        one = stack.pop()
        found.nodes[one.at] = Node(wanted, one.start, token.start(), token.end(), tuple(one.bars))


def _close_reference(found: Scan, stack: list[_Open], token: re.Match[str]) -> None:
    if not any(one.kind == "ref" for one in stack[-50:]):
        return
    while stack:
        one = stack.pop()
        if one.kind == "ref":
            found.nodes[one.at] = Node("ref", one.start, token.start(), token.end(), (), one.attributes)
            return
        _unclosed(found, one)


def _unclosed(found: Scan, one: _Open) -> None:
    found.trouble({"{{": "a template", "[[": "a link", "ref": "a reference"}[one.kind], one.at)
    if one.kind == "ref":
        end = _PARAGRAPH_END.search(found.source, one.start)
        stop = min(end.start() if end else len(found.source), one.start + 5_000)
        found.nodes[one.at] = Node("ref", one.start, stop, stop, (), one.attributes)


def _past(found: Scan, ends: str, what: str, token: re.Match[str], missing: set[str]) -> int:
    end = -1 if ends in missing else found.source.find(ends, token.end())
    if end < 0:
        missing.add(ends)
        found.trouble(what, token.start())
        return token.end()
    found.nodes[token.start()] = Node("comment", token.end(), end, end + len(ends))
    return end + len(ends)


def _raw(found: Scan, token: re.Match[str], missing: set[str]) -> int:
    """A tag in which nothing is markup, up to its end tag."""
    name = token["tag"].lower()
    if token["end"] or token["attributes"].rstrip().endswith("/"):
        return token.end()
    end = -1 if name in missing else _find_end(found.source, name, token.end())
    if end < 0:
        missing.add(name)
        found.trouble(f"<{name}>", token.start())
        return token.end()
    after = found.source.find(">", end)
    after = len(found.source) if after < 0 else after + 1
    found.nodes[token.start()] = Node(name, token.end(), end, after, (), token["attributes"])
    return after


def _find_end(source: str, name: str, at: int) -> int:
    found = re.compile(rf"</{name}[\s>]", re.IGNORECASE).search(source, at)
    return found.start() if found else -1
