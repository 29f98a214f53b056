"""What is shown of a text for a query of words: the place where most of them stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.fulltext import Query, terms
from archiver.fulltext.lines import placed_near
from archiver.match.index import Page
from archiver.match.places import CONTEXT, match_of
from archiver.model import Layer, Match, Span, Text

WIDE = 240  # characters within which words count as standing together
_BESIDE = 70
_MOST_MARKED = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a layer; ``passage`` begins at ``start``."""

    layer: Layer
    match: Match
    start: int
    passage: str
    different: int


def best_place(query: Query, texts: Sequence[Text]) -> Place | None:
    """The place where the most different words of a query stand together, in the first layer that has as many; None where no layer is meant."""
    best: Place | None = None
    alone = query.alone()
    for text in sorted(texts, key=lambda text: list(Layer).index(text.layer)):
        found = terms.placed(text.content) if alone is None else placed_near(text.content, alone)
        places = query.places(found.forms)
        if places is None:
            continue
        spans = [(Span(found[first].start, found[last].end), found[first].form) for first, last in places]
        chosen = _together(spans)
        different = len({form for _, form in chosen})
        if best is None or different > best.different:
            best = _place(text, tuple(span for span, _ in chosen[:_MOST_MARKED]), different)
    return best


def _together(spans: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Of the words those within one stretch that has the most different ones, and of such stretches the first with most of all."""
    best = (0, 0, 0, 0)
    begin = 0
    count: dict[str, int] = {}
    for end, (span, form) in enumerate(spans):
        count[form] = count.get(form, 0) + 1
        while span.end - spans[begin][0].start > WIDE and begin < end:
            first = spans[begin][1]
            count[first] -= 1
            if not count[first]:
                del count[first]
            begin += 1
        if (len(count), end + 1 - begin) > best[:2]:
            best = (len(count), end + 1 - begin, begin, end + 1)
    return spans[best[2] : best[3]]


def _place(text: Text, spans: tuple[Span, ...], different: int) -> Place:
    start, end = spans[0].start, spans[-1].end
    before, after = beside(text.content, start, end)
    page = Page(text, (), [], "", "", {})
    return Place(
        text.layer, match_of(page, spans), start - len(before), before + text.content[start:end] + after, different
    )


def beside(content: str, start: int, end: int) -> tuple[str, str]:
    """What stands beside a passage in its paragraph, cut where a word ends."""
    before = content[max(0, start - _BESIDE) : start].rpartition("\n")[2]
    after = content[end : end + _BESIDE].partition("\n")[0]
    if len(before) == _BESIDE and " " in before[: _BESIDE - CONTEXT]:
        before = before.partition(" ")[2]
    if len(after) == _BESIDE and " " in after[CONTEXT:]:
        after = after.rpartition(" ")[0]
    return before, after
