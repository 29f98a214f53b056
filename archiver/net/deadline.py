"""One time limit over a whole fetch, and a way to stop it early."""

from __future__ import annotations

import threading
import time

from archiver.errors import Stopped, TimedOut

_LONGEST = 3600.0  # seconds: sockets do not take an endless time limit, but every caller asks again
_SLICE = 0.2  # seconds: how long a blocking call may keep a wish to stop waiting


class Deadline:
    """Counts down from ``seconds`` on the monotonic clock; ``stop`` (an Event, set by anyone) ends it within 0.2 s."""

    __slots__ = ("_end", "_seconds", "_stop")

    def __init__(self, seconds: float, stop: threading.Event | None = None) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._stop = stop

    def left(self) -> float:
        """Seconds left, never below 0. Raises Stopped."""
        if self._stop is not None and self._stop.is_set():
            raise Stopped("The fetch was stopped before it was done; nothing of this page was kept.")
        return max(0.0, self._end - time.monotonic())

    def pause(self) -> float:
        """Seconds the next blocking call may take; above 0, as 0 means another mode to a socket. Raises Stopped."""
        longest = _LONGEST if self._stop is None else _SLICE
        return min(max(self.left(), 0.001), longest)

    def check(self, doing: str) -> None:
        """Raises TimedOut when the time is over, Stopped when asked to. ``doing`` reads like ``looking up x``."""
        if self.left() <= 0:
            raise TimedOut(f"Time ran out after {self._seconds:g} s while {doing}; try again, or raise --timeout.")

    def within(self, seconds: float) -> Deadline:
        """A deadline that ends after ``seconds`` or with this one, whichever comes first, and stops with it."""
        return Deadline(min(seconds, self.left()), self._stop)
