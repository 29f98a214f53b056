"""Plain text: the decoded text is the document layer.

Nothing is changed but the ends of lines (CR LF and CR become LF) and NUL, which is left out.
"""

from __future__ import annotations

from collections.abc import Callable

from archiver.model import extractors
from archiver.model.notice import Notice
from archiver.model.text import Layer, PageInfo, Reading, Text
from archiver.texts import decode, walls
from archiver.texts import payload as payload_
from archiver.texts.payload import Payload, incomplete, too_long

EXTRACTOR = extractors.PLAIN
VERSION = extractors.VERSIONS[EXTRACTOR]
"""Counted up whenever another text would be drawn from the same bytes."""


def read(source: str) -> Text | None:
    """The layer; None for a text of nothing but white space."""
    content = source.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return Text(Layer.DOCUMENT, content, EXTRACTOR, VERSION) if content.strip() else None


def read_payload(payload: Payload) -> Reading:
    """A text of no further form. Never raises."""
    return read_text(payload, read)


def read_text(payload: Payload, draw: Callable[[str], Text | None]) -> Reading:
    """A payload that is text throughout, whose one layer ``draw`` makes of its characters."""
    decoded = decode.decode(payload.data, payload.content_type, markup=False)
    text = draw(decoded.text[: payload_.MAX_CHARACTERS])
    if text is not None and len(decoded.text) > payload_.MAX_CHARACTERS:
        text = incomplete(text, too_long())
    wall = walls.status_wall(payload.status) or (None if text else Notice("empty", "the answer holds no text"))
    return Reading((text,) if text else (), PageInfo(), decoded.decoding, wall, decoded.notices)
