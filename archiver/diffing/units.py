"""A text as its sentences: what is laid beside one another, moved, added and removed.

A sentence ends where the judge of quotations ends one, and at the end of a line that was not merely wrapped. Two sentences are the same
where their words and inner signs are, in the folded form in which quotations are compared: what differs in print only is no change; the marks of
feet and inches are no print.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.diffing.lengthmarks import length_marks
from archiver.diffing.values import Side
from archiver.match import meaning
from archiver.match.index import Page

_ASKS = re.compile(r"[?？؟]")
_STOP = re.compile(r"[.!?…؟।。！？։။៕]")  # without one `meaning.ends_sentence` ends nothing
_SPACE = re.compile(r"\s")
_OPENS = re.compile(r"[「『《〈（【“‘]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: tokens ``first`` to ``last`` (excluded), its place among the paragraphs from 0, and the ``key`` that is the same for
    sentences that say the same."""

    first: int
    last: int
    paragraph: int
    key: str

    @property
    def size(self) -> int:
        """Words (characters in scripts without spaces)."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Sheet:
    """One layer of one look at the page, cut into sentences."""

    page: Page
    units: tuple[Unit, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, page: Page) -> Sheet:
        units = tuple(_units(page))
        return cls(page, units, tuple(unit.first for unit in units))

    def words(self, unit: Unit) -> str:
        """Its words, one code point each."""
        return self.page.words[unit.first : unit.last]

    def unit_at(self, token: int) -> int:
        """The number of the sentence in which a token stands."""
        return max(0, bisect_right(self.starts, token) - 1)

    def side(self, first: int, last: int) -> Side:
        """The sentences from number ``first`` to ``last`` (excluded, at least one) as a passage."""
        one, two = self.units[first], self.units[last - 1]
        start, end = bounds(self.page, one.first, two.last)
        text = self.page.text.content[start:end]
        paragraphs = two.paragraph - one.paragraph + 1
        return Side(self.page.text.layer, start, end, text, one.paragraph + 1, first + 1, last - first, paragraphs)

    def sizes(self, numbers: Sequence[int]) -> int:
        """The words of several sentences together."""
        return sum(self.units[number].size for number in numbers)


def bounds(page: Page, first: int, last: int) -> tuple[int, int]:
    """The code points of a range of tokens with the signs that belong to it: an opening mark before it, the stop behind it."""
    before, after = page.gap(first), page.gap(last)
    opening = len(before) - _opening(before) if first else len(before) - _last_space(before)
    return page.start(first) - opening, page.end(last - 1) + _closing(after)


def _opening(gap: str) -> int:
    """Where the signs begin in a gap that belong to what follows."""
    if _SPACE.search(gap):
        return _last_space(gap)
    mark = _OPENS.search(gap)  # in scripts without spaces
    return mark.start() if mark else len(gap)


def _closing(gap: str) -> int:
    """Where the signs end in a gap that belong to what stands before it."""
    found = _SPACE.search(gap) or _OPENS.search(gap)
    return found.start() if found else len(gap)


def _last_space(gap: str) -> int:
    return max((found.end() for found in _SPACE.finditer(gap)), default=0)


def _units(page: Page) -> Iterator[Unit]:
    first = paragraph = 0
    count = len(page.words)
    marks = list(length_marks(page))
    places = [token for token, _ in marks]

    def key(last: int, asks: str) -> str:
        lengths = marks[bisect_left(places, first) : bisect_left(places, last)]
        told = "".join(f"{token - first}{mark}" for token, mark in lengths)
        return f"{page.words[first:last]}\0{page.gaps[first + 1 : last]}\0{asks}{told}"

    for token, gap in enumerate(page.parts[0::2]):
        if gap == " " or not token or (token < count and not _parts(page, token, gap)):
            continue
        asks = "?" if _ASKS.search(gap) else ""
        yield Unit(first, token, paragraph, key(token, asks))
        paragraph += "\n" in gap
        first = token
    if first < count:  # the text ends with a blank
        yield Unit(first, count, paragraph, key(count, ""))


def _parts(page: Page, token: int, gap: str) -> bool:
    """True where a sentence ends before a token; not at the end of a line in whose midst a sentence goes on."""
    if "\n" not in gap and not _STOP.search(gap):
        return False
    wrapped = gap.count("\n") == 1 and not gap.strip(" \t\r\n,;-–—") and page.form(token)[:1].islower()
    return not wrapped and meaning.ends_sentence(page, token)
