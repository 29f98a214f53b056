"""Child processes that draw texts, started when the first page has to be read."""

from __future__ import annotations

import threading

from archiver.capture.reading import Reader, ReadingPool, read_here
from archiver.model import Exchange, Reading


class LazyPool:
    """A `ReadingPool` that is started when a page has to be read: most pages have not changed. ``small`` reads in this process; ``workers``
    is how many children there are, None for as many as suit the machine.
    """

    def __init__(self, *, small: bool = False, workers: int | None = None) -> None:
        self._small, self._workers = small, workers
        self._lock = threading.Lock()
        self._pool: ReadingPool | None = None
        self._halted = False

    def __call__(self, exchange: Exchange, *, references: bool = False) -> Reading:
        read: Reader = read_here if self._small else self._started()
        return read(exchange, references=references)

    def _started(self) -> ReadingPool:
        with self._lock:
            if self._pool is None:
                self._pool = ReadingPool(self._workers)
                if self._halted:
                    self._pool.halt()
            return self._pool

    def warm(self) -> None:
        """Starts the children, so that the first page need not wait for them."""
        if not self._small:
            self._started()

    def halt(self) -> None:
        """Ends the readings under way."""
        with self._lock:
            self._halted = True
            if self._pool is not None:
                self._pool.halt()

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.__exit__(None, None, None)
