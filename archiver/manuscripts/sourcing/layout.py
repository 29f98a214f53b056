"""A paragraph laid out: its sentences, its quotations, the places in it at which sources are named, and which of two quotations of a
sentence those between them belong to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from archiver.manuscripts.document import Block
from archiver.manuscripts.sourcing.anchors import Anchor, find_anchors
from archiver.manuscripts.sourcing.brackets import Brackets
from archiver.manuscripts.sourcing.gaps import CLOSING, OPENING, interrupts, split
from archiver.manuscripts.sourcing.notes import Reference
from archiver.manuscripts.sourcing.sentences import sentence_ends

_OWN = re.compile(
    r"\W*+(?:(?:source|quelle|fuente|fonte|bron|see|via|from|cf|vgl|siehe|in|and|und|et|y|p|pp|s)\b\W*+|(?!))*+[\W\d]*+",
    re.IGNORECASE,
)
_NEAR = 60  # characters from a bracket to the first source in it
MASSES = 100
"""Sources of one place that are looked at: each quotation of a sentence may have them all."""

_BRACKET = re.compile(r"\s*[(\[（【](?:[^()\[\]（）【】]|\([^()]*\)){1,240}[)\]）】]\.?(?=\s|\Z|[\u3000-\u9fff])")
NEXT_SIGN = re.compile(r"[)\]）】]*[\s.,;:^]*")


@dataclass(frozen=True, slots=True)
class Gap:
    """The sources between two quotations of a sentence, by their numbers: from ``first`` on those of the one before, from ``middle`` on those
    of the one behind, up to ``behind``. ``shared``: one source of both, which stands within the speech."""

    first: int
    middle: int
    behind: int
    shared: bool = False


@dataclass
class Layout:
    """``quoted`` is what stands in it between marks, (start, end) with the marks, in order; those of them that begin at one of ``titles`` are
    titles, which claim no source for themselves."""

    block: Block
    number: int
    quoted: tuple[tuple[int, int], ...]
    titles: frozenset[int] = frozenset()
    references: Sequence[Reference] = ()
    anchors: tuple[Anchor, ...] = field(init=False)
    ends: list[int] = field(init=False)
    _starts: list[int] = field(init=False)
    _claiming: list[tuple[int, int]] = field(init=False)
    _begins: list[int] = field(init=False)
    _brackets: Brackets | None = None
    _gaps: dict[int, Gap] = field(default_factory=dict)
    _orders: dict[int, int] = field(default_factory=dict)  # by sentence

    def __post_init__(self) -> None:
        self.anchors = tuple(sorted(find_anchors(self.block, self.references), key=lambda anchor: anchor.start))
        self._starts = [anchor.start for anchor in self.anchors]
        self._claiming = [span for span in self.quoted if span[0] not in self.titles]
        self._begins = [begin for begin, _ in self._claiming]
        if self.anchors or self.quoted:
            self.ends = self._with_lone_sources(
                sentence_ends(self.block.text, self.quoted, {a.start for a in self.anchors if a.key})
            )
        else:
            self.ends = [len(self.block.text)]

    @property
    def text(self) -> str:
        return self.block.text

    def _with_lone_sources(self, ends: list[int]) -> list[int]:
        """What stands behind a sentence in brackets with a source in it belongs to that sentence, and so does a sentence of nothing but
        sources: ``He said so. ([Guardian](…)) Then he left.``"""
        kept: list[int] = []
        start = 0
        for end in ends:
            if end <= start:
                continue
            if kept and self._is_only_sources(start, end):
                kept[-1] = end
            else:
                bracket = _BRACKET.match(self.text, end)
                if bracket is not None and self.between(end, bracket.end()):
                    end = bracket.end()
                kept.append(end)
            start = end
        return kept

    def _is_only_sources(self, start: int, end: int) -> bool:
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        inside = [anchor for anchor in self.anchors[first:last] if anchor.end <= end and anchor.note is None]
        if not inside or bisect_left(self.quoted, (start,)) < bisect_left(self.quoted, (end,)):
            return False
        beside, at = [], start
        for anchor in inside:
            beside.append(self.text[at : anchor.start])
            at = max(anchor.end, at)
        return _OWN.fullmatch("".join((*beside, self.text[at:end]))) is not None

    def sentence_of(self, at: int) -> int:
        """The number of the sentence in which a place stands; one just behind the end of a sentence belongs to it."""
        return min(bisect_left(self.ends, at), len(self.ends) - 1)

    def bounds(self, at: int) -> tuple[int, int]:
        """(start, end) of the sentence in which a place stands."""
        number = self.sentence_of(at)
        return (self.ends[number - 1] if number else 0), self.ends[number]

    def between(self, start: int, end: int, *, nearest_end: bool = False) -> list[Anchor]:
        """What begins there, ``end`` excluded; of masses the first, or the last with ``nearest_end``."""
        first, behind = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if nearest_end:
            return list(self.anchors[max(first, behind - MASSES) : behind])
        return list(self.anchors[first : min(behind, first + MASSES)])

    def _gap_behind(self, start: int) -> Gap | None:
        """What stands between the quotation that begins at ``start`` and the next one of its sentence."""
        number = bisect_left(self._begins, start)
        if number >= len(self._begins) or self._begins[number] != start:
            return None
        return self._gap(number)

    def _gap(self, number: int) -> Gap | None:
        """The gap behind a quotation that claims a source, by its number; None where it is the last one of its sentence."""
        if not self._goes_on(number):
            return None
        known = self._gaps.get(number)
        if known is None:
            known = self._gaps[number] = self._find_gap(number)
        return known

    def _goes_on(self, number: int) -> bool:
        following = self._claiming[number + 1] if 0 <= number < len(self._claiming) - 1 else None
        return following is not None and self.sentence_of(self._claiming[number][1]) == self.sentence_of(following[0])

    def _limits(self, number: int) -> tuple[int, int]:
        """The first source behind a quotation and the first one within or behind the next, by number."""
        end, following = self._claiming[number][1], self._claiming[number + 1][0]
        first = bisect_left(self._starts, end - 2)
        while first < len(self.anchors) and self.anchors[first].end < end and not self._is_sign_within(first, end):
            first += 1
        return first, max(bisect_left(self._starts, following), first)

    def _is_sign_within(self, number: int, end: int) -> bool:
        """The sign of a note may stand before the closing mark."""
        anchor = self.anchors[number]
        return anchor.start == anchor.end and anchor.start >= end - 2

    def _find_gap(self, number: int) -> Gap:
        first, behind = self._limits(number)
        if first == behind:
            return Gap(first, first, behind)
        anchors = self.anchors[first:behind]
        at = self._claiming[number][1]
        following = self._claiming[number + 1][0]
        pieces = []
        for anchor in anchors:
            pieces.append(self.text[at : max(anchor.start, at)])
            at = max(anchor.end, at)
        pieces.append(self.text[at:following])
        order = self._order(self.sentence_of(following))
        said = interrupts(pieces[0], pieces[-1], self.text[following + 1 : following + 2])
        if said and len(anchors) == 1 and not order and self._is_alone(anchors[0]):
            return Gap(first, first, behind, shared=True)
        left = split(
            pieces,
            comma=self.text[self._claiming[number][1] - 2 : self._claiming[number][1]].rstrip("”’\"'»«›‹“‘")[-1:] in (",", "，"),
            signs=[anchor.note is not None for anchor in anchors],
            bracketed=[self._is_bracketed(anchor) for anchor in anchors],
            order=order,
        )  # fmt: skip
        return Gap(first, first + left, behind)

    def _is_alone(self, anchor: Anchor) -> bool:
        """Whether its sentence names no other source."""
        begin, end = self.bounds(anchor.start)
        return all(other is anchor for other in self.between(begin, end))

    def _is_bracketed(self, anchor: Anchor) -> bool:
        words = self.text[anchor.start : anchor.end]
        return (anchor.key is not None and not words) or (words[:1] in tuple(OPENING) and words[-1:] in tuple(CLOSING))

    def _order(self, sentence: int) -> int:
        """1 where a sentence begins with a source, has one before each quotation and none behind the last; -1 where it is the other way round;
        0 where its order says nothing."""
        if sentence not in self._orders:
            self._orders[sentence] = self._find_order(sentence)
        return self._orders[sentence]

    def _find_order(self, sentence: int) -> int:
        begin, end = (self.ends[sentence - 1] if sentence else 0), self.ends[sentence]
        first, behind = bisect_left(self._begins, begin), bisect_left(self._begins, end)
        for number in range(first, behind - 1):
            low, high = self._limits(number)
            if low == high:
                return 0
        lead = bisect_left(self._starts, begin) < bisect_left(self._starts, self._claiming[first][0])
        last = self._claiming[behind - 1][1]
        tail = any(anchor.end > last - 2 for anchor in self.between(last - 2, end + 1))
        return 0 if lead == tail else 1 if lead else -1

    def _pairs(self) -> Brackets:
        if self._brackets is None:
            self._brackets = Brackets(self.text, self.quoted)
        return self._brackets

    def is_one_place(self, anchors: Sequence[Anchor]) -> bool:
        """Whether sources are named together, as for one thing: in one bracket, or by signs side by side."""
        first, last = anchors[0], anchors[-1]
        if all((anchor.start, anchor.end) == (first.start, first.end) for anchor in anchors):
            return True
        if all(anchor.note is not None for anchor in anchors):
            return NEXT_SIGN.fullmatch(self.text[first.start : last.start]) is not None
        pair = self._pairs().around(first.start, last.end)
        return pair is not None and pair[0] >= first.start - _NEAR

    def _unmarked(self, start: int, end: int) -> str:
        """A text without the words of the sources in it."""
        words, at = "", start
        for anchor in self.between(start, end):
            words += self.text[at : max(anchor.start, at)]
            at = max(at, anchor.end)
        return words + self.text[at:end]
