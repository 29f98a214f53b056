"""A text with its quotations marked, and cut into parts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.model import Quote
from archiver.web.facts import marking
from archiver.web.facts.citation import Standing, State
from archiver.web.facts.marking import Marked, marked, paragraphs, part_of, parts_of

TEXT = "One two three four.\n\nFive six seven eight.\nNine ten."


def quote_at(
    number: int, *spans: tuple[int, int], standing: Standing = Standing.HOLDS, layer: str = "article"
) -> Marked:
    judged = {"layer": layer, "matches": [{"spans": [{"start": start, "end": end} for start, end in spans]}]}
    quote = Quote(f"q-{number}", 0, "s-0", "", "", "verbatim", layer, "", None, None, judged)
    return marked(number, quote, State(standing, "verbatim", "holds", "", None), "article")


def laid(*quotes: Marked) -> list[list[tuple[str, list[int], list[int]]]]:
    return [
        [(piece.text, [q.number for q in piece.covers], [q.number for q in piece.begins]) for piece in line]
        for line in paragraphs(TEXT, 0, len(TEXT), quotes)
    ]


def test_quotations_that_overlap_and_go_over_paragraphs_are_cut_where_the_others_begin() -> None:
    first, second = quote_at(1, (4, 13)), quote_at(2, (8, 25), (43, 47))
    assert laid(first, second) == [
        [("One ", [], []), ("two ", [1], [1]), ("three", [1, 2], [2]), (" four.", [2], [])],
        [("Five", [2], []), (" six seven eight.", [], [])],
        [("Nine", [2], []), (" ten.", [], [])],
    ]


def test_the_gravest_state_is_shown_where_two_overlap() -> None:
    both = paragraphs(TEXT, 0, 19, [quote_at(1, (0, 8)), quote_at(2, (4, 8), standing=Standing.FAILS)])
    assert [piece.standing for piece in next(both) if piece.covers] == [Standing.HOLDS, Standing.FAILS]


def test_a_quotation_of_another_layer_is_not_marked() -> None:
    assert quote_at(1, (0, 3), layer="document").spans == ()


@settings(max_examples=40)
@given(
    st.text(alphabet="ab \n", max_size=400), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=6)
)
def test_nothing_of_a_text_is_lost_or_shown_twice(text: str, spans: list[tuple[int, int]]) -> None:
    quotes = [
        quote_at(n, (min(s), min(max(s), len(text)))) for n, s in enumerate(spans, 1) if min(s) < min(max(s), len(text))
    ]
    shown = ["".join(piece.text for piece in line) for line in paragraphs(text, 0, len(text), quotes)]
    assert shown == [line for line in text.split("\n") if line.strip()]


def test_long_texts_come_in_parts_that_end_with_a_paragraph(monkeypatch: object) -> None:
    text = "\n".join("word " * 50 for _ in range(1000))
    parts = parts_of(text)
    assert len(parts) > 2
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(text[end - 1] == "\n" for _, end in parts[:-1])
    assert all(end - start <= marking.PART for start, end in parts)
    assert [part_of(start, parts) for start, _ in parts] == list(range(1, len(parts) + 1))
    assert parts_of("") == [(0, 0)]
    endless = "x" * (marking.PART * 2 + 5)
    assert [end - start for start, end in parts_of(endless)] == [marking.PART, marking.PART, 5]
