"""What stands round the article: menus, counters, related links, advertisements. Its changes are counted, not shown.

A sentence that the extractor took for the article on one side only, while both pages show it, did not change. And a sentence outside of the
article that was reworded at its place is told apart from furniture, since extraction misses four standfirsts in ten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from archiver.diffing.pairing import Hunk, Pairing
from archiver.diffing.units import Sheet, Unit
from archiver.match import tokens
from archiver.match.index import Page

LEAST_PROSE = 12  # words of a sentence outside of the article from which a rewording is told
MOST_SEARCHED = 300  # passages that are searched for in the whole text where they are no sentence of it
MOST_PROSE = 400  # sentences outside of the article that are looked at


@dataclass(frozen=True, slots=True)
class _Unseen:
    """What of a page a reader is not shown. ``ends`` has for each start, in order, how far any that began by then reaches."""

    page: Page
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, page: Page) -> _Unseen:
        spans = sorted((span.start, span.end) for span in page.text.unseen)
        return cls(page, [start for start, _ in spans], list(accumulate((end for _, end in spans), max)))

    def has(self, first: int, last: int) -> bool:
        """Whether a passage of tokens lies in it."""
        at = bisect_right(self.starts, self.page.start(first)) - 1 if self.starts else -1
        return at >= 0 and self.ends[at] >= self.page.end(last - 1)


@dataclass(slots=True)
class Whole:
    """The text of a whole page: how often it shows a passage."""

    sheet: Sheet
    unseen: _Unseen
    searched: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, sheet: Sheet) -> Whole:
        made = cls(sheet, _Unseen.of(sheet.page))
        shown = (unit for unit in sheet.units if not made.unseen.has(unit.first, unit.last))
        made._counts.update(sheet.words(unit) for unit in shown)
        return made

    def shows(self, words: str) -> int:
        """How often a passage is shown; 0 also where too much was asked."""
        found = self._counts[words]
        if found or self.searched >= MOST_SEARCHED:
            return found
        self.searched += 1
        places = _places(words, self.sheet.page.words)
        return sum(not self.unseen.has(at, at + len(words)) for at in places)


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    for _ in range(8):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def still_shown(words: str, here: Whole, there: Whole) -> bool:
    """True where the other page shows a passage as often as this one: the extractor chose otherwise, the writer did nothing."""
    return there.shows(words) >= max(1, here.shows(words))


def lines(old: Sheet, new: Sheet, articles: tuple[Sheet, Sheet]) -> tuple[list[int], list[int]]:
    """The paragraphs outside of the article that one side alone has, by the number of their first sentence."""
    one, two = _paragraphs(old), _paragraphs(new)
    counts = Counter(two.values())
    removed = [number for number, words in one.items() if not _taken(counts, words)]
    counts = Counter(one.values())
    added = [number for number, words in two.items() if not _taken(counts, words)]
    return list(_outside(old, removed, articles[0])), list(_outside(new, added, articles[1]))


def _taken(counts: Counter[str], words: str) -> bool:
    if counts[words] <= 0:
        return False
    counts[words] -= 1
    return True


def _paragraphs(sheet: Sheet) -> dict[int, str]:
    """First sentence of each paragraph → the words of the paragraph."""
    out: dict[int, str] = {}
    first, paragraph = 0, -1
    for number, unit in enumerate(sheet.units):
        if unit.paragraph != paragraph:
            first, paragraph = number, unit.paragraph
            out[first] = ""
        out[first] += sheet.words(unit)
    return out


def _outside(sheet: Sheet, firsts: Iterable[int], article: Sheet) -> Iterator[int]:
    """Those of the paragraphs of which the article has no sentence."""
    inside = {article.words(unit) for unit in article.units}
    searched = 0
    for first in firsts:
        units = list(paragraph_of(sheet, first))
        if any(sheet.words(unit) in inside for unit in units):
            continue
        if searched < MOST_SEARCHED:
            searched += 1
            if sheet.page.words[units[0].first : units[-1].last] in article.page.words:
                continue
        yield first


def paragraph_of(sheet: Sheet, first: int) -> Iterator[Unit]:
    """The sentences of a paragraph from its first on."""
    units = sheet.units
    for number in range(first, len(units)):
        if units[number].paragraph != units[first].paragraph:
            return
        yield units[number]


def reworded(old: Sheet, new: Sheet, removed: list[int], added: list[int]) -> list[tuple[list[int], list[int]]]:
    """Sentences outside of the article that were reworded at their place; (numbers of the older, numbers of the newer) of each."""
    olds, news = _prose(old, removed), _prose(new, added)
    if not olds or not news:
        return []
    hunk = Hunk(olds, news)
    return [(group.old, group.new) for group in Pairing.of(old, new, [hunk]).groups if not group.exact]


def _prose(sheet: Sheet, firsts: list[int]) -> list[int]:
    out: list[int] = []
    unseen = _Unseen.of(sheet.page)
    for first in firsts:
        for number, unit in enumerate(paragraph_of(sheet, first), first):
            least = LEAST_PROSE * (2 if tokens.is_unspaced(sheet.page.form(unit.first)) else 1)
            ended = any(sign in sheet.page.gap(unit.last) for sign in ".!?。！？؟।…")
            if unit.size >= least and ended and not unseen.has(unit.first, unit.last):
                out.append(number)
    return out[:MOST_PROSE]
