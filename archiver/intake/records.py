"""Records of somebody's WARC or ARC file as they stand there: header and block, byte for byte (ISO 28500; WARC 0.17 to 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.intake import arc
from archiver.intake.report import Place, Problem
from archiver.intake.source import Source

MAX_HEAD = 64 << 10
"""Bytes of a record's header at most."""

MAX_BLOCK = 48 << 20
"""Bytes of a record's block at most: a record is held in memory, several times over, while it is sealed."""

_VERSION = re.compile(rb"WARC/(0\.1[78]|1\.[01])[ \t]*\r?\n")
_LENGTH = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """A record as it came. ``head`` is its header (version line to blank line, or the line of an ARC file), ``fields`` what that says."""

    place: Place
    head: bytes
    fields: tuple[tuple[str, str], ...]
    block: bytes

    def get(self, name: str) -> str:
        """The first value of a field (``name`` in lower case), empty where it is not there."""
        return next((value for key, value in self.fields if key.lower() == name), "")

    @property
    def type(self) -> str:
        return self.get("warc-type").lower()


def read_records(source: Source) -> Iterator[ForeignRecord | Problem]:
    """The records of a stream, and what is wrong with it, in order.

    What cannot be framed ends the reading, or goes on at the next gzip member: what a page says cannot begin one, whereas in a file
    without members, a page's own text could pass for a record behind a wrong length.
    """
    reader = _Reader(source)
    yield from reader.records()


class _Reader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._arc: arc.Version | None = None

    def records(self) -> Iterator[ForeignRecord | Problem]:
        source = self._source
        source.skip_blank()
        while source.peek(1):
            found = self._next()
            if isinstance(found, ForeignRecord):
                source.skip_blank()
                source.peek(1)  # the end of the gzip member is looked at, so that its checksum is
                if source.fault is not None and source.fault.place.offset == found.place.offset and source.compressed:
                    break
                yield found
                continue
            yield found
            source.skip_blank()
        if source.fault is not None:
            yield source.fault

    def _next(self) -> ForeignRecord | Problem:
        source = self._source
        place = source.here()
        start = source.peek(10)
        if start.startswith(b"WARC/"):
            return self._warc(place)
        if self._arc is not None or start.startswith(b"filedesc:"):
            return self._old(place)
        return self._lost("no-record", place, "bytes that are no record")

    def _lost(self, code: str, place: Place, detail: str) -> Problem:
        """A problem after which it is not known where the next record begins."""
        if not self._source.to_next_member():
            self._source.end()
            if self._source.fault is None:
                detail += "; nothing behind it was read"
        return Problem(code, place, detail)

    def _warc(self, place: Place) -> ForeignRecord | Problem:
        source = self._source
        end = source.find(b"\n\r\n", b"\n\n", b"\n\r\r\n", limit=MAX_HEAD)
        if end is None or not source.within(end):
            return self._lost(
                "header", place, f"a record's header does not end within {MAX_HEAD} bytes or its gzip member"
            )
        head = source.take(end)
        if head.split(b"\n", 1)[0].endswith(b"\r\r"):
            detail = "a record whose lines end in CR CR LF: the file went through a conversion of line ends"
            return self._lost("line-ends", place, detail)
        if not _VERSION.match(head):
            return self._lost("version", place, "a record of a WARC version other than 0.17, 0.18, 1.0 and 1.1")
        fields = parse_fields(head)
        lengths = {value for name, value in fields if name.lower() == "content-length"}
        if len(lengths) != 1 or not _LENGTH.fullmatch(length := next(iter(lengths))):
            return self._lost("length", place, "a record with no Content-Length, or several, or one that is no number")
        return self._framed(place, head, fields, int(length))

    def _old(self, place: Place) -> ForeignRecord | Problem:
        source = self._source
        end = source.find(b"\n", limit=MAX_HEAD)
        line = source.take(end) if end is not None and source.within(end) else b""
        parsed = arc.parse(line, self._arc)
        if parsed is None:
            return self._lost("arc", place, "a line that is no header of an ARC record")
        found = self._framed(place, line, (), parsed.length)
        if isinstance(found, Problem):
            return found
        if parsed.is_description:
            self._arc = arc.version(found.block)
        return ForeignRecord(place, line, parsed.fields(found.block), found.block)

    def _framed(
        self, place: Place, head: bytes, fields: tuple[tuple[str, str], ...], length: int
    ) -> ForeignRecord | Problem:
        source = self._source
        if length > MAX_BLOCK:
            detail = f"a record of {length} bytes is larger than the {MAX_BLOCK} that are taken"
            return (
                Problem("too-large", place, detail) if source.skip(length) else self._lost("too-large", place, detail)
            )
        if source.within(length):
            return ForeignRecord(place, head, fields, source.take(length))
        if source.fault is not None or not source.compressed:
            source.end()
            return Problem("cut", place, f"a record whose {length} bytes are not all there")
        return self._lost("length", place, f"a record whose {length} bytes reach beyond its gzip member")


def parse_fields(head: bytes) -> tuple[tuple[str, str], ...]:
    """The named fields of a header, folded lines joined; lines without a colon are left out."""
    fields: list[tuple[str, str]] = []
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        text = line.rstrip("\r")
        if text[:1] in (" ", "\t") and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {text.strip()}".strip())
            continue
        name, colon, value = text.partition(":")
        if colon:
            fields.append((name.strip(), value.strip()))
    return tuple(fields)
