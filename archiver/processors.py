"""The processors that this process may use, and threads that keep to one of them.

Threads that take turns at the interpreter hand it over at every call that lets go of it, each statement of SQL among them. Where they sit on
several processors, each turn wakes another one up: a quarter of the time of a watch that looks at thousands of pages was that.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_lock = threading.Lock()
_holders = 0
_before: tuple[int, ...] = ()
"""What this process may use, while threads of it are held to one."""


def processors() -> int:
    """How many processors this process may use, which can be fewer than the machine has."""
    return len(_before or _of_this_thread()) or os.cpu_count() or 1


@contextmanager
def on_one_processor() -> Iterator[None]:
    """Within it, this thread and those that it starts keep to one processor; which one differs from process to process.

    Child processes that are handed to `release` do not. Where the system has no such thing, or there is but one, nothing is changed.
    """
    global _holders, _before  # a property of the process, as its processors are
    own = _of_this_thread()  # a single one where it is held already
    if len(own) < 2 or not _keep_to(0, {own[os.getpid() % len(own)]}):
        yield
        return
    with _lock:
        _holders, _before = _holders + 1, own
    try:
        yield
    finally:
        with _lock:
            _holders -= 1
            _before = own if _holders else ()
        _keep_to(0, set(own))


def release(process: int) -> None:
    """Lets a child process that was started just now use all that this process may use."""
    if _before:
        _keep_to(process, set(_before))


def _of_this_thread() -> tuple[int, ...]:
    return tuple(sorted(os.sched_getaffinity(0))) if sys.platform == "linux" else ()


def _keep_to(thread: int, usable: set[int]) -> bool:
    if sys.platform == "linux":
        with suppress(OSError):  # a container may forbid it, and a child be gone already
            os.sched_setaffinity(thread, usable)
            return True
    return False
