"""Plain text: the decoded text is the document layer.

Nothing is changed but the ends of lines (CR LF and CR become LF) and NUL, which is left out.
"""

from __future__ import annotations

from archiver.model.text import Layer, Text

EXTRACTOR = "archiver-plain"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same bytes."""


def read(source: str) -> Text | None:
    """The layer; None for a text of nothing but white space."""
    content = source.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return Text(Layer.DOCUMENT, content, EXTRACTOR, VERSION) if content.strip() else None
