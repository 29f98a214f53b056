"""Foreign records as records of ours."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from malformed import answer, record, sound

from archiver.intake import sealing
from archiver.intake.payload import read_answer
from archiver.intake.records import ForeignRecord, read_records
from archiver.intake.sealing import FileName, claimed_date
from archiver.intake.source import Source
from archiver.warc import Member, StoredRecord, inflate, open_record

FILE = FileName("other.warc.gz", "ab" * 32)


def one(data: bytes) -> ForeignRecord:
    (found,) = (item for item in read_records(Source(io.BytesIO(data))) if isinstance(item, ForeignRecord))
    return found


def seal(foreign: ForeignRecord, record_id: str = "<urn:x:1>") -> tuple[Member, StoredRecord]:
    date = claimed_date(foreign.get("warc-date"))
    assert date is not None
    member = sealing.sealed(foreign, record_id, date, FILE, read_answer(foreign))
    return member, open_record(inflate(member.data))


def test_the_original_record_comes_back_byte_for_byte() -> None:
    for data in sound(1):
        foreign = one(data)
        _, stored = seal(foreign)
        assert sealing.original(stored.headers, stored.block) + b"\r\n\r\n" == data


def test_what_it_says_is_kept_and_what_we_say_cannot_be_forged() -> None:
    foreign = one(
        record(
            "response", "<https://example.org/a b>", answer(), "WARC-IP-Address: 192.0.2.1", "Archiver-Original-Header: Zm9yZ2Vk",
            "WARC-Type: capture", "WARC-Block-Digest: sha256:" + "A" * 52, "Bad Name: x", "X-Empty:", "WARC-Protocol: h2",
            "WARC-Protocol: tls/1.3", date="2024-05-03T10:00:00.123456789Z",
        )
    )  # fmt: skip
    member, stored = seal(foreign)
    assert (stored.type, stored.uri, stored.date) == ("response", "https://example.org/a%20b", "2024-05-03T10:00:00Z")
    assert stored.headers["warc-ip-address"] == "192.0.2.1"
    assert stored.headers["archiver-original-block-digest"] == "sha256:" + "A" * 52
    assert stored.headers["warc-block-digest"] != "sha256:" + "A" * 52
    assert sealing.original(stored.headers, stored.block).startswith(foreign.head)
    assert stored.headers["archiver-imported-from"] == f"sha256:{'ab' * 32}; offset=0; inner=0"
    assert [value for name, value in member.record.extra if name == "WARC-Protocol"] == ["h2", "tls/1.3"]
    assert "bad name" not in stored.headers


def test_the_payload_digest_is_stated_only_where_all_readers_take_the_same_payload() -> None:
    sure = one(record("response", "https://example.org/", answer()))
    assert "warc-payload-digest" in seal(sure)[1].headers
    for unsure in (
        record("response", "urn:x:y", answer()),
        record("response", "https://example.org/", answer(b"x", b"Content-Length: 9")),
        record("response", "https://example.org/", answer(), "WARC-Payload-Digest: sha1:" + "A" * 32),
    ):
        assert "warc-payload-digest" not in seal(one(unsure))[1].headers
    revisit = one(record("revisit", "https://example.org/", answer(b""), "WARC-Payload-Digest: sha1:" + "A" * 32))
    assert seal(revisit)[1].headers["warc-payload-digest"] == "sha1:" + "A" * 32


def test_an_id_that_stands_in_is_the_same_each_time() -> None:
    foreign = one(record("response", "https://example.org/", answer(), record_id="no id"))
    assert sealing.own_id(foreign) is None
    first = sealing.stand_in_id(foreign, FILE)
    assert first == sealing.stand_in_id(foreign, FILE)
    assert first != sealing.stand_in_id(foreign, FileName("other.warc.gz", "cd" * 32))
    assert first != sealing.stand_in_id(foreign, FileName("other.warc.gz", "ab" * 32, "archive/x"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024-05-03T10:00:00Z", "2024-05-03T10:00:00+00:00"),
        ("2024-05-03T10:00:00.5Z", "2024-05-03T10:00:00.500000+00:00"),
        ("2024-05-03T10:00:00+02:00", "2024-05-03T08:00:00+00:00"),
        ("2024-05-03", "2024-05-03T00:00:00+00:00"),
        ("2024-05-03T10:00Z", "2024-05-03T10:00:00+00:00"),
        ("2024", None), ("2024-02-30", None), ("", None), ("20240503100000", None), ("0001-01-01T00:00:00+14:00", None),
    ],
)  # fmt: skip
def test_the_date_is_that_of_the_source(text: str, wanted: str | None) -> None:
    found = claimed_date(text)
    assert (found and found.isoformat()) == wanted


@settings(max_examples=150, deadline=2000)
@given(
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=8), st.binary(max_size=200), st.sampled_from(sorted(sealing.TYPES))
)  # fmt: skip
def test_any_header_and_block_can_be_sealed_and_comes_back(
    fields: list[tuple[str, str]], block: bytes, kind: str
) -> None:
    head = (
        b"WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields).encode("utf-8", "replace") + b"\r\n"
    )
    foreign = ForeignRecord(
        one(sound(1)[2]).place, head, (("WARC-Type", kind), ("WARC-Date", "2024-05-03"), *fields), block
    )
    try:
        _, stored = seal(foreign)
    except ValueError:
        return  # said to be unfit; anything else that is raised fails
    assert (stored.type, stored.record_id, stored.block) == (kind, "<urn:x:1>", block)
    assert sealing.original(stored.headers, stored.block) == head + block
