"""The payload in the record of a response, and what it is when its content coding is undone."""

from __future__ import annotations

from typing import Any

from archiver.digests import Digest
from archiver.net.chunks import ChunkDecoder
from archiver.packs.evidence import PackedLeaf
from archiver.texts import content


def payload_of(capture: dict[str, Any], response: PackedLeaf) -> bytes | None:
    """The payload of a capture's last response; None where the record has none that its leaf commits to (cut short, a revisit)."""
    if not response.details.payload_sha256 or response.details.warc_type == "revisit":
        return None
    block = response.record.block
    if response.details.warc_type == "response":
        hop = capture["hops"][-1]
        block = block[hop["head_length"] :]
        if hop["chunked"]:
            decoder = ChunkDecoder()
            decoder.feed(block)
            block = decoder.body()
    return block if Digest.of(block).hex == response.details.payload_sha256 else None


def decoded(capture: dict[str, Any], payload: bytes) -> bytes | None:
    """The payload without gzip, where that is its one coding and it can be undone whole; None otherwise."""
    codings = [name.strip().lower() for name in (capture.get("content_encoding") or "").split(",")]
    if [name for name in codings if name and name != "identity"] not in (["gzip"], ["x-gzip"]):
        return None
    found = content.decode(payload, "gzip")
    return None if found.why or found.notices or not found.payload else found.payload
