"""Large records: the same checks in pieces, and memory that a stranger cannot use up."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SealedArchive
from growth import LONG
from samples import page_members
from tampering import record_all

from archiver.archive import Archive
from archiver.digests import Digest
from archiver.errors import InputError
from archiver.verification import Finding
from archiver.warc import Member, Record, seal

BODY = b"<p>The harbour wall has stood for a hundred years.</p>" * 60_000


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is large by the measure of these tests."""
    monkeypatch.setattr("archiver.verification.member_checks._LARGE_RECORD", 1 << 16)
    monkeypatch.setattr("archiver.warc.members._PIECE", 5000)


def failures(sealed: SealedArchive) -> list[Finding]:
    return [fault for fault in sealed.faults() if fault.check != "catalogue"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("chunked", [True, False])
@pytest.mark.parametrize("stored", [1 << 30, 1 << 12])
def test_a_large_response_is_sound(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch, stored: int, *, chunked: bool
) -> None:
    monkeypatch.setattr("archiver.verification.member_checks._LARGE_MEMBER", stored)
    used: list[int] = []
    from archiver.verification import member_checks

    real = member_checks.large_fault
    monkeypatch.setattr(
        member_checks, "large_fault", lambda pieces, details: (used.append(1), real(pieces, details))[1]
    )
    record_all(sealed.root, page_members("https://example.org/large", BODY, chunked=chunked)[1])
    assert failures(sealed) == []
    assert used


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"hundred years", b"hundred yeasr", "WARC-Block-Digest"),
        (b"WARC-Date: 2", b"WARC-Date: 1", "WARC header"),
        (b"Content-Length: ", b"Content-Length: 1", "Content-Length"),
        (b"Content-Length: 3", b"Content-Length: 2", "Content-Length"),
        (b"WARC/1.1", b"WARC/9.9", "no WARC 1.1 record"),
        (b"Payload-Digest: sha256:", b"Payload-Digest: sha256:A", "WARC-Payload-Digest"),
    ],
)
def test_a_large_response_that_is_wrong(sealed: SealedArchive, old: bytes, new: bytes, words: str) -> None:
    member = page_members("https://example.org/large", BODY)[1][1]
    content = zlib.decompress(member.data, 31)
    assert old in content
    compressor = zlib.compressobj(1, zlib.DEFLATED, 31)
    data = compressor.compress(content.replace(old, new, 1)) + compressor.flush()
    (leaf,) = record_all(sealed.root, [Member(member.record, data, Digest.of(data))])
    (fault,) = failures(sealed)
    assert (fault.subject, fault.check) == (f"{leaf.file} at byte {leaf.offset}", "record")
    assert words in fault.detail


@pytest.mark.usefixtures("small")
def test_a_large_response_with_another_payload(sealed: SealedArchive) -> None:
    response = page_members("https://example.org/large", BODY)[1][1].record
    wrong = seal(replace(response, payload=Digest.of(b"another")))
    record_all(sealed.root, [wrong])
    (fault,) = failures(sealed)
    assert "its payload is not what the log committed to" in fault.detail


def bomb(kind: str, size: int) -> Member:
    """A member of a few megabytes that inflates to ``size`` bytes."""
    record = Record(
        kind, {"response": "response"}.get(kind, "metadata"), "urn:x", "2026-11-20T00:00:00Z", "text/plain", b"x"
    )
    head = (
        zlib.decompress(seal(record).data, 31)
        .partition(b"\r\n\r\n")[0]
        .replace(b"Content-Length: 1", b"Content-Length: %d" % size)
    )

    def parts() -> Iterator[bytes]:
        compressor = zlib.compressobj(1, zlib.DEFLATED, 31)
        yield compressor.compress(head + b"\r\n\r\n")
        zeros = bytes(1 << 24)
        for _ in range(size >> 24):
            yield compressor.compress(zeros)
        yield compressor.compress(b"\r\n\r\n") + compressor.flush()

    data = b"".join(parts())
    return Member(record, data, Digest.of(data))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "size"), [("response", 1 << 30), ("quote", 1 << 29)])
def test_a_bomb_is_damaged_and_takes_no_memory(sealed: SealedArchive, tmp_path: Path, kind: str, size: int) -> None:
    """With the limits and the bombs at an eighth of their size; at their whole size with ``ARCHIVER_SIZES=long``."""
    share = 1 if LONG else 8
    (leaf,) = record_all(sealed.root, [bomb(kind, size // share)])
    script = (
        "import re, sys; from pathlib import Path; from archiver.verification import Request, Verification, member_checks\n"
        "from archiver.warc import members\n"
        "share = int(sys.argv[2])\n"
        "members.LARGEST_TEXT //= share; members.LARGEST //= share; member_checks.LARGEST = members.LARGEST\n"
        "member_checks._LARGE_RECORD //= share; member_checks._LARGE_MEMBER //= share\n"
        # the kernel's figure for this program: `ru_maxrss` has that of the process that started it in it
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024\n"
        "before = peak()\n"
        "for finding in Verification(Path(sys.argv[1]), Request()).findings():\n"
        "    print(finding.subject, finding.ok, finding.detail)\n"
        "print(peak() - before)"
    )
    command = [sys.executable, "-c", script, str(sealed.root), str(share)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    *lines, more = ran.stdout.splitlines()
    (line,) = [line for line in lines if line.startswith(f"{leaf.file} at byte {leaf.offset} False")]
    assert f"inflates to more than {(1024 if kind == 'response' else 128) // share:,} MiB" in line
    assert int(more) < 400 // share


def test_what_verify_would_call_damaged_is_not_recorded(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.archive.commit.limit_of", lambda _: (1 << 20) + 10)
    with pytest.raises(InputError, match="no more than 1 can be recorded"):
        archive.record([seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", bytes(11)))])
    archive.record([seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", bytes(10)))])
