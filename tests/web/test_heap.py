from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from archiver.web import heap, running


@pytest.fixture(autouse=True)
def _fresh() -> None:
    heap._call.cache_clear()


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux" or heap._call("malloc_trim") is None, reason="glibc on Linux")
def test_what_is_free_is_handed_back() -> None:
    """Many small pieces below one that stays: glibc itself gives back only what lies at the end of its heap."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = (
        ctypes.c_void_p,
        [ctypes.c_size_t],
        [ctypes.c_void_p],
    )
    freed = []

    def take_and_free() -> None:
        pieces = [libc.malloc(4000) for _ in range(8000)]
        for piece in pieces:
            ctypes.memset(piece, 1, 4000)
        for piece in pieces[:-1]:
            libc.free(piece)
        freed.append(pieces[-1])

    thread = threading.Thread(target=take_and_free)
    thread.start()
    thread.join()
    before = resident()
    heap.hand_back()
    assert resident() < before - 20_000_000
    libc.free(freed[0])


def test_where_there_is_no_such_call_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    heap.hand_back()
    assert heap._call("malloc_trim") is None
    heap._call.cache_clear()


_HEAPS_OF_THREADS = """
import ctypes, sys, threading
from archiver.web import heap, running
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
if sys.argv[1] == "shared":
    heap.share()
together = threading.Barrier(6)
def take():
    together.wait()
    libc.malloc(4000)
    together.wait()
threads = [threading.Thread(target=take) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or heap._call("malloc_trim") is None or (os.cpu_count() or 1) < 2, reason="glibc on Linux"
)
def test_threads_share_two_heaps() -> None:
    def heaps(how: str) -> int:
        ran = subprocess.run([sys.executable, "-c", _HEAPS_OF_THREADS, how], capture_output=True, text=True, check=True)
        return ran.stdout.count("<heap nr=")

    assert heaps("shared") <= 2 < heaps("each its own")


def test_the_server_has_its_threads_share_them(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    class Server:
        def run(self, **_: object) -> None:
            done.append("run")

    class Desk:
        def close(self) -> None:
            done.append("closed")

    monkeypatch.setattr(heap, "share", lambda: done.append("shared"))
    monkeypatch.setattr(running, "server_for", lambda _: Server())
    running.run(cast(Any, Desk()), cast(Any, None))
    assert done == ["shared", "run", "closed"]
