"""Whose turn is next: as many at once as there are threads, few of one host, and some of them not before they are due."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Host(Generic[T]):
    waiting: deque[T] = field(default_factory=deque)
    running: int = 0


class Turns(Generic[T]):
    """A queue of work by host, for many threads, to which work may add what is due later. A host whose limit is reached holds up nobody else."""

    def __init__(self, items: Iterable[tuple[str, T]], per_host: int) -> None:
        self._per_host = per_host
        self._ready = threading.Condition()
        self._hosts: OrderedDict[str, _Host[T]] = OrderedDict()
        self._later: list[tuple[float, int, str, T]] = []
        self._number = itertools.count()
        self._closed = False
        for host, item in items:
            self._hosts.setdefault(host, _Host()).waiting.append(item)

    def take(self) -> tuple[str, T] | None:
        """The next item that is due and whose host has room; waits for one; None once all is done, or the queue is closed."""
        with self._ready:
            while not self._closed:
                self._bring_due()
                for host, state in self._hosts.items():
                    if state.waiting and state.running < self._per_host:
                        state.running += 1
                        item = state.waiting.popleft()
                        self._hosts.move_to_end(host)
                        return host, item
                if not self._hosts and not self._later:
                    break  # what runs may still add something; its host is then here
                self._ready.wait(max(0.0, self._later[0][0] - time.monotonic()) if self._later else None)
            return None

    def put(self, host: str, item: T, after: float) -> None:
        """Adds an item that is due ``after`` so many seconds; whoever adds it runs an item of that host."""
        with self._ready:
            heapq.heappush(self._later, (time.monotonic() + after, next(self._number), host, item))
            self._ready.notify_all()

    def done(self, host: str) -> None:
        """Gives back the room that an item took."""
        with self._ready:
            state = self._hosts[host]
            state.running -= 1
            if not state.waiting and not state.running:
                del self._hosts[host]
            self._ready.notify_all()

    def close(self) -> None:
        """Nothing more is handed out."""
        with self._ready:
            self._closed = True
            self._ready.notify_all()

    def _bring_due(self) -> None:
        now = time.monotonic()
        while self._later and self._later[0][0] <= now:
            _, _, host, item = heapq.heappop(self._later)
            self._hosts.setdefault(host, _Host()).waiting.append(item)
