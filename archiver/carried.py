"""The parts of files that a task reads, for whoever does it elsewhere: where they lie, or the bytes themselves.

Where a worker sees the very file that is meant (a folder that machines share), it reads it; a copy under the same path is not that file,
and saying of it that it is sound would say nothing of ours. Whoever does not see it gets the bytes as they were read here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.plainfile import open_plain, read_plain

Part = tuple[str, int, int]
"""The path of a file, an offset and a length in it; the length -1 for all that follows, `IN_PLACE` for a file that is not brought."""

IN_PLACE = -2
"""Of a file that is opened where it lies, as a database is: whoever sees it reads nothing, and knows that it is the one that is meant."""

_Identity = tuple[int, int, int, int]


class NotHere(Exception):
    """A file is not to be seen from here, or is another one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Files with what the file system says of each; raises NotHere for any other. Not the device, whose number each machine gives itself."""

    files: Mapping[str, _Identity]

    def read(self, path: str, offset: int, length: int) -> bytes:
        """A part of a file that is the one that is meant."""
        try:
            # not opened: closing it would take away locks that others of this process have on it
            if length == IN_PLACE:
                if _identity(Path(path).lstat()) != self.files.get(path):
                    raise NotHere(path)
                return b""
            with open_plain(Path(path), buffering=0) as file:
                if _identity(os.fstat(file.fileno())) != self.files.get(path):
                    raise NotHere(path)
                file.seek(offset)
                return file.read(length)
        except OSError as error:
            raise NotHere(path) from error


@dataclass(frozen=True, slots=True)
class Brought:
    """Parts of files with their bytes, as whoever sent them read them."""

    parts: Mapping[Part, bytes]

    def read(self, path: str, offset: int, length: int) -> bytes:
        """A part that was brought; raises NotHere for any other."""
        try:
            return self.parts[path, offset, length]
        except KeyError:
            raise NotHere(path) from None


Carried = Seen | Brought


def seen(parts: Sequence[Part]) -> Seen:
    """The files of these parts as they are now. Raises OSError."""
    return Seen({path: _identity(Path(path).stat()) for path in {part[0] for part in parts}})


def brought(parts: Sequence[Part]) -> Brought:
    """These parts with their bytes. Raises OSError, for a file that cannot be brought too."""
    if any(length == IN_PLACE for _, _, length in parts):
        raise OSError("read in place only")
    return Brought({part: _read(*part) for part in parts})


def _identity(found: os.stat_result) -> _Identity:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _read(path: str, offset: int, length: int) -> bytes:
    if length < 0 and not offset:
        return read_plain(Path(path))
    with open_plain(Path(path), buffering=0) as file:
        file.seek(offset)
        return file.read(length)
