"""The checks of a record that is too large to be held in memory: the same as for others, piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Protocol

from archiver.digests import Digest, labelled_matches
from archiver.errors import DamagedArchive
from archiver.log.leaves import Details
from archiver.net.chunks import ChunkDecoder
from archiver.warc.records import parse_head

HEAD = 1 << 20
_END = b"\r\n\r\n"


class _Reader(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


class Record:
    """A record as it comes out of its member. `headers` are there at once; `digest` reads the rest, for all that asked for it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        data = _filled(pieces, b"")
        self.headers, start, self._left = parse_head(data)
        data = data[start:]
        if len(data) < min(self._left, HEAD):
            data = _filled(pieces, data)
        self._data = data
        self.first = data[: min(self._left, HEAD)]
        """The beginning of the block."""

    def digest(self, readers: list[tuple[int, _Reader]]) -> bytes:
        """The digest of the block, once each reader has got it from the byte on that goes with it. Raises DamagedArchive."""
        state, at, end, data = hashlib.sha256(), 0, b"", self._data
        while True:
            own, end = data[: self._left], end + data[self._left :]
            self._left -= len(own)
            state.update(own)
            for start, reader in readers:
                reader.update(own[max(0, start - at) :])
            at += len(own)
            if len(end) > len(_END):
                break
            following = next(self._pieces, None)
            if following is None:
                break
            data = following
        if self._left or end != _END:
            raise DamagedArchive("Its Content-Length is not the length of its block.")
        return state.digest()


def _filled(pieces: Iterator[bytes], data: bytes) -> bytes:
    while len(data) < HEAD and (piece := next(pieces, None)) is not None:
        data += piece
    return data


class Unchunked:
    """The digest of what a chunked body holds."""

    def __init__(self) -> None:
        self._decoder = ChunkDecoder()
        self._state = hashlib.sha256()

    def update(self, data: bytes) -> None:
        self._decoder.feed(data)
        self._state.update(self._decoder.take())

    def digest(self) -> bytes:
        return self._state.digest()


def bodies(first: bytes) -> Iterator[tuple[int, bool]]:
    """Where the body of an HTTP message may begin, and whether it may be chunked, as its beginning has it."""
    for blank in (b"\r\n\r\n", b"\n\n", b"\n\r\n"):
        at = first.find(blank)
        if at >= 0:
            yield at + len(blank), b"chunked" in first[:at].lower()


def large_fault(pieces: Iterator[bytes], details: Details) -> tuple[str | None, bytes]:
    """What does not agree between a large record, its own digests and the leaf's details (None where all does), and how its block begins.

    Raises DamagedArchive where it is no record.
    """
    record = Record(pieces)
    fault = header_fault(record.headers, details)
    if fault:
        return fault, record.first
    payload = bytes.fromhex(details.payload_sha256)
    is_response = details.warc_type == "response" and bool(payload)
    readers: list[tuple[int, _Reader]] = []
    if is_response:
        for start, chunked in bodies(record.first):
            readers.append((start, hashlib.sha256()))
            if chunked:
                readers.append((start, Unchunked()))
    digest = record.digest(readers)
    if not labelled_matches(record.headers.get("warc-block-digest", ""), Digest(digest)):
        return "its block is not what WARC-Block-Digest says", record.first
    agrees = not payload or payload in ([reader.digest() for _, reader in readers] if is_response else [digest])
    return None if agrees else "its payload is not what the log committed to", record.first


def header_fault(headers: dict[str, str], details: Details) -> str | None:
    """What does not agree between a record's WARC header and the leaf's details; None where all does."""
    if (
        headers.get("warc-record-id", "") != details.record_id
        or headers.get("warc-type", "") != details.warc_type
        or headers.get("warc-target-uri", "") != details.uri
        or headers.get("warc-date", "") != details.time
    ):
        return "its WARC header does not say what the log committed to"
    if details.warc_type in ("response", "revisit") and details.payload_sha256:
        payload = Digest(bytes.fromhex(details.payload_sha256))
        if not labelled_matches(headers.get("warc-payload-digest", ""), payload):
            return "its WARC-Payload-Digest is not the one that the log committed to"
    return None
