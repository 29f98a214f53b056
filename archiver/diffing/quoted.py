"""What became of the quotations, with the whole sentences that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from archiver import match
from archiver.diffing.layers import Looks
from archiver.diffing.units import Sheet
from archiver.diffing.values import Quoted, QuoteDiff, QuoteState, Side, changes_of
from archiver.diffing.wording import Span, Words
from archiver.match.index import Page
from archiver.model import Judgement, Layer, Text, Verdict

MOST_PLACES = 20  # of a quotation that are held against each other
MOST_SENTENCES = 12  # of a passage that is shown round a quotation

Partner = Callable[[int], range]
"""The sentences of the newer layer that stand for a sentence of the older one, empty where none does."""


_Passage: TypeAlias = tuple[Sheet, range]
"""Sentences of a layer, by their numbers."""


@dataclass(slots=True)
class Quotes:
    """Judges what was not judged yet, and finds the passages. ``partner`` holds for the layer that was compared."""

    looks: Looks
    words: Words | None
    partner: Partner
    texts: tuple[tuple[Text, ...], tuple[Text, ...]]
    _prepared: dict[int, match.Prepared] = field(default_factory=dict)

    def diff(self, quoted: Quoted) -> QuoteDiff:
        """What became of one quotation. Raises InputError where it has no words."""
        was = quoted.was or self._judged(quoted.text, 0)
        now = quoted.now or self._judged(quoted.text, 1)
        old, new = self._passages(was, now)
        if new is None and old is not None and old[0].page.text.layer is self.looks.layer:
            new = self._instead(old[1])
        found = QuoteDiff(quoted.text, quoted.id, _state(was, now), was.verdict, now.verdict, _side(old), _side(new))
        if old is None or new is None or self.words is None:
            return found
        laid = self.words.beside(old[0].page, new[0].page).stretches(_span(old), _span(new))
        if not changes_of(laid):
            return found
        return QuoteDiff(found.text, found.id, found.state, found.was, found.now, found.old, found.new, laid)

    def _judged(self, text: str, side: int) -> Judgement:
        if side not in self._prepared:
            self._prepared[side] = match.prepare(self.texts[side])
        return match.judge(text, self._prepared[side])

    def _passages(self, was: Judgement, now: Judgement) -> tuple[_Passage | None, _Passage | None]:
        """The sentences that the judgements rest on; of several places the first that both texts have."""
        old, new = self._passage(was, 0), self._passage(now, 1)
        if len(was.matches) < 2 and len(now.matches) < 2:
            return old, new
        for one in range(min(MOST_PLACES, len(was.matches))):
            mine = self._passage(was, 0, one)
            if mine is None or mine[0].page.text.layer is not self.looks.layer:
                continue
            partners = {number for sentence in mine[1] for number in self.partner(sentence)}
            for other in range(min(MOST_PLACES, len(now.matches))):
                theirs = self._passage(now, 1, other)
                if theirs is not None and theirs[0].page.text.layer is self.looks.layer and partners & set(theirs[1]):
                    return mine, theirs
        return old, new

    def _passage(self, judgement: Judgement, side: int, place: int = 0) -> _Passage | None:
        """The sentences that a judgement rests on, in its layer."""
        if judgement.layer is None or not judgement.matches:
            return None
        sheet = (self.looks.old, self.looks.new)[side].sheet(judgement.layer)
        if sheet is None or not sheet.units:
            return None
        spans = judgement.matches[place].spans
        page, last = sheet.page, len(sheet.page.words) - 1
        first = sheet.unit_at(min(last, page.token_at(spans[0].start)))
        for end in (spans[-1].end, spans[0].end):
            behind = sheet.unit_at(min(last, _last_word(page, end))) + 1
            if behind - first <= MOST_SENTENCES:
                break
        return sheet, range(first, max(first + 1, min(behind, first + MOST_SENTENCES)))

    def _instead(self, sentences: Sequence[int]) -> _Passage | None:
        """What stands now in the place of the sentences that are gone."""
        sheet = self.looks.new.sheet(self.looks.layer or Layer.ARTICLE)
        found = [number for sentence in sentences for number in self.partner(sentence)]
        if sheet is None or not found or max(found) - min(found) >= MOST_SENTENCES:
            return None
        return sheet, range(min(found), max(found) + 1)


def _last_word(page: Page, end: int) -> int:
    """The last word that begins before an offset: a stop that was quoted with its sentence belongs to that, not to the next one."""
    word = page.token_at(max(0, end - 1))
    return word if word < len(page.words) and page.start(word) < end else max(0, word - 1)


def _state(was: Judgement, now: Judgement) -> QuoteState:
    if was.holds is not True:
        return QuoteState.HOLDS_NOW if now.holds else QuoteState.NEVER_HELD
    if now.holds is None:
        return QuoteState.UNDECIDED
    if now.holds:
        return QuoteState.HOLDS
    return QuoteState.REMOVED if now.verdict is Verdict.ABSENT else QuoteState.ALTERED


def _side(passage: _Passage | None) -> Side | None:
    return None if passage is None else passage[0].side(passage[1].start, passage[1].stop)


def _span(passage: _Passage) -> Span:
    sheet, sentences = passage
    return Span(sheet.units[sentences.start].first, sheet.units[sentences.stop - 1].last)
