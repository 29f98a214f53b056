"""Writing a WARC file anew without some of its members: the only way in which a byte ever leaves one."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from archiver import durable
from archiver.errors import DamagedArchive

_CHUNK = 1 << 20
_SUFFIX = ".warc.gz.new"

Span = tuple[int, int]
"""Where some bytes of a file begin and end."""


def cut_out(path: Path, cuts: Sequence[Span]) -> int:
    """Leaves the spans (in order, not overlapping) out of a file; returns its new size. A file of which nothing is left is removed.

    What stays is written to a new file beside it, made durable, read back, and put in the old one's place in one step. The caller
    holds the lock of the segment and that of the log. Raises OSError where the disk fails and DamagedArchive where it does not give
    back what was written; the file is then what it was.
    """
    size = path.stat().st_size
    kept = list(_kept(size, cuts))
    if not kept:
        path.unlink()
        durable.sync_folder(path.parent)
        return 0
    temporary = path.with_name(f".{path.name}.new")
    try:
        with path.open("rb") as source, temporary.open("wb") as target:
            written = hashlib.sha256()
            for start, end in kept:
                for piece in _pieces(source, start, end):
                    written.update(piece)
                    target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        length = sum(end - start for start, end in kept)
        with temporary.open("rb") as copy:
            read = hashlib.sha256()
            for piece in _pieces(copy, 0, length):
                read.update(piece)
        if read.digest() != written.digest() or temporary.stat().st_size != length:
            raise DamagedArchive(
                f"{path.name} does not read back as it was written; it is left as it was. Check the disk."
            )
        shutil.copymode(path, temporary)
        temporary.replace(path)
    except (OSError, DamagedArchive):
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    durable.sync_folder(path.parent)
    return length


def drop_unfinished(root: Path) -> None:
    """Removes what a `cut_out` that broke off left; the caller holds the log's lock."""
    for path in unfinished(root):
        path.unlink()
        durable.sync_folder(path.parent)


def unfinished(root: Path) -> list[Path]:
    """Files of rewriting that never took their place."""
    return sorted(path for path in (root / "warc").rglob(f".*{_SUFFIX}") if path.is_file())


def is_unfinished(name: str) -> bool:
    """Whether a file's name is one that only a rewriting has."""
    return name.startswith(".") and name.endswith(_SUFFIX)


def _kept(size: int, cuts: Sequence[Span]) -> Iterator[Span]:
    at = 0
    for start, end in (*cuts, (size, size)):
        if not at <= start <= end <= size:
            raise ValueError("the cuts are not in order, or lie outside the file")
        if start > at:
            yield at, start
        at = end


def _pieces(source: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    source.seek(start)
    while start < end:
        piece = source.read(min(_CHUNK, end - start))
        if not piece:
            raise DamagedArchive("A WARC file became shorter while it was read.")
        yield piece
        start += len(piece)
