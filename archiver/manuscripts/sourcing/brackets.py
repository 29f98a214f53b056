"""Brackets of a paragraph, and what is said in brackets of the source before them: ``[Smith](…), at 5 (“…”)``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【"}
_SIGN = re.compile("[()（）【】\\[\\]]")
_LONGEST = 200
_DEEPEST = 20
_MATTER = re.compile(
    r"(?:[\s,.:§¶\d–—’'\"“”*&/-]|[^\W\d_a-zß-ÿ][\w.’'-]*+"
    r"|\b(?:at|pp?|nn?|nos?|notes?|and|supra|infra|of|vs?|chs?|secs?|paras?|cmt|ff?|fn|et|al|in|id|on|the|für|der|des|von|de|la)\b|(?!))*+"
)
"""What may stand between a citation and its parenthetical: pages, courts, years, names."""


class Brackets:
    """The pairs of brackets of a text; what stands within quotations (``solid``, in order) is none of its own."""

    def __init__(self, text: str, solid: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self.pairs: list[tuple[int, int]] = []
        starts = [start for start, _ in solid]
        waiting: list[tuple[str, int]] = []
        for found in _SIGN.finditer(text):
            number = bisect_right(starts, found.start()) - 1
            if number >= 0 and found.start() < solid[number][1]:
                continue
            opener = _PAIRS.get(found[0])
            if opener is None:
                waiting.append((found[0], found.start()))
            elif waiting and waiting[-1][0] == opener:
                self.pairs.append((waiting.pop()[1], found.end()))
        self.pairs.sort()
        self._starts = [start for start, _ in self.pairs]
        self._outer = _parents(self.pairs)

    def around(self, start: int, end: int) -> tuple[int, int] | None:
        """The innermost pair of round brackets that encloses a place."""
        number = bisect_right(self._starts, start) - 1
        for _ in range(_DEEPEST):
            if number < 0:
                break
            opening, closing = self.pairs[number]
            if closing >= end and opening < start and self._text[opening] in "(（":
                return opening, closing
            number = self._outer[number]
        return None

    def follows(self, end: int, opening: int) -> bool:
        """Whether what is said in a bracket is said of a citation that ends before it: nothing but its own matter in between."""
        if opening - end > _LONGEST * 4:
            return False
        between, at = "", end
        for start, stop in self.pairs[bisect_right(self._starts, end - 1) : bisect_right(self._starts, opening - 1)]:
            if start >= at and stop <= opening:
                between += self._text[at:start]
                at = stop
        between += self._text[at:opening]
        return len(between) <= _LONGEST and _MATTER.fullmatch(between.replace(")", " ").replace("]", " ")) is not None


def _parents(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the pair around each, -1 where there is none."""
    found: list[int] = []
    open_pairs: list[int] = []
    for number, (start, _) in enumerate(pairs):
        while open_pairs and pairs[open_pairs[-1]][1] <= start:
            open_pairs.pop()
        found.append(open_pairs[-1] if open_pairs else -1)
        open_pairs.append(number)
    return found
