"""The document layer, and that it is what another parser sees."""

from __future__ import annotations

import gzip
import json
import re
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archiver.texts import decode, document
from archiver.texts.noterefs import with_note_signs

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One  two\n three</p><p>Four</p>", "One two three\nFour"),
        ("<p>foo<b>bar</b></p>", "foobar"),
        ("<p>foo <b>bar</b> , baz</p>", "foo bar , baz"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</table>", "a\nb\nc"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        (
            "<p>“Curly” &amp; soft&shy;hyphen,&nbsp;no-break &#8212; &lt;tag&gt;",
            "“Curly” & soft\xadhyphen,\xa0no-break — <tag>",
        ),
        ("<p>a<!-- b -->c", "ac"),
        ("<p>She said <q>go <q lang=fr>now</Q></q>, and <quote>we</quote> went", "She said “go “now””, and we went"),
        ("<p>a<script>b</script>c<style>d</style>", "ac"),
        ("<p>a<img alt=b title=c>d", "ad"),
        ("<p>1 < 2 <3 > 0", "1 < 2 <3 > 0"),
        ("<title>T &amp; U</title><body>a", "T & U\na"),
        ("<p>link<svg><title>Icon</title><path/></svg>, next", "link, next"),
        ("<pre>a\n  b\r\nc</pre>d\ne", "a\nb\nc\nd e"),
        ("<textarea>a\n&lt;b&gt;</textarea>", "a\n<b>"),
        ("<figure><img><figcaption>a</figcaption></figure><aside>b</aside>", "a\nb"),
        ("<p>AT&<b>amp;</b>T", "AT&amp;T"),
        ("plain &eacute;", "plain é"),
        ("a\x00b\x01c\x02d", "abcd"),
        ("<p>a<![CDATA[b]]>c", "ac"),
        ("<svg><text><![CDATA[b]]></text></svg>c", "b\nc"),
        ("", ""),
    ],
)
def test_text(source: str, expected: str) -> None:
    assert document.read(source).text == expected


def test_cdata_is_text_in_xml() -> None:
    assert document.read("<p>a<![CDATA[b < c]]>d</p>", xml=True).text == "ab < cd"


@pytest.mark.parametrize(
    ("source", "text", "unseen"),
    [
        ("<p>One two three</p><p hidden>four</p><p>five", "One two three\nfour\nfive", ["four"]),
        ("<p>One <span hidden>two </span>three four", "One two three four", ["two"]),
        ("<p hidden>four</p><p>One two three", "four\nOne two three", ["four"]),
        ("<p>One two three four<template> five </template>", "One two three four\nfive", ["five"]),
        ("<p>One two three four</p><p hidden> <img></p>", "One two three four", []),
        ("<p>x y z a b c d e f</p><p hidden>a</p><p hidden>b</p>", "x y z a b c d e f\na\nb", ["a", "b"]),
    ],
)
def test_unseen_spans_stand_on_the_hidden_words(source: str, text: str, unseen: list[str]) -> None:
    page = document.read(source)
    assert page.text == text
    assert [page.text[span.start : span.end].strip() for span in page.unseen] == unseen


def test_a_page_that_hides_most_of_itself_is_shown() -> None:
    page = document.read(
        "<div style='display:none'><p>All of the article stands here.</p></div><p>Menu<noscript>Enable</noscript>"
    )
    assert [page.text[span.start : span.end].strip() for span in page.unseen] == ["Enable"]
    assert "All of the article" in page.shown


def test_depth_loses_nothing_and_costs_linear_time() -> None:
    source = "<div>" * 100_000 + "<p>deep words</p>" + "</div>" * 100_000 + "<p>after"
    start = time.process_time()
    assert document.read(source).text == "deep words\nafter"
    assert time.process_time() - start < 5


def test_one_long_line() -> None:
    words = "word " * 2_000_000
    start = time.process_time()
    assert len(document.read(f"<p>{words}</p>").text) == len(words) - 1
    assert time.process_time() - start < 5


def test_entity_bombs_are_text() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><p>' + "&b;" * 1000
    assert len(document.read(bomb, xml=True).text) < 10_000
    assert "root:" not in document.read('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;', xml=True).text


def test_the_text_is_what_lexbor_sees_on_real_pages() -> None:
    """Character for character, white space aside, on every ninth page: two parsers written apart agree."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus of real pages is not beside the repository")
    lines = (CORPUS / "pages" / "pages.jsonl").read_text("utf-8").splitlines()[::9]
    different = [line["id"] for line in map(json.loads, lines) if not _agrees(CORPUS / line["html"])]
    assert different == []


_BROKEN = (
    "<!--", "-->", "--!>", "<!-->", "<!x ", "<![CDATA[", "]]>", "<?a b?>", "</ x>", "</>", "<>", "<p>", "</p>", "<b ", "<b>", "</b>", "<i a='", "'",
    '"', '<i a="', ">", "<", "&lt;", "&amp;", "&ampx", "&#60;", "<style>", "</style>", "<textarea>", "</textarea>", "<script>", "</script>", "w1 ",
    "w2", "/", "=", "<br/>", "<div/>", "<script/>", "<style/>", "<a href=x>", "<a\n", "\x00", "\xa0", "<p a=b>c", "<p/ a>", "<input value='",
)  # fmt: skip


@given(st.lists(st.sampled_from(_BROKEN), max_size=12).map("".join))
@example("a<!--\x00>b-->c")
@example("a<\x00b>c")
@example("a<scr\x00ipt>b</script>c")
def test_broken_markup_is_read_as_a_browser_reads_it(source: str) -> None:
    tree = LexborHTMLParser(f"<body>{source}")
    for node in tree.css("script, style"):
        node.decompose()
    assert tree.root is not None
    read = document.read(f"<body>{source}").text
    assert squeeze(read) == squeeze(tree.root.text())


def _agrees(path: Path) -> bool:
    # Lexbor leaves templates out of a page's text; and where a page leaves one open, it is the rest of the page. Signs of notes get their
    # brackets in the source.
    source = decode.decode(gzip.decompress(path.read_bytes()), None).text
    if "<template" in source:
        return True
    tree = LexborHTMLParser(with_note_signs(source))
    for node in tree.css("script, style, svg title, rt, rp, rtc"):
        node.decompose()
    assert tree.root is not None
    return squeeze(tree.root.text()) == squeeze(document.read(source).text)


def squeeze(text: str) -> str:
    return re.sub(r"[\s\x00\x01\x02]+", "", text)


def test_a_page_of_tags_takes_little_memory() -> None:
    """Every piece of text between two tags is a string of its own, twenty times as large as what is in it."""
    source = "<p>a " * 100_000
    tracemalloc.start()
    try:
        document.read(source)
        assert tracemalloc.get_traced_memory()[1] < 30 * len(source)
    finally:
        tracemalloc.stop()
