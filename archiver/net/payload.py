"""A response that was recorded, taken apart again."""

from __future__ import annotations

from archiver.net.chunks import ChunkDecoder
from archiver.net.head import Head, find_end, frame, parse_head

_LONGEST_HEAD = 1 << 20


def open_response(response: bytes) -> tuple[Head, bytes] | None:
    """The head of a response as it came over the wire, and its payload (transfer coding undone); None where it has no head."""
    end = find_end(bytearray(response[:_LONGEST_HEAD]), 0)
    head = parse_head(response[:end]) if end is not None else None
    if head is None:
        return None
    body = response[end:]
    if frame(head).kind != "chunked":
        return head, body
    decoder = ChunkDecoder()
    decoder.feed(body)
    return head, decoder.body()
