"""The HTTP answer inside a response record: its head, its payload, and in what it is not as it should be.

Writers differ in what they keep: the wire with its chunks, a body whose chunks are undone under a header that still names them, bodies
that are shorter than they say. Nothing is mended; how the payload was found is recorded, so that it is found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver.intake.records import ForeignRecord
from archiver.model import Notice
from archiver.net.chunks import ChunkDecoder
from archiver.net.head import Head, find_end, parse_head

_MAX_HEAD = 1 << 20
_LENGTH = re.compile(r"[0-9]{1,18}")
_SECRET = re.compile(rb"\n(?:cookie|authorization)[ \t]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """``body`` is the payload of WARC 1.1, ``chunked`` whether chunks had to be undone for it, ``truncated`` why it is not whole.

    ``sure`` is True where every reader takes the same bytes for the payload.
    """

    head: Head
    head_length: int
    body: bytes
    chunked: bool
    truncated: str | None
    sure: bool
    notices: tuple[Notice, ...]

    def header(self, name: str) -> str | None:
        """The first value of a header (``name`` in lower case), None where it is missing."""
        return next(iter(self.head.values(name)), None)


def read_answer(record: ForeignRecord) -> Answer | None:
    """The HTTP answer that a block holds, None where it begins with no HTTP head."""
    buffer = bytearray(record.block[:_MAX_HEAD])
    found = find_end(buffer, 0)
    end = len(buffer) if found is None else found
    head = parse_head(bytes(buffer[:end])) if end < _MAX_HEAD else None
    if head is None:
        return None
    notices = [Notice("malformed-head", "; ".join(head.oddities))] if head.oddities else []
    body = record.block[end:]
    truncated = record.get("warc-truncated") or None
    if truncated is None and record.get("warc-segment-number"):
        truncated = "unspecified"
        notices.append(Notice("segmented", "the record is the first part of several; the others are not put to it"))
    codings = ",".join(head.values("transfer-encoding")).lower()
    if "chunked" in codings:
        return _chunked(head, end, body, truncated, notices)
    missing = _missing(head, body)
    if missing and truncated is None:
        truncated = "unspecified"
        notices.append(Notice("short-body", f"the body is {missing} bytes shorter than its Content-Length says"))
    sure = found is not None and truncated is None and not codings
    return Answer(head, end, body, False, truncated, sure, tuple(notices))


def _chunked(head: Head, end: int, body: bytes, truncated: str | None, notices: list[Notice]) -> Answer:
    decoder = ChunkDecoder()
    decoder.feed(body)
    if decoder.done:
        sure = truncated is None and decoder.consumed == len(body)
        return Answer(head, end, decoder.body(), True, truncated, sure, tuple(notices))
    if not decoder.consumed or not decoder.body():
        notices.append(Notice("not-chunked", "the head says that the body is chunked, and it is not; taken as it is"))
        return Answer(head, end, body, False, truncated, False, tuple(notices))
    notices.append(Notice("broken-chunks", "the chunks of the body break off; what came before is taken"))
    return Answer(head, end, decoder.body(), True, truncated or "unspecified", False, tuple(notices))


def _missing(head: Head, body: bytes) -> int:
    """How many bytes a body lacks, 0 where it lacks none or nothing certain is said of it."""
    if head.status in (204, 304) or head.status < 200:
        return 0
    lengths = set(head.values("content-length"))
    if len(lengths) != 1 or not _LENGTH.fullmatch(length := next(iter(lengths))):
        return 0
    return max(0, int(length) - len(body))


def carries_secrets(request: bytes) -> bool:
    """Whether a request was sent with cookies or a password."""
    return _SECRET.search(request[:_MAX_HEAD]) is not None
