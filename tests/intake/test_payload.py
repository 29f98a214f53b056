"""The HTTP answers in foreign records."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from malformed import PAGE, answer

from archiver.intake.payload import carries_secrets, read_answer
from archiver.intake.records import ForeignRecord
from archiver.intake.report import Place

CHUNKS = b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"


def response(block: bytes, **fields: str) -> ForeignRecord:
    return ForeignRecord(Place(0), b"", tuple((name.replace("_", "-"), value) for name, value in fields.items()), block)


@pytest.mark.parametrize(
    ("block", "body", "truncated", "sure", "codes"),
    [
        (answer(b"hello"), b"hello", None, True, []),
        (answer(b"hello", b"Content-Length: 5"), b"hello", None, True, []),
        (answer(b"hello", b"Content-Length: 9"), b"hello", "unspecified", False, ["short-body"]),
        (answer(b"hello", b"Content-Length: 3"), b"hello", None, True, []),
        (answer(CHUNKS, b"Transfer-Encoding: chunked"), b"hello world", None, True, []),
        (answer(CHUNKS + b"more", b"Transfer-Encoding: chunked"), b"hello world", None, False, []),
        (answer(CHUNKS[:12], b"Transfer-Encoding: chunked"), b"hello", "unspecified", False, ["broken-chunks"]),
        (answer(PAGE, b"Transfer-Encoding: chunked"), PAGE, None, False, ["not-chunked"]),
        (b"HTTP/1.0 302 \r\nLocation: /\r\n\r\n", b"", None, True, []),
        (b"HTTP/1.1 200 OK\r\nA: b", b"", None, False, []),
        (answer(b"", b"Content-Length: 900", status=b"HTTP/1.1 304 Not Modified"), b"", None, True, []),
    ],
)
def test_the_payload_is_found_and_what_is_odd_is_said(
    block: bytes, body: bytes, truncated: str | None, sure: bool, codes: list[str]
) -> None:
    found = read_answer(response(block))
    assert found is not None
    assert (found.body, found.truncated, found.sure) == (body, truncated, sure)
    assert [notice.code for notice in found.notices] == codes


@pytest.mark.parametrize("block", [b"", b"<html>", b"ICY 200 OK\r\n\r\n", b"\x00" * 100])
def test_what_begins_with_no_status_line_is_no_answer(block: bytes) -> None:
    assert read_answer(response(block)) is None


def test_what_the_record_says_of_its_end_is_believed() -> None:
    found = read_answer(response(answer(b"hello"), warc_truncated="time"))
    assert found is not None
    assert (found.truncated, found.sure) == ("time", False)
    found = read_answer(response(answer(b"hello"), warc_segment_number="1"))
    assert found is not None
    assert [notice.code for notice in found.notices] == ["segmented"]


def test_cookies_and_passwords_are_seen() -> None:
    assert carries_secrets(b"GET / HTTP/1.1\r\nCookie: a=b\r\n\r\n")
    assert carries_secrets(b"GET / HTTP/1.1\nauthorization : Basic x\n\n")
    assert not carries_secrets(b"GET /?cookie:a HTTP/1.1\r\nHost: cookie.example\r\n\r\n")


@settings(max_examples=300, deadline=2000)
@given(
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 404\n"]),
    st.lists(st.sampled_from([b"Transfer-Encoding: chunked", b"Content-Length: 7", b"\x00"])),
    st.binary(),
)
def test_whatever_the_block_holds_the_payload_is_a_part_of_it_or_its_chunks(
    status: bytes, headers: list[bytes], body: bytes
) -> None:
    block = status + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + body
    found = read_answer(response(block))
    if found is None:
        assert not block.startswith(b"HTTP/") or b"\n" not in block[:20] or status == b""
        return
    assert found.chunked or found.body == block[found.head_length :]
    assert len(found.body) <= len(block) - found.head_length
