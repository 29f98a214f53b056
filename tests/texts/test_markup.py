"""Tokens of HTML source."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archiver.texts.markup import TOKEN, XML_TOKEN, attributes, lowered, unescape, unmarked_source


def names(source: str) -> list[tuple[str, str]]:
    """Name (with a slash for end tags) and following text of every tag."""
    return [(m["slash"] + m["name"], m["text"]) for m in TOKEN.finditer(source) if m["name"] is not None]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</p>b", [("p", "a"), ("/p", "b")]),
        ('<p title="a > b">c', [("p", "c")]),
        ("<p title='a > b'>c", [("p", "c")]),
        ('<p title = "a > b"  class=x>c', [("p", "c")]),
        ('<p class=foo">c</p>', [("p", "c"), ("/p", "")]),
        ("<p a=>c", [("p", "c")]),
        ("<P\nCLASS=x\n>c", [("P", "c")]),
        ("<br/>c<hr / >d", [("br", "c"), ("hr", "d")]),
        ("a < b and 3<4 <b>c", [("b", "c")]),
        ("<p never ends", [("p", "")]),
        ("<scripty>a", [("scripty", "a")]),
        ("<bloc\u212aquote>a<style\u017f>b", [("bloc\u212aquote", "a"), ("style\u017f", "b")]),
        ("<\u017ftyle>a<b>c", [("b", "c")]),
        ("<!-- <p> -->x<i>y", [("i", "y")]),
        ("<!--><b>y", [("b", "y")]),
        ("<!-- a --!><b>y", [("b", "y")]),
        ("<!doctype html><b>y", [("b", "y")]),
        ("<?php a ?><b>y", [("b", "y")]),
        ("</ p><b>y", [("b", "y")]),
        ("<p\xa0hidden>a", [("p\xa0hidden", "a")]),
        ("<p ='a>b' <i>c", [("p", "b' "), ("i", "c")]),
        ("<p a='<i>b", [("p", "")]),
        ("<![CDATA[<b>]]><i>a", [("i", "a")]),
    ],
)
def test_tags(source: str, expected: list[tuple[str, str]]) -> None:
    assert names(source) == expected


def test_names_are_folded_as_html_folds_them() -> None:
    assert (lowered("DIV"), lowered("LIN\u212a"), lowered("\u0130MG")) == ("div", "LIN\u212a", "\u0130MG")


@pytest.mark.parametrize(
    ("source", "raw", "content"),
    [
        ("<script>if (a<b) '</b>'</script>after", "script", "if (a<b) '</b>'"),
        ("<SCRIPT src=x>a</Script >after", "SCRIPT", "a"),
        ("<style>p > a {}</style>after", "style", "p > a {}"),
        ("<title>a <b>c</b></title>after", "title", "a <b>c</b>"),
        ("<textarea><p>x</p></textarea>", "textarea", "<p>x</p>"),
        ("<script>never ends <p>", "script", "never ends <p>"),
        ("<script>a</scripty></script>", "script", "a</scripty>"),
        ("<script>a</\u017fcript>b</SCRIPT>c", "script", "a</\u017fcript>b"),
    ],
)
def test_raw_elements(source: str, raw: str, content: str) -> None:
    token = TOKEN.match(source)
    assert token is not None
    assert (token["raw"], token["content"]) == (raw, content)


_IN_SCRIPTS = (
    "<!--", "-->", "--", "-", ">", "<", "<!-->", "<!--->", "<script", "<script>", "</script>", "</script ", "<SCRIPT ", "</scripty>", "<b>", "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(_IN_SCRIPTS), max_size=14).map("".join))
@example("<!-- document.write('<script src=x></script>') --></script><p>a")
@example("<!--><script></script>a")
@example("<!--<script>--></script>a")
def test_a_script_ends_where_it_does_in_a_browser(content: str) -> None:
    token = TOKEN.match(f"<script>{content}")
    script = LexborHTMLParser(f"<html><head><script>{content}").css_first("script")
    assert token is not None
    assert script is not None
    assert token["content"] == script.text()


def test_cdata_ends_with_its_brackets_in_xml_alone() -> None:
    source = "<![CDATA[a <b> c]]>d"
    assert [(token["cdata"], token["text"]) for token in XML_TOKEN.finditer(source)] == [("a <b> c", "d")]
    assert [(token["cdata"], token["text"]) for token in TOKEN.finditer(source)] == [("a <b", " c]]>d")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\0b<p\x02 c>d\x01e", "ab<p\ufffd c>de"),
        ("<!--\0>a-->\0b", "<!--\ufffd>a-->b"),
        ("<scr\0ipt>a", "<scr\ufffdipt>a"),
        ("<\0b>a", "&lt;b>a"),
        ("\0a", "a"),
    ],
)
def test_marks_of_a_stranger_make_no_markup(source: str, expected: str) -> None:
    assert unmarked_source(source) == expected


def test_attributes() -> None:
    assert attributes(" ID=a class='b c' data-x=\"1 &amp; 2\" hidden HREF=/d/?e=f id=z") == {
        "id": "a",
        "class": "b c",
        "data-x": "1 & 2",
        "hidden": "",
        "href": "/d/?e=f",
    }


def test_addresses_keep_what_only_looks_like_a_reference() -> None:
    assert attributes(' href="/a?b=1&copy=2&amp;c=&notit;&#39;"') == {"href": "/a?b=1&copy=2&c=&notit;'"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&ldquo;a&rdquo; &#8212; &#x2019; &nbsp;&shy;", "“a” — ’ \xa0\xad"),
        ("&amp;quot; " + "x" * 600, "&quot; " + "x" * 600),
        ("&quot;" * 200, '"' * 200),
        ("&#xD800;&#0;", "\ufffd\ufffd"),
        ("a & b &zzz; &copy 1", "a & b &zzz; © 1"),
    ],
)
def test_unescape(text: str, expected: str) -> None:
    assert unescape(text) == expected


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<a b='",
        '<a b="',
        "<!--",
        "<!-",
        "<script>",
        "<script><!--",
        "<!--<script>",
        "<!--<script></script>",
        "<",
        "<![CDATA[",
        "</",
        "<a b= ",
        "<a b c",
        "<a ='\"",
        "<a" + " =",
        "-->",
        "<title",
    ],
)
def test_no_input_takes_more_than_linear_time(piece: str) -> None:
    source = piece * (1_000_000 // len(piece))
    start = time.process_time()
    assert sum(1 for _ in TOKEN.finditer(source)) >= 0
    assert sum(1 for _ in XML_TOKEN.finditer(source)) >= 0
    assert time.process_time() - start < 5
