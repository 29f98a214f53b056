"""Two lists laid beside one another in order, whatever their length.

What stands once in both is an anchor, and the heaviest chain of anchors that keep their order is taken; between two anchors the same
again, and a table where little is left. Each step is bounded, so that ten thousand sentences cost as much as their number says, also where
all of them are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

MOST_CELLS = 2_500  # of one table
DEEPEST = 8  # anchors between anchors

Pair = tuple[int, int]


def align(old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[int]) -> list[Pair]:
    """Pairs (place in ``old``, place in ``new``) of what is equal, rising on both sides. ``weights`` are those of ``old``."""
    out: list[Pair] = []
    open_: list[tuple[int, int, int, int, int]] = [(0, len(old), 0, len(new), 0)]
    while open_:
        a, b, c, d, depth = open_.pop()
        while a < b and c < d and old[a] == new[c]:
            out.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            out.append((b, d))
        if a == b or c == d or depth > DEEPEST:
            continue
        if (b - a) * (d - c) <= MOST_CELLS:
            out += [(a + i, c + j) for i, j in _table(old[a:b], new[c:d], weights[a:b])]
            continue
        anchors = _anchors(old, new, (a, b, c, d))
        anchors = heaviest(anchors, [weights[i] for i, _ in anchors])
        out += anchors
        if anchors:
            ends = [(a - 1, c - 1), *anchors, (b, d)]
            open_ += [(p + 1, r, q + 1, s, depth + 1) for (p, q), (r, s) in pairwise(ends)]
    return sorted(out)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], within: tuple[int, int, int, int]) -> list[Pair]:
    """What stands once on either side; where nothing does, the first with the first, the second with the second."""
    a, b, c, d = within
    ones, twos = Counter(old[a:b]), Counter(new[c:d])
    places = {new[j]: j for j in range(c, d) if twos[new[j]] == 1}
    found = [(i, places[old[i]]) for i in range(a, b) if ones[old[i]] == 1 and old[i] in places]
    if found:
        return found
    numbered: dict[tuple[Hashable, int], int] = {}
    seen: Counter[Hashable] = Counter()
    for j in range(c, d):
        numbered[new[j], seen[new[j]]] = j
        seen[new[j]] += 1
    seen.clear()
    for i in range(a, b):
        place = numbered.get((old[i], seen[old[i]]))
        seen[old[i]] += 1
        if place is not None:
            found.append((i, place))
    return found


def heaviest(pairs: Sequence[Pair], weights: Sequence[int]) -> list[Pair]:
    """Of pairs in the order of their first places (each place once) those that rise on both sides and weigh most together; ``weights`` has one
    for each pair."""
    ranks = sorted(j for _, j in pairs)
    best: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)  # a tree of prefix maxima: weight, number of the pair
    before = [-1] * len(pairs)
    top = (0, -1)
    for number, (_, j) in enumerate(pairs):
        rank = bisect_left(ranks, j)
        at, found = rank, (0, -1)
        while at > 0:
            found = max(found, best[at])
            at -= at & -at
        before[number] = found[1]
        mine = (found[0] + max(1, weights[number]), number)
        at = rank + 1
        while at < len(best):
            best[at] = max(best[at], mine)
            at += at & -at
        top = max(top, mine)
    out: list[Pair] = []
    number = top[1]
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]


def _table(old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[int]) -> list[Pair]:
    """The heaviest common part of two short lists."""
    width = len(new)
    table = [[0] * (width + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below, one, weight = table[i], table[i + 1], old[i], max(1, weights[i])
        for j in range(width - 1, -1, -1):
            row[j] = max(below[j], row[j + 1], below[j + 1] + weight if one == new[j] else 0)
    out: list[Pair] = []
    i = j = 0
    while i < len(old) and j < width:
        if old[i] == new[j] and table[i][j] == table[i + 1][j + 1] + max(1, weights[i]):
            out.append((i, j))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return out
