"""Segments: the WARC files of an archive, each written by one process at a time."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from filelock import BaseFileLock, Timeout

from archiver import durable
from archiver.errors import DamagedArchive
from archiver.warc.locks import Locks
from archiver.warc.members import read_span
from archiver.warc.records import Member

SEGMENT_LIMIT = 1 << 30
SUFFIX = ".warc.gz"


def segment_files(root: Path) -> list[Path]:
    """Every WARC file of an archive, by name: that is by age.

    What a link below ``warc/`` points to is not in the archive: it would be left behind wherever the folder goes.
    """
    found = []
    for folder, folders, files in os.walk(root / "warc"):
        folders[:] = [name for name in folders if not Path(folder, name).is_symlink()]
        found += [Path(folder, name) for name in files if name.endswith(SUFFIX)]
    return sorted((path for path in found if path.is_file() and not path.is_symlink()), key=lambda path: path.name)


def file_name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


class Segment:
    """One WARC file held for writing. Made by `acquire`; `release` gives it back."""

    def __init__(self, root: Path, path: Path, lock: BaseFileLock, mark: Path, size: int) -> None:
        self._root = root
        self.path = path
        self._lock = lock
        self._mark = mark
        self.size = size

    @property
    def name(self) -> str:
        return file_name(self._root, self.path)

    @property
    def full(self) -> bool:
        return self.size >= SEGMENT_LIMIT

    def append(self, members: Sequence[Member]) -> None:
        """Writes the members behind one another; durable and read back on return.

        Raises OSError where the disk fails (the file is cut back as far as it lets itself be) and DamagedArchive where it does not
        give back what was written, or where somebody else has written to the file.
        """
        data = b"".join(member.data for member in members)
        new = self.size == 0
        if (self.path.stat().st_size if self.path.exists() else 0) != self.size:
            raise DamagedArchive(f"{self.name} was changed by another program while it was held; nothing was recorded.")
        try:
            with self.path.open("ab" if self.path.exists() else "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if new:
                durable.sync_folder(self.path.parent)
            if read_span(self.path, self.size, len(data)) != data:
                raise DamagedArchive(
                    f"{self.name} does not read back as it was written; nothing was recorded. Check the disk."
                )
        except (OSError, DamagedArchive):
            self._cut_back()
            raise
        self.size += len(data)

    def _cut_back(self) -> None:
        # where this fails too, the crash mark stays, and the next open sets the tail aside
        with contextlib.suppress(OSError), self.path.open("r+b") as file:
            file.truncate(self.size)

    def release(self, *, clean: bool) -> None:
        """Gives the segment back; an unclean end leaves the crash mark for the next open."""
        try:
            if clean:
                # a mark that cannot be taken away makes the next open look at the file, and no more
                with contextlib.suppress(OSError):
                    self._mark.unlink(missing_ok=True)
        finally:
            self._lock.release()
        if clean and not self.path.exists():  # nothing was ever written to it, or an erasure took it away
            with contextlib.suppress(OSError):
                Path(self._lock.lock_file).unlink(missing_ok=True)


def acquire(root: Path, locks: Locks, now: datetime, end_of: Callable[[str], int]) -> Segment:
    """A segment to write to: the newest free one under 1 GiB whose end is where the catalogue says, else a new one.

    ``end_of`` gives the end of the last recorded member of a file, 0 where there is none. The caller holds the log's lock, so
    no other process writes meanwhile.
    """
    for path in reversed(segment_files(root)[-64:]):
        size = path.stat().st_size
        if 0 < size < SEGMENT_LIMIT and end_of(file_name(root, path)) == size:
            segment = hold(root, locks, path)
            if segment is not None:
                return segment
    stamp = now.strftime("%Y%m%d%H%M%S%f")[:17]
    path = root / "warc" / now.strftime("%Y/%m") / f"{stamp}-{secrets.token_hex(4)}{SUFFIX}"
    _refuse_links(root, path.parent)
    durable.make_folder(path.parent)
    segment = hold(root, locks, path)
    if segment is None:
        raise DamagedArchive(f"The lock of the new file {path.name} is taken; that cannot be.")
    return segment


def _refuse_links(root: Path, folder: Path) -> None:
    for name in (folder, folder.parent):
        if name.is_symlink():
            raise DamagedArchive(
                f"{file_name(root, name)} is a symbolic link, so what is written there would not be in the archive; "
                "put the folder itself in its place."
            )


def hold(root: Path, locks: Locks, path: Path) -> Segment | None:
    """The file with its lock and a fresh mark; None where somebody has it, or died with it and it is not healed yet."""
    lock = _free_lock(locks, path.name)
    if lock is None:
        return None
    mark = locks.mark(path.name)
    try:
        if mark.exists():  # only now is it sure that its writer is dead
            lock.release()
            return None
        mark.touch()
        durable.sync_folder(locks.folder)  # the mark must outlive a power cut that the tail outlives
        return Segment(root, path, lock, mark, path.stat().st_size if path.exists() else 0)
    except OSError:
        lock.release()
        raise


def _free_lock(locks: Locks, name: str) -> BaseFileLock | None:
    durable.make_folder(locks.folder)
    lock = locks.lock(name)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock


def abandoned(root: Path, locks: Locks) -> Iterator[Segment]:
    """Segments whose writer died: marked, and their lock is free. Each is held until it is released; release it clean once mended.

    Mark and lock of a file that was never made are taken away. The caller holds the log's lock.
    """
    by_name = {path.name: path for path in segment_files(root)}
    for name in locks.marked():
        if not name.endswith(SUFFIX):
            continue
        lock = _free_lock(locks, name)
        if lock is None:
            continue
        path = by_name.get(name)
        if path is None:
            locks.mark(name).unlink(missing_ok=True)
            lock.release()
            locks.forget(name)
        else:
            yield Segment(root, path, lock, locks.mark(name), path.stat().st_size)
