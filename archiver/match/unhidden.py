"""Words that a page hides inside its lines: what a screen reader says in place of a sign, a word struck out. In the middle of a sentence that a
reader sees, they are no part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from archiver.model import Layer, Span, Text

NOTHING = "\u2060"
"""Heard and seen by nobody, and part of no word (`fold`)."""

_WORD = re.compile(r"\w+")
_NEAR = 40  # characters among which a word beside a hidden one is looked for


def without(text: Text) -> Text:
    """The lines that hide something inside, and the one before and behind each, without it, at the positions that they have: nothing to be heard
    stands in its place, and line ends in that of all other lines. The same object where no line hides anything inside.

    Lines hidden whole are no such: they stand in no sentence. The embedded layer is hidden as a whole.
    """
    if text.layer is Layer.EMBEDDED:
        return text
    content = text.content
    inside = sorted(_inside(text), key=lambda span: span.start)
    if not inside:
        return text
    pieces: list[str] = []
    at = 0
    for begin, end in [*_lines_about(content, inside), (len(content), len(content))]:
        pieces.append("\n" * (begin - at))
        at = begin
        hidden = inside[
            bisect_left(inside, begin, key=lambda span: span.start) : bisect_left(
                inside, end, key=lambda span: span.start
            )
        ]
        for span in hidden:
            start, stop = max(span.start, at), min(span.end, end)
            if stop > start:
                pieces += [content[at:start], NOTHING * (stop - start)]
                at = stop
        pieces.append(content[at:end])
        at = end
    gone = set(inside)
    return replace(text, content="".join(pieces), unseen=tuple(span for span in text.unseen if span not in gone))


def seams(text: Text) -> frozenset[str]:
    """The words on both sides of what is hidden inside the lines of a text, in small letters, each pair as it may be quoted: parted by a blank,
    and as one word."""
    content, out = text.content, set()
    inside = [] if text.layer is Layer.EMBEDDED else sorted(_inside(text), key=lambda span: span.start)
    at = 0
    while at < len(inside):
        start, end = inside[at].start, inside[at].end
        at += 1
        while at < len(inside) and _WORD.search(content, end, inside[at].start) is None:
            end = max(end, inside[at].end)
            at += 1
        before, after = _WORD.findall(content[max(0, start - _NEAR) : start]), _WORD.search(content, end, end + _NEAR)
        if before and after is not None:
            one, two = before[-1].lower(), after.group().lower()
            out |= {f"{one} {two}", one + two}
    return frozenset(out)


def may_join(quotation: str, joined: frozenset[str]) -> bool:
    """Whether words stand side by side in a quotation that the page parts by what it hides: only then it can tell."""
    words = [word.lower() for word in _WORD.findall(quotation)] if joined else []
    return not joined.isdisjoint(words) or any(f"{one} {two}" in joined for one, two in pairwise(words))


def _inside(text: Text) -> list[Span]:
    return [span for span in text.unseen if not _is_lines(text.content, span)]


def _lines_about(content: str, spans: list[Span]) -> list[tuple[int, int]]:
    """Where the lines of these spans (in order), with the one before and behind each, begin and end; those that touch together."""
    breaks = [-1, *(found.start() for found in re.finditer("\n", content)), len(content)]
    out: list[tuple[int, int]] = []
    for span in spans:
        begin = breaks[max(0, bisect_left(breaks, span.start) - 2)] + 1
        end = breaks[min(len(breaks) - 1, bisect_left(breaks, span.end) + 1)]
        if out and begin <= out[-1][1] + 1:
            begin, end = out[-1][0], max(out.pop()[1], end)
        out.append((begin, end))
    return out


def _is_lines(content: str, span: Span) -> bool:
    begins = span.start == 0 or "\n" in content[span.start - 1 : span.start + 1]
    return begins and (span.end >= len(content) or "\n" in content[span.end - 1 : span.end + 1])
