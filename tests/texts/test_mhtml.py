"""Pages saved as one MIME message."""

from __future__ import annotations

import base64
import time

import pytest
from mediasamples import mhtml_of

from archiver import match, texts
from archiver.model import Reading, Verdict

WORDS = [
    "The bridge over the river Lorn – Größe 市 – will close on the 13th of May.",
    "Nobody has been hurt on this bridge.",
]


def read(data: bytes, content_type: str | None = "multipart/related") -> Reading:
    return texts.read(data, content_type=content_type)


@pytest.mark.parametrize(
    "content_type", ["multipart/related; boundary=x", "message/rfc822", "application/octet-stream", None]
)
def test_the_page_is_read_like_any_other(content_type: str | None) -> None:
    found = read(mhtml_of(WORDS), content_type)
    assert all(match.judge(sentence, found.texts).verdict is Verdict.VERBATIM for sentence in WORDS)
    assert match.judge(WORDS[0].replace("13th", "31st"), found.texts).verdict is Verdict.ALTERED
    assert found.info.title == "News"
    (notice,) = found.notices
    assert (notice.code, "from https://example.org/news on 2024-05-03T10:00:00" in notice.detail) == (
        "saved-page",
        True,
    )


def test_the_part_that_the_message_names_is_the_page() -> None:
    parts = "".join(
        f"--x\r\nContent-Type: text/html\r\nContent-ID: <{name}>\r\n\r\n<p>Page {name}.</p>\r\n" for name in "ab"
    )
    head = 'Content-Type: multipart/related; boundary=x; start="<b>"\r\nSubject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\r\n\r\n'
    found = read(f"{head}{parts}--x--\r\n".encode())
    assert found.texts[-1].content == "Page b."
    assert found.info.title == "Größe"


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--",
        b"Content-Type: multipart/related\r\n\r\n<html><p>x</p></html>",
        b"Content-Type: multipart/related; boundary=x\r\n" + b"\nContent-Type: text/html" * 100_000,
    ],
)
def test_one_without_a_page_says_so(data: bytes) -> None:
    found = read(data)
    assert found.texts == ()
    assert [notice.code for notice in found.notices] == ["unreadable-document"]


def test_a_message_that_breaks_off_says_so() -> None:
    found = read(mhtml_of(WORDS)[:-250])
    assert {(text.complete, text.why) for text in found.texts} == {(False, "the saved page breaks off")}


def test_a_page_in_base_64_and_parts_in_parts() -> None:
    page = base64.encodebytes("<p>Größe</p>".encode("latin-1")).replace(b"\n", b"\r\n")
    inner = b"Content-Type: text/html; charset=latin-1\r\nContent-Transfer-Encoding: base64\r\n\r\n" + page
    middle = b"Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n" + inner + b"\r\n--y--\r\n"
    found = read(b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\n" + middle + b"\r\n--x--\r\n")
    assert (found.texts[-1].content, found.texts[-1].complete) == ("Größe", True)


def test_deep_messages_end_in_time() -> None:
    start = time.process_time()
    nested = b"".join(
        b"Content-Type: multipart/related; boundary=%d\r\n\r\n--%d\r\n" % (number, number) for number in range(3_000)
    )
    read(b"Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\n" + nested)
    read(b"Content-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 300_000)
    assert time.process_time() - start < 5
