"""Whose turn it is: many hosts side by side, one host at a pace that it can bear, and what is for later waits without holding up anybody."""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Host(Generic[T]):
    waiting: deque[T] = field(default_factory=deque)
    running: int = 0
    free_at: float = 0.0
    pause: float = 0.0
    listed: bool = False  # whether it stands in the heap of hosts


class Line(Generic[T]):
    """A queue by host for many threads, which can be added to at any time, also by the work that it hands out.

    No more than ``per_host`` items of one host are out at once, and ``pause`` seconds lie between the end of one and the beginning of the
    next. Times are those of ``clock``, which never jumps.
    """

    def __init__(self, per_host: int, pause: float = 0.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_host, self._pause, self._clock = per_host, pause, clock
        self._changed = threading.Condition()
        self._hosts: dict[str, _Host[T]] = {}
        self._heap: list[tuple[float, int, str]] = []
        self._later: list[tuple[float, int, str, T]] = []
        self._numbers = count()
        self._closed = self._sealed = False
        self._out = 0

    def put(self, host: str, item: T, after: float = 0.0) -> None:
        """Adds an item, not to be handed out before ``after`` seconds are over. Such a one goes before those that wait in line."""
        with self._changed:
            if after > 0:
                heapq.heappush(self._later, (self._clock() + after, next(self._numbers), host, item))
            else:
                self._hosts.setdefault(host, _Host()).waiting.append(item)
                self._list(host)
            self._changed.notify()

    def hold(self, host: str, seconds: float) -> None:
        """Hands out nothing of a host for so long."""
        with self._changed:
            state = self._hosts.setdefault(host, _Host())
            state.free_at = max(state.free_at, self._clock() + seconds)

    def slow_down(self, host: str, pause: float) -> None:
        """Lets at least so many seconds lie between the looks at a host."""
        with self._changed:
            state = self._hosts.setdefault(host, _Host())
            state.pause = max(state.pause, pause)

    def drop(self, host: str | None) -> list[T]:
        """Takes back what waits of a host (None: of all), but for what is for later."""
        with self._changed:
            dropped: list[T] = []
            for state in self._hosts.values() if host is None else filter(None, [self._hosts.get(host)]):
                dropped += state.waiting
                state.waiting.clear()
            self._changed.notify_all()
            return dropped

    def take(self) -> tuple[str, T] | None:
        """The next item; waits for one; None once the line is closed, or is sealed and all of it done."""
        with self._changed:
            while not self._closed and not (self._sealed and self._is_done()):
                now = self._clock()
                self._ripen(now)
                wait = self._wait_until_next(now)
                if wait is not None and wait <= 0:
                    taken = self._pop(now)
                    if taken is not None:
                        return taken
                    continue
                # on Windows, Ctrl-C is not seen by a thread that waits without an end
                self._changed.wait(min(wait, 0.5) if wait is not None else 0.5)
            return None

    def done(self, host: str) -> None:
        """Gives back the room that an item took."""
        with self._changed:
            state = self._hosts[host]
            state.running -= 1
            self._out -= 1
            state.free_at = max(state.free_at, self._clock() + max(self._pause, state.pause))
            self._list(host)
            self._changed.notify_all()  # where that was the last, all who wait are to go

    def seal(self) -> None:
        """Says that nothing is added any more but by work that is out: then the line has an end."""
        with self._changed:
            self._sealed = True
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing more is handed out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def __len__(self) -> int:
        """How many items wait, are for later, or are out."""
        with self._changed:
            return sum(len(state.waiting) for state in self._hosts.values()) + len(self._later) + self._out

    def _is_done(self) -> bool:
        return not (
            self._heap or self._later or self._out
        )  # a host of which nothing is out stands in the heap if anything of it waits

    def _ripen(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            _, _, host, item = heapq.heappop(self._later)
            self._hosts.setdefault(host, _Host()).waiting.appendleft(item)
            self._list(host)

    def _list(self, host: str) -> None:
        state = self._hosts[host]
        if state.waiting and state.running < (1 if state.pause else self._per_host) and not state.listed:
            state.listed = True
            heapq.heappush(self._heap, (state.free_at, next(self._numbers), host))

    def _wait_until_next(self, now: float) -> float | None:
        """Seconds until something may be handed out, None where nothing waits."""
        first = [queue[0][0] - now for queue in (self._heap, self._later) if queue]
        return min(first) if first else None

    def _pop(self, now: float) -> tuple[str, T] | None:
        if not self._heap or self._heap[0][0] > now:
            return None
        _, _, host = heapq.heappop(self._heap)
        state = self._hosts[host]
        state.listed = False
        if not state.waiting:
            return None
        if state.free_at > now:  # it was held since it was listed
            self._list(host)
            return None
        state.running += 1
        self._out += 1
        item = state.waiting.popleft()
        self._list(host)
        return host, item
