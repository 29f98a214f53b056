"""Where members lie that were written in the order of the log, as all are that no one has moved: read once, inflated only where they are indexed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from archiver.log import Details
from archiver.warc import file_name, segment_files

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 1 << 20


@dataclass(slots=True)
class _File:
    """A WARC file and how far its members are placed."""

    path: Path
    name: str
    at: int
    size: int


class InOrder:
    """Finds each member behind one that was found before, in the same file or another: several writers take turns in the log. One file
    is open at a time, and nothing is kept of what was found.

    Who only reads does not hold the log: a file may go meanwhile (what was never acknowledged is set aside, what is erased written anew), and
    then holds nothing.
    """

    def __init__(self, root: Path, end_of: Callable[[str], int]) -> None:
        self._files: list[_File] = []
        for path in segment_files(root):
            with suppress(FileNotFoundError):
                name, size = file_name(root, path), path.stat().st_size
                self._files.append(_File(path, name, min(end_of(name), size), size))
        self._current = 0
        self._open: tuple[int, FileIO] | None = None
        self._stack = ExitStack()

    def close(self) -> None:
        """Lets go of the file that is open."""
        self._stack.close()

    def ends(self) -> dict[str, int]:
        """By file, how far its members are placed."""
        return {file.name: file.at for file in self._files}

    def take(self, details: Details) -> tuple[str, int] | None:
        """File and offset of the member that a leaf commits to; None where it does not come next in any file."""
        count = len(self._files)
        for number in range(self._current, self._current + count):
            file = self._files[number % count]
            if self._is_next(number % count, file, details):
                self._current = number % count
                file.at += details.size
                return file.name, file.at - details.size
        return None

    def _is_next(self, number: int, file: _File, details: Details) -> bool:
        end = file.at + details.size
        if not details.size or end > file.size:
            return False
        try:
            stream = self._stream(number)
        except FileNotFoundError:
            return False
        if end < file.size and not self._begins(stream, end):  # far cheaper than a digest, and mostly enough
            return False
        stream.seek(file.at)
        state, left = hashlib.sha256(), details.size
        while left and (piece := stream.read(min(left, _PIECE))):
            state.update(piece)
            left -= len(piece)
        return state.hexdigest() == details.sha256

    def _begins(self, stream: FileIO, at: int) -> bool:
        stream.seek(at)
        return stream.read(len(_MAGIC)) == _MAGIC

    def _stream(self, number: int) -> FileIO:
        if self._open is None or self._open[0] != number:
            self._stack.close()
            self._open = None  # where the next one cannot be opened
            self._open = number, self._stack.enter_context(self._files[number].path.open("rb", buffering=0))
        return self._open[1]
