"""Text that a page strikes out is in the document layer, marked as not shown, and not in the article."""

from __future__ import annotations

import pytest

from archiver import texts
from archiver.match import judge, prepare
from archiver.model import Layer, Text

PAGE = """<html><body><article><h1>Fees</h1><p>The council met on Monday to speak of the fees of the library and of the hall.</p>
<p><{0}>The fee is ten dollars a month for everyone.</{0}> <ins>The fee is twelve dollars a month for everyone.</ins></p>
<p>The hall opens at nine and <{0}>closes at noon</{0}> stays open all day for all.</p></article></body></html>"""


def _read(tag: str) -> tuple[Text, ...]:
    return texts.read(PAGE.format(tag).encode(), content_type="text/html").texts


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
@pytest.mark.parametrize(
    "quote", ["The fee is ten dollars a month", "closes at noon", "The hall opens at nine and closes at noon"]
)
def test_a_quotation_of_it_holds_and_is_warned(tag: str, quote: str) -> None:
    found = judge(quote, prepare(_read(tag)))
    assert found.holds
    assert "struck out" in {notice.code: notice.detail for notice in found.warnings}["not-shown"]


@pytest.mark.parametrize(
    "quote", ["The fee is twelve dollars a month", "The hall opens at nine and stays open all day"]
)
def test_what_is_put_in_is_shown(quote: str) -> None:
    found = judge(quote, prepare(_read("s")))
    assert found.holds
    assert "not-shown" not in {notice.code for notice in found.warnings}


def test_the_document_has_it_and_the_article_has_not() -> None:
    layers = {text.layer: text.content for text in _read("del")}
    assert "closes at noon" in layers[Layer.DOCUMENT]
    assert "closes at noon" not in layers.get(Layer.ARTICLE, "")
