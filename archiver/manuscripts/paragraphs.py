"""A paragraph with its sentences, its quotations, and the places in it at which sources are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archiver.manuscripts.brackets import Brackets
from archiver.manuscripts.document import Block, Citation, Link, NoteMark
from archiver.manuscripts.gaps import CLOSING, OPENING, STRONG, interrupts, split, weight
from archiver.manuscripts.notes import Reference
from archiver.manuscripts.sentences import sentence_ends

_LEAD = (
    r"(?:(?:as )?quoted in|cited in|see|cf|vgl|siehe|in|from|aus|via|according to|per|zit(?:iert)?(?:\.? nach)?|nach|source|quelle|hier|here|voir"
    r"|emphasis added|my emphasis|(?:my|own|our) translation|dans|selon|véase|en|según|cfr|voor|zie|by|von|par|por|di)\b[.:]?\s*"
)
_BETWEEN = re.compile(
    rf"[\s.,:!?…”’\"'»«›‹“)\]。、，]*(?:;\s*(?=[(\[]|{_LEAD}|\Z))?(?:[–—-]\s*)?[(\[（]?\s*(?:{_LEAD})?[,;]?\s*(?:{_LEAD})?[(\[（]?\s*",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\W*(?:(?:source|quelle|fuente|fonte|bron|see|via|from|cf|vgl|siehe|in|and|und|et|y|p|pp|s)\b\W*)*[\W\d]*",
    re.IGNORECASE,
)
_NEAR = 60  # characters from a bracket to the first source in it
_LONGEST_TAG = 100  # characters that say who speaks, between the two halves of a quotation
_BARE = re.compile(r"[\s.,;:!?()\[\]–—。，；（）-]*")
_STOPS = ".!?…。！？"
_FAR = 20
"""Quotations of one sentence, and sources, that are looked over for one; a sentence that has more is a list."""

_MASSES = 100
"""Sources of one place that are looked at: each quotation of a sentence may have them all."""

_BRACKET = re.compile(r"\s*[(\[（【](?:[^()\[\]（）【】]|\([^()]*\)){1,240}[)\]）】]\.?(?=\s|\Z|[\u3000-\u9fff])")
_AND = r"(?:(?:and|und|et|y|e|och|en|see also|also|cf|siehe auch)\b\.?)?"
_IN_BRACKETS = re.compile(rf"[\s,;:.&–—-]*{_AND}[\s,;:.&]*", re.IGNORECASE)
_IN_TEXT = re.compile(rf"[\s,&]*{_AND}\s*", re.IGNORECASE)
_NEXT_BRACKET = re.compile(r"[)\]）】]+[\s.,]*[(\[（【]\s*")
_NEXT_SIGN = re.compile(r"[)\]）】]*[\s.,;:^]*")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place where a source is named: by an address, by a key, by the sign of a note, or, in a note, by a ``reference`` to another.
    ``number`` counts those of the paragraph."""

    number: int
    start: int
    end: int
    url: str | None = None
    key: str | None = None
    locator: str | None = None
    note: str | None = None
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """The sources between two quotations of a sentence, by their numbers: from ``first`` on those of the one before, from ``middle`` on those
    of the one behind, up to ``behind``. ``shared``: one source of both, which stands within the speech."""

    first: int
    middle: int
    behind: int
    shared: bool = False


@dataclass
class Paragraph:
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
    _attached: dict[tuple[int, int], list[Anchor]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.anchors = tuple(sorted(_anchors(self.block, self.references), key=lambda anchor: anchor.start))
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
        inside = [
            anchor for anchor in self.anchors if start < anchor.start and anchor.end <= end and anchor.note is None
        ]
        if not inside or any(start <= begin < end for begin, _ in self.quoted):
            return False
        beside, at = "", start
        for anchor in inside:
            beside += self.text[at : anchor.start]
            at = max(anchor.end, at)
        return _OWN.fullmatch(beside + self.text[at:end]) is not None

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
            return list(self.anchors[max(first, behind - _MASSES) : behind])
        return list(self.anchors[first : min(behind, first + _MASSES)])

    def covering(self, start: int, end: int) -> list[Anchor]:
        """The links of which a quotation is the words, or nearly."""
        found = []
        for anchor in self.between(
            start - (end - start), end, nearest_end=True
        ):  # a longer link would be of more than the quotation
            if anchor.url is None or anchor.start == anchor.end or "://" in self.text[anchor.start : anchor.end]:
                continue
            own = min(end, anchor.end) - max(start, anchor.start)
            if own >= 0.8 * (end - start) and own >= 0.6 * (anchor.end - anchor.start):
                found.append(anchor)
        return found

    def within(self, start: int, end: int) -> list[Anchor]:
        """What is named inside a quotation."""
        return [anchor for anchor in self.between(start + 1, end) if anchor.end < end]

    def attached(self, start: int, end: int) -> list[Anchor]:
        """What is named directly behind a quotation, or behind its sentence with nothing in between that another quotation could claim."""
        known = self._attached.get((start, end))
        if known is None:
            known = self._attached[start, end] = self._find_attached(start, end)
        return known

    def _find_attached(self, start: int, end: int) -> list[Anchor]:
        found: list[Anchor] = []
        at = end
        gap = self._gap_behind(start)
        for number in range(bisect_left(self._starts, end - 2), gap.middle if gap else len(self.anchors)):
            anchor = self.anchors[number]
            inside = start < anchor.start < end
            if anchor.end <= start or (inside and (anchor.start < end - 2 or anchor.start != anchor.end)):
                continue  # the sign of a note may stand before the closing mark
            if anchor.start < end and not inside:
                continue
            between = self.text[min(at, anchor.start) : anchor.start]
            joined = self._joins(found[-1], between, anchor) if found else _BETWEEN.fullmatch(between) is not None
            if not joined or self._breaks(end, anchor):
                break
            found.append(anchor)
            at = max(anchor.end, at)
        return found

    def _joins(self, last: Anchor, between: str, anchor: Anchor) -> bool:
        """Whether one more source is named in the same breath: in the same bracket, the next bracket, or a list of two."""
        if anchor.start == anchor.end and _NEXT_SIGN.fullmatch(between):
            return True
        if any(sign in between for sign in CLOSING):
            return _NEXT_BRACKET.fullmatch(between) is not None
        before = self.text[max(last.start - 240, 0) : last.start]
        bracketed = max(before.rfind(sign) for sign in OPENING) > max(before.rfind(sign) for sign in CLOSING)
        return (_IN_BRACKETS if bracketed else _IN_TEXT).fullmatch(between) is not None

    def _breaks(self, end: int, anchor: Anchor) -> bool:
        """Whether a new sentence has begun, of which the source is a part."""
        return self.sentence_of(anchor.start) != self.sentence_of(end)

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

    def remarked(self, start: int, end: int) -> list[Anchor]:
        """The citation that a quotation in brackets is the parenthetical of: ``[Smith](…), at 5 (holding that “…”)``."""
        pair = self._pairs().around(start, end)
        if pair is None or self.between(pair[0], start) or self.between(end, pair[1]):
            return []
        last = bisect_left(self._starts, pair[0]) - 1
        while last >= 0 and self.anchors[last].start == self.anchors[last].end == pair[0] and self.anchors[last].note:
            last -= 1
        if last < 0 or self.anchors[last].note is not None or self.anchors[last].end > pair[0]:
            return []
        anchor = self.anchors[last]
        if not self._pairs().follows(anchor.end, pair[0]) or self.sentence_of(anchor.start) != self.sentence_of(start):
            return []
        return [one for one in self.between(anchor.start, anchor.start + 1) if one.end == anchor.end]

    def before(self, start: int) -> list[Anchor]:
        """What is named in the sentence before a quotation and behind the one before that, unless it is that one's."""
        begin, _ = self.bounds(start)
        taken: set[int] = set()
        previous = bisect_left(self._begins, start) - 1
        middle = 0
        if previous >= 0 and self._claiming[previous][1] > begin and self._claiming[previous][1] <= start:
            begin = self._claiming[previous][1]
            gap = self._gap(previous)
            if gap is not None:
                middle = gap.middle
            else:
                taken = {anchor.number for anchor in self.attached(*self._claiming[previous])}
        found = [
            anchor
            for anchor in self.between(begin, start, nearest_end=True)
            if anchor.end <= start
            and self._place(anchor) >= middle
            and anchor.number not in taken
            and self._is_in(anchor, begin, start)
        ]
        return self._nearest(found)

    def _place(self, anchor: Anchor) -> int:
        return bisect_left(self._starts, anchor.start)

    def _nearest(self, found: list[Anchor]) -> list[Anchor]:
        """Of several sources before a quotation those of its own clause: ``[A](…) came; [B](…) says “…”``."""
        for number in range(len(found) - 1, 0, -1):
            between = self.text[found[number - 1].end : found[number].start]
            strength = weight(between)
            if strength >= STRONG or (strength >= 2 and not _IN_TEXT.fullmatch(between.lstrip(",， "))):
                return found[number:]
        return found

    def _is_in(self, anchor: Anchor, begin: int, start: int) -> bool:
        return self.sentence_of(anchor.start) == self.sentence_of(start) and (
            anchor.start > begin or begin == 0 or anchor.end > anchor.start
        )

    def is_one_place(self, anchors: Sequence[Anchor]) -> bool:
        """Whether sources are named together, as for one thing: in one bracket, or by signs side by side."""
        first, last = anchors[0], anchors[-1]
        if all((anchor.start, anchor.end) == (first.start, first.end) for anchor in anchors):
            return True
        if all(anchor.note is not None for anchor in anchors):
            return _NEXT_SIGN.fullmatch(self.text[first.start : last.start]) is not None
        pair = self._pairs().around(first.start, last.end)
        return pair is not None and pair[0] >= first.start - _NEAR

    def continued(self, start: int, end: int) -> tuple[int, int] | None:
        """The quotation that goes on behind one that is interrupted by who says it: ``“…,” Smith said. “…”`` and nothing more."""
        number = bisect_left(self._begins, start)
        if number + 1 >= len(self._begins) or self._begins[number] != start:
            return None
        following = self._claiming[number + 1]
        inner = self.text[start:end].rstrip("”’\"'»«›‹“‘」』")
        if not (inner.endswith((",", "，")) or self.text[end : end + 1] in tuple(",，")):
            return None
        tag = self.text[end : following[0]].rstrip()
        if (
            not 0 < len(tag) <= _LONGEST_TAG
            or tag[-1] not in _STOPS
            or self.sentence_of(following[0]) - self.sentence_of(end) > 1
        ):
            return None
        _, close = self.bounds(following[0] + 1)
        return following if _BARE.fullmatch(self._unmarked(following[1], close)) else None

    def continues(self, start: int) -> tuple[int, int] | None:
        """The quotation that the one which begins at ``start`` goes on with."""
        number = bisect_left(self._begins, start) - 1
        if number < 0:
            return None
        before = self._claiming[number]
        following = self.continued(*before)
        return before if following is not None and following[0] == start else None

    def _unmarked(self, start: int, end: int) -> str:
        """A text without the words of the sources in it."""
        words, at = "", start
        for anchor in self.between(start, end):
            words += self.text[at : max(anchor.start, at)]
            at = max(at, anchor.end)
        return words + self.text[at:end]

    def is_further(self, end: int, source: Anchor) -> bool:
        """Whether a source behind a quotation is named of its own, and not for what a source before it is said to say:
        ``[Smith](…) writes “…”; see also [Jones](…)``."""
        return weight(self.text[end : max(source.start, end)]) >= STRONG and source.note is None

    def later(self, start: int, end: int) -> list[Anchor]:
        """What is named behind a quotation in its sentence: before the next quotation, else with the last one of the sentence."""
        _, last = self.bounds(end)
        first, behind_all = bisect_left(self._begins, end), bisect_left(self._begins, last)
        gap = self._gap_behind(start)
        if first == behind_all:
            return [
                anchor
                for anchor in self.between(end, last + 1)
                if self.sentence_of(anchor.start) == self.sentence_of(end)
            ]
        if gap is not None and (gap.middle > gap.first or gap.shared):
            stop = gap.behind if gap.shared else gap.middle
            return list(self.anchors[gap.first : min(stop, gap.first + _MASSES)])
        final = self._claiming[behind_all - 1]
        return self.attached(*final) or self.between(final[1], last + 1)

    def earlier(self, start: int, end: int) -> list[Anchor]:
        """What is named before a quotation in its sentence, but for what is attached to another one: that is said of all that follows, this
        of the one. What leads to the quotation next before it counts first."""
        begin, _ = self.bounds(start)
        number = bisect_left(self._begins, start)
        for previous in range(number - 1, max(bisect_left(self._begins, begin), number - _FAR) - 1, -1):
            found = self.before(self._claiming[previous][0])
            if found:
                return [] if self._is_of_another_citation(found[-1], start, end) else found
        return []

    def _is_of_another_citation(self, source: Anchor, start: int, end: int) -> bool:
        """Whether a quotation is the parenthetical of a citation without an address, which a semicolon parts from the source."""
        if self._pairs().around(start, end) is None:
            return False
        return weight(self.text[source.end : start]) >= STRONG

    def last_sentence(self) -> list[Anchor]:
        """What is named in the last sentence, behind its last quotation if it has one."""
        begin = self.ends[-2] if len(self.ends) > 1 else 0
        return [
            anchor
            for anchor in self.anchors
            if self.sentence_of(anchor.start) == len(self.ends) - 1 and anchor.start >= begin
        ]


def _anchors(block: Block, references: Sequence[Reference]) -> Iterator[Anchor]:
    for number, reference in enumerate(references):
        yield Anchor(number, reference.start, reference.end, reference=reference)
    number = len(references)
    for mark in block.marks:
        if isinstance(mark, Link):
            if not mark.url.lower().startswith(("http://", "https://")):
                continue
            made = Anchor(number, mark.start, mark.end, url=mark.url)
        elif isinstance(mark, Citation):
            made = Anchor(number, mark.start, mark.end, key=mark.key, locator=mark.locator)
        elif isinstance(mark, NoteMark):
            made = Anchor(number, mark.at, mark.at, note=mark.label)
        else:
            continue
        yield made
        number += 1
