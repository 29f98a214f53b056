"""What a leaf commits to, and how both are written.

The entry is public: ``{v, kind, commitment}`` with commitment = SHA-256(salt, details). The details are private and erasable: one
line a leaf, ``<salt as 64 hex digits> <details as canonical JSON>``; the bytes behind the blank are what the salt is hashed with,
so that a line can be checked with no JSON parser. An erased line is ``-``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import rfc8785

from archiver.digests import Digest
from archiver.errors import DamagedArchive

ENTRY_VERSION = 1
SALT_SIZE = 32
ERASED = b"-"
_LARGEST = 2**53 - 1  # what RFC 8785 can write
_OPTIONAL = ("payload_sha256", "server_date")
_DIGEST = re.compile(r"[0-9a-f]{64}")
# what nearly all details look like: a large log is read five times as fast so as with a JSON parser
_WORD = r'"([^"\\\x00-\x1f]*)"'
_PLAIN = re.compile(
    rf'\{{"kind":{_WORD},(?:"payload_sha256":"([0-9a-f]{{64}})",)?"record_id":{_WORD},(?:"server_date":{_WORD},)?'
    rf'"sha256":"([0-9a-f]{{64}})","size":([1-9][0-9]{{0,14}}),"time":{_WORD},"tool":{_WORD},"uri":{_WORD},"warc_type":{_WORD}\}}'
)
_PLAIN_LINE = re.compile(rf"^([0-9a-f]{{64}}) {_PLAIN.pattern}$", re.MULTILINE)
_ESCAPED = re.compile(r"[^ !#-\[\]-~]")  # what JSON escapes, and all that is not ASCII
_SALT = re.compile(rb"[0-9a-f]{64}")
_PLAIN_KIND = re.compile(r"[a-z][a-z0-9-]*")  # kinds whose JSON spelling is themselves in quotation marks


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
        words = (
            self.kind, self.payload_sha256, self.record_id, self.server_date, self.sha256, self.time, self.tool, self.uri,
            self.warc_type,
        )  # fmt: skip
        if not _ESCAPED.search("".join(words)) and 0 <= self.size <= _LARGEST:
            # nearly all there is; the general way takes twenty times as long
            payload = f'"payload_sha256":"{self.payload_sha256}",' if self.payload_sha256 else ""
            date = f'"server_date":"{self.server_date}",' if self.server_date else ""
            return (
                f'{{"kind":"{self.kind}",{payload}"record_id":"{self.record_id}",{date}"sha256":"{self.sha256}","size":{self.size},'
                f'"time":"{self.time}","tool":"{self.tool}","uri":"{self.uri}","warc_type":"{self.warc_type}"}}'
            ).encode()
        fields: dict[str, str | int] = {name: getattr(self, name) for name in self.__slots__}
        return rfc8785.dumps({name: value for name, value in fields.items() if value != "" or name not in _OPTIONAL})

    @classmethod
    def parse(cls, data: bytes) -> Details:
        """Reads what ``canonical`` wrote; raises DamagedArchive for anything else."""
        try:
            plain = _PLAIN.fullmatch(data.decode())
        except UnicodeDecodeError as error:
            raise DamagedArchive("The details of a leaf are not UTF-8.") from error
        if plain:
            kind, payload, record_id, server_date, digest, size, time, tool, uri, warc_type = plain.groups("")
            return cls(kind, digest, int(size), record_id, warc_type, uri, time, tool, payload, server_date)
        return cls._parse_any(data)

    @classmethod
    def _parse_any(cls, data: bytes) -> Details:
        """With a JSON parser, for what holds escapes or keys in another order."""
        try:
            details = cls(**json.loads(data))
        except (ValueError, TypeError, RecursionError) as error:
            raise DamagedArchive("The details of a leaf are not readable.") from error
        # whoever holds the key can sign anything: what is read further on must at least be of the right types
        words = (
            details.kind, details.sha256, details.record_id, details.warc_type, details.uri, details.time, details.tool,
            details.payload_sha256, details.server_date,
        )  # fmt: skip
        size = details.size
        if not all(type(word) is str for word in words) or type(size) is not int or not 0 < size <= _LARGEST:
            raise DamagedArchive("The details of a leaf are not of the right types.")
        if not _DIGEST.fullmatch(details.sha256) or not _DIGEST.fullmatch(details.payload_sha256 or details.sha256):
            raise DamagedArchive("The details of a leaf hold what is no SHA-256.")
        if b"\\ud" in data and not _encodable(words):
            raise DamagedArchive("The details of a leaf hold half a character.")
        return details


@dataclass(frozen=True, slots=True)
class PlainLines:
    """What lines of details say, in columns; a payload digest is empty where a leaf has none."""

    kinds: Sequence[str]
    payloads: Sequence[str]
    record_ids: Sequence[str]
    server_dates: Sequence[str]
    digests: Sequence[str]
    sizes: Sequence[str | int]
    times: Sequence[str]
    tools: Sequence[str]
    uris: Sequence[str]
    warc_types: Sequence[str]

    @classmethod
    def of(cls, details: Sequence[Details]) -> PlainLines:
        """The columns of leaves that were read one by one."""
        return cls(*([getattr(leaf, name) for leaf in details] for name in _COLUMNS))


_COLUMNS = (
    "kind", "payload_sha256", "record_id", "server_date", "sha256", "size", "time", "tool", "uri", "warc_type",
)  # fmt: skip


def plain_lines(data: bytes, count: int) -> PlainLines | None:
    """What ``count`` lines of details say, read at once, which takes a third of the time that one by one takes.

    None where there are not as many, or one of them is not in the spelling that nearly all have: then each is to be read by itself.
    """
    try:
        rows = _PLAIN_LINE.findall(data.decode())
    except UnicodeDecodeError:
        return None
    if not count or len(rows) != count or data.count(b"\n") != count or not data.endswith(b"\n"):
        return None
    _, *columns = zip(*rows, strict=True)
    return PlainLines(*columns)


def read_lines(data: bytes) -> list[Details]:
    """What the lines of a file of details say, none of which is erased; a last one without its newline is left out.

    Raises DamagedArchive for what is no line of details.
    """
    plain = plain_lines(data, data.count(b"\n"))
    if plain is None:
        return [Details.parse(line.partition(b" ")[2]) for line in data.split(b"\n")[:-1]]
    sizes = map(int, plain.sizes)
    return list(
        map(
            Details, plain.kinds, plain.digests, sizes, plain.record_ids, plain.warc_types, plain.uris, plain.times, plain.tools,
            plain.payloads, plain.server_dates,
        )
    )  # fmt: skip


def _encodable(words: tuple[str, ...]) -> bool:
    try:
        "".join(words).encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry as it is hashed into the tree, and its line of details (without the newline)."""

    entry: bytes
    line: bytes


def make_leaf(details: Details, salt: bytes | None = None) -> Leaf:
    """Commits to the details with a fresh salt of 32 random bytes."""
    salt = os.urandom(SALT_SIZE) if salt is None else salt
    canonical = details.canonical()
    return Leaf(make_entry(details.kind, Digest.of(salt, canonical)), salt.hex().encode() + b" " + canonical)


def make_entry(kind: str, commitment: Digest) -> bytes:
    """The public side of a leaf, as RFC 8785 JSON."""
    before, behind = entry_around(kind)
    return before + commitment.hex.encode() + behind


def entry_around(kind: str) -> tuple[bytes, bytes]:
    """What stands before and behind the commitment (hex) in the entry of a leaf of a kind."""
    if _PLAIN_KIND.fullmatch(kind):
        return b'{"commitment":"', b'","kind":"%b","v":%d}' % (kind.encode(), ENTRY_VERSION)
    before, behind = rfc8785.dumps({"v": ENTRY_VERSION, "kind": kind, "commitment": "-"}).split(b'"-"', 1)
    return before + b'"', b'"' + behind


def open_line(line: bytes, entry: bytes) -> Details | None:
    """The details that a line holds, checked against the entry; None for an erased line. Raises DamagedArchive."""
    if line == ERASED:
        return None
    commitment, canonical = _commitment(line)
    # the entry has one spelling only, so it is made again rather than parsed: its kind and version are compared with it
    if commitment.hex.encode() not in entry:
        raise DamagedArchive("The details of a leaf are not what the log committed to.")
    details = Details.parse(canonical)
    if make_entry(details.kind, commitment) != entry:
        raise DamagedArchive("The entry of a leaf is not of this version, or names another kind than its details do.")
    return details


def entry_of(line: bytes) -> bytes:
    """The entry that a line of details belongs to; empty where it is no such line."""
    found = entry_and_details(line)
    return b"" if found is None else found[0]


def entry_and_details(line: bytes) -> tuple[bytes, Details] | None:
    """The entry that a line belongs to, and the details in it; None where it is no such line."""
    try:
        commitment, canonical = _commitment(line)
        details = Details.parse(canonical)
    except DamagedArchive:
        return None
    return make_entry(details.kind, commitment), details


def _commitment(line: bytes) -> tuple[Digest, bytes]:
    """What a line commits to, and the canonical JSON in it; raises DamagedArchive where it has no salt."""
    salt_hex, _, canonical = line.partition(b" ")
    # bytes.fromhex takes capitals and blanks too: a flipped bit must not hide in them
    if not _SALT.fullmatch(salt_hex):
        raise DamagedArchive("The salt of a leaf is not readable.")
    return Digest(sha256(bytes.fromhex(salt_hex.decode()) + canonical).digest()), canonical


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
