"""Values of one width in a row, of which millions are kept: in memory while they are few, then in a temporary file without a name.

The file is gone with the process, however that ends. Where none can be written, all stays in memory.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Iterator

from archiver.errors import ArchiverError

_HELD = 1 << 20  # bytes of a column that are kept in memory
_BLOCK = 128  # rows that are read together
_SLOTS = 64  # blocks that are kept
_SCAN = 1 << 15  # rows that are searched together


class Column:
    """Rows of ``width`` bytes, by number."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._last = bytearray()  # the rows from ``_filed`` on
        self._filed = 0
        self._file: int | None = None
        self._refused = False
        self._slots: list[tuple[int, bytes]] = [(-1, b"")] * _SLOTS

    def __len__(self) -> int:
        return self._filed + len(self._last) // self._width

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Column):
            return NotImplemented
        return self._width == other._width and self.rows(0, len(self)) == other.rows(0, len(other))

    __hash__ = None  # type: ignore[assignment]

    def extend(self, rows: bytes) -> None:
        """Further rows, joined."""
        self._last += rows
        if len(self._last) >= _HELD and not self._refused:
            self._put_away()

    def __getitem__(self, number: int) -> bytes:
        """A row; raises IndexError where there is none."""
        width = self._width
        at = (number - self._filed) * width
        if at >= 0:
            if at >= len(self._last):
                raise IndexError(number)
            return bytes(self._last[at : at + width])
        if number < 0:
            raise IndexError(number)
        block, row = divmod(number, _BLOCK)
        kept, data = self._slots[block % _SLOTS]
        if kept != block:
            data = self._read(block * _BLOCK, _BLOCK)
            self._slots[block % _SLOTS] = block, data
        return data[row * width : (row + 1) * width]

    def rows(self, start: int, end: int) -> bytes:
        """The rows from ``start`` on and before ``end``, joined, as many as there are."""
        width, filed, end = self._width, self._filed, min(end, len(self))
        if start >= end:
            return b""
        stored = self._read(start, min(end, filed) - start) if start < filed else b""
        return stored + bytes(self._last[max(0, start - filed) * width : max(0, end - filed) * width])

    def numbers_of(self, wanted: bytes, end: int, first: int = 0) -> Iterator[int]:
        """The numbers from ``first`` on and below ``end`` of the rows that are like this one, the last first."""
        end = min(end, len(self))
        while end > first:
            start = max(first, (end - 1) // _SCAN * _SCAN)
            data = self.rows(start, end)
            at = data.rfind(wanted)
            while at >= 0:
                if at % self._width == 0:
                    yield start + at // self._width
                at = data.rfind(wanted, 0, at + self._width - 1)
            end = start

    def _put_away(self) -> None:
        count = len(self._last) // self._width // _BLOCK * _BLOCK
        size = count * self._width
        try:
            if self._file is None:
                with tempfile.TemporaryFile(prefix="archiver-") as file:
                    self._file = os.dup(file.fileno())
                weakref.finalize(self, os.close, self._file)
            data, at = memoryview(self._last)[:size], self._filed * self._width
            try:
                while data:
                    written = os.pwrite(self._file, data, at)
                    data, at = data[written:], at + written
            finally:
                data.release()
        except OSError:  # no room there
            self._refused = True
            return
        del self._last[:size]
        self._filed += count

    def _read(self, start: int, count: int) -> bytes:
        if self._file is None:
            return b""
        pieces, at, left = [], start * self._width, count * self._width
        try:
            while left and (piece := os.pread(self._file, left, at)):
                pieces.append(piece)
                at, left = at + len(piece), left - len(piece)
        except OSError as error:
            raise ArchiverError(
                f"A temporary file of this command cannot be read: {error.strerror or error}. Name another folder in TMPDIR and try again."
            ) from error
        if left:
            raise ArchiverError(
                "A temporary file of this command was cut off. Name another folder in TMPDIR and try again."
            )
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class ByLeaf:
    """Rows of ``width`` bytes of some leaves, any number of each. Leaves that come in rising order cost few bytes of memory each."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._leaves = array("Q")
        self._starts = array("Q")
        self._rows = Column(width)
        self._late: dict[int, bytes] = {}

    def put(self, leaf: int, rows: bytes) -> None:
        """Those of a leaf, in the place of what was put for it before."""
        if self._leaves and leaf <= self._leaves[-1]:
            self._late[leaf] = rows
            return
        self._leaves.append(leaf)
        self._starts.append(len(self._rows))
        self._rows.extend(rows)

    def get(self, leaf: int) -> bytes | None:
        """Those of a leaf, joined; None where none were put."""
        if leaf in self._late:
            return self._late[leaf]
        at = bisect_left(self._leaves, leaf)
        if at == len(self._leaves) or self._leaves[at] != leaf:
            return None
        start, end = self._starts[at], self._starts[at + 1] if at + 1 < len(self._starts) else len(self._rows)
        return self._rows[start] if end - start == 1 else b"".join([self._rows[number] for number in range(start, end)])

    def all_rows(self) -> Iterator[bytes]:
        """Every row that was ever put, joined, piece by piece."""
        for start in range(0, len(self._rows), _SCAN):
            yield self._rows.rows(start, start + _SCAN)
        yield from self._late.values()
