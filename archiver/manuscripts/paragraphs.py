"""A paragraph with its sentences, its quotations, and the places in it at which sources are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.manuscripts.document import Block, Citation, Link, NoteMark
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
_NEAR = 60  # characters before a quotation in which a source is said to introduce it
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
_OPENING, _CLOSING = "([（【", ")]）】"
_CLAUSE = re.compile(
    r"\b(?:and|but|while|whereas|although|though|und|aber|während|doch|sondern|mais|et|tandis|pero|y|mientras|ma|e|mentre|mas|enquanto)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place where a source is named: by an address, by a key, or by the sign of a note. ``number`` counts those of the paragraph."""

    number: int
    start: int
    end: int
    url: str | None = None
    key: str | None = None
    locator: str | None = None
    note: str | None = None


@dataclass
class Paragraph:
    """``quoted`` is what stands in it between marks, (start, end) with the marks, in order; those of them that begin at one of ``titles`` are
    titles, which claim no source for themselves."""

    block: Block
    number: int
    quoted: tuple[tuple[int, int], ...]
    titles: frozenset[int] = frozenset()
    anchors: tuple[Anchor, ...] = field(init=False)
    ends: list[int] = field(init=False)
    _starts: list[int] = field(init=False)
    _claiming: list[tuple[int, int]] = field(init=False)
    _begins: list[int] = field(init=False)
    _attached: dict[tuple[int, int], list[Anchor]] = field(default_factory=dict)
    _alternating: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.anchors = tuple(sorted(_anchors(self.block), key=lambda anchor: anchor.start))
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
        for number in range(bisect_left(self._starts, end - 2), len(self.anchors)):
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
        if any(sign in between for sign in _CLOSING):
            return _NEXT_BRACKET.fullmatch(between) is not None
        before = self.text[max(last.start - 240, 0) : last.start]
        bracketed = max(before.rfind(sign) for sign in _OPENING) > max(before.rfind(sign) for sign in _CLOSING)
        return (_IN_BRACKETS if bracketed else _IN_TEXT).fullmatch(between) is not None

    def _breaks(self, end: int, anchor: Anchor) -> bool:
        """Whether a new sentence has begun, of which the source is a part."""
        return self.sentence_of(anchor.start) != self.sentence_of(end)

    def before(self, start: int) -> list[Anchor]:
        """What is named in the sentence before a quotation and behind the one before that, unless it is attached to that one."""
        begin, _ = self.bounds(start)
        taken: set[int] = set()
        previous = bisect_left(self._begins, start) - 1
        if previous >= 0 and self._claiming[previous][1] > begin and self._claiming[previous][1] <= start:
            begin = self._claiming[previous][1]
            if self._owns(previous):
                return []
            taken = {anchor.number for anchor in self.attached(*self._claiming[previous])}
        return [
            anchor
            for anchor in self.between(begin, start, nearest_end=True)
            if anchor.end <= start and anchor.number not in taken and self._is_in(anchor, begin, start)
        ]

    def _is_in(self, anchor: Anchor, begin: int, start: int) -> bool:
        return self.sentence_of(anchor.start) == self.sentence_of(start) and (
            anchor.start > begin or begin == 0 or anchor.end > anchor.start
        )

    def later(self, end: int) -> list[Anchor]:
        """What is named behind a quotation in its sentence: before the next quotation, else with the last one of the sentence."""
        _, last = self.bounds(end)
        first, behind_all = bisect_left(self._begins, end), bisect_left(self._begins, last)
        following = self._claiming[first] if first < behind_all else None  # no list: a sentence may hold masses of them
        limit = following[0] if following else last + 1
        found = [
            anchor for anchor in self.between(end, limit) if self.sentence_of(anchor.start) == self.sentence_of(end)
        ]
        if not following:
            return found
        own = first > 0 and self._claiming[first - 1][1] == end and self._owns(first - 1)
        if found and (own or all(anchor.note or anchor.key for anchor in found)):
            return found
        final = self._claiming[behind_all - 1]
        behind = self.attached(*final) or self.between(final[1], last + 1)
        if behind:
            return behind
        return found if not self._introduces(end, found, following) else []

    def _owns(self, number: int) -> bool:
        """Whether what is named between a quotation and the next one is said of the first: ``“…,” says [Smith](…), and “…,” says [Jones](…)``.
        So it is where a new clause begins behind it and none before it, or where something is named behind each quotation of the sentence."""
        if not 0 <= number < len(self._claiming) - 1:
            return False
        (_, end), (start, _) = self._claiming[number], self._claiming[number + 1]
        gap = self.between(end, start)
        if not gap or _CLAUSE.search(self.text, end, gap[0].start):
            return False
        behind = self.text[gap[-1].end : start]
        return ";" in behind or _CLAUSE.search(behind) is not None or self._alternates(self.sentence_of(end))

    def _alternates(self, sentence: int) -> bool:
        """Whether in a sentence something is named behind each quotation and nothing before the first."""
        known = self._alternating.get(sentence)
        if known is None:
            begin, end = (self.ends[sentence - 1] if sentence else 0), self.ends[sentence]
            quoted = self._claiming[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]
            edges = [begin, *(edge for span in quoted for edge in span), end + 1]
            named = [bool(self.between(first, behind)) for first, behind in zip(edges[::2], edges[1::2], strict=True)]
            known = self._alternating[sentence] = len(quoted) > 1 and not named[0] and all(named[1:])
        return known

    def _introduces(self, end: int, found: list[Anchor], following: tuple[int, int]) -> bool:
        """Whether what is named between two quotations belongs to the second alone: ``“…”, but [Jones](…) says “…”``, and not where it only
        interrupts the speech: ``“…,” he [told us](…), “…”``."""
        if not found or following[0] - found[-1].end >= _NEAR:
            return False
        interrupts = self.text[found[-1].end : following[0]].strip() in (",", "，", "、")
        return not interrupts or _CLAUSE.search(self.text, end, found[0].start) is not None

    def earlier(self, start: int) -> list[Anchor]:
        """What is named anywhere before a quotation in its sentence, but for what is attached to another quotation: that is said of
        all that follows, this of the one."""
        begin, _ = self.bounds(start)
        before = self._claiming[
            max(bisect_left(self._begins, begin), bisect_left(self._begins, start) - _FAR) : bisect_left(
                self._begins, start
            )
        ]
        taken = {anchor.number for one in before for anchor in self.attached(*one)}
        begin = max(begin, before[0][0] - _FAR * 50) if len(before) == _FAR else begin
        found = [anchor for anchor in self.between(begin, start, nearest_end=True) if anchor.number not in taken]
        return [anchor for anchor in found if self._is_in(anchor, begin, start)]

    def last_sentence(self) -> list[Anchor]:
        """What is named in the last sentence, behind its last quotation if it has one."""
        begin = self.ends[-2] if len(self.ends) > 1 else 0
        return [
            anchor
            for anchor in self.anchors
            if self.sentence_of(anchor.start) == len(self.ends) - 1 and anchor.start >= begin
        ]


def _anchors(block: Block) -> Iterator[Anchor]:
    number = 0
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
