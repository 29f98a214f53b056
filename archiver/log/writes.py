"""Files written one after another and made durable together.

A journalling file system commits for all who wait at once: eight files synced side by side cost little more than one, one after another
they cost eight times as much.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from archiver import durable

_AT_ONCE = 8
_OPEN = 64  # files kept open until they are synced


@cache
def _pool() -> ThreadPoolExecutor:
    """Threads that wait for the disk; made at the first write, kept until the process ends."""
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="archiver-sync")


if hasattr(os, "register_at_fork"):
    # a fork has none of the threads: what it handed to this pool would wait for ever
    os.register_at_fork(after_in_child=_pool.cache_clear)


class Writes:
    """Use it as a context manager; nothing is durable before `settle` has returned. Methods raise OSError where the disk fails."""

    def __init__(self) -> None:
        self._files: list[IO[bytes]] = []
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def put(self, path: Path, data: bytes, at: int = 0) -> None:
        """Writes ``data`` at byte ``at`` of a file (0 for a new one), and cuts off what lay behind that."""
        self._make_folder(path.parent)
        file = path.open("r+b" if at else "wb")
        # it stays open: an error of writing that comes late is told to whoever has had the file open since
        self._files.append(file)
        if at:
            file.truncate(at)
            file.seek(at)
        file.write(data)
        file.flush()
        if len(self._files) >= _OPEN:
            self._sync_files()

    def settle(self) -> None:
        """Makes all files and their names durable."""
        _all_at_once([*map(_sync_file, self._files), *map(_sync_folder, self._folders)])
        self._close()
        self._folders.clear()

    def _make_folder(self, folder: Path) -> None:
        durable.make_folder(folder)
        self._folders.add(folder)

    def _sync_files(self) -> None:
        _all_at_once([*map(_sync_file, self._files)])
        self._close()

    def _close(self) -> None:
        files, self._files = self._files, []
        for file in files:
            file.close()


def _sync_file(file: IO[bytes]) -> Any:
    return lambda: os.fsync(file.fileno())


def _sync_folder(folder: Path) -> Any:
    return lambda: durable.sync_folder(folder)


def _all_at_once(syncs: list[Any]) -> None:
    """Runs all, and raises what the first of them raised once all have ended."""
    futures = [_pool().submit(sync) for sync in syncs]
    wait(futures)
    for future in futures:
        future.result()
