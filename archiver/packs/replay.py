"""What replay tools read: the index of responses and revisits (CDXJ), and the list of pages."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from urllib.parse import quote

from archiver.errors import InputError
from archiver.model import assets_of
from archiver.packs.evidence import Evidence, PackedLeaf
from archiver.urls import surt

_BLANKS = (b"\r\n\r\n", b"\n\n", b"\n\r\n")
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([0-9]{3})")
REPLAYED = ("response", "revisit")
_NOT_MODIFIED = "304"
_STORED = 65535  # bytes of one stored block of deflate


def index(evidence: Evidence) -> bytes:
    """CDXJ, gzipped without compression so that every machine writes the same bytes."""
    posted = frozenset(_posted(evidence))
    lines = [
        _cdx_line(leaf, evidence)
        for leaf in evidence.leaves
        if leaf.details.warc_type in REPLAYED and leaf.details.record_id not in posted
    ]
    return _gzip("".join(sorted(line for line in lines if line)).encode())


def _posted(evidence: Evidence) -> Iterator[str]:
    """The ids of what a page's scripts got by another method than GET: under the same address it would be shown in the page's place."""
    for leaf in evidence.of_kind("capture"):
        listed = assets_of(leaf.json())
        for asset in listed.recorded if listed else ():
            request = evidence.by_record.get(f"<{asset.request}>")
            if request is not None and not request.record.block.startswith(b"GET "):
                yield f"<{asset.record}>"


def pages(evidence: Evidence) -> bytes:
    """``pages.jsonl``: one line a snapshot."""
    lines: list[dict[str, object]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Snapshots in this pack"}]
    for leaf in evidence.of_kind("capture"):
        capture = leaf.json()
        if evidence.by_record[capture["hops"][-1]["response"]].details.warc_type not in REPLAYED:
            continue  # a file that a person handed in: it lies in payloads/, and is no answer of a server
        page = {"id": capture["snapshot"][:14], "url": capture["url"], "ts": capture["captured_at"]}
        title = capture["info"]["title"]
        lines.append({**page, "title": title} if title else page)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _cdx_line(leaf: PackedLeaf, evidence: Evidence) -> str:
    details = leaf.details
    status, media_type = _http_head(leaf.record.block)
    revisit = details.warc_type == "revisit"
    if revisit and status == _NOT_MODIFIED:
        # a reader that is led to the 304 shows that, and no page: it is led to the response that the server confirmed
        base = evidence.by_record.get(leaf.record.headers.get("warc-refers-to", ""))
        if base is not None and base.details.warc_type == "response":
            leaf, revisit = base, False
            status, media_type = _http_head(leaf.record.block)
    fields = {
        "url": details.uri,
        "mime": "warc/revisit" if revisit else media_type,
        "status": status,
        "digest": leaf.record.headers.get("warc-payload-digest", ""),
        "length": str(len(leaf.member)),
        "offset": str(leaf.offset),
        "filename": leaf.file,
    }
    stamp = re.sub(r"[^0-9]", "", details.time)[:14]
    known = {name: value for name, value in fields.items() if value}
    return f"{_key(details.uri)} {stamp} {json.dumps(known, ensure_ascii=False)}\n"


def _key(uri: str) -> str:
    """The SURT; the address as it is where it is none that a browser would take (other writers' WARC files have such)."""
    try:
        return surt(uri)
    except InputError:
        return quote(uri, safe=":/?&=%,()")


def _http_head(block: bytes) -> tuple[str, str]:
    """Status and media type of a response, as far as it says them."""
    ends = [at for at in (block.find(blank, 0, 1 << 20) for blank in _BLANKS) if at >= 0]
    head = block[: min(ends, default=0)]
    status = _STATUS.match(head)
    found = re.search(rb"(?im)^content-type[ \t]*:[ \t]*([A-Za-z0-9!#$&^_.+/-]+)", head)
    media_type = found[1].decode().lower() if found else "application/octet-stream"
    return status[1].decode() if status else "", media_type


def _gzip(data: bytes) -> bytes:
    """A gzip member of stored blocks (RFC 1951 section 3.2.4)."""
    pieces = [data[at : at + _STORED] for at in range(0, len(data), _STORED)] or [b""]
    blocks = [
        bytes([number == len(pieces) - 1])
        + len(piece).to_bytes(2, "little")
        + (len(piece) ^ 0xFFFF).to_bytes(2, "little")
        + piece
        for number, piece in enumerate(pieces)
    ]
    tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + b"".join(blocks) + tail
