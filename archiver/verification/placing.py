"""Finding every member that the log knows in the WARC files, and every byte that it does not know.

Nothing but the log is asked what to look for: a member is most likely that of the next leaf, else the record id at its head says
which leaf it may be. Either way a place counts only once the bytes there have the digest that the leaf commits to, so files may be
moved and renamed at will.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from isal import isal_zlib
from isal.igzip_lib import IsalError

from archiver.log.merkle import TILE_WIDTH
from archiver.verification.committed import Committed

_WINDOW = 4 << 20
_HEAD = 4096
_RECORD_ID = b"\r\nWARC-Record-ID: "
_MAGIC = b"\x1f\x8b\x08"
_CHUNK_MEMBERS = 256


@dataclass(frozen=True, slots=True)
class WarcFile:
    """A file under ``warc/`` as it was when verification began; ``name`` is relative to the archive."""

    path: Path
    name: str
    size: int


@dataclass(slots=True)
class Chunk:
    """Members of one file whose bytes are those that the log commits to: (leaf, offset)."""

    path: Path
    members: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        """Whether it is as large as a task should be."""
        return self.size >= _WINDOW or len(self.members) >= _CHUNK_MEMBERS

    def take(self, index: int, offset: int, length: int) -> None:
        """The next member."""
        self.members.append((index, offset))
        self.size += length


@dataclass(frozen=True, slots=True)
class Run:
    """Members that should lie one behind the other in a file: so many from leaf ``first`` on, from ``offset`` on, ``size`` bytes."""

    path: Path
    first: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes ``start`` to ``end`` of a file that are no member of the log; ``leaf`` is the one whose member should be there."""

    file: WarcFile
    start: int
    end: int
    leaf: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a whole file, or with the order of what it holds."""

    file: WarcFile
    detail: str
    offset: int | None = None
    leaf: int | None = None


def place_in_order(committed: Committed, files: Sequence[WarcFile]) -> list[Run] | None:
    """Places the members where they lie in an archive that one writer filled and nobody touched: leaf after leaf, file after file, with
    no byte to spare. None, and no places, where the lengths do not come out so.

    Nothing is read: whoever uses these places proves them.
    """
    lengths, index, runs = committed.lengths, 0, list[Run]()
    for number, file in enumerate(files):
        committed.paths.append(file.path)
        first, at, offsets = index, 0, array("Q")
        while at < file.size and index < len(lengths) and lengths[index]:
            offsets.append(at)
            at, index = at + lengths[index], index + 1
        if at != file.size:
            break
        committed.place_run(first, number, offsets)
        runs += _runs(file.path, first, offsets, file.size)
    else:
        if index == len(committed):
            return runs
    committed.forget_places()
    return None


def _runs(path: Path, first: int, offsets: Sequence[int], size: int) -> Iterator[Run]:
    """The members of a file cut at the bundles of the log, and where there is much of them."""
    start = 0
    for at in range(1, len(offsets) + 1):
        end = size if at == len(offsets) else offsets[at]
        if at == len(offsets) or (first + at) % TILE_WIDTH == 0 or end - offsets[start] >= _WINDOW:
            yield Run(path, first + start, at - start, offsets[start], end - offsets[start])
            start = at


class Walk:
    """One pass over all WARC files. ``chunks`` places members as it goes; the rest is complete once that has ended."""

    def __init__(self, committed: Committed) -> None:
        self._committed = committed
        self._next = 0
        self._spans: list[Span] = []
        self.faults: list[Fault] = []

    @property
    def unknown(self) -> list[Span]:
        """Bytes that no leaf knows, neighbouring ones together: what was taken for the member of a leaf may have turned out not to be."""
        found: list[Span] = []
        for span in self._spans:
            if span.leaf is not None and not self._committed.placed(span.leaf):
                continue
            if found and found[-1].file == span.file and found[-1].end == span.start:
                found[-1] = Span(span.file, found[-1].start, span.end)
            else:
                found.append(span)
        return found

    @property
    def damaged(self) -> list[Span]:
        """Bytes that should be the member of a leaf, and are not; its member is nowhere else either."""
        damaged: dict[int, Span] = {}
        for span in self._spans:
            if span.leaf is not None and not self._committed.placed(span.leaf):
                damaged.setdefault(span.leaf, span)
        return list(damaged.values())

    def chunks(self, files: Sequence[WarcFile]) -> Iterator[Chunk]:
        """The members that are found, in the order of the files and of their bytes."""
        for file in files:
            number = len(self._committed.paths)
            self._committed.paths.append(file.path)
            try:
                with file.path.open("rb", buffering=0) as opened:
                    yield from self._file(file, number, Window(opened, file.size))
            except FileNotFoundError:
                continue  # what could not be written was taken away beside us; records that lay there are missed one by one
            except OSError as error:
                self.faults.append(Fault(file, f"cannot be read: {error.strerror or error}"))

    def _file(self, file: WarcFile, number: int, window: Window) -> Iterator[Chunk]:
        chunk, at, highest = Chunk(file.path), 0, -1
        while at < file.size:
            index = self._recognise(window, at)
            if index is None:
                spans = self._unrecognised(file, window, at)
                self._spans += spans
                at = spans[-1].end
                if chunk.members:  # a chunk has no gaps
                    yield chunk
                    chunk = Chunk(file.path)
                if spans[-1].leaf is not None:
                    self._next = spans[-1].leaf + 1
                continue
            length = self._committed.length(index)
            self._committed.place(index, number, at)
            if index < highest:
                self.faults.append(
                    Fault(file, f"leaf {index} lies behind leaf {highest}: it was rearranged", at, index)
                )
            highest = max(highest, index)
            self._next = index + 1
            chunk.take(index, at, length)
            at += length
            if chunk.full:
                yield chunk
                chunk = Chunk(file.path)
        if chunk.members:
            yield chunk

    def _recognise(self, window: Window, at: int) -> int | None:
        """The leaf whose member begins here, None where none does that was not found before."""
        if self._matches(window, at, self._next):
            return self._next
        for index in self._named(window, at):
            if self._matches(window, at, index):
                return index
        return None

    def _matches(self, window: Window, at: int, index: int) -> bool:
        committed = self._committed
        if not committed.known(index) or committed.placed(index):
            return False
        return window.digest(at, committed.length(index)) == committed.digest(index)

    def _named(self, window: Window, at: int) -> list[int]:
        """The leaves of the record id at the head of what begins here, as far as it can be inflated."""
        raw = window.view(at, _HEAD)
        if bytes(raw[:3]) != _MAGIC:
            return []
        try:
            head = isal_zlib.decompressobj(wbits=31).decompress(raw, _HEAD)
        except IsalError:  # type: ignore[misc]  # a class in fact, an object to its stub
            return []
        start = head.find(_RECORD_ID) + len(_RECORD_ID)
        end = head.find(b"\r\n", start)
        if start < len(_RECORD_ID) or end < 0:
            return []
        return self._committed.leaves_of(head[start:end].decode("utf-8", "replace"))

    def _unrecognised(self, file: WarcFile, window: Window, at: int) -> list[Span]:
        """How far it goes on like this, and which leaves' members it should be where that can be told."""
        candidates = [*self._named(window, at), self._next]
        end = window.find(_MAGIC, at + 1)
        while end < file.size and self._recognise(window, end) is None:
            end = window.find(_MAGIC, end + 1)
        for index in candidates:
            spans = self._damaged_run(file, at, end, index)
            if spans:
                return spans
        named = next((index for index in candidates[:-1] if not self._committed.placed(index)), None)
        return [Span(file, at, end, named)]

    def _damaged_run(self, file: WarcFile, at: int, end: int, index: int) -> list[Span]:
        """The places of a leaf's member and of those that follow it, none where they do not fill just these bytes."""
        committed, spans = self._committed, list[Span]()
        while at < end and committed.known(index) and not committed.placed(index):
            spans.append(Span(file, at, at + committed.length(index), index))
            at, index = spans[-1].end, index + 1
        return spans if at == end else []


class Window:
    """A file read from front to back in large pieces, and looked into at any place near there."""

    def __init__(self, file: FileIO, size: int) -> None:
        self._file = file
        self._size = size
        self._start = 0
        self._data = b""

    def view(self, at: int, length: int) -> memoryview:
        """The bytes from ``at`` on, as many as there are."""
        length = min(length, self._size - at)
        if at < self._start or at + length > self._start + len(self._data):
            self._file.seek(at)
            self._data = _read(self._file, min(max(length, _WINDOW), self._size - at))
            self._start = at
        return memoryview(self._data)[at - self._start : at - self._start + length]

    def digest(self, at: int, length: int) -> bytes:
        """The SHA-256 of the bytes from ``at`` on; nothing where the file does not have as many."""
        if length > self._size - at:
            return b""
        if length <= _WINDOW:
            return hashlib.sha256(self.view(at, length)).digest()
        state = hashlib.sha256()
        for start in range(at, at + length, _WINDOW):
            state.update(self.view(start, min(_WINDOW, at + length - start)))
        return state.digest()

    def find(self, wanted: bytes, at: int) -> int:
        """Where the wanted bytes come next; the file's size where they do not."""
        while at < self._size and self.view(at, len(wanted)):
            found = self._data.find(wanted, at - self._start)
            if found >= 0:
                return self._start + found
            at = max(at + 1, self._start + len(self._data) - len(wanted) + 1)
        return self._size


def _read(file: FileIO, length: int) -> bytes:
    """``length`` bytes, fewer only at the end of the file."""
    pieces = []
    while length > 0 and (piece := file.read(length)):
        pieces.append(piece)
        length -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
