"""Memory that is free, handed back to the system."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


def hand_back() -> None:
    """Lets the system have what the heap of the C library holds unused.

    glibc keeps what each thread freed for that thread: a server that read large pages now and then grew by half in an hour, and all of that was
    free. Elsewhere, and where the library has no such call, nothing is done.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # no glibc; on Windows there is no library without a name
        return None
