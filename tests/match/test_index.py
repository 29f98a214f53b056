"""Prepared pages."""

from __future__ import annotations

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
