"""What is put into a file, and where."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.bibliography import Bibliography


@dataclass(frozen=True, slots=True)
class Insertion:
    """ASCII words that go in before the code point ``at`` of the decoded file."""

    at: int
    words: str


def inserted(data: bytes, found: Bibliography, insertions: Sequence[Insertion]) -> bytes:
    """The file with the insertions: its own bytes are copied, never written anew."""
    codec, mark = _codec(data, found.encoding)
    pieces, taken, place = [data[:mark]], 0, mark
    for item in sorted(insertions, key=lambda insertion: insertion.at):
        length = len(found.text[taken : item.at].encode(codec, "surrogatepass"))
        pieces += [data[place : place + length], item.words.encode(codec)]
        taken, place = item.at, place + length
    return b"".join([*pieces, data[place:]])


def _codec(data: bytes, encoding: str) -> tuple[str, int]:
    """How the text behind the byte order mark is written, and how long that is."""
    if encoding == "utf-16":
        return ("utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"), 2
    return ("utf-8", 3) if encoding == "utf-8-sig" else (encoding, 0)
