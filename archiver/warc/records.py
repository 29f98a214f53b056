"""WARC 1.1 records as values, and each sealed into a gzip member of its own."""

from __future__ import annotations

import re
import uuid
import zlib
from dataclasses import dataclass, field

from isal import igzip

from archiver.digests import Digest
from archiver.errors import DamagedArchive

REVISIT_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
REVISIT_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

# Level 9, warcio's own, costs more time than all else that recording does, for 1 % of size. Whole pages go through ISA-L, which takes
# a quarter of zlib's time at level 6 for some 12 % of size; the many small records stay with zlib.
_LEVEL = 6
_LARGE = 8 * 1024
_LARGE_LEVEL = 3

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BLANK = b"\r\n\r\n"
_LENGTH = re.compile(r"[0-9]{1,18}")

# elsewhere the payload is the block, and checkers that look for a payload behind an HTTP head stumble over the header
_WITH_HTTP_PAYLOAD = ("response", "revisit")


def new_record_id() -> str:
    """A fresh WARC-Record-ID, angle brackets included."""
    return f"<urn:uuid:{uuid.uuid4()}>"


@dataclass(frozen=True, slots=True)
class Record:
    """One record before it is written.

    ``kind`` is ours (``response``, ``capture``, ``text``, ``quote`` ...) and goes into the log; ``type`` is WARC's. ``block`` is
    everything behind the WARC header. ``payload`` is the digest of the payload as WARC 1.1 defines it, None where it is not sure. ``extra``
    are further WARC headers in order, ``server_date`` the Date header of a response (for the log).
    """

    kind: str
    type: str
    uri: str
    date: str
    content_type: str
    block: bytes
    payload: Digest | None = None
    extra: tuple[tuple[str, str], ...] = ()
    server_date: str = ""
    record_id: str = field(default_factory=new_record_id)


@dataclass(frozen=True, slots=True)
class Member:
    """A record as it is stored: ``data`` is one whole gzip member and ``sha256`` is its digest."""

    record: Record
    data: bytes
    sha256: Digest

    @property
    def size(self) -> int:
        return len(self.data)


_WINDOW = 1 << 12


def seal(record: Record) -> Member:
    """Serialises and compresses a record: the same record always gives the same bytes.

    Raises ValueError for a header value that would not be read back as it is given (control characters, blanks at an end).
    """
    headers = [
        ("WARC-Type", record.type),
        ("WARC-Record-ID", record.record_id),
        ("WARC-Date", record.date),
    ]
    if record.uri:
        headers.append(("WARC-Target-URI", record.uri))
    headers += record.extra
    headers.append(("WARC-Block-Digest", Digest.of(record.block).labelled))
    if record.payload is not None and record.type in _WITH_HTTP_PAYLOAD:
        headers.append(("WARC-Payload-Digest", record.payload.labelled))
    _check([*headers, ("Content-Type", record.content_type)])
    # here, since only who records needs warcio: with all that it loads it takes longer than the rest of a command's start
    from archiver.warc.writing import written

    raw = written(record.type, headers, record.content_type, record.block)
    stored = open_record(raw)
    if (stored.record_id, stored.type, stored.uri, stored.date, stored.block) != (
        record.record_id, record.type, record.uri, record.date, record.block,
    ):  # fmt: skip
        raise ValueError("the record is not read back as it is given")
    data = compress(raw)
    return Member(record, data, Digest.of(data))


def _check(headers: list[tuple[str, str]]) -> None:
    """Raises ValueError for a value that would not be read back as it is given."""
    broken = (
        _CONTROL.search("".join(value for _, value in headers)) is not None
    )  # one search for all: there is seldom anything to find
    for name, value in headers:
        if broken and _CONTROL.search(value):
            raise ValueError(f"a control character in {name} would break the record")
        if value != value.strip(" "):
            raise ValueError(f"a blank at an end of {name} would not be read back")


def compress(content: bytes | memoryview) -> bytes:
    """A record as one gzip member: the same bytes always give the same member."""
    if len(content) < _LARGE:
        # a window that is no larger than the record: the tables for a large one take longer to clear than a small record to compress
        small = len(content) <= _WINDOW
        compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + (12 if small else 15), 6 if small else 8)
        return compressor.compress(content) + compressor.flush()
    return igzip.compress(bytes(content), _LARGE_LEVEL, mtime=0)


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is read back. Header names are lower case; of a repeated one the last value is kept."""

    headers: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "")

    @property
    def record_id(self) -> str:
        return self.headers.get("warc-record-id", "")

    @property
    def uri(self) -> str:
        return self.headers.get("warc-target-uri", "")

    @property
    def date(self) -> str:
        return self.headers.get("warc-date", "")


def open_record(content: bytes) -> StoredRecord:
    """Reads one uncompressed record that `seal` wrote. Raises DamagedArchive with what is wrong."""
    headers, start = open_head(content)
    return StoredRecord(headers, content[start:-4])


def open_head(content: bytes) -> tuple[dict[str, str], int]:
    """The headers of a record (names in lower case) and where its block starts; it ends four bytes before the content does.

    Raises DamagedArchive with what is wrong.
    """
    headers, start, length = parse_head(content)
    if len(content) != start + length + len(_BLANK) or not content.endswith(_BLANK):
        raise DamagedArchive("Its Content-Length is not the length of its block.")
    return headers, start


def parse_head(content: bytes) -> tuple[dict[str, str], int, int]:
    """The headers at the beginning of a record, where its block starts, and how long that says it is. Raises DamagedArchive."""
    end = content.find(_BLANK)
    lines = content[: max(end, 0)].decode("utf-8", "replace").split("\r\n")
    if lines[0] != "WARC/1.1":
        raise DamagedArchive("It is no WARC 1.1 record.")
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise DamagedArchive("A line of its WARC header has no colon.")
        headers[name.lower()] = value.strip(" \t")
    length = headers.get("content-length", "")
    if not _LENGTH.fullmatch(length):
        raise DamagedArchive("Its Content-Length is not the length of its block.")
    return headers, end + len(_BLANK), int(length)
