"""That work on hostile input grows with its size and no faster, told by two sizes and not by the clock of a loaded machine."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("ARCHIVER_SIZES") == "long"
"""Whether hostile input has the size at which it would stop a command, and bombs the size at which they would take the memory; CI takes
input of a tenth of the size and less, and asks how the time grows."""

_LEAST = 0.01  # seconds, below which a processor's clock and caches say more than the code does
_SMALLER, _TIMES = 10, 8


def assert_linear(work: Callable[[T], object], grown: Callable[[int], T], size: int, seconds: float) -> None:
    """``work(grown(n))`` takes processor time that grows with n: in CI a tenth of ``size`` takes no more than 14 times what an eightieth does
    (8 is linear, 64 is quadratic), each the best of several; with ``ARCHIVER_SIZES=long`` the whole ``size`` takes less than ``seconds``."""
    if LONG:
        assert _taken(work, grown(size)) < seconds
        return
    less, more = grown(max(1, size // _SMALLER // _TIMES)), grown(max(_TIMES, size // _SMALLER))
    small = min(_taken(work, less) for _ in range(3))
    large = float("inf")
    for _ in range(4):
        large = min(large, _taken(work, more))
        if large < _LEAST + 14 * small:
            return
        small = max(small, _taken(work, less))  # a moment in which the machine is slow is slow for both
    raise AssertionError(
        f"{_TIMES} times the input took {large / small:.0f} times the time: {small:.4f} and {large:.4f} s"
    )


def _taken(work: Callable[[T], object], what: T) -> float:
    gc.disable()  # it goes over all that other tests have left, as often as it likes
    try:
        began = time.process_time()
        work(what)
        return time.process_time() - began
    finally:
        gc.enable()
