"""Are the compressed streams of a file whole? PDFium reads what it can of a damaged one and says nothing, and text that is missing without a
word would make a quotation absent.

Streams are found by their words, as programs that repair files do; pictures are left out, and files whose streams are encrypted.
"""

from __future__ import annotations

import re
import zlib

MAX_INFLATED = 256 << 20
"""Bytes of all streams together beyond which no more are looked at; a damaged stream behind that goes unnoticed."""

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2_000  # bytes before a stream in which its dictionary is looked for
_FLATE = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
_CHUNK = 1 << 16


def damaged(data: bytes) -> int:
    """How many streams are not what their checksum says, or end too early."""
    if b"/Encrypt" in data:
        return 0
    left = MAX_INFLATED
    faults = 0
    for found in _STREAM.finditer(data):
        start = found.start()
        if data[max(0, start - 3) : start] == b"end":
            continue
        before = data[max(0, start - _DICTIONARY) : start]
        dictionary = before[before.rfind(b" obj") :]
        if not _FLATE.search(dictionary) or b"/Image" in dictionary:
            continue
        sound, size = _inflates(data, found.end(), left)
        faults += not sound
        left -= size
        if left <= 0:
            break
    return faults


def _inflates(data: bytes, start: int, most: int) -> tuple[bool, int]:
    """Whether the stream at ``start`` comes to its end, and how many bytes it became."""
    inflater = zlib.decompressobj()
    size = 0
    view = memoryview(data)
    while not inflater.eof:
        piece = inflater.unconsumed_tail or view[start : start + _CHUNK]
        if not inflater.unconsumed_tail:
            start += len(piece)
        if not piece:
            return False, size
        try:
            size += len(inflater.decompress(piece, _CHUNK * 16))
        except zlib.error:
            return False, size
        if size > most:
            return True, size
    return True, size
