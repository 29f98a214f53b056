"""Records as they stand in somebody's file."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from malformed import answer, members, record, sound

from archiver.intake import records as module
from archiver.intake.records import ForeignRecord, parse_fields, read_records
from archiver.intake.report import Problem
from archiver.intake.source import Source


def read(data: bytes) -> tuple[list[ForeignRecord], list[Problem]]:
    found = list(read_records(Source(io.BytesIO(data))))
    return [item for item in found if isinstance(item, ForeignRecord)], [
        item for item in found if isinstance(item, Problem)
    ]


@pytest.mark.parametrize("how", [b"".join, members, lambda records: gzip.compress(b"".join(records))])
def test_every_record_is_read_byte_for_byte(how: object) -> None:
    wanted = sound(1)
    records, problems = read(how(wanted))  # type: ignore[operator]
    assert problems == []
    assert [item.head + item.block + b"\r\n\r\n" for item in records] == wanted


def test_the_offsets_are_those_of_the_file() -> None:
    plain = sound(1)
    records, _ = read(b"".join(plain))
    assert [item.place.offset for item in records] == [sum(map(len, plain[:at])) for at in range(len(plain))]
    packed = [gzip.compress(item) for item in plain]
    records, _ = read(b"".join(packed))
    assert [item.place.offset for item in records] == [sum(map(len, packed[:at])) for at in range(len(packed))]


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_lines_may_end_without_a_carriage_return(end: bytes) -> None:
    records, problems = read(record("response", "https://example.org/", answer(), end=end) * 2)
    assert (len(records), problems) == (2, [])
    assert records[0].get("warc-target-uri") == "https://example.org/"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (record("response", "https://x.org/", b"abc", length="2000"), "length"),
        (record("response", "https://x.org/", b"abc", length="nine"), "length"),
        (record("response", "https://x.org/", b"abc", "Content-Length: 2"), "length"),
        (record("response", "https://x.org/", b"abc", version="WARC/2.0"), "version"),
        (record("response", "https://x.org/", b"abc", end=b"\r\r\n"), "line-ends"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000, "header"),
        (b"no record\r\n", "no-record"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_framed_costs_its_gzip_member_or_the_rest_of_a_plain_file(bad: bytes, code: str) -> None:
    good = sound(1)
    packed = [gzip.compress(item) for item in [*good, bad, *good]]
    records, problems = read(b"".join(packed))
    assert len(records) == 2 * len(good)
    assert [(item.code, item.place.offset) for item in problems] == [(code, sum(map(len, packed[: len(good)])))]
    records, problems = read(b"".join([*good, bad, *good]))
    assert len(records) in (len(good), len(good) + (code == "length" and b"2000" in bad))
    assert problems[0].place.offset >= sum(map(len, good))


def test_the_text_of_a_page_never_becomes_a_record_behind_a_wrong_length() -> None:
    forged = record("response", "https://forged.example/", answer())
    block = answer(b"<p>words</p>\r\n\r\n" + forged)
    for less in (len(forged) + 5, len(forged) + 9, 40):
        short = record("response", "https://example.org/", block, length=str(len(block) - less))
        for data in (
            record("warcinfo", "", b"") + short,
            gzip.compress(short) + gzip.compress(record("warcinfo", "", b"")),
        ):
            records, problems = read(data)
            assert "https://forged.example/" not in [item.get("warc-target-uri") for item in records]
            assert [item.code for item in problems] == ["no-record"]


def test_a_cut_record_is_named_and_not_taken() -> None:
    good = sound(1)
    data = b"".join(good)
    records, problems = read(data[:-40])
    assert len(records) == len(good) - 1
    assert [(item.code, item.place.offset) for item in problems] == [("cut", len(data) - len(good[-1]))]


def test_a_record_whose_member_has_a_wrong_checksum_is_not_taken() -> None:
    packed = [gzip.compress(item) for item in sound(1)]
    data = b"".join(packed)
    records, problems = read(data[:-8] + bytes(4) + data[-4:])
    assert len(records) == len(packed) - 1
    assert [(item.code, item.place.offset) for item in problems] == [("gzip", len(data) - len(packed[-1]))]


def test_a_record_that_is_too_large_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BLOCK", 1000)
    good = sound(1)
    large = record("resource", "https://example.org/large", b"x" * 2000)
    for data in (b"".join([large, *good]), members([large, *good])):
        records, problems = read(data)
        assert len(records) == len(good)
        assert [item.code for item in problems] == ["too-large"]


def test_fields_are_joined_where_they_are_folded() -> None:
    fields = parse_fields(b"WARC/1.0\r\nA:  b\r\n  c\r\nno colon\r\nA: d\r\n\r\n")
    assert fields == (("A", "b c"), ("A", "d"))


@settings(max_examples=200, deadline=2000)
@given(st.binary(max_size=2000), st.integers(0, 6), st.booleans())
def test_whatever_is_put_between_records_nothing_is_raised_and_no_sound_record_before_it_is_lost(
    junk: bytes, at: int, compressed: bool
) -> None:
    good = sound(1)
    parts = [gzip.compress(item) for item in good] if compressed else good
    records, _ = read(b"".join([*parts[:at], junk, *parts[at:]]))
    assert [item.head for item in records[: max(0, at - 1)]] == [
        item.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" for item in good[: max(0, at - 1)]
    ]
