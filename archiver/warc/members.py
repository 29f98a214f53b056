"""Gzip members in a file of many: one opened, or all found one after another."""

from __future__ import annotations

import hashlib
import mmap
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from isal import isal_zlib
from isal.igzip_lib import IsalError  # what isal_zlib raises

from archiver.digests import Digest
from archiver.errors import DamagedArchive, NotReadable
from archiver.plainfile import open_plain

LARGEST = 1 << 30
LARGEST_TEXT = 1 << 27
_FROM_THE_WIRE = ("request", "response", "resource")

_CHUNK = 1 << 18
_PIECE = 1 << 20
_MAGIC = b"\x1f\x8b\x08"


def limit_of(warc_type: str) -> int:
    """The most bytes that a record of a type may have: more is not recorded, and found in an archive it is damaged or hostile.

    What comes from the wire may be large and is checked piece by piece; texts and JSON are read as a whole.
    """
    return LARGEST if warc_type in _FROM_THE_WIRE else LARGEST_TEXT


class TooLarge(DamagedArchive):
    """A member inflates to more than it may."""


def inflate(member: bytes | memoryview, limit: int = LARGEST) -> bytes:
    """The content of exactly one gzip member.

    Raises DamagedArchive where it is cut, corrupt or followed by other bytes, and TooLarge where it inflates to more than ``limit``
    bytes; no more than that is ever in memory.
    """
    # the end of a member says how long its content is: memory of just that size spares a fifth of the time
    claimed = int.from_bytes(member[-4:], "little")
    inflater = isal_zlib.decompressobj(wbits=31)
    try:
        content = inflater.decompress(member, min(claimed, limit) + 1)
    except IsalError as error:  # type: ignore[misc]  # a class in fact, an object to its stub
        raise DamagedArchive(f"It is no whole gzip member ({error}).") from error
    if len(content) > limit:
        raise _too_large(limit)
    if not inflater.eof or inflater.unused_data:
        raise DamagedArchive("It is no whole gzip member (its end is missing or not its own).")
    return bytes(content)


def pieces(stored: Iterable[bytes | memoryview], limit: int = LARGEST) -> Iterator[bytes]:
    """Like `inflate`, but piece by piece out of pieces, so that a large record takes little memory."""
    inflater, total, ended = isal_zlib.decompressobj(wbits=31), 0, False
    for data in stored:
        if ended:
            raise DamagedArchive("It is no whole gzip member (its end is not its own).")
        while True:
            try:
                piece = inflater.decompress(data, _PIECE)
            except IsalError as error:  # type: ignore[misc]
                raise DamagedArchive(f"It is no whole gzip member ({error}).") from error
            total += len(piece)
            if total > limit:
                raise _too_large(limit)
            yield bytes(piece)
            data, ended = inflater.unconsumed_tail, inflater.eof
            if ended or (not data and len(piece) < _PIECE):
                break
    if not ended or inflater.unused_data:
        raise DamagedArchive("It is no whole gzip member (its end is missing or not its own).")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"It inflates to more than {limit >> 20:,} MiB, which no record of its kind does.")


@dataclass(frozen=True, slots=True)
class FoundMember:
    """A gzip member found in a file: where it lies and the digest of its stored bytes."""

    offset: int
    length: int
    sha256: Digest


def scan(path: Path, start: int = 0) -> Iterator[FoundMember]:
    """Finds whole members from ``start`` on by inflating them; stops quietly before the first thing that is none.

    Whoever needs to know whether the file was read to its end compares the last member's end with the file's size. Memory stays
    at the size of a piece read, whatever a member is long or inflates to.
    """
    with path.open("rb") as file:
        file.seek(start)
        offset, buffer = start, b""
        while True:
            inflater = zlib.decompressobj(31)
            state, length = hashlib.sha256(), 0
            while not inflater.eof:
                if not buffer:
                    buffer = file.read(_CHUNK)
                    if not buffer:
                        return
                try:
                    # what it inflates to is thrown away piece by piece: a bomb costs time, not memory
                    inflater.decompress(buffer, _CHUNK)
                    # at the end of a member the tail stays, as unused data: without the second question this never ends
                    while inflater.unconsumed_tail and not inflater.eof:
                        inflater.decompress(inflater.unconsumed_tail, _CHUNK)
                except zlib.error:
                    return
                own = len(buffer) - len(inflater.unused_data)
                state.update(memoryview(buffer)[:own])
                length += own
                buffer = b""
            buffer = inflater.unused_data
            yield FoundMember(offset, length, Digest(state.digest()))
            offset += length


def search(path: Path, start: int = 0) -> Iterator[FoundMember]:
    """Like `scan`, but goes on behind what is no member, at the next gzip header from which a whole one can be inflated."""
    size, at = path.stat().st_size, start
    while at < size:
        for member in scan(path, at):
            yield member
            at = member.offset + member.length
        if at < size:
            at = _next_header(path, at + 1)


def _next_header(path: Path, start: int) -> int:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        found = view.find(_MAGIC, start)
        return len(view) if found < 0 else found


def read_span(path: Path, offset: int, length: int) -> bytes:
    """``length`` bytes of a file from ``offset`` on; raises DamagedArchive where the file does not have them."""
    try:
        with open_plain(path) as file:
            # asked before it is read: what somebody's index says may be more than any memory holds
            data = b""
            if offset + length <= os.fstat(file.fileno()).st_size:
                file.seek(offset)
                data = file.read(length)
    except PermissionError as error:
        raise NotReadable(
            f"You may not read {path}; let yourself read it (or ask its owner), and try again."
        ) from error
    except OSError as error:
        raise DamagedArchive(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) != length:
        raise DamagedArchive(f"{path} ends before byte {offset + length}; it was cut.")
    return data
