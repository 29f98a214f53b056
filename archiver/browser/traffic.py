"""What went through the proxy: every exchange in the order of its request, what was refused, and how much it was."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from archiver.errors import ArchiverError
from archiver.model import Exchange

_MOMENT = 0.02
_REFUSALS = 200  # that are kept: a page may ask for blocked things as fast as it can


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was not sent, or not answered: its address, and why in one clause or sentence.

    ``error`` is what our own reach into the network raised, None where the request was not to be sent at all.
    """

    url: str
    why: str
    error: ArchiverError | None = None


class Traffic:
    """Collects; many threads may add to it. ``max_bytes`` (of requests and answers) and ``max_requests`` bound what one capture may hold."""

    def __init__(self, max_bytes: int, max_requests: int) -> None:
        self._lock = threading.Lock()
        self._max_bytes = max_bytes
        self._max_requests = max_requests
        self._begun = 0
        self._bytes = 0
        self._open: dict[int, str] = {}
        self._done: dict[int, Exchange] = {}
        self._methods: dict[int, str] = {}
        self._refusals: dict[Refusal, None] = {}
        self.full = ""

    def begin(self, url: str, method: str, size: int) -> int | None:
        """The number of a request of ``size`` bytes that is about to be sent; None where there were enough."""
        with self._lock:
            if self._begun >= self._max_requests:
                self.full = self.full or f"more than {self._max_requests} requests"
            elif self._bytes + size >= self._max_bytes:
                self._overflow()
            else:
                self._begun += 1
                self._bytes += size
                self._open[self._begun] = url
                self._methods[self._begun] = method
                return self._begun
            self._refused(Refusal(url, f"the page asks for {self.full}"))
            return None

    def overflow(self) -> None:
        """An answer was cut off since there were enough bytes."""
        with self._lock:
            self._overflow()

    def came(self, size: int) -> None:
        """Bytes came from a server."""
        with self._lock:
            self._bytes += size

    def room(self) -> int:
        """Bytes that may still come."""
        with self._lock:
            return max(0, self._max_bytes - self._bytes)

    def end(self, number: int, exchange: Exchange) -> None:
        """A request was answered."""
        with self._lock:
            if (
                self._open.pop(number, None) is not None
            ):  # else it came too late, and stands among what was not answered
                self._done[number] = exchange

    def fail(self, number: int, error: ArchiverError) -> None:
        """A request was not answered."""
        with self._lock:
            url = self._open.pop(number, "")
            if url:
                self._refused(Refusal(url, str(error), error))

    def refuse(self, url: str, why: str) -> None:
        """A request was not to be sent."""
        with self._lock:
            self._refused(Refusal(url, why))

    def exchanges(self) -> list[tuple[str, Exchange]]:
        """(method, exchange) of all that was answered, in the order of the requests."""
        with self._lock:
            return [(self._methods[number], exchange) for number, exchange in sorted(self._done.items())]

    def refusals(self) -> tuple[Refusal, ...]:
        with self._lock:
            return tuple(self._refusals)

    def finish(self, seconds: float) -> None:
        """Waits so long for answers under way; what is still open then counts as not answered."""
        end = time.monotonic() + seconds
        while self._open and time.monotonic() < end:
            time.sleep(_MOMENT)
        with self._lock:
            for url in self._open.values():
                self._refused(Refusal(url, "was still under way when the page was taken"))
            self._open.clear()

    def _overflow(self) -> None:
        self.full = self.full or f"more than {self._max_bytes >> 20} MiB"

    def _refused(self, refusal: Refusal) -> None:
        if len(self._refusals) < _REFUSALS:
            self._refusals[refusal] = None
