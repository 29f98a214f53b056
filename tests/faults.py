"""A disk that fails, and a process that dies, at the n-th step it takes. SQLite does its own writing and is not touched."""

from __future__ import annotations

import errno
import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

WRITING = set("wax+")
STEPS = ("mkdir", "unlink", "rmdir", "replace", "fsync", "open", "truncate")


class Killed(BaseException):
    """The process is dead from here on."""


STRIDE = 1 if os.environ.get("ARCHIVER_STEPS") == "all" else 3
"""CI lets every third step fail, each way of failing from another one on, and kills at fewer moments; ``ARCHIVER_STEPS=all`` and
`benchmarks/fault_points.py` take all of them."""


def first_step(how: str) -> int:
    """The step before the first that fails."""
    return ("once", "on", "kill").index(how) % STRIDE - STRIDE + 1


class Disk:
    """Counts steps that change something on the disk; at step ``fails_at`` it does what ``how`` says.

    ``once``: that step fails with an OSError of ``code``, the later ones work. ``on``: all later ones fail too, as on a full disk.
    ``kill``: the process dies: nothing is done any more, not even in its finally clauses. A write that fails has written a half.
    """

    def __init__(self, fails_at: int, how: str, code: int = errno.EIO) -> None:
        self.fails_at = fails_at
        self.how = how
        self.code = code
        self.steps = 0
        self.failed = False
        self._lock = threading.Lock()  # files are synced side by side

    def step(self) -> None:
        with self._lock:
            self._step()

    def _step(self) -> None:
        if self.failed and self.how == "kill":
            raise Killed
        self.steps += 1
        if self.steps == self.fails_at or (self.failed and self.how == "on"):
            self.failed = True
            if self.how == "kill":
                raise Killed
            raise OSError(self.code, os.strerror(self.code))

    @contextmanager
    def attached(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in STEPS:
                patch.setattr(os, name, self._counting(getattr(os, name)))
            patch.setattr(io, "open", self._opening(io.open))
            yield

    def _counting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if real is not _REAL_OPEN or _changes(arguments):
                self.step()
            return real(*arguments, **options)

        return call

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            if not WRITING & set(mode):
                return real(file, mode, *arguments, **options)
            self.step()
            return _File(self, real(file, mode, *arguments, **options))

        return call


_REAL_OPEN = os.open


def _changes(arguments: tuple[Any, ...]) -> bool:
    """Whether an os.open makes something; locks and folders are opened often, and harmlessly."""
    return bool(arguments[1] & os.O_CREAT) and not str(arguments[0]).endswith(".lock")


class _File:
    def __init__(self, disk: Disk, file: Any) -> None:
        self._disk = disk
        self._file = file

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        try:
            self._disk.step()
        except BaseException:
            self._file.write(data[: len(data) // 2])
            self._file.flush()
            raise
        return int(self._file.write(data))

    def truncate(self, size: int | None = None) -> int:
        self._disk.step()
        return int(self._file.truncate(size))
