"""The bytes of somebody's WARC file, compressed or not, with the place of each; nothing is believed of them.

Whatever ends the stream early is a fault with its offset; what came before it stands.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Callable
from typing import BinaryIO

from archiver.intake.report import Place, Problem
from archiver.intake.zipguard import BROKEN

_CHUNK = 1 << 16
_PIECE = 1 << 18
_GZIP = b"\x1f\x8b"

MAX_RATIO = 200
"""The most that a file may grow by when it is inflated, once that is more than `RATIO_FLOOR` bytes."""

RATIO_FLOOR = 64 << 20


class Source:
    """A stream of inflated bytes; gzip members are told by the first two bytes. ``fault`` is set once, where it broke off.

    ``members`` counts gzip members begun; ``consumed`` the bytes of the file that were read. ``on_member`` is told the offset of each gzip
    member that was read to its end, and the SHA-256 (hex) of its bytes.
    """

    def __init__(self, file: BinaryIO, on_member: Callable[[int, str], None] | None = None) -> None:
        self._file = file
        self._on_member = on_member
        self._state = hashlib.sha256()
        self._carry = b""
        self._inflater: zlib._Decompress | None = None
        self._ended = False
        self._buffer = bytearray()
        self._start = 0  # of the buffer, in all inflated bytes
        self._marks: deque[tuple[int, int]] = deque()  # (inflated bytes, byte of the file) at which a member begins
        self._inflated = 0
        self.consumed = 0
        self.members = 0
        self.fault: Problem | None = None
        head = self._read()
        self.compressed = head.startswith(_GZIP)
        self._carry = head
        if not self.compressed:
            self._marks.append((0, 0))

    @property
    def position(self) -> int:
        """How many inflated bytes were taken."""
        return self._start

    def here(self) -> Place:
        """The place of the next byte."""
        begin, offset = 0, 0
        for mark in self._marks:
            if mark[0] > self._start:
                break
            begin, offset = mark
        if not self.compressed:
            return Place(self._start)
        return Place(offset, self._start - begin)

    def peek(self, count: int) -> bytes:
        """Up to ``count`` of the next bytes, fewer only at the end; they stay."""
        while len(self._buffer) < count and self._fill():
            pass
        return bytes(self._buffer[:count])

    def within(self, count: int) -> bool:
        """Whether the next ``count`` bytes are there, all in one gzip member."""
        while len(self._buffer) < count and not self._next_mark(count):
            if not self._fill():
                return False
        return not self._next_mark(count)

    def take(self, count: int) -> bytes:
        """The next bytes, as many as there are; they are gone."""
        data = self.peek(count)
        self._drop(len(data))
        return data

    def skip(self, count: int) -> bool:
        """Goes ``count`` bytes on, but to no other gzip member; False where it could not."""
        began = self._member_begin()
        while count > 0:
            if not self._buffer and not self._fill():
                return False
            if self._member_begin() != began:
                return False
            mark = self._next_mark(min(count, len(self._buffer)))
            if mark:
                self._drop(mark - self._start)
                return False
            step = min(count, len(self._buffer))
            self._drop(step)
            count -= step
        return True

    def find(self, *needles: bytes, limit: int) -> int | None:
        """How far it is to the end of the nearest of the needles, within ``limit`` bytes; None where there is none."""
        searched = 0
        longest = max(map(len, needles))
        while True:
            ends = [
                found + len(needle)
                for needle in needles
                if (found := self._buffer.find(needle, max(0, searched - longest), limit)) >= 0
            ]
            if ends:
                return min(ends)
            searched = len(self._buffer)
            if searched >= limit or not self._fill():
                return None

    def skip_blank(self) -> bool:
        """Goes over line ends; True where there were any."""
        began = self._start
        while self._buffer or self._fill():
            rest = len(self._buffer.lstrip(b"\r\n"))
            self._drop(len(self._buffer) - rest)
            if rest:
                break
        return self._start > began

    def to_next_member(self) -> bool:
        """Goes to where the next gzip member begins; False where there is none."""
        left = self._member_begin()
        while self._member_begin() == left:
            mark = self._next_mark(len(self._buffer) + 1)
            self._drop(mark - self._start if mark else len(self._buffer))
            if not mark and not self._fill():
                return False
        return True

    def _member_begin(self) -> int:
        """Where the gzip member of the next byte begins, in all inflated bytes."""
        return max((begin for begin, _ in self._marks if begin <= self._start), default=0)

    def end(self) -> None:
        """Reads no further."""
        self._ended = True
        self._drop(len(self._buffer))

    def _next_mark(self, count: int) -> int:
        """Where within the next bytes another gzip member begins, 0 where none does."""
        for begin, _ in self._marks:
            if begin > self._start:
                return begin if begin < self._start + count else 0
        return 0

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._start += count
        while len(self._marks) > 1 and self._marks[1][0] <= self._start:
            self._marks.popleft()

    def _read(self) -> bytes:
        try:
            data = self._file.read(_CHUNK)
        except BROKEN as error:  # a file inside a zip file is inflated as it is read
            self._break_off("unreadable", self.consumed, f"the file cannot be read further ({error})")
            return b""
        self.consumed += len(data)
        return data

    def _fill(self) -> bool:
        """Brings more bytes into the buffer; False at the end, or at a fault."""
        if self._ended or self.fault is not None:
            return False
        piece = self._inflate() if self.compressed else self._plain()
        self._buffer += piece
        self._ended = not piece
        return bool(piece)

    def _plain(self) -> bytes:
        piece, self._carry = self._carry or self._read(), b""
        return piece

    def _inflate(self) -> bytes:
        while True:
            if not self._carry:
                self._carry = self._read()
            if self._inflater is None:
                if not self._carry or not self._begin_member():
                    return b""
                continue
            if not self._carry:
                if self.fault is None:
                    detail = "it ends in the middle of a gzip member: it was cut"
                    self._break_off("cut", self._marks[-1][1], detail)
                return b""
            try:
                piece = self._inflater.decompress(self._carry, _PIECE)
            except zlib.error as error:
                self._break_off("gzip", self._marks[-1][1], f"a gzip member is damaged ({error})")
                return b""
            ended = self._inflater.eof
            rest = self._inflater.unused_data if ended else self._inflater.unconsumed_tail
            self._digest(len(self._carry) - len(rest), ended=ended)
            self._carry = rest
            if ended:
                self._inflater = None
            self._inflated += len(piece)
            if self._inflated > RATIO_FLOOR and self._inflated > MAX_RATIO * self.consumed:
                self._break_off("ratio", self._marks[-1][1], f"it grows to more than {MAX_RATIO} times its size")
                return b""
            if piece:
                return piece

    def _digest(self, count: int, *, ended: bool) -> None:
        """Takes the next bytes of a gzip member, as they stand in the file, to its digest."""
        if self._on_member is not None:
            self._state.update(memoryview(self._carry)[:count])
            if ended:
                self._on_member(self._marks[-1][1], self._state.hexdigest())

    def _begin_member(self) -> bool:
        offset = self.consumed - len(self._carry)
        if len(self._carry) < len(_GZIP):
            self._carry += self._read()
        if not self._carry.startswith(_GZIP):
            self._break_off("no-gzip", offset, "bytes that are no gzip member stand behind the last one")
            return False
        end = self._start + len(self._buffer)
        if self._marks and self._marks[-1][0] == end:
            self._marks.pop()  # the one before was empty
        self._marks.append((end, offset))
        self._state = hashlib.sha256()
        self.members += 1
        self._inflater = zlib.decompressobj(31)
        return True

    def _break_off(self, code: str, offset: int, detail: str) -> None:
        self.fault = Problem(code, Place(offset), detail)
