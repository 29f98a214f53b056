"""What sources a paragraph names for each quotation in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from archiver.manuscripts.sourcing.anchors import Anchor
from archiver.manuscripts.sourcing.gaps import CLAUSE, CLOSING, OPENING, STRONG, weight
from archiver.manuscripts.sourcing.layout import MASSES, NEXT_SIGN, Layout

_LEAD = (
    r"(?:(?:as )?quoted in|cited in|see|cf|vgl|siehe|in|from|aus|via|according to|per|zit(?:iert)?(?:\.? nach)?|nach|source|quelle|hier|here|voir"
    r"|emphasis added|my emphasis|(?:my|own|our) translation|dans|selon|véase|en|según|cfr|voor|zie|by|von|par|por|di)\b[.:]?\s*"
)
_BETWEEN = re.compile(
    rf"[\s.,:!?…”’\"'»«›‹“)\]。、，]*(?:;\s*(?=[(\[]|{_LEAD}|\Z))?(?:[–—-]\s*)?[(\[（]?\s*(?:{_LEAD})?[,;]?\s*(?:{_LEAD})?[(\[（]?\s*",
    re.IGNORECASE,
)
_LONGEST_TAG = 100  # characters that say who speaks, between the two halves of a quotation
_SPACE = re.compile(r"\s+")
_WIDEST = 1000  # characters between a quotation and what is named directly behind it
_BARE = re.compile(r"[\s.,;:!?()\[\]–—。，；（）-]*")
_STOPS = ".!?…。！？"
_FAR = 20
"""Quotations of one sentence, and sources, that are looked over for one; a sentence that has more is a list."""

_AND = r"(?:(?:and|und|et|y|e|och|en|see also|also|cf|siehe auch)\b\.?)?"
_IN_BRACKETS = re.compile(rf"[\s,;:.&–—-]*{_AND}[\s,;:.&]*", re.IGNORECASE)
_IN_TEXT = re.compile(rf"[\s,&]*{_AND}\s*", re.IGNORECASE)
_TELLS = re.compile(r"\b(?!(?:the|der|die|das|den|dem|les|los|las|its|his|her)\b)[^\W\d_]{3,}", re.IGNORECASE)
"""A word between two sources that makes of the second more than one more of a list."""

_NEXT_BRACKET = re.compile(r"[)\]）】]+[\s.,]*[(\[（【]\s*")


@dataclass
class Paragraph(Layout):
    """A paragraph, asked for what is named directly behind a quotation, before it, and elsewhere in its sentence."""

    _attached: dict[tuple[int, int], list[Anchor]] = field(default_factory=dict)
    _before: dict[int, list[Anchor]] = field(default_factory=dict)

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
            # white space counts once, however much there is: the patterns ask for it in many places
            between = _SPACE.sub(" ", self.text[min(at, anchor.start) : anchor.start])
            if len(between) > _WIDEST:
                break
            joined = self._joins(found[-1], between, anchor) if found else _BETWEEN.fullmatch(between) is not None
            if not joined or self._breaks(end, anchor):
                break
            found.append(anchor)
            at = max(anchor.end, at)
        return found

    def _joins(self, last: Anchor, between: str, anchor: Anchor) -> bool:
        """Whether one more source is named in the same breath: in the same bracket, the next bracket, or a list of two."""
        if anchor.start == anchor.end and NEXT_SIGN.fullmatch(between):
            return True
        if any(sign in between for sign in CLOSING):
            return _NEXT_BRACKET.fullmatch(between) is not None
        before = self.text[max(last.start - 240, 0) : last.start]
        bracketed = max(before.rfind(sign) for sign in OPENING) > max(before.rfind(sign) for sign in CLOSING)
        return (_IN_BRACKETS if bracketed else _IN_TEXT).fullmatch(between) is not None

    def _breaks(self, end: int, anchor: Anchor) -> bool:
        """Whether a new sentence has begun, of which the source is a part."""
        return self.sentence_of(anchor.start) != self.sentence_of(end)

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
        known = self._before.get(start)
        if known is None:
            known = self._before[start] = self._find_before(start)
        return known

    def _find_before(self, start: int) -> list[Anchor]:
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
        return self._nearest(found, start)

    def _place(self, anchor: Anchor) -> int:
        return bisect_left(self._starts, anchor.start)

    def _nearest(self, found: list[Anchor], start: int) -> list[Anchor]:
        """Of several sources before a quotation those of its own clause: ``[A](…) came; [B](…) says “…”``, and the one that the words hang on:
        ``who [left](…), told [B](…) that “…”``."""
        for number in range(len(found) - 1, 0, -1):
            between = self.text[found[number - 1].end : found[number].start]
            strength = weight(between)
            tells = _TELLS.search(CLAUSE.sub("", between)) is not None
            if strength >= STRONG or (strength >= 2 and tells):
                return found[number:]
            hangs = (
                strength == 1 and CLAUSE.search(between) is None and not weight(self.text[found[number].end : start])
            )
            if tells and hangs:
                return found[number:]
        return found

    def _is_in(self, anchor: Anchor, begin: int, start: int) -> bool:
        return self.sentence_of(anchor.start) == self.sentence_of(start) and (
            anchor.start > begin or begin == 0 or anchor.end > anchor.start
        )

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
            return list(self.anchors[gap.first : min(stop, gap.first + MASSES)])
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
