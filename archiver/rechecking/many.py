"""Many sources at once: looked at by threads, read by processes, recorded together; second looks when they are due, others meanwhile."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from archiver.archive import Archive
from archiver.bulk import Line
from archiver.capture import Options, Reader, ReadingPool, read_here
from archiver.errors import ArchiveError, ArchiverError
from archiver.model import Exchange, Reading
from archiver.rechecking.acts import CONFIRM_AFTER, Pending, first_look, second_look
from archiver.rechecking.finding import Recheck
from archiver.urls import host_of

_POOL_FROM = 4
_MOMENT = 0.5  # seconds; on Windows, Ctrl-C is not seen by a thread that waits without an end


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a recheck, or the error that kept it from being asked."""

    url: str
    recheck: Recheck | None = None
    error: ArchiverError | None = None


def recheck_all(
    archive: Archive,
    sources: Sequence[str],
    options: Options,
    jobs: int,
    per_host: int,
    *,
    confirm_after: float = CONFIRM_AFTER,
) -> Generator[Outcome]:
    """Rechecks the sources, ``jobs`` at once in all and ``per_host`` at once at one host; yields outcomes as they come.

    A source that must not be asked is an outcome with its error. Where the archive itself cannot be written to, ArchiveError is raised after the
    outcomes that came before. Closing the generator stops the rest: nothing is half-recorded. Close it (``contextlib.closing``) where its
    consumer may be interrupted.
    """
    pool = LazyPool(small=len(sources) < _POOL_FROM)
    with archive.recording_many(), closing(pool):
        yield from _run(archive, sources, options, (jobs, per_host), confirm_after, pool)


def _run(
    archive: Archive,
    sources: Sequence[str],
    options: Options,
    limits: tuple[int, int],
    confirm_after: float,
    pool: LazyPool,
) -> Generator[Outcome]:
    jobs, per_host = limits
    stop = threading.Event()
    work = _Work(archive, sources, replace(options, stop=stop), per_host, confirm_after, pool)
    threads = [threading.Thread(target=work.run, daemon=True) for _ in range(min(jobs, len(sources)))]
    for thread in threads:
        thread.start()
    try:
        for _ in sources:
            outcome = _next(work.outcomes)
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome
    finally:
        stop.set()
        work.line.close()
        pool.halt()
        for thread in threads:
            thread.join()


class _Work:
    """What the threads of a run do."""

    def __init__(
        self,
        archive: Archive,
        sources: Sequence[str],
        options: Options,
        per_host: int,
        confirm_after: float,
        read: Reader,
    ) -> None:
        self.line: Line[str | Pending] = Line(per_host)
        for url in sources:
            self.line.put(host_of(url), url)
        self.line.seal()
        self.outcomes: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()
        self._archive = archive
        self._options = options
        self._confirm_after = confirm_after
        self._read = read

    def run(self) -> None:
        """One thread's work: looks at what is due until nothing is left."""
        while (taken := self.line.take()) is not None:
            host, item = taken
            try:
                self._look(host, item)
            except ArchiveError as error:
                self.line.close()
                self.outcomes.put(error)
            except ArchiverError as error:
                self.outcomes.put(Outcome(item if isinstance(item, str) else item.asked, error=error))
            except BaseException as error:  # noqa: BLE001  # handed to the thread that asked, which raises it
                self.line.close()
                self.outcomes.put(error)
            finally:
                self.line.done(host)

    def _look(self, host: str, item: str | Pending) -> None:
        if isinstance(item, Pending):
            self.outcomes.put(Outcome(item.asked, second_look(self._archive, item, self._options, self._read)))
            return
        found = first_look(self._archive, item, self._options, self._read)
        if isinstance(found, Pending):
            self.line.put(host, found, found.left(self._confirm_after))
        else:
            self.outcomes.put(Outcome(item, found))


def _next(outcomes: queue.SimpleQueue[Outcome | BaseException]) -> Outcome | BaseException:
    while True:
        try:
            return outcomes.get(timeout=_MOMENT)
        except queue.Empty:
            continue


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
