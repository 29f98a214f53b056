"""Memory that the C library holds: shared by all threads, and handed back to the system once it is free."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

_M_ARENA_MAX = -8  # malloc.h of glibc
_HEAPS = 2
"""More of them save waiting for one another, which threads of Python do anyway."""


def share() -> None:
    """Lets all threads that are started from now on share two heaps.

    glibc gives each thread a heap of its own and keeps for it what it frees, in pieces too small to be handed back: of a server that had read large
    pages for an hour a third was free memory of a dozen threads. Elsewhere, and where the library has no such call, nothing is done.
    """
    option = _call("mallopt")
    if option is not None:
        option(_M_ARENA_MAX, _HEAPS)


def hand_back() -> None:
    """Lets the system have what the heaps hold unused, as far as whole pages are."""
    trim = _call("malloc_trim")
    if trim is not None:
        trim(0)


@cache
def _call(name: str) -> Any:
    try:
        return getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError, TypeError):  # no glibc; on Windows there is no library without a name
        return None
