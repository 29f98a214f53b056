"""The sentences of two texts laid beside one another: what stays, and in order what was reworded, moved, added and removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from archiver.diffing import furniture
from archiver.diffing.aligning import Pair, align
from archiver.diffing.layers import Looks
from archiver.diffing.pairing import Group, Hunk, Pairing
from archiver.diffing.places import exchanged
from archiver.diffing.units import Sheet
from archiver.diffing.values import Block, BlockKind
from archiver.diffing.wording import Span, Words
from archiver.model import Layer, Notice
from archiver.printable import count

MOST_BLOCKS = 500
"""Passages that are listed; of the rest it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The sentences of both texts, paired where they can be."""

    old: Sheet
    new: Sheet
    same: tuple[Pair, ...]
    hunks: tuple[Hunk, ...]
    groups: tuple[Group, ...]
    looks: Looks
    stays: tuple[frozenset[int], frozenset[int]]

    @classmethod
    def of(cls, old: Sheet, new: Sheet, looks: Looks) -> Laid:
        keys, others = ([unit.key for unit in sheet.units] for sheet in (old, new))
        same = align(keys, others, [unit.size for unit in old.units])
        hunks = tuple(_hunks(same, len(old.units), len(new.units)))
        stays = frozenset(i for i, _ in same), frozenset(j for _, j in same)
        return cls(old, new, tuple(same), hunks, tuple(Pairing.of(old, new, hunks).groups), looks, stays)

    def partner(self, sentence: int) -> range:
        """The newer sentences that stand for an older one."""
        for i, j in self.same:
            if i == sentence:
                return range(j, j + 1)
        for group in self.groups:
            if sentence in group.old:
                return range(group.new[0], group.new[-1] + 1)
        return range(0)

    def blocks(self, words: Words) -> tuple[list[Block], int, float]:
        """The passages that changed, how many more there are, and the share of the older words that were kept."""
        events, forgiven = self._events()
        kept = self.old.sizes([i for i, _ in self.same]) + self.old.sizes(forgiven)
        for group in self.groups:
            kept += _shared(self.old, self.new, group)
        listed = [self._block(event, words) for event in events[:MOST_BLOCKS]]
        return listed, max(0, len(events) - MOST_BLOCKS), kept / max(1, len(self.old.page.words))

    def _events(self) -> tuple[list[Group], list[int]]:
        """What is told, in the order of the newer text; and the older sentences that the extractor alone left out."""
        by_new = {number: group for group in self.groups for number in group.new}
        by_old = {number: group for group in self.groups for number in group.old}
        free = (
            [i for hunk in self.hunks for i in hunk.old if i not in by_old],
            [j for hunk in self.hunks for j in hunk.new if j not in by_new],
        )
        elsewhere = self._elsewhere(*free)
        forgiven: list[int] = []
        events: list[Group] = []
        told: set[int] = set()
        for hunk in self.hunks:
            forgiven += [i for i in hunk.old if i in elsewhere[0]]
            gone = [i for i in hunk.old if i not in by_old and i not in elsewhere[0]]
            come = [j for j in hunk.new if j not in by_new and j not in elsewhere[1]]
            placed: list[tuple[float, Group]] = []
            for group in (by_new[j] for j in hunk.new if j in by_new):
                if id(group) not in told:
                    told.add(id(group))
                    placed.append((group.new[0], group))
            places = self._places(hunk, by_old)
            placed += [(places[i], Group([i], [])) for i in gone]
            placed += [(j, Group([], [j])) for j in come]
            events += _joined([group for _, group in sorted(placed, key=lambda found: found[0])], self.old, self.new)
        return events, forgiven

    def _places(self, hunk: Hunk, by_old: dict[int, Group]) -> dict[int, float]:
        """Where in the newer text each older sentence of a hunk would stand: behind the one that stood before it."""
        out: dict[int, float] = {}
        at = (hunk.new[0] if hunk.new else 0) - 0.5
        for number in hunk.old:
            group = by_old.get(number)
            if group is not None and not group.moved:
                at = group.new[-1] + 0.5
            out[number] = at
        return out

    def _elsewhere(self, gone: list[int], come: list[int]) -> tuple[frozenset[int], frozenset[int]]:
        """Those sentences of one article alone that both pages show, and that left no place to others: the extractor or a designer put them
        elsewhere, the writer did nothing."""
        old, new = self.looks.old.whole, self.looks.new.whole
        if self.looks.layer is not Layer.ARTICLE or old is None or new is None:
            return frozenset(), frozenset()
        mine, theirs = furniture.Whole.of(old), furniture.Whole.of(new)
        shown = (
            frozenset(i for i in gone if furniture.still_shown(self.old.words(self.old.units[i]), mine, theirs)),
            frozenset(j for j in come if furniture.still_shown(self.new.words(self.new.units[j]), theirs, mine)),
        )
        if not any(shown):
            return shown
        taken = exchanged((self.old, self.new), self.same, gone, come, (old, new))
        return shown[0] - taken[0], shown[1] - taken[1]

    def _block(self, group: Group, words: Words) -> Block:
        sheet, numbers = (self.new, group.new) if group.new else (self.old, group.old)
        if group.old and group.new:
            block = changed(group, self.old, self.new, words)
        else:
            side = sheet.side(numbers[0], numbers[-1] + 1)
            block = Block(BlockKind.ADDED, None, side) if group.new else Block(BlockKind.REMOVED, side, None)
        before, after = (self._kept(sheet, number) for number in (numbers[0] - 1, numbers[-1] + 1))
        return replace(block, before=before, after=after)

    def _kept(self, sheet: Sheet, number: int) -> str:
        """A sentence beside a change, where it stands in both texts as it did."""
        stays = self.stays[0] if sheet is self.old else self.stays[1]
        return sheet.side(number, number + 1).text if number in stays else ""

    def notices(self) -> list[Notice]:
        """What changed of the paragraphs alone."""
        split = joined = 0
        for (i, j), (k, m) in pairwise(self.same):
            if k == i + 1 and m == j + 1:
                before = self.old.units[i].paragraph != self.old.units[k].paragraph
                after = self.new.units[j].paragraph != self.new.units[m].paragraph
                split, joined = split + (after and not before), joined + (before and not after)
        if not split and not joined:
            return []
        found = [
            f"{count(split, 'paragraph')} split" * bool(split),
            f"{count(joined, 'paragraph')} joined" * bool(joined),
        ]
        return [Notice("paragraphs", f"{', '.join(filter(None, found))}, with the words as they were")]


def _hunks(same: Sequence[Pair], olds: int, news: int) -> Iterator[Hunk]:
    """What stands between two sentences that are in both texts."""
    i = j = 0
    for k, m in [*same, (olds, news)]:
        if i < k or j < m:
            yield Hunk(range(i, k), range(j, m))
        i, j = k + 1, m + 1


def _joined(groups: Sequence[Group], old: Sheet, new: Sheet) -> Iterator[Group]:
    """Neighbours of one sort as one: what was removed, added or moved together, and what was reworded in one paragraph."""
    runs: list[list[Group]] = []
    for group in groups:
        if runs and _go_together(runs[-1][-1], group, old, new):
            runs[-1].append(group)
        else:
            runs.append([group])
    for run in runs:
        olds, news = ([number for group in run for number in numbers(group)] for numbers in _SIDES)
        yield Group(olds, news, run[0].moved, run[0].exact) if len(run) > 1 else run[0]


_SIDES = (attrgetter("old"), attrgetter("new"))


def _go_together(one: Group, two: Group, old: Sheet, new: Sheet) -> bool:
    if (bool(one.old), bool(one.new), one.moved, one.exact) != (bool(two.old), bool(two.new), two.moved, two.exact):
        return False
    follows = all(not mine or mine[-1] + 1 == theirs[0] for mine, theirs in ((one.old, two.old), (one.new, two.new)))
    if one.exact or not follows or not (one.old and one.new):
        return follows
    pages: tuple[tuple[list[int], list[int], Sheet], ...] = ((one.old, two.old, old), (one.new, two.new, new))
    return all(
        not mine or sheet.units[mine[-1]].paragraph == sheet.units[theirs[0]].paragraph for mine, theirs, sheet in pages
    )


def changed(group: Group, old: Sheet, new: Sheet, words: Words) -> Block:
    """Sentences that were reworded or moved, laid over each other."""
    kind = BlockKind.MOVED if group.moved else BlockKind.CHANGED
    mine, theirs = (sheet.side(numbers[0], numbers[-1] + 1) for sheet, numbers in ((old, group.old), (new, group.new)))
    if group.exact:
        return Block(kind, mine, theirs)
    spans = _tokens(old, group.old), _tokens(new, group.new)
    return Block(kind, mine, theirs, words.stretches(*spans))


def _tokens(sheet: Sheet, numbers: Sequence[int]) -> Span:
    return Span(sheet.units[numbers[0]].first, sheet.units[numbers[-1]].last)


def _shared(old: Sheet, new: Sheet, group: Group) -> int:
    """Older words that stand in the newer sentences too, whatever their order."""
    theirs = {code for number in group.new for code in new.words(new.units[number])}
    return sum(code in theirs for number in group.old for code in old.words(old.units[number]))
