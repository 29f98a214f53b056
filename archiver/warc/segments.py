"""Segments: the WARC files of an archive, each written by one process at a time."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from archiver import durable
from archiver.errors import DamagedArchive
from archiver.warc.members import read_span
from archiver.warc.records import Member

SEGMENT_LIMIT = 1 << 30
SUFFIX = ".warc.gz"


@dataclass(frozen=True, slots=True)
class Placed:
    """A member and where it lies: ``file`` relative to the archive, ``offset`` in bytes."""

    member: Member
    file: str
    offset: int


class Locks:
    """The lock files and crash marks of an archive, under ``locks/``.

    A mark stands while a writer is at work and is taken away when it ends in order; a mark without a lock says that a writer died.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / "locks"

    def lock(self, name: str) -> FileLock:
        return FileLock(self.folder / f"{name}.lock", thread_local=False)

    def mark(self, name: str) -> Path:
        return self.folder / f"{name}.writing"

    def marked(self) -> list[str]:
        """Names whose mark stands."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name.removesuffix(".writing") for path in self.folder.glob("*.writing"))


def segment_files(root: Path) -> list[Path]:
    """Every WARC file of an archive, by name: that is by age."""
    return sorted((root / "warc").rglob("*" + SUFFIX), key=lambda path: path.name)


def file_name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


class Segment:
    """One WARC file held for writing. Made by `acquire`; `release` gives it back."""

    def __init__(self, root: Path, path: Path, lock: FileLock, mark: Path, size: int) -> None:
        self._root = root
        self.path = path
        self._lock = lock
        self._mark = mark
        self.size = size

    @property
    def name(self) -> str:
        return file_name(self._root, self.path)

    def append(self, members: Sequence[Member]) -> list[Placed]:
        """Writes the members behind one another; durable and read back on return.

        Raises OSError where the disk fails (the file is cut back as far as it lets itself be) and DamagedArchive where it does not
        give back what was written.
        """
        placed, at = [], self.size
        for member in members:
            placed.append(Placed(member, self.name, at))
            at += member.size
        new = self.size == 0
        try:
            with self.path.open("r+b" if self.path.exists() else "xb") as file:
                file.seek(self.size)
                for member in members:
                    file.write(member.data)
                file.flush()
                os.fsync(file.fileno())
            if new:
                durable.sync_folder(self.path.parent)
            for place in placed:
                if read_span(self.path, place.offset, place.member.size) != place.member.data:
                    raise DamagedArchive(
                        f"{self.name} does not read back as it was written; nothing was recorded. Check the disk."
                    )
        except (OSError, DamagedArchive):
            self._cut_back()
            raise
        self.size = at
        return placed

    def _cut_back(self) -> None:
        try:
            with self.path.open("r+b") as file:
                file.truncate(self.size)
        except OSError:
            return  # the crash mark stays, so the next open sets the tail aside

    def release(self, *, clean: bool) -> None:
        """Gives the segment back; an unclean end leaves the crash mark for the next open."""
        if clean:
            self._mark.unlink(missing_ok=True)
        self._lock.release()


def acquire(root: Path, locks: Locks, now: datetime, known_ends: dict[str, int]) -> Segment:
    """A segment to write to: the newest free one under 1 GiB whose end is where the catalogue says, else a new one.

    ``known_ends`` gives the end of the last recorded member of each file.
    """
    for path in reversed(segment_files(root)[-64:]):
        size = path.stat().st_size
        name = file_name(root, path)
        if size >= SEGMENT_LIMIT or known_ends.get(name) != size or locks.mark(path.name).exists():
            continue
        segment = _hold(root, locks, path)
        if segment is not None:
            if path.stat().st_size == size and known_ends.get(name) == size:
                return segment
            segment.release(clean=True)  # another process wrote to it in between
    stamp = now.strftime("%Y%m%d%H%M%S%f")[:17]
    path = root / "warc" / now.strftime("%Y/%m") / f"{stamp}-{secrets.token_hex(4)}{SUFFIX}"
    durable.make_folder(path.parent)
    segment = _hold(root, locks, path)
    if segment is None:
        raise DamagedArchive(f"The lock of the new file {path.name} is taken; that cannot be.")
    return segment


def _hold(root: Path, locks: Locks, path: Path) -> Segment | None:
    locks.folder.mkdir(exist_ok=True)
    lock = locks.lock(path.name)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    mark = locks.mark(path.name)
    mark.touch()
    return Segment(root, path, lock, mark, path.stat().st_size if path.exists() else 0)


def abandoned(root: Path, locks: Locks) -> Iterator[Segment]:
    """Segments whose writer died: marked, and their lock is free. Each is held while it is handled; release it clean."""
    by_name = {path.name: path for path in segment_files(root)}
    for name in locks.marked():
        path = by_name.get(name)
        if path is None:
            if name.endswith(SUFFIX):
                lock = locks.lock(name)
                try:
                    lock.acquire(timeout=0)
                except Timeout:
                    continue  # a writer that has not made its file yet
                locks.mark(name).unlink(missing_ok=True)
                lock.release()
            continue
        segment = _hold(root, locks, path)
        if segment is not None:
            yield segment
