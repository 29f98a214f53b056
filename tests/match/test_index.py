"""Prepared pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archiver.match import prepare
from archiver.match.index import UNKNOWN, Codes
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


def test_each_form_has_a_code_of_its_own_and_forms_that_fold_alike_have_one() -> None:
    codes = Codes(str.lower)
    assert codes.take(["A", "b", "a", "B", "c"]) == ' ! !"'
    assert (codes.encode(["a", "C", "x"]), codes.find("c"), codes.find("C")) == (f' "{UNKNOWN}', '"', UNKNOWN)
    assert codes.names == {" ": "a", "!": "b", '"': "c"}
    assert codes.take(["x"]) == "#"


def test_codes_leave_out_the_surrogates() -> None:
    codes = Codes(str)
    codes._next = 0xD7FE
    assert codes.take(["a", "b", "c"]) == "\ud7fe\ud7ff\ue000"


def test_forms_beyond_the_last_code_point_are_not_found_by_it() -> None:
    codes = Codes(str)
    codes._next = 0x10FFFE
    assert codes.take(["a", "b", "c"]) == "\U0010fffe\U0010ffff\U0010ffff"
    assert codes.names == {"\U0010fffe": "a"}
    assert [codes.find(form) for form in "abc"] == ["\U0010fffe", UNKNOWN, UNKNOWN]
    assert codes.encode(["a", "b", "c"]) == f"\U0010fffe{UNKNOWN}{UNKNOWN}"


@pytest.mark.parametrize(("count", "indexed"), [(599_999, True), (600_000, False)])
def test_a_very_long_page_has_no_index(count: int, indexed: bool) -> None:
    page = replace(prepare("boat").pages[0], words="a" * count)
    assert (page.index() is not None) is indexed
    assert page.count("a") == count
    assert page.index() is page.index()


def test_the_token_at_a_place_is_the_first_that_ends_behind_it() -> None:
    page = prepare("A bc, d").pages[0]
    assert [page.token_at(offset) for offset in range(8)] == [0, 1, 1, 1, 2, 2, 2, 3]
    assert [(page.start(token), page.end(token)) for token in range(3)] == [(0, 1), (2, 4), (6, 7)]
    assert (page.slice(1, 3), page.slice(1, 1), page.slice(2, 1), page.gap(3)) == ("bc, d", "", "", "")


def test_a_plain_text_is_the_document_and_layers_stand_in_their_order() -> None:
    assert prepare("a").pages[0].text == Text(Layer.DOCUMENT, "a", "given", "")
    texts = [Text(layer, "a", "x", "1") for layer in reversed(Layer)]
    assert [page.text.layer for page in prepare(texts).pages] == list(Layer)
    assert prepare("a").languages == []
    assert prepare("a", [("de",)]).languages == [("de",)]


def test_a_page_with_signs_of_notes_in_one_layer_is_read_without_them_in_all() -> None:
    texts = [Text(Layer.ARTICLE, "It held.", "x", "1"), Text(Layer.DOCUMENT, "It held.[1]", "x", "1")]
    prepared = prepare(texts, [("en",)])
    assert prepared.unsigned is not None
    assert [page.gap(2) for page in prepared.unsigned.pages] == [".", "."]
    assert [page.gap(2) for page in prepared.pages] == [".", ".["]
    assert prepared.unsigned.languages is prepared.languages
    assert prepare("It held.[x y]").unsigned is None
    assert prepare(texts[:1]).unsigned is None


def test_a_page_without_capitals_is_made_once_and_keeps_the_index_of_the_other() -> None:
    prepared = prepare("boat Boat " * 10_001)
    page, caseless = prepared.pages[0], prepared.caseless()
    assert prepared.caseless() is caseless
    assert page.index() is not None
    assert (page.count(page.words[0]), caseless.pages[0].count(page.words[0])) == (10_001, 20_002)
