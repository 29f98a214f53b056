"""What a leaf commits to: one spelling each, and nothing believed that is not committed to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from archiver.digests import Digest
from archiver.errors import DamagedArchive
from archiver.log import Details, make_leaf
from archiver.log.leaves import (
    ERASED,
    PlainLines,
    entry_of,
    make_entry,
    open_line,
    pack_entries,
    plain_lines,
    read_lines,
    unpack_entries,
)

DETAILS = Details(
    "response", "ab" * 32, 4711, "<urn:uuid:12345678-1234-1234-1234-123456789012>", "response", "https://example.org/",
    "2026-11-20T21:49:00Z", "archiver/0.1", "cd" * 32, "Fri, 20 Nov 2026 21:49:00 GMT",
)  # fmt: skip


def test_entry_and_line_by_hand() -> None:
    salt = bytes(range(32))
    leaf = make_leaf(DETAILS, salt)
    canonical = (
        '{"kind":"response","payload_sha256":"'
        + "cd" * 32
        + '","record_id":"<urn:uuid:12345678-1234-1234-1234-123456789012>",'
        '"server_date":"Fri, 20 Nov 2026 21:49:00 GMT","sha256":"'
        + "ab"
        * 32
        + '","size":4711,"time":"2026-11-20T21:49:00Z",'
        '"tool":"archiver/0.1","uri":"https://example.org/","warc_type":"response"}'
    ).encode()
    assert leaf.line == salt.hex().encode() + b" " + canonical
    commitment = hashlib.sha256(salt + canonical).hexdigest()
    assert leaf.entry == b'{"commitment":"%b","kind":"response","v":1}' % commitment.encode()
    assert open_line(leaf.line, leaf.entry) == DETAILS
    assert entry_of(leaf.line) == leaf.entry


def test_salts_are_fresh() -> None:
    assert make_leaf(DETAILS).entry != make_leaf(DETAILS).entry


@pytest.mark.parametrize("kind", ["quote", "a-b2", "K\u00f6ln", 'a"b', "a\\b", ""])
def test_entries_are_canonical_json(kind: str) -> None:
    commitment = Digest.of(b"x")
    assert make_entry(kind, commitment) == rfc8785.dumps({"v": 1, "kind": kind, "commitment": commitment.hex})


words = st.text(st.characters(codec="utf-8"), max_size=30)


@given(words, words, words, words, st.sampled_from(["", "cd" * 32]), st.integers(1, 2**53 - 1))
def test_details_are_read_as_they_were_written(
    kind: str, uri: str, time: str, date: str, payload: str, size: int
) -> None:
    details = Details(kind, "ab" * 32, size, "<urn:x>", "resource", uri, time, "tool", payload, date)
    canonical = details.canonical()
    assert Details.parse(canonical) == details
    assert Details.parse(canonical) == Details._parse_any(canonical), "both ways of reading agree"
    leaf = make_leaf(details)
    assert open_line(leaf.line, leaf.entry) == details


def test_every_flipped_bit_of_a_line_or_an_entry_is_found() -> None:
    leaf = make_leaf(DETAILS)
    for data, other in ((leaf.line, False), (leaf.entry, True)):
        for bit in range(len(data) * 8):
            flipped = bytearray(data)
            flipped[bit // 8] ^= 1 << bit % 8
            with pytest.raises(DamagedArchive):
                open_line(leaf.line if other else bytes(flipped), bytes(flipped) if other else leaf.entry)


def test_every_cut_of_a_line_is_found() -> None:
    leaf = make_leaf(DETAILS)
    for length in range(len(leaf.line)):
        with pytest.raises(DamagedArchive):
            open_line(leaf.line[:length], leaf.entry)


def test_an_erased_line_has_no_details() -> None:
    assert open_line(ERASED, make_leaf(DETAILS).entry) is None
    assert entry_of(ERASED) == b""


def test_an_entry_of_another_kind_or_version_is_refused() -> None:
    leaf = make_leaf(DETAILS)
    for entry in (
        leaf.entry.replace(b"response", b"request"),
        leaf.entry.replace(b'"v":1', b'"v":2'),
        leaf.entry + b" ",
    ):
        with pytest.raises(DamagedArchive):
            open_line(leaf.line, entry)


FIELDS = json.loads(DETAILS.canonical())


@pytest.mark.parametrize(
    "canonical",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        json.dumps({**FIELDS, "extra": 1}).encode(),
        json.dumps({**FIELDS, "size": "4711"}).encode(),
        json.dumps({**FIELDS, "size": True}).encode(),
        json.dumps({**FIELDS, "size": 0}).encode(),
        json.dumps({**FIELDS, "size": 2**60}).encode(),
        json.dumps({**FIELDS, "size": 1.5}).encode(),
        json.dumps({**FIELDS, "uri": None}).encode(),
        json.dumps({**FIELDS, "uri": "\ud800"}).encode(),
        json.dumps({**FIELDS, "sha256": "AB" * 32}).encode(),
        json.dumps({**FIELDS, "payload_sha256": "cd"}).encode(),
        json.dumps({name: value for name, value in FIELDS.items() if name != "time"}).encode(),
    ],
)
def test_details_of_a_wrong_shape_are_refused_even_where_they_are_committed_to(canonical: bytes) -> None:
    """Whoever holds the key can sign anything; a verifier must not stumble over it."""
    salt = bytes(32)
    line = salt.hex().encode() + b" " + canonical
    with pytest.raises(DamagedArchive):
        open_line(line, make_entry("response", Digest.of(salt, canonical)))
    assert entry_of(line) == b""


@pytest.mark.parametrize("name", [name for name, value in FIELDS.items() if isinstance(value, str)])
@pytest.mark.parametrize("value", [5, None, ["x"], "\ud800", "", "x"])
def test_each_field_of_details_has_its_type(name: str, value: object) -> None:
    data = json.dumps({**FIELDS, name: value}).encode()
    digests = ("sha256", "payload_sha256")
    if (value == "" and name != "sha256") or (value == "x" and name not in digests):
        assert getattr(Details.parse(data), name) == value
        return
    with pytest.raises(DamagedArchive):
        Details.parse(data)


def test_characters_may_be_written_as_two_halves() -> None:
    data = json.dumps({**FIELDS, "uri": "https://example.org/\U0001f600"}).encode()
    assert b"\\ud83d" in data
    assert Details.parse(data).uri == "https://example.org/\U0001f600"


@pytest.mark.parametrize("size", [0, 1, 2**53 - 1])
def test_sizes_are_written_as_json_can(size: int) -> None:
    details = replace(DETAILS, size=size)
    assert json.loads(details.canonical())["size"] == size
    if size:
        assert Details.parse(details.canonical()) == details


def test_entry_bundles() -> None:
    entries = [b"", b"a", b"x" * 65535]
    assert pack_entries(entries) == b"\x00\x00" + b"\x00\x01a" + b"\xff\xff" + b"x" * 65535
    assert list(unpack_entries(pack_entries(entries))) == entries
    assert list(unpack_entries(pack_entries([b"a", b""]))) == [b"a", b""]
    whole = pack_entries([b"one", b"two"])
    for length in range(1, len(whole)):
        if length != 5:
            with pytest.raises(DamagedArchive):
                list(unpack_entries(whole[:length]))


@given(
    st.builds(
        Details,
        kind=st.text(max_size=8),
        sha256=st.just("0" * 64),
        size=st.integers(1, 2**53 - 1),
        record_id=st.text(max_size=12),
        warc_type=st.text(max_size=8),
        uri=st.text(st.characters(max_codepoint=0x100), max_size=20),
        time=st.text(st.characters(max_codepoint=0x80), max_size=8),
        tool=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12),
        payload_sha256=st.sampled_from(["", "1" * 64]),
        server_date=st.text(max_size=8),
    )
)
def test_both_ways_of_writing_details_agree(details: Details) -> None:
    fields = {name: getattr(details, name) for name in details.__slots__}
    wanted = rfc8785.dumps(
        {name: value for name, value in fields.items() if value != "" or name not in ("payload_sha256", "server_date")}
    )
    assert details.canonical() == wanted


OTHER = replace(DETAILS, kind="text", size=1, uri="urn:x:\u00e9", payload_sha256="", server_date="")


def lines_of(*details: Details) -> bytes:
    return b"".join(make_leaf(each).line + b"\n" for each in details)


def test_lines_read_at_once_say_what_each_says_alone() -> None:
    data = lines_of(DETAILS, OTHER)
    columns = plain_lines(data, 2)
    assert columns is not None
    alone = PlainLines.of([DETAILS, OTHER])
    assert [*map(int, columns.sizes)] == [*alone.sizes]
    assert (columns.kinds, columns.payloads, columns.uris) == (*map(tuple, (alone.kinds, alone.payloads, alone.uris)),)
    assert read_lines(data) == [DETAILS, OTHER]


@pytest.mark.parametrize(
    "data",
    [
        lines_of(DETAILS),
        lines_of(DETAILS, OTHER, OTHER),
        lines_of(DETAILS, OTHER)[:-1],
        lines_of(DETAILS, OTHER) + b"x",
        lines_of(DETAILS) + b"-\n",
        lines_of(DETAILS, replace(OTHER, uri='urn:"x"')),
        lines_of(DETAILS) + b"A" + lines_of(OTHER)[1:],
        lines_of(DETAILS) + b" " + lines_of(OTHER),
        lines_of(DETAILS) + lines_of(OTHER).replace(b"urn", b"\xff\xfe"),
        b"",
    ],
)
def test_other_lines_are_read_one_by_one(data: bytes) -> None:
    assert plain_lines(data, 2) is None


def test_lines_of_another_spelling_are_read_too() -> None:
    quoted = replace(OTHER, uri='urn:"x"')
    assert read_lines(lines_of(DETAILS, quoted) + b"a line that is still written") == [DETAILS, quoted]
    with pytest.raises(DamagedArchive):
        read_lines(lines_of(DETAILS) + b"-\n")
