"""Sentences that one side alone has at its place: which of them were moved, which reworded, which split or joined.

Likeness only finds a partner; what differs between the two is told word by word after that. Words that many sentences have find none, so
that a long page costs no more than its length says.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archiver.diffing.aligning import Pair, heaviest
from archiver.diffing.units import Sheet

LIKE = 0.5  # share of their words that two sentences at one place must share to be one sentence reworded
LIKE_ELSEWHERE = 0.65  # the same at another place
SHORT = 6  # words of a sentence that is compared by its letters too
LEAST_MOVED = 4  # words of a sentence that is known again at another place
MOST_HOLDERS = 24  # sentences that a word may be in, to find a partner by it
MOST_PARTNERS = 8  # sentences that are compared with one
NEAR = 4  # sentences of a hunk that are compared whatever their words
REST = 0.6  # share of a sentence's words that another one lost, for it to be split off


@dataclass(frozen=True, slots=True)
class Hunk:
    """Sentences between two that stand in both texts: ``old`` and ``new`` are their numbers."""

    old: Sequence[int]
    new: Sequence[int]


@dataclass(slots=True)
class Group:
    """Sentences of either side that say the same or nearly so: mostly one of each; of one that was split, several. ``moved`` where they stand
    in another order."""

    old: list[int]
    new: list[int]
    moved: bool = False
    exact: bool = False


@dataclass(slots=True)
class Pairing:
    """The sentences that are at their place in one text only, paired as far as they can be."""

    old: Sheet
    new: Sheet
    hunks: Sequence[Hunk]
    groups: list[Group] = field(default_factory=list)
    _of_old: dict[int, int] = field(default_factory=dict)
    _of_new: dict[int, int] = field(default_factory=dict)
    _bags: dict[tuple[bool, int], Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, old: Sheet, new: Sheet, hunks: Sequence[Hunk]) -> Pairing:
        made = cls(old, new, hunks)
        for k, hunk in enumerate(hunks):
            made._of_old |= dict.fromkeys(hunk.old, k)
            made._of_new |= dict.fromkeys(hunk.new, k)
        made._equal()
        made._alike()
        made._splits()
        return made

    def _free(self) -> tuple[list[int], list[int]]:
        olds = {number for group in self.groups for number in group.old}
        news = {number for group in self.groups for number in group.new}
        return [i for i in self._of_old if i not in olds], [j for j in self._of_new if j not in news]

    def _equal(self) -> None:
        """The same sentence at another place; of several the first with the first."""
        places: dict[str, deque[int]] = defaultdict(deque)
        for j in self._of_new:
            places[self.new.units[j].key].append(j)
        for i in self._of_old:
            unit = self.old.units[i]
            if unit.size >= LEAST_MOVED and places[unit.key]:
                self.groups.append(Group([i], [places[unit.key].popleft()], moved=True, exact=True))

    def _alike(self) -> None:
        """Sentences that share most of their words, the likest first; those in the order of both texts are at their place."""
        olds, news = self._free()
        ranked = sorted(self._scored(olds, news), reverse=True)
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        here: dict[int, list[Pair]] = defaultdict(list)
        for _, _, i, j in ranked:
            if i in taken_old or j in taken_new:
                continue
            taken_old.add(i)
            taken_new.add(j)
            if self._of_old[i] == self._of_new[j]:
                here[self._of_old[i]].append((i, j))
            else:
                self.groups.append(Group([i], [j], moved=True))
        for pairs in here.values():
            pairs.sort()
            kept = set(heaviest(pairs, [self.old.units[i].size for i, _ in pairs]))
            self.groups += [Group([i], [j], moved=(i, j) not in kept) for i, j in pairs]

    def _scored(self, olds: list[int], news: list[int]) -> Iterator[tuple[float, int, int, int]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for j in news:
            for code in self._bag(True, j):
                holders[code].append(j)
        near: dict[int, list[int]] = defaultdict(list)
        for j in news:
            near[self._of_new[j]].append(j)
        for i in olds:
            mine, hunk = self._bag(False, i), self._of_old[i]
            votes: Counter[int] = Counter()
            for code in mine:
                if len(holders[code]) <= MOST_HOLDERS:
                    votes.update(holders[code])
            partners = {j for j, _ in votes.most_common(MOST_PARTNERS)}
            if len(near[hunk]) <= NEAR:
                partners.update(near[hunk])
            for j in partners:
                score, here = self._likeness(i, j), hunk == self._of_new[j]
                if score >= (LIKE if here else LIKE_ELSEWHERE) and (here or min(self._sizes(i, j)) > LEAST_MOVED):
                    yield score + here / 10, -abs(i - j), i, j

    def _likeness(self, i: int, j: int) -> float:
        """The share of their words that two sentences have in common; of very short ones also that of their pairs of letters, since one
        word is much of them."""
        mine, theirs = self._bag(False, i), self._bag(True, j)
        score = _share(mine, theirs)
        if score < LIKE and max(self._sizes(i, j)) <= SHORT:
            score = max(score, _share(*(_letters(sheet, k) for sheet, k in ((self.old, i), (self.new, j)))))
        return score

    def _splits(self) -> None:
        """A free sentence beside a paired one, whose words the partner has and the paired one has not, was split off or joined."""
        olds, news = (set(free) for free in self._free())
        by_old = {group.old[0]: group for group in self.groups if not group.exact}
        by_new = {group.new[0]: group for group in self.groups if not group.exact}
        for free, side in ((sorted(news), True), (sorted(olds), False)):
            by = by_new if side else by_old
            for number in free:
                for beside in (number - 1, number + 1):
                    group = by.get(beside)
                    if group is not None and self._is_rest(number, group, side):
                        (group.new if side else group.old).append(number)
                        (group.new if side else group.old).sort()
                        by[number] = group
                        break

    def _is_rest(self, number: int, group: Group, side: bool) -> bool:
        own, others = (group.new, group.old) if side else (group.old, group.new)
        hunks = self._of_new if side else self._of_old
        if hunks[number] != hunks[own[0]]:
            return False
        lost: Counter[str] = Counter()
        for other in others:
            lost += self._bag(not side, other)
        for one in own:
            lost -= self._bag(side, one)
        mine = self._bag(side, number)
        return sum((mine & lost).values()) >= REST * sum(mine.values())

    def _sizes(self, i: int, j: int) -> tuple[int, int]:
        return self.old.units[i].size, self.new.units[j].size

    def _bag(self, new: bool, number: int) -> Counter[str]:
        bag = self._bags.get((new, number))
        if bag is None:
            sheet = self.new if new else self.old
            bag = self._bags[new, number] = Counter(sheet.words(sheet.units[number]))
        return bag


def _share(one: Counter[str], two: Counter[str]) -> float:
    both = sum(one.values()) + sum(two.values())
    return 2 * sum((one & two).values()) / both if both else 0.0


def _letters(sheet: Sheet, number: int) -> Counter[str]:
    """Pairs of letters, blanks left out."""
    letters = "".join(filter(str.isalnum, sheet.side(number, number + 1).text.lower()))
    return Counter(map("".join, pairwise(letters)))
