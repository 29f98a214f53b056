"""What stands round the article."""

from __future__ import annotations

import time

from archiver.diffing import furniture
from archiver.diffing.units import Sheet
from archiver.match import prepare
from archiver.model import Layer, Span, Text

LINE = "The bridge will close for repairs."


def sheets(*texts: Text) -> list[Sheet]:
    return [Sheet.of(page) for page in prepare(list(texts)).pages]


def document(*lines: str, unseen: tuple[Span, ...] = ()) -> Text:
    return Text(Layer.DOCUMENT, "\n".join(lines), "t", "1", unseen=unseen)


def test_what_the_other_page_shows_as_often_did_not_change() -> None:
    here, there, less = sheets(document(LINE, "Home"), document("Menu", LINE), document("Menu"))
    words = here.words(here.units[0])
    whole = furniture.Whole.of
    assert furniture.still_shown(words, whole(here), whole(there))
    assert not furniture.still_shown(words, whole(here), whole(less))


def test_what_a_reader_is_not_shown_is_not_shown() -> None:
    here, hidden = sheets(document(LINE), document(LINE, unseen=(Span(0, len(LINE)),)))
    words = here.words(here.units[0])
    assert not furniture.still_shown(words, furniture.Whole.of(here), furniture.Whole.of(hidden))


def test_hidden_passages_may_overlap_and_cost_what_their_number_says() -> None:
    spans = (Span(0, len(LINE) * 2 + 1), Span(3, 5), Span(len(LINE) + 1, len(LINE) + 4))
    here, hidden = sheets(document(LINE), document("Home page", LINE, unseen=spans))
    assert furniture.Whole.of(hidden).shows(here.words(here.units[0])) == 0

    def cost(count: int) -> float:
        starts = range(0, count * (len(LINE) + 1), 2 * (len(LINE) + 1))
        unseen = tuple(Span(start, start + len(LINE)) for start in starts)
        (sheet,) = sheets(document(*[LINE] * count, unseen=unseen))
        times = []
        for _ in range(3):
            began = time.process_time()
            furniture.Whole.of(sheet)
            times.append(time.process_time() - began)
        return min(times)

    assert cost(4000) < 20 * max(cost(500), 0.001)


def test_a_passage_twice_on_one_page_and_once_on_the_other_was_taken_out_once() -> None:
    here, there = sheets(document(LINE, LINE), document(LINE))
    assert not furniture.still_shown(here.words(here.units[0]), furniture.Whole.of(here), furniture.Whole.of(there))


def test_lines_that_differ_are_those_outside_of_the_article() -> None:
    old, new, article = sheets(
        document("Home", "12 comments", LINE),
        document("Home", "15 comments", LINE.replace("close", "open")),
        document(LINE),
    )
    removed, added = furniture.lines(old, new, (article, article))
    assert removed == [1]
    assert added == [1, 2]
