"""A payload read from end to end, and what no payload may do."""

from __future__ import annotations

import gzip
import json
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver import texts
from archiver.model.text import Layer, PageInfo, Reading, Text
from archiver.texts import payload as payload_

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
SENTENCES = [f"The council said on day {number} that the bridge would stay closed for repairs." for number in range(12)]
HIDDEN = "Nobody who looks at the page in a browser is shown this sentence."
EMBEDDED = "This sentence stands in a script of the page, and in no element of it."
PAGE = (
    "<!doctype html><html lang=en><head><title>Bridge closed</title>"
    f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "author": "Anna Kowalska", "articleBody": EMBEDDED})}</script>'
    f"</head><body><article>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}<p hidden>{HIDDEN}</p></article></body></html>"
).encode()


def read(payload: bytes, content_type: str | None = "text/html; charset=utf-8", **rest: object) -> Reading:
    return texts.read(payload, content_type=content_type, **rest)  # type: ignore[arg-type]


def layer(found: Reading, which: Layer) -> Text:
    return next(text for text in found.texts if text.layer is which)


def test_a_page() -> None:
    found = read(PAGE)
    assert [text.layer for text in found.texts] == [Layer.ARTICLE, Layer.DOCUMENT, Layer.EMBEDDED]
    assert (found.complete, found.wall, found.notices) == (True, None, ())
    assert found.info == PageInfo(title="Bridge closed", authors=("Anna Kowalska",), language="en")
    assert all(sentence in layer(found, Layer.ARTICLE).content for sentence in SENTENCES)
    assert HIDDEN not in layer(found, Layer.ARTICLE).content
    document = layer(found, Layer.DOCUMENT)
    assert [document.content[span.start : span.end] for span in document.unseen] == [HIDDEN]
    assert layer(found, Layer.EMBEDDED).content == EMBEDDED
    assert all(text.extractor and text.version for text in found.texts)


def test_a_reading_goes_between_processes() -> None:
    found = read(PAGE)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301


def test_content_codings() -> None:
    assert read(gzip.compress(PAGE), content_encoding="gzip").texts == read(PAGE).texts


def test_a_cut_payload_makes_every_layer_incomplete() -> None:
    found = read(PAGE, truncated="length")
    assert not found.complete
    assert {(text.complete, text.why) for text in found.texts} == {(False, "the payload was cut (length)")}


def test_a_cut_coding_makes_every_layer_incomplete() -> None:
    found = read(gzip.compress(PAGE * 3)[:-20], content_encoding="gzip")
    assert found.texts
    assert not any(text.complete for text in found.texts)


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_a_coding_that_needs_more(coding: str) -> None:
    found = read(b"\x1b\x03\x00", content_encoding=coding)
    assert found.texts == ()
    assert not found.complete
    assert "unknown-coding" in {notice.code for notice in found.notices}


def test_what_is_no_text_is_said() -> None:
    found = read(b"\x89PNG\r\n", "image/png")
    assert found.texts == ()
    assert [notice.code for notice in found.notices] == ["unreadable-media"]
    assert not found.complete


def test_plain_text_stays_plain() -> None:
    found = read(b"<p>tags &amp; all</p>\r\n", "text/plain")
    assert [(text.layer, text.content) for text in found.texts] == [(Layer.DOCUMENT, "<p>tags &amp; all</p>\n")]
    assert found.complete


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", None])
def test_an_empty_payload_is_told(content_type: str | None) -> None:
    found = read(b"", content_type)
    assert found.texts == ()
    assert found.wall is not None
    assert found.wall.code == "empty"


def test_a_status_is_told_for_every_kind() -> None:
    for content_type in ("text/html", "text/plain", "application/pdf"):
        found = read(b"no such page here", content_type, status=404)
        assert found.wall is not None
        assert found.wall.code == "no-such-page"


def test_more_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload_, "MAX_CHARACTERS", 800)
    for content_type in ("text/html", "text/plain"):
        found = read(PAGE, content_type)
        assert found.texts
        assert not found.complete


def test_deep_nesting_is_whole_in_the_document_and_said_of_the_article() -> None:
    start = time.process_time()
    found = read(b"<html><body>" + b"<div>" * 100_000 + b"<p>deep words</p>" + b"</div>" * 100_000)
    assert layer(found, Layer.DOCUMENT).content == "deep words"
    assert found.complete
    assert any(notice.code.startswith("article-") for notice in found.notices)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "payload",
    [
        b"<p>" + b"word " * 2_000_000,
        b"<table>" * 20_000 + b"x",
        b"".join(b"<font a=%d>" % number for number in range(5_000)) + b"<p>x</p>" * 5_000,
        b"<p>" + b"&lt;" * 300_000,
        b"<script>" + b'"a b c d e f g h i j k' * 50_000,
        b"\xff\xfe" + b"\xd8\x00" * 100_000,
        gzip.compress(b"<p>" + b"a" * 30_000_000),
    ],
    ids=["line", "tables", "formatting", "references", "strings", "surrogates", "gzip"],
)
def test_hostile_pages_end_in_time(payload: bytes) -> None:
    start = time.process_time()
    check(read(payload, content_encoding="gzip" if payload[:2] == b"\x1f\x8b" else None))
    assert time.process_time() - start < 20


def check(found: Reading) -> None:
    """What holds for every reading: spans inside, text that can be encoded, layers in order, nothing incomplete unsaid."""
    assert [text.layer for text in found.texts] == sorted((text.layer for text in found.texts), key=list(Layer).index)
    for text in found.texts:
        text.content.encode("utf-8")
        assert text.content.strip()
        assert text.complete == (not text.why)
        end = 0
        for span in text.unseen:
            assert end <= span.start < span.end <= len(text.content)
            end = span.end
    for value in (
        found.info.title,
        found.info.site_name,
        found.info.published,
        found.info.canonical,
        *found.info.authors,
    ):
        (value or "").encode("utf-8")


CONTENT_TYPES = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "text/html",
            "text/html; charset=gb2312",
            "text/html;charset=utf-16le",
            "text/plain; charset=koi8-r",
            "application/xhtml+xml",
            "x",
        ]
    ),
    st.text(max_size=20),
)
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div hidden>", "</div>", "<li hidden>", "<script>", "</script>", "<!--", "-->", "<template>", "</template>",
        "<nav>", "</nav>",
        '<div class="comments">', "<pre>", "</pre>", "<title>", "</title>",
        "<svg>", "</svg>", "<textarea>", "<![CDATA[", "]]>", "&#xD800;", "&amp",
        "<", ">", '"', "'", "=", "\\ud83d", "\x00", "\x01", "\x02", "\ufffe", "\n", " ", "word ", "Some words of a sentence that is long enough. ",
        '<script type="application/ld+json">{"headline": "a \\ud800"}</script>', "市议会星期一晚上表示大桥已经关闭", "é", "<body>", "<table><tr><td>",
    ]
)  # fmt: skip


@settings(max_examples=200)
@given(st.binary(max_size=600), CONTENT_TYPES, st.sampled_from([None, "gzip", "deflate", "br", "gzip, gzip", "x"]))
@example(b"\xff\xfe\x00\xd8", "text/html", None)
@example(b"\x1f\x8b\x08", None, "gzip")
def test_any_bytes_give_a_reading(payload: bytes, content_type: str | None, coding: str | None) -> None:
    check(read(payload, content_type, content_encoding=coding))


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_markup_gives_a_reading(source: str, codec: str) -> None:
    check(read(source.encode(codec, "replace"), f"text/html; charset={codec}"))


@pytest.mark.slow
def test_real_pages_are_held_and_are_no_walls() -> None:
    """Every seventh page: all but a few gold lines in some layer, and nothing taken for a wall."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus of real pages is not beside the repository")
    held = total = 0
    walled = []
    for line in (CORPUS / "pages" / "pages.jsonl").read_text("utf-8").splitlines()[::7]:
        page = json.loads(line)
        found = texts.read(
            gzip.decompress((CORPUS / page["html"]).read_bytes()), content_type=None, url=page.get("url")
        )
        check(found)
        walled += [page["id"]] if found.wall else []
        everything = ["".join(text.content.split()) for text in found.texts]
        gold = ["".join(part.split()) for part in (CORPUS / page["gold"]).read_text("utf-8").splitlines()]
        for part in gold:
            if len(part) >= 40:
                total += 1
                held += any(part in content for content in everything)
    assert walled == []
    assert held / total > 0.99
