"""Where a passage stands, told so that it can be found again: spans, the words, 32 characters either side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from archiver.match import tokens
from archiver.match.fold import fold_gap, fold_word
from archiver.match.index import Page
from archiver.model import Layer, Match, Notice, Place, Span

CONTEXT = 32
_NOWHERE = Place(0)
NOT_SHOWN = Notice("not-shown", "found only in text that a reader of the page is not shown, or is shown struck out")
PARTLY_SHOWN = Notice("not-shown", "part of it is text that a reader of the page is not shown, or is shown struck out")


def match_of(page: Page, spans: tuple[Span, ...]) -> Match:
    content = page.text.content
    start, end = spans[0].start, spans[-1].end
    exact = " … ".join(content[span.start : span.end] for span in spans)
    first, last = _place_at(page, start), _place_at(page, max(start, end - 1))
    return Match(
        spans, exact, content[max(0, start - CONTEXT) : start], content[end : end + CONTEXT], first.page, first.begin, last.end,
        last.page, first.label,
    )  # fmt: skip


def _place_at(page: Page, position: int) -> Place:
    places = page.text.places
    at = bisect_right(places, position, key=lambda place: place.start)
    return places[at - 1] if at else _NOWHERE


def is_unseen(page: Page, span: Span) -> bool:
    if page.text.layer is Layer.EMBEDDED:
        return True
    return any(hidden.start <= span.start and span.end <= hidden.end for hidden in page.text.unseen)


def unseen_notice(page: Page, spans: Sequence[Span]) -> Notice | None:
    """What is said of passages that a reader of the page is not shown, wholly or in part; None where he is shown them."""
    if all(is_unseen(page, span) for span in spans):
        return NOT_SHOWN
    partly = all(any(_hides_word(page, hidden, span) for hidden in page.text.unseen) for span in spans)
    return PARTLY_SHOWN if partly else None


def _hides_word(page: Page, hidden: Span, span: Span) -> bool:
    start, end = max(hidden.start, span.start), min(hidden.end, span.end)
    return any(char.isalnum() for char in page.text.content[start:end])


def is_not_shown(notices: Iterable[Notice]) -> bool:
    """True where that is said."""
    return any(notice.code == NOT_SHOWN.code for notice in notices)


def in_context(page: Page, span: Span, context: tuple[str, str]) -> bool:
    prefix, suffix = (_squashed(side) for side in context)
    content = page.text.content
    before = _squashed(content[max(0, span.start - 4 * len(context[0]) - 80) : span.start])
    after = _squashed(content[span.end : span.end + 4 * len(context[1]) + 80])
    return before.endswith(prefix) and after.startswith(suffix)


def _squashed(text: str) -> str:
    parts = tokens.split(text)
    return "".join(fold_word(part) if k % 2 else fold_gap(part) for k, part in enumerate(parts))
