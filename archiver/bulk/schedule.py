"""Which URL is next: as many at once as wanted in all, no more than is polite to one host."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Host(Generic[T]):
    waiting: deque[T] = field(default_factory=deque)
    running: int = 0


class HostQueue(Generic[T]):
    """A queue of work by host, for many threads. A host whose limit is reached holds up nobody but itself."""

    def __init__(self, items: Iterable[tuple[str, T]], per_host: int) -> None:
        self._per_host = per_host
        self._ready = threading.Condition()
        self._hosts: OrderedDict[str, _Host[T]] = OrderedDict()
        self._closed = False
        for host, item in items:
            self._hosts.setdefault(host, _Host()).waiting.append(item)

    def take(self) -> tuple[str, T] | None:
        """The next item whose host has room; waits for one; None once all is taken or the queue is closed."""
        with self._ready:
            while not self._closed and self._hosts:
                for host, state in self._hosts.items():
                    if state.waiting and state.running < self._per_host:
                        state.running += 1
                        item = state.waiting.popleft()
                        self._hosts.move_to_end(host)
                        return host, item
                if not any(state.waiting for state in self._hosts.values()):
                    break
                self._ready.wait()
            return None

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
