"""Threads that work off a line, and what comes of it, handed to the thread that asked."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from archiver.bulk.line import Line
from archiver.errors import ArchiveError, ArchiverError

T = TypeVar("T")
R = TypeVar("R")

_MOMENT = 0.5  # seconds; on Windows, Ctrl-C is not seen by a thread that waits without an end


class Crew(Generic[T, R]):
    """``work`` is done by each of ``size`` threads for a host and an item of the ``line``; it gives the result, or None where it put something back
    into the line instead. What it raises of an item is the result that ``failed`` makes of it; an ArchiveError, and what is no ArchiverError,
    ends the run.
    """

    def __init__(
        self,
        line: Line[T],
        size: int,
        work: Callable[[str, T], R | None],
        failed: Callable[[T, ArchiverError], R],
    ) -> None:
        self._line, self._size, self._work, self._failed = line, size, work, failed
        self._results: queue.SimpleQueue[tuple[R] | BaseException] = queue.SimpleQueue()

    def results(self, count: int, stop: threading.Event, halt: Callable[[], None]) -> Generator[R]:
        """Begins, and yields ``count`` results as they come. Raises what ended the run, after the results that came before.

        However it ends, ``stop`` is set, ``halt`` called and every thread waited for.
        """
        threads = [threading.Thread(target=self._run, daemon=True) for _ in range(self._size)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(count):
                yield self._next()
        finally:
            stop.set()
            self._line.close()
            halt()
            for thread in threads:
                thread.join()

    def _next(self) -> R:
        while True:
            try:
                came = self._results.get(timeout=_MOMENT)
            except queue.Empty:
                continue
            if isinstance(came, BaseException):
                raise came
            return came[0]

    def _run(self) -> None:
        while (taken := self._line.take()) is not None:
            host, item = taken
            try:
                found = self._work(host, item)
                if found is not None:
                    self._results.put((found,))
            except ArchiveError as error:
                self._end(error)
            except ArchiverError as error:
                self._results.put((self._failed(item, error),))
            except BaseException as error:  # noqa: BLE001  # handed to the thread that asked, which raises it
                self._end(error)
            finally:
                self._line.done(host)

    def _end(self, error: BaseException) -> None:
        self._line.close()
        self._results.put(error)
