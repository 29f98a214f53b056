"""Two short word lists laid beside one another, fewest words changed."""

from __future__ import annotations

from collections.abc import Sequence

MOST_CELLS = 6000  # of one table; longer lists are told as one change
_REPLACED, _MOVED = 3, 2


def align(quote: Sequence[str], source: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The differing stretches ``(quote from, to, source from, to)`` of two short word lists, fewest words changed."""
    head = 0
    while head < len(quote) and head < len(source) and quote[head] == source[head]:
        head += 1
    tail = 0
    while tail < min(len(quote), len(source)) - head and quote[-1 - tail] == source[-1 - tail]:
        tail += 1
    q, s = quote[head : len(quote) - tail], source[head : len(source) - tail]
    if not q and not s:
        return []
    if not q or not s or len(q) * len(s) > MOST_CELLS or len(q) == len(s) == 1:
        return [(head, head + len(q), head, head + len(s))]
    return [(head + a, head + b, head + c, head + d) for a, b, c, d in _stretches(q, s)]


def _stretches(q: Sequence[str], s: Sequence[str]) -> list[tuple[int, int, int, int]]:
    table = _costs(q, s)
    out: list[tuple[int, int, int, int]] = []
    i = j = 0
    start: tuple[int, int] | None = None
    while i < len(q) or j < len(s):
        if i < len(q) and j < len(s) and q[i] == s[j] and table[i][j] == table[i + 1][j + 1]:
            if start is not None:
                out.append((start[0], i, start[1], j))
                start = None
            i, j = i + 1, j + 1
            continue
        if start is None:
            start = (i, j)
        if i < len(q) and j < len(s) and table[i][j] == table[i + 1][j + 1] + _REPLACED:
            i, j = i + 1, j + 1
        elif i < len(q) and table[i][j] == table[i + 1][j] + _MOVED:
            i += 1
        else:
            j += 1
    if start is not None:
        out.append((start[0], len(q), start[1], len(s)))
    return out


def _costs(q: Sequence[str], s: Sequence[str]) -> list[list[int]]:
    width = len(s)
    table = [[0] * (width + 1) for _ in range(len(q) + 1)]
    table[len(q)] = [_MOVED * (width - j) for j in range(width + 1)]
    for i in range(len(q) - 1, -1, -1):
        row, below, word = table[i], table[i + 1], q[i]
        row[width] = below[width] + _MOVED
        for j in range(width - 1, -1, -1):
            if word == s[j]:
                row[j] = below[j + 1]
            else:
                row[j] = min(below[j + 1] + _REPLACED, below[j] + _MOVED, row[j + 1] + _MOVED)
    return table
