"""What stands in a later text where a passage of an earlier one stood: the sentences that stay, or that came in the place of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.diffing.laid import Laid
from archiver.diffing.layers import Looks
from archiver.diffing.values import PageText, Stretch, changes_of
from archiver.diffing.wording import Span as Tokens
from archiver.diffing.wording import Words
from archiver.model import Layer, Span, Text

MOST_SENTENCES = 12  # between the first and the last that stand for one passage; more is no place


@dataclass(frozen=True, slots=True)
class Counterpart:
    """``span`` holds the later sentences, ``passage`` the words in them that stand where the earlier ones stood, and ``changes`` is what
    differs between those. ``same`` where the sentences say what the earlier ones said, at their place or moved. Code points of the later text.
    """

    span: Span
    passage: Span
    same: bool
    changes: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Two looks laid beside one another, for any number of passages of ``layer``, the one that was compared; None where they share none."""

    layer: Layer | None
    _laid: Laid | None
    _words: Words | None

    @classmethod
    def of(cls, then: Sequence[Text], now: Sequence[Text]) -> Counterparts:
        looks = Looks.of(PageText(tuple(then)), PageText(tuple(now)))
        old, new = (look.sheet(looks.layer) if looks.layer is not None else None for look in (looks.old, looks.new))
        if old is None or new is None or not old.units or not new.units:
            return cls(None, None, None)
        return cls(looks.layer, Laid.of(old, new, looks), Words.of(old.page, new.page, looks.prepared))

    def counterpart(self, passage: Span) -> Counterpart | None:
        """What stands for a passage (code points of the earlier text); None where nothing does, or it was taken apart."""
        laid, words = self._laid, self._words
        olds = self._sentences(passage)
        if laid is None or words is None or not olds:
            return None
        found = sorted({number for sentence in olds for number in laid.partner(sentence)})
        if not found or found[-1] - found[0] >= MOST_SENTENCES:
            return None
        side = laid.new.side(found[0], found[-1] + 1)
        span = Span(side.start, side.end)
        spans = (
            Tokens(sheet.units[numbers[0]].first, sheet.units[numbers[-1]].last)
            for sheet, numbers in ((laid.old, olds), (laid.new, found))
        )
        stretches = words.stretches(*spans)
        differ = changes_of(stretches)
        changes = tuple(stretch for stretch in differ if _is_in(stretch, passage))
        return Counterpart(span, _over(stretches, passage), not differ, changes)

    def _sentences(self, passage: Span) -> range:
        """The earlier sentences in which a passage stands."""
        if self._laid is None or passage.end <= passage.start:
            return range(0)
        sheet = self._laid.old
        page, last = sheet.page, len(sheet.page.words) - 1
        first, behind = page.token_at(passage.start), min(last, page.token_at(passage.end - 1))
        if first > last:
            return range(0)
        behind -= page.start(behind) >= passage.end
        return range(sheet.unit_at(first), sheet.unit_at(max(first, behind)) + 1)


def _is_in(stretch: Stretch, passage: Span) -> bool:
    """Whether a difference lies in a passage; what was put in at its edge does not."""
    start, end = stretch.old_start, stretch.old_start + len(stretch.old)
    return start < passage.end and end > passage.start if stretch.old.strip() else passage.start < start < passage.end


def _over(stretches: Sequence[Stretch], passage: Span) -> Span:
    """What lies over a passage in the later text."""
    start = end = stretches[0].new_start if stretches else 0
    for stretch in stretches:
        last = stretch.new_start + len(stretch.new)
        into, upto = passage.start - stretch.old_start, passage.end - stretch.old_start
        if into >= 0:
            start = min(last, stretch.new_start + into) if stretch.kind is None else stretch.new_start
        if upto > 0:
            end = min(last, stretch.new_start + upto) if stretch.kind is None else last
    return Span(min(start, end), end)
