"""The place of a quotation where it stood: whether the sentence that said it says it still, whatever stands elsewhere on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from archiver import match
from archiver.diffing import Counterpart, Counterparts
from archiver.match.lexicon import languages_of
from archiver.match.places import match_of
from archiver.model import Change, ChangeKind, Judgement, Span, Text, Verdict

IN_PLACE = "in-place"
"""The code of the notice that a quotation was judged by what stands now where it stood."""

AROUND = "sentence-changed"
"""The code of the remark that the words still stand in their sentence, which reads otherwise."""

_FACTS = frozenset({ChangeKind.NUMBER, ChangeKind.DATE, ChangeKind.UNIT, ChangeKind.NAME})
"""What says another thing where the words of a sentence exchanged their places; of others, only the order changed."""

_MOST_PLACES = 20  # of a quotation that stood in several


class InPlace(NamedTuple):
    """``judgement`` is that of the sentence that came in the place of the quoted one, None where it says what was quoted, or nothing near
    to it; ``around`` where it says that with other words beside it."""

    judgement: Judgement | None
    around: bool = False


def in_place(judged: dict[str, Any], beside: Counterparts, now: Sequence[Text]) -> InPlace:
    """How a quotation that holds on the page ``now`` stands at its own place. ``judged`` is the JSON that was recorded with the quote,
    ``beside`` the page that it was taken from, laid beside this one. Where it stood in several places, any of them serves.
    """
    text = next((text for text in now if text.layer is beside.layer), None)
    if text is None or judged["layer"] != text.layer or not judged["holds"]:
        return InPlace(None)
    passages = [Span(told["spans"][0]["start"], told["spans"][-1]["end"]) for told in judged["matches"][:_MOST_PLACES]]
    places = [(passage, there) for passage in passages if (there := beside.counterpart(passage)) is not None]
    if any(there.same for _, there in places):
        return InPlace(None)
    languages = [languages_of(match.prepare([text]).words.folded)] if places else []
    judgements = [_judged(judged["quote"], text, there, passage, languages) for passage, there in places]
    found = [judgement for judgement in judgements if judgement is not None]
    if any(judgement.holds for judgement in found):
        return InPlace(None, around=True)
    return InPlace(found[0] if found else None)


def _judged(
    words: str, text: Text, there: Counterpart, passage: Span, languages: list[tuple[str, ...]]
) -> Judgement | None:
    """What a sentence makes of a quotation; None where it has nothing near to it. ``languages`` are those of the whole text."""
    alone = match.prepare([_only(text, there.span)], languages)
    judgement = match.judge(words, alone)
    if judgement.holds is False and judgement.verdict is not Verdict.ABSENT:
        return judgement
    kinds = {change.kind for change in there.changes}
    if kinds and kinds <= _FACTS:  # the words may stand in it, but not where they stood
        return _altered(words, alone, there, passage)
    return judgement if judgement.holds else None


def _altered(words: str, alone: match.Prepared, there: Counterpart, passage: Span) -> Judgement:
    page = alone.pages[0]
    changes = tuple(
        Change(
            change.kind or ChangeKind.WORD_REPLACED,
            change.old.strip(),
            change.new.strip(),
            min(len(words), max(0, change.old_start - passage.start)),
            change.new_start,
            change.severity,
        )
        for change in there.changes
    )
    return Judgement(Verdict.ALTERED, page.text.layer, (match_of(page, (there.passage,)),), changes)


def _only(text: Text, span: Span) -> Text:
    """One passage of the text, blanks in place of all else, so that positions stay what they are."""
    content = text.content
    pieces = ["\n" * span.start, content[span.start : span.end], "\n" * (len(content) - span.end)]
    return replace(text, content="".join(pieces))
