"""Which sentences of an article left their place to others: that is an edit, also where the page shows each of them elsewhere.

A place is what stands between two sentences that both articles have. What only left its place, or only came to one, may be furniture that
was moved, or what the extractor chose; where something left and something else came, the writer exchanged them: the figures of two
countries, a yes and a no. On the whole pages both stand where they stood if only the extractor chose otherwise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.diffing.aligning import Pair, align
from archiver.diffing.pairing import LEAST_MOVED
from archiver.diffing.units import Sheet

Sheets = tuple[Sheet, Sheet]
Numbers = frozenset[int]


def exchanged(
    articles: Sheets, same: Sequence[Pair], left: Sequence[int], came: Sequence[int], wholes: Sheets
) -> tuple[Numbers, Numbers]:
    """Of the older sentences that ``left`` their place and the newer ones that ``came`` to one, those that did so at one place. ``same``
    pairs what stays in the ``articles``; ``wholes`` are the pages that these are of."""
    bounds = _Bounds.of(articles[0], same)
    here: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, numbers in enumerate((left, came)):
        for number in numbers:
            here[bounds.place(side, number)][side].append(number)
    places = [both for both in here.values() if both[0] and both[1]]
    if not places:
        return frozenset(), frozenset()
    found = _OnPages.of(articles, wholes).exchanged
    return _merged([found(*both) for both in places])


def _merged(found: Sequence[tuple[list[int], list[int]]]) -> tuple[Numbers, Numbers]:
    olds, news = (frozenset(number for both in found for number in both[side]) for side in (0, 1))
    return olds, news


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The sentences that stay, in both texts, and are long enough to be known again. Labels and figures bound nothing."""

    numbers: tuple[list[int], list[int]]

    @classmethod
    def of(cls, old: Sheet, same: Sequence[Pair]) -> _Bounds:
        long = [pair for pair in same if old.units[pair[0]].size >= LEAST_MOVED]
        return cls(([i for i, _ in long], [j for _, j in long]))

    def place(self, side: int, number: int) -> int:
        return bisect_right(self.numbers[side], number)


@dataclass(frozen=True, slots=True)
class _OnPages:
    """Where the sentences of the articles stand on the whole pages, and what of these stays."""

    at: tuple[dict[int, int], dict[int, int]]
    stays: tuple[Numbers, Numbers]
    bounds: _Bounds

    @classmethod
    def of(cls, articles: Sheets, wholes: Sheets) -> _OnPages:
        same = _aligned(*wholes)
        at = tuple(dict(_aligned(article, whole)) for article, whole in zip(articles, wholes, strict=True))
        stays = frozenset(i for i, _ in same), frozenset(j for _, j in same)
        return cls((at[0], at[1]), stays, _Bounds.of(wholes[0], same))

    def exchanged(self, left: Sequence[int], came: Sequence[int]) -> tuple[list[int], list[int]]:
        """Those that exchanged a place on the page, too. One that the page has in another form (the cells of a table) may have."""
        places = [
            {number: place for number in numbers if (place := self._place(side, number)) != _STAYS}
            for side, numbers in enumerate((left, came))
        ]
        out: list[list[int]] = []
        for mine, theirs in (places, places[::-1]):
            others = set(theirs.values())
            anywhere = None in others
            out.append([n for n, place in mine.items() if others and (anywhere or place is None or place in others)])
        return out[0], out[1]

    def _place(self, side: int, number: int) -> int | None:
        at = self.at[side].get(number)
        if at is None:
            return None
        return _STAYS if at in self.stays[side] else self.bounds.place(side, at)


_STAYS = -1


def _aligned(one: Sheet, two: Sheet) -> list[Pair]:
    return align([unit.key for unit in one.units], [unit.key for unit in two.units], [unit.size for unit in one.units])
