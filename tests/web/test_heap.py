from __future__ import annotations

import ctypes
import sys
import threading
from pathlib import Path

import pytest

from archiver.web import heap


@pytest.fixture(autouse=True)
def _fresh() -> None:
    heap._trim.cache_clear()


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux" or heap._trim() is None, reason="glibc on Linux")
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
    assert heap._trim() is None
    heap._trim.cache_clear()
