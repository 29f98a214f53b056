"""Prepared pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archiver.match import prepare
from archiver.match.index import UNKNOWN
from archiver.model import Layer, Text


def test_layers_share_their_words_and_keep_their_order() -> None:
    prepared = prepare([Text(Layer.DOCUMENT, "The end. The end.", "x", "1"), Text(Layer.ARTICLE, "The end.", "x", "1")])
    assert [page.text.layer for page in prepared.pages] == [Layer.ARTICLE, Layer.DOCUMENT]
    assert prepared.pages[0].words * 2 == prepared.pages[1].words


def test_offsets() -> None:
    page = prepare("A b, c.").pages[0]
    assert (page.start(1), page.end(1), page.form(1), page.gap(2), page.slice(0, 3)) == (2, 3, "b", ", ", "A b, c")
    assert page.token_at(2) == 1
    assert page.count(page.words[0]) == 1


def test_unknown_words_have_no_code() -> None:
    assert prepare("A b c").words.find("d") == UNKNOWN


def test_long_pages_have_an_index() -> None:
    page = prepare("one two " * 11_000).pages[0]
    index = page.index()
    assert index is not None
    assert index[page.words[0]][:2] == [0, 2]
    assert page.count(page.words[1]) == 11_000
    assert prepare("one two").pages[0].index() is None


def test_a_page_of_too_many_words_gives_them_as_they_are_printed() -> None:
    page = replace(prepare("The oﬃce, closed now").pages[0], names={})
    assert page.forms(0, 3) == ["The", "office", "closed"]
    assert page.forms(1, 2) == ["office"]
    assert page.forms(2, 2) == []


def test_gaps_are_printed_with_the_signs_of_notes() -> None:
    page = (prepare("A dam,[1] it held.[2]").unsigned or prepare("")).pages[0]
    assert [page.printed_gap(token) for token in range(5)] == ["", " ", ",[1] ", " ", ".[2]"]
    assert [page.gap(token) for token in range(5)] == ["", " ", ", ", " ", "."]


def test_a_page_without_capitals_has_one_code_for_all_forms() -> None:
    caseless = prepare("The end, the END").caseless()
    assert caseless.pages[0].words[:2] == caseless.pages[0].words[2:]
    assert caseless.find("tHe") == caseless.pages[0].words[0]
    assert caseless.find("boat") == UNKNOWN


@pytest.mark.parametrize("count", [20_000, 20_001])
def test_a_page_is_indexed_from_a_size_on_and_counts_the_same(count: int) -> None:
    page = prepare("boat " * count).pages[0]
    assert (page.index() is not None) is (count > 20_000)
    assert page.count(page.words[0]) == count
    assert page.count(UNKNOWN) == 0
