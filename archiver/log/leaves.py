"""What a leaf commits to, and how both are written.

The entry is public: ``{v, kind, commitment}`` with commitment = SHA-256(salt, details). The details are private and erasable: one
line a leaf, ``<salt as 64 hex digits> <details as canonical JSON>``; the bytes behind the blank are what the salt is hashed with,
so that a line can be checked with no JSON parser. An erased line is ``-``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

import rfc8785

from archiver.digests import Digest
from archiver.errors import DamagedArchive

ENTRY_VERSION = 1
ERASED = b"-"
_OPTIONAL = ("payload_sha256", "server_date")


@dataclass(frozen=True, slots=True)
class Details:
    """What one member of a WARC file is: the private side of a leaf.

    ``sha256`` and ``size`` are of the gzip member as stored; ``time`` is the record's WARC-Date; ``server_date`` the Date header
    of a response; ``payload_sha256`` of the payload as WARC 1.1 defines it; these two are left out of the JSON where empty.
    """

    kind: str
    sha256: str
    size: int
    record_id: str
    warc_type: str
    uri: str
    time: str
    tool: str
    payload_sha256: str = ""
    server_date: str = ""

    def canonical(self) -> bytes:
        """RFC 8785 JSON."""
        fields: dict[str, str | int] = {name: getattr(self, name) for name in self.__slots__}
        return rfc8785.dumps({name: value for name, value in fields.items() if value != "" or name not in _OPTIONAL})

    @classmethod
    def parse(cls, data: bytes) -> Details:
        """Reads what ``canonical`` wrote; raises DamagedArchive for anything else."""
        try:
            return cls(**json.loads(data))
        except (ValueError, TypeError) as error:
            raise DamagedArchive("The details of a leaf are not readable.") from error


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry as it is hashed into the tree, and its line of details (without the newline)."""

    entry: bytes
    line: bytes


def make_leaf(details: Details, salt: bytes | None = None) -> Leaf:
    """Commits to the details with a fresh salt of 32 random bytes."""
    salt = os.urandom(32) if salt is None else salt
    canonical = details.canonical()
    entry: dict[str, str | int] = {
        "v": ENTRY_VERSION,
        "kind": details.kind,
        "commitment": Digest.of(salt, canonical).hex,
    }
    return Leaf(rfc8785.dumps(entry), salt.hex().encode() + b" " + canonical)


def commitment_of(entry: bytes) -> str:
    """The commitment that an entry carries; raises DamagedArchive where it is not an entry of this version."""
    try:
        fields = json.loads(entry)
        if fields["v"] != ENTRY_VERSION:
            raise DamagedArchive("A log entry is of another version.")
        return str(fields["commitment"])
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedArchive("A log entry is not readable.") from error


def open_line(line: bytes, entry: bytes) -> Details | None:
    """The details that a line holds, checked against the entry; None for an erased line. Raises DamagedArchive."""
    if line == ERASED:
        return None
    salt_hex, _, canonical = line.partition(b" ")
    try:
        salt = bytes.fromhex(salt_hex.decode("ascii"))
    except (ValueError, UnicodeDecodeError) as error:
        raise DamagedArchive("The salt of a leaf is not readable.") from error
    # bytes.fromhex takes capitals and blanks too: a flipped bit must not hide in them
    if salt.hex().encode() != salt_hex or Digest.of(salt, canonical).hex != commitment_of(entry):
        raise DamagedArchive("The details of a leaf are not what the log committed to.")
    return Details.parse(canonical)


def pack_entries(entries: list[bytes]) -> bytes:
    """An entry bundle of C2SP tlog-tiles: each entry after its length in two bytes, big-endian."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_entries(data: bytes) -> Iterator[bytes]:
    """Reads an entry bundle; raises DamagedArchive where a length does not fit."""
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if len(entry) != length or at + 2 > len(data):
            raise DamagedArchive("An entry bundle of the log is cut short.")
        yield entry
        at += 2 + length
