"""Who writes, and who died writing: the lock files and crash marks of an archive, under ``locks/``."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from archiver import durable
from archiver.errors import ArchiveError

LOG = "log"
_LOG_SECONDS = 120.0
_POLL_SECONDS = 0.005
_READING = "reading-"


class Locks:
    """A mark stands while a writer is at work and is taken away when it ends in order; a mark without a lock says that one died.

    Every byte under ``warc/`` and ``log/`` is written by a process that holds the lock of the log; a segment's own lock only says
    whose file it is from one commit to the next.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / "locks"

    def lock(self, name: str) -> BaseFileLock:
        return FileLock(self.folder / f"{name}.lock", thread_local=False)

    def mark(self, name: str) -> Path:
        return self.folder / f"{name}.writing"

    def marked(self) -> list[str]:
        """Names whose mark stands."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name.removesuffix(".writing") for path in self.folder.glob("*.writing"))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Says that somebody reads what nobody must take out meanwhile. Enter it while holding the log; many may read at once."""
        name = f"{_READING}{os.getpid()}-{secrets.token_hex(4)}"
        self.is_read()  # every reader that was killed would leave a file, and only an erasure looked at them
        lock = self.lock(name)
        lock.acquire(timeout=0)
        try:
            yield
        finally:
            lock.release()
            (self.folder / f"{name}.lock").unlink(missing_ok=True)

    def is_read(self) -> bool:
        """Whether somebody reads just now; what dead readers left is taken away. The caller holds the log."""
        read = False
        for path in sorted(self.folder.glob(f"{_READING}*.lock")):
            lock = self.lock(path.name.removesuffix(".lock"))
            try:
                lock.acquire(timeout=0)
            except Timeout:
                read = True
            else:
                lock.release()
                path.unlink(missing_ok=True)
        return read

    def forget(self, name: str) -> None:
        """Takes away the lock file of what is not there; where that cannot be, it stays, and does no harm."""
        with suppress(OSError):
            (self.folder / f"{name}.lock").unlink(missing_ok=True)

    @contextmanager
    def holding_log(self, seconds: float = _LOG_SECONDS) -> Iterator[None]:
        """Holds the log against every other process (and every other archive object); raises ArchiveError where it takes too long."""
        durable.make_folder(self.folder)
        lock = self.lock(LOG)
        try:
            lock.acquire(timeout=seconds, poll_interval=_POLL_SECONDS)
        except Timeout as error:
            raise ArchiveError(
                f"Another process has held the log of {self.folder.parent} for {seconds:.0f} s; try again."
            ) from error
        try:
            yield
        finally:
            lock.release()
