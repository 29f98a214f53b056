"""Records sealed and opened again: what comes back is what went in, or it does not go in."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import page_members, quote_member
from warcio.archiveiterator import ArchiveIterator

from archiver.digests import Digest
from archiver.errors import DamagedArchive
from archiver.warc import Record, inflate, new_record_id, open_head, open_record, seal

DATE = "2026-11-20T21:49:00Z"


def record(block: bytes = b"block", uri: str = "urn:x", **more: object) -> Record:
    return Record("kind", "resource", uri, DATE, "text/plain", block, Digest.of(block), **more)  # type: ignore[arg-type]


def test_a_sealed_record_byte_for_byte() -> None:
    member = seal(record(record_id="<urn:uuid:00000000-0000-4000-8000-000000000000>", extra=(("X-One", "1"),)))
    assert inflate(member.data) == (
        b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        b"WARC-Date: 2026-11-20T21:49:00Z\r\nWARC-Target-URI: urn:x\r\nX-One: 1\r\n"
        b"WARC-Block-Digest: sha256:JFVMVAHE3DZJ7OHIZWAWYOX3JDJ7CA4XBM5C5YLABQEMUZZSNXXA====\r\n"
        b"Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nblock\r\n\r\n"
    )
    assert member.sha256 == Digest.of(member.data)
    assert member.data[:4] == b"\x1f\x8b\x08\x00"
    assert member.data[4:8] == bytes(4), "no time in the gzip header: the same record gives the same bytes"
    assert seal(member.record).data == member.data


@given(st.binary(max_size=300), st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=40))
def test_what_is_sealed_is_read_back(block: bytes, uri: str) -> None:
    made = record(block, uri.strip(" ") or "u")
    stored = open_record(inflate(seal(made).data))
    assert (stored.block, stored.uri, stored.record_id, stored.type, stored.date) == (
        block, made.uri, made.record_id, "resource", DATE,
    )  # fmt: skip
    assert stored.headers["warc-block-digest"] == Digest.of(block).labelled


@pytest.mark.parametrize("uri", ["a\r\nb", "a\nb", "a\x00", "a\x7f", " a", "a ", "\ud800"])
def test_a_header_that_would_not_be_read_back_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match=r"control|blank|surrogates|read back"):
        seal(record(uri=uri))
    with pytest.raises(ValueError, match=r"control|blank|surrogates|read back"):
        seal(record(extra=(("X", uri),)))


def test_a_content_type_cannot_break_the_record() -> None:
    with pytest.raises(ValueError, match="control"):
        seal(Record("kind", "resource", "u", DATE, "text/plain\r\nX: y", b""))


CONTENT = b"WARC/1.1\r\nA: 1\r\nB:2 \r\nContent-Length: 3\r\n\r\nxyz\r\n\r\n"


def test_heads() -> None:
    headers, start = open_head(CONTENT)
    assert headers == {"a": "1", "b": "2", "content-length": "3"}
    assert CONTENT[start:-4] == b"xyz"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"WARC/1.1",
        b"WARC/1.1\r\n\r\n",
        b"\r\n\r\n",
        CONTENT[:-1],
        CONTENT + b"\r\n",
        CONTENT.replace(b"1.1", b"1.0"),
        CONTENT.replace(b"A: 1", b"A 1"),
        CONTENT.replace(b": 3", b": 4"),
        CONTENT.replace(b": 3", b": 2"),
        CONTENT.replace(b": 3", b": -3"),
        CONTENT.replace(b": 3", b": +3"),
        CONTENT.replace(b": 3", b": \xc2\xb3"),
        CONTENT.replace(b": 3", b": " + b"3" * 5000),
        CONTENT.replace(b"Content-Length: 3\r\n", b""),
        b"\xff\xfe" + CONTENT,
    ],
)
def test_what_is_no_record_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedArchive):
        open_record(content)


@given(st.binary(max_size=200))
def test_nothing_but_damaged_comes_out_of_junk(data: bytes) -> None:
    for read in (open_record, inflate):
        with pytest.raises(DamagedArchive):
            read(data)


def test_others_read_the_samples_and_their_digests() -> None:
    """warcio is the witness: ids, types and blocks as we have them."""
    first = page_members("https://example.org/", b"body" * 50, chunked=True)
    members = [
        *first[1],
        *page_members("https://example.org/", b"body" * 50, revisit_of=first)[1],
        quote_member(*first),
    ]
    stream = io.BytesIO(b"".join(member.data for member in members))
    found = [
        (item.rec_type, item.rec_headers.get_header("WARC-Record-ID"), item.raw_stream.read())
        for item in ArchiveIterator(stream, no_record_parse=True)
    ]
    assert found == [(member.record.type, member.record.record_id, member.record.block) for member in members]
    assert json.loads(members[3].record.block)["snapshot"] == first[0]


def test_record_ids_are_fresh() -> None:
    assert len({new_record_id() for _ in range(100)}) == 100
