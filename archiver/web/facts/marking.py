"""A recorded text with its quotations marked: cut into paragraphs, and those into pieces that the same quotations cover."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.model import Quote
from archiver.web.facts.citation import Standing, State

PART = 60_000
"""Characters of a text that one page shows, about; parts end with a paragraph."""

_MOST_SPANS = 50  # of one quotation that stands in many places


@dataclass(frozen=True, slots=True)
class Marked:
    """A quotation in a text: its number in the list, its spans there (code points), the first of which is where it is said to stand."""

    number: int
    quote: Quote
    state: State
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same quotations cover. ``begins`` are those whose first words these are."""

    text: str
    covers: tuple[Marked, ...] = ()
    begins: tuple[Marked, ...] = ()

    @property
    def standing(self) -> Standing:
        """The gravest of what covers it."""
        found = {item.state.standing for item in self.covers}
        return next(each for each in (Standing.FAILS, Standing.UNDECIDED, Standing.HOLDS) if each in found)


def marked(number: int, quote: Quote, state: State, layer: str) -> Marked:
    """A quotation as it stands in a layer; without spans where it stands in another."""
    spans = [
        (span["start"], span["end"])
        for match in quote.judged["matches"]
        for span in match["spans"]
        if quote.judged["layer"] == layer and span["start"] < span["end"]
    ]
    return Marked(number, quote, state, tuple(spans[:_MOST_SPANS]))


def parts_of(content: str) -> list[tuple[int, int]]:
    """Where the parts of a long text begin and end, in code points."""
    parts, start = [], 0
    while len(content) - start > PART:
        end = content.rfind("\n", start + 1, start + PART) + 1 or start + PART
        parts.append((start, end))
        start = end
    return [*parts, (start, len(content))]


def part_of(position: int, parts: Sequence[tuple[int, int]]) -> int:
    """The number of the part in which a position lies, counted from 1."""
    return next((number for number, (_, end) in enumerate(parts, 1) if position < end), len(parts))


def paragraphs(content: str, start: int, end: int, quotes: Sequence[Marked]) -> Iterator[tuple[Piece, ...]]:
    """The lines of a stretch of a text that are not blank, in pieces."""
    cuts = sorted({point for item in quotes for span in item.spans for point in span if start < point < end})
    at = start
    for line in content[start:end].split("\n"):
        if line.strip():
            yield tuple(_pieces(content, at, at + len(line), cuts, quotes))
        at += len(line) + 1


def _pieces(content: str, start: int, end: int, cuts: Sequence[int], quotes: Sequence[Marked]) -> Iterator[Piece]:
    points = [start, *(cut for cut in cuts if start < cut < end), end]
    for begin, stop in itertools.pairwise(points):
        covers = tuple(item for item in quotes if any(one <= begin and stop <= other for one, other in item.spans))
        begins = tuple(item for item in covers if item.spans[0][0] == begin)
        yield Piece(content[begin:stop], covers, begins)
