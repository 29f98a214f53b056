"""Undoing the chunked transfer coding as the bytes come in (RFC 9112 section 7.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

MAX_LINE = 16 * 1024
"""Bytes of a chunk's size line or a trailer line at most, before the framing counts as broken."""

_SIZE_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,20})[ \t]*(?:;.*)?", re.DOTALL)


class ChunkDecoder:
    """Feed it wire bytes; read ``body()``. Linear in the bytes fed, whatever their pieces.

    ``done`` is set after the last chunk and its trailers, ``broken`` at the first byte that is no chunked framing;
    either way ``consumed`` says how many bytes of the wire were understood. Lines that end in a bare LF are taken.
    """

    __slots__ = ("_body", "_carry", "_left", "_state", "broken", "consumed", "done")

    def __init__(self) -> None:
        self._body = bytearray()  # a list of pieces would cost 50 bytes for each chunk of one byte
        self._carry = b""
        self._left = 0
        self._state: Callable[[ChunkDecoder, bytes, int], int | None] = ChunkDecoder._size
        self.consumed = 0
        self.done = False
        self.broken = False

    def body(self) -> bytes:
        """What could be decoded so far."""
        return bytes(self._body)

    def take(self) -> bytes:
        """What was decoded since the last call; `body` then has only what comes after. For a body too large to be kept."""
        taken = bytes(self._body)
        self._body.clear()
        return taken

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the wire; ignored once ``done`` or ``broken``."""
        if self._carry:
            data = self._carry + data
            self._carry = b""
        position = 0
        end = len(data)
        while position < end and not (self.done or self.broken):
            reached = self._state(self, data, position)
            if reached is None:
                self._carry = data[position:]
                break
            position = reached
        self.consumed += position

    # The states are held unbound: a bound method would be a cycle that keeps the body until the collector comes.
    # Each takes what it understands from a position on and gives the new position, or None: more bytes are needed.

    def _size(self, data: bytes, position: int) -> int | None:
        line_end = self._line_end(data, position)
        if line_end is None:
            return None
        found = _SIZE_LINE.fullmatch(data[position:line_end].rstrip(b"\r\n"))
        if found is None:
            self.broken = True
            return position
        self._left = int(found[1], 16)
        self._state = ChunkDecoder._data if self._left else ChunkDecoder._trailer
        return line_end

    def _data(self, data: bytes, position: int) -> int | None:
        piece = data[position : position + self._left]
        self._body += piece
        self._left -= len(piece)
        if not self._left:
            self._state = ChunkDecoder._after
        return position + len(piece)

    def _after(self, data: bytes, position: int) -> int | None:
        if data.startswith(b"\n", position):
            self._state = ChunkDecoder._size
            return position + 1
        if data.startswith(b"\r\n", position):
            self._state = ChunkDecoder._size
            return position + 2
        if data[position:] == b"\r":
            return None
        self.broken = True
        return position

    def _trailer(self, data: bytes, position: int) -> int | None:
        line_end = self._line_end(data, position)
        if line_end is not None and data[position:line_end] in (b"\r\n", b"\n"):
            self.done = True
        return line_end

    def _line_end(self, data: bytes, position: int) -> int | None:
        newline = data.find(b"\n", position)
        # asked of whole lines too: whether a line is too long must not depend on how the bytes were cut on their way
        self.broken = (newline if newline >= 0 else len(data)) - position > MAX_LINE
        return newline + 1 if newline >= 0 and not self.broken else None
