"""A WARC record as warcio writes it, without what warcio would add of its own."""

from __future__ import annotations

import io

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


class _ExactWriter(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """warcio's writer without the SHA-1 digests that it adds where it finds none."""

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:  # noqa: ARG002
        return

    def write_to(self, out: io.BytesIO, record: ArcWarcRecord) -> None:
        self._write_warc_record(out, record)


# it keeps nothing between records, and making one asks the system for the host's name
_WRITER = _ExactWriter(None, gzip=False, warc_version="1.1")


class _Header(StatusAndHeaders):  # type: ignore[misc]  # as above
    """A WARC header of names and values that `seal` has checked: warcio's own looks each of them through several times."""

    def __init__(self, headers: list[tuple[str, str]]) -> None:
        self.headers = headers

    def replace_header(self, name: str, value: str) -> None:
        """At the end: `seal` gives neither of the two that warcio puts in."""
        self.headers.append((name, value))

    def to_bytes(self, filter_func: object = None, encoding: str = "utf-8") -> bytes:
        del filter_func
        return "\r\n".join(["WARC/1.1", *map(": ".join, self.headers), "\r\n"]).encode(encoding)


class _ExactHead:
    """A revisit's block, in the form in which warcio's writer takes it: it writes no stream for a revisit, only HTTP headers."""

    def __init__(self, block: bytes) -> None:
        self.headers_buff = block

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        del header_filter  # the bytes stay as they came over the wire


def written(warc_type: str, headers: list[tuple[str, str]], content_type: str, block: bytes) -> bytes:
    """The bytes of a record; ``headers`` are checked already, and lack the content type and the length."""
    head = _ExactHead(block) if warc_type == "revisit" else None
    buffer = io.BytesIO()
    _WRITER.write_to(
        buffer,
        ArcWarcRecord(
            "warc",
            warc_type,
            _Header(headers),
            io.BytesIO(b"" if head else block),
            head,
            content_type,
            len(block),
            payload_length=0 if head else len(block),
        ),
    )
    return buffer.getvalue()
