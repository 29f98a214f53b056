"""Single records: what the key's holder recorded wrongly is found though every byte is the one that was signed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conftest import SealedArchive
from samples import page_members, quote_member
from tampering import record_all, resealed, with_json

from archiver.digests import Digest
from archiver.verification import Finding
from archiver.verification.member_checks import MemberCheck, MemberTask
from archiver.warc import Member, Record, seal

PAGE = page_members("https://example.org/p", b"<p>body</p>", chunked=True)
REQUEST, RESPONSE, TEXT, CAPTURE = PAGE[1]
QUOTE = quote_member(*PAGE)
OTHER = Digest.of(b"other")


def holding(data: bytes, record: Record) -> Member:
    """Other bytes under the name of a record."""
    return Member(record, data, Digest.of(data))


def content_of(member: Member) -> bytes:
    return gzip.decompress(member.data)


def repacked(member: Member, old: bytes, new: bytes) -> Member:
    content = content_of(member)
    assert old in content
    return holding(gzip.compress(content.replace(old, new)), member.record)


WRONG: dict[str, tuple[Callable[[], Member], str, str]] = {
    "no gzip": (lambda: holding(b"x" * 50, TEXT.record), "record", "no whole gzip member"),
    "two members": (lambda: holding(TEXT.data + TEXT.data, TEXT.record), "record", "no whole gzip member"),
    "a cut member": (lambda: holding(TEXT.data[:-1], TEXT.record), "record", "no whole gzip member"),
    "no record": (lambda: holding(gzip.compress(b"hello"), TEXT.record), "record", "no WARC 1.1 record"),
    "a wrong length": (lambda: repacked(TEXT, b"Content-Length: ", b"Content-Length: 1"), "record", "Content-Length"),
    "a header without colon": (lambda: repacked(TEXT, b"WARC-Type: ", b"WARC-Type "), "record", "no colon"),
    "another id": (lambda: holding(TEXT.data, replace(TEXT.record, record_id="<urn:x>")), "record", "WARC header"),
    "another type": (lambda: holding(TEXT.data, replace(TEXT.record, type="resource")), "record", "WARC header"),
    "another address": (lambda: holding(TEXT.data, replace(TEXT.record, uri="urn:y")), "record", "WARC header"),
    "another date": (lambda: repacked(TEXT, b"WARC-Date: 2", b"WARC-Date: 1"), "record", "WARC header"),
    "another block": (lambda: repacked(TEXT, b"The ferry", b"The fairy"), "record", "WARC-Block-Digest"),
    "another block digest": (lambda: repacked(REQUEST, b"Block-Digest: sha256:", b"Block-Digest: sha257:"), "record", "Block"),
    "another text": (lambda: holding(TEXT.data, replace(TEXT.record, payload=OTHER)), "record", "its payload is not"),
    "another page": (lambda: repacked(RESPONSE, b"body", b"bodi"), "record", "its payload is not"),
    "another payload digest": (
        lambda: holding(RESPONSE.data, replace(RESPONSE.record, payload=OTHER)), "record", "WARC-Payload-Digest",
    ),
    "a capture that is none": (lambda: resealed(CAPTURE, block=b"[]"), "capture", "not that of a capture"),
    "a capture without texts": (lambda: with_json(CAPTURE, lambda v: v.pop("texts")), "capture", "not that of a capture"),
    "a quote that is none": (lambda: resealed(QUOTE, block=b"{}"), "anchor", "not that of a quote"),
    "a quote deep as a well": (lambda: resealed(QUOTE, block=b"[" * 100_000), "anchor", "not that of a quote"),
    "a span before the text": (
        lambda: with_json(QUOTE, lambda v: _match(v)["spans"][0].update(start=-1)), "anchor", "not that of a quote",
    ),
}  # fmt: skip


def _match(quote: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = quote["archiver:judged"]["matches"][0]
    return found


def faults_of(sealed: SealedArchive) -> list[Finding]:
    return [fault for fault in sealed.faults() if fault.check not in ("catalogue", "re-extract")]


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_record_is_named(sealed: SealedArchive, case: str) -> None:
    make, check, words = WRONG[case]
    *_, leaf = record_all(sealed.root, [REQUEST, RESPONSE, TEXT, make()])
    found = [fault for fault in faults_of(sealed) if fault.subject == f"{leaf.file} at byte {leaf.offset}"]
    assert [(fault.check, fault.ok) for fault in found] == [(check, False)]
    assert words in found[0].detail
    assert leaf.record_id in found[0].detail


def test_a_wrong_block_digest_of_a_response_shows_in_the_thorough_check(sealed: SealedArchive) -> None:
    """What it covers is under the member's digest; so it only says whether the recorder wrote a right header."""
    wrong = repacked(RESPONSE, b"Block-Digest: sha256:A", b"Block-Digest: sha256:B") if (
        b"Block-Digest: sha256:A" in content_of(RESPONSE)
    ) else repacked(RESPONSE, b"Block-Digest: sha256:", b"Block-Digest: sha256:A")  # fmt: skip
    (leaf,) = record_all(sealed.root, [wrong])
    assert faults_of(sealed) == []
    found = [fault for fault in sealed.faults(re_extract=True) if fault.check == "record"]
    assert [fault.subject for fault in found] == [f"{leaf.file} at byte {leaf.offset}"]


def test_responses_of_odd_forms_are_sound(sealed: SealedArchive) -> None:
    def response(block: bytes, payload: bytes | None) -> Member:
        digest = None if payload is None else Digest.of(payload)
        return seal(
            Record("response", "response", "https://x/", "2026-11-20T00:00:00Z", "application/http", block, digest)
        )

    record_all(
        sealed.root,
        [
            response(b"HTTP/1.1 200 OK\r\n\r\n", b""),
            response(b"HTTP/1.1 200 OK\n\nx", b"x"),
            response(b"HTTP/1.1 200 OK\r\nA: b\n\r\nx", b"x"),
            response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", b"x"),
            response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n1;e=f\nx\n0\nT: 1\n\n", b"x"),
            response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunks", b"no chunks"),
            response(b"not HTTP at all", None),
            response(b"", None),
            seal(Record("response", "response", "https://x/" + "y" * 9000, "2026-11-20T00:00:00Z", "a/b", b"\r\n\r\n")),
        ],
    )
    assert sealed.faults(re_extract=True) == []


def test_a_file_that_goes_away_is_a_problem_of_each_of_its_members() -> None:
    task = MemberTask("/nowhere/x.warc.gz", [(3, 0, 10, b""), (4, 10, 10, b"")])
    result = MemberCheck().check(task)
    assert [(problem.index, problem.check) for problem in result.problems] == [(3, "member"), (4, "member")]
    assert result.sound == 0


def test_details_that_went_away_meanwhile_are_a_problem(tmp_path: Any) -> None:
    path = tmp_path / "x"
    path.write_bytes(TEXT.data)
    (problem,) = MemberCheck().check(MemberTask(str(path), [(0, 0, TEXT.size, b"-")])).problems
    assert "not readable" in problem.detail
