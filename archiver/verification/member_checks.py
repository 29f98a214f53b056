"""Checks of single members: the stored bytes against the leaf, the record inside against its own digests and the leaf's details."""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archiver.digests import Digest, labelled_matches
from archiver.errors import DamagedArchive
from archiver.log import Details
from archiver.net.chunks import ChunkDecoder
from archiver.verification.placing import Place
from archiver.warc import StoredRecord, inflate, open_record

# records of these kinds are read again by later checks; the rest is let go once it is checked
KEPT_KINDS = frozenset({"capture", "quote", "settings"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the member of a leaf, and which check says so."""

    index: int
    offset: int
    check: str
    detail: str


@dataclass(slots=True)
class Checked:
    """What a run over members gave: the problems, the indices that are sound, the blocks that are kept."""

    problems: list[Problem] = field(default_factory=list)
    sound: int = 0
    blocks: dict[int, bytes] = field(default_factory=dict)


def check_members(path: Path, tasks: Sequence[tuple[Place, Details]]) -> Checked:
    """Checks the members of one file; releases the interpreter lock while it hashes and inflates."""
    result = Checked()
    if not tasks:
        return result
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as view,
    ):
        for place, details in tasks:
            with view[place.offset : place.offset + place.length] as member:
                problem = _check(place, details, member, result)
            if problem is None:
                result.sound += 1
            else:
                result.problems.append(problem)
    return result


def _check(place: Place, details: Details, member: memoryview, result: Checked) -> Problem | None:
    if len(member) != place.length or hashlib.sha256(member).hexdigest() != details.sha256:
        return Problem(place.index, place.offset, "member", "its bytes are not those that were recorded")
    try:
        record = open_record(inflate(member))
    except DamagedArchive as error:
        return Problem(place.index, place.offset, "record", str(error))
    detail = _record_fault(record, details)
    if detail:
        return Problem(place.index, place.offset, "record", detail)
    if details.kind in KEPT_KINDS:
        result.blocks[place.index] = record.block
    return None


def _record_fault(record: StoredRecord, details: Details) -> str | None:
    """What does not agree between a record, its own digests and the leaf's details; None where all does."""
    headers = record.headers
    stated = (record.record_id, record.type, record.uri, record.date)
    if stated != (details.record_id, details.warc_type, details.uri, details.time):
        return "its WARC header does not say what the log committed to"
    block = hashlib.sha256(record.block).digest()
    if not _same(headers.get("warc-block-digest", ""), block):
        return "its block is not what WARC-Block-Digest says"
    if not details.payload_sha256:
        return None
    payload = bytes.fromhex(details.payload_sha256)
    if record.type in ("response", "revisit") and not _same(headers.get("warc-payload-digest", ""), payload):
        return "its WARC-Payload-Digest is not the one that the log committed to"
    agrees = record.type == "revisit" or (_payload_agrees(record.block, payload) if record.type == "response" else block == payload)
    return None if agrees else "its payload is not what the log committed to"


def _same(label: str, raw: bytes) -> bool:
    return labelled_matches(label, Digest(raw))


def _payload_agrees(block: bytes, payload: bytes) -> bool:
    """Whether some way to read the response gives the payload: behind the head as it is, or with the chunks undone."""
    view = memoryview(block)
    for blank in (b"\r\n\r\n", b"\n\n", b"\n\r\n"):
        at = block.find(blank)
        if at < 0:
            continue
        body = view[at + len(blank) :]
        chunked = b"chunked" in block[:at].lower()
        if not chunked and hashlib.sha256(body).digest() == payload:
            return True
        if chunked:
            decoder = ChunkDecoder()
            decoder.feed(bytes(body))
            if payload in (hashlib.sha256(decoder.body()).digest(), hashlib.sha256(body).digest()):
                return True
    return False
