"""The looks of one round: many sources at once, each host at its pace, second looks when their time has come."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from archiver.archive import Archive
from archiver.bulk import Line
from archiver.capture import LazyPool, Options
from archiver.catalogue import Watched
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive, Stopped
from archiver.quoting import own_damage
from archiver.rechecking import Look, Pending, Recheck, first_look, second_look
from archiver.urls import host_of
from archiver.watching.robots import Disallowed, Robots, respected
from archiver.watching.silence import Silence

_BUSY = frozenset({429, 503})
_GATHER = 0.1
"""Seconds for which results are gathered: each batch is a transaction in ``state.db``, which the disk has to confirm."""
_MOMENT = 0.5  # seconds; on Windows, Ctrl-C is not seen by a thread that waits without an end


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of a source in a round: a recheck, or why there is none: ``error``, ``refused`` (by its robots.txt), or ``unasked`` since
    nobody answers; ``again`` is after how many seconds a refusal may be over, 0 where that is not known. ``wait`` is for how many seconds
    ``busy`` wants to be left alone: the host that answered, which others may lead to.
    """

    item: Watched
    recheck: Recheck | None = None
    error: ArchiverError | None = None
    refused: str = ""
    unasked: bool = False
    again: float = 0.0
    wait: float = 0.0
    busy: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """A source that has to be looked at a second time before anything is said of it."""

    item: Watched
    pending: Pending


@dataclass(frozen=True, slots=True)
class _Task:
    item: Watched
    pending: Pending | None = None
    doubt: Callable[[], str] | None = None


Result = Looked | Again


class Looks:
    """Threads that look at what is put in; `results` gives what became of it. Enter it, and leave it to stop them."""

    def __init__(
        self,
        archive: Archive,
        options: Options,
        silence: Silence,
        reader: LazyPool,
        *,
        jobs: int,
        per_host: int,
        pause: float,
        robots: Robots | None,
        keep_reader: bool = False,
    ) -> None:
        self._archive, self._options, self._silence, self._robots = archive, options, silence, robots
        self._line: Line[_Task] = Line(per_host, pause)
        self._results: queue.SimpleQueue[Result | BaseException] = queue.SimpleQueue()
        self._jobs, self._threads = jobs, list[threading.Thread]()
        self._reader, self._keep_reader = reader, keep_reader
        self._begun: set[str] = set()

    def has_begun(self, key: str) -> bool:
        """Whether the look at a source that was put in has begun, and so may not show what the page has become since; or is over."""
        return key in self._begun

    def put(self, items: Sequence[Watched]) -> None:
        """Sources to look at."""
        for item in items:
            self._begun.discard(item.key)
            self._line.put(host_of(item.url), _Task(item))
        while len(self._threads) < min(self._jobs, len(self._line)):
            thread = threading.Thread(target=self._work, daemon=True)
            thread.start()
            self._threads.append(thread)

    def again(self, again: Again, after: float, doubt: Callable[[], str] | None = None) -> None:
        """A second look, so many seconds from now; nobody waits for it. Where ``doubt`` then gives a reason, it is not taken."""
        self._line.put(host_of(again.item.url), _Task(again.item, again.pending, doubt), after)

    def leave_alone(self, host: str | None) -> list[Watched]:
        """Takes back what waits of a host, None for all; what is on its way goes on."""
        return [task.item for task in self._line.drop(host)]

    def results(self, wait: float = _MOMENT) -> list[Result]:
        """What came, after waiting for the first of it so long, and a little for more. Raises what ended a thread, such as ArchiveError."""
        found: list[Result] = []
        try:
            result = self._results.get(timeout=wait)
            time.sleep(_GATHER)
            while True:
                if isinstance(result, BaseException):
                    raise result
                found.append(result)
                result = self._results.get_nowait()
        except queue.Empty:
            return found

    def __enter__(self) -> Looks:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()
        stop = self._options.stop
        if not self._keep_reader or (stop and stop.is_set()):
            self._reader.halt()
        for thread in self._threads:
            thread.join()
        if not self._keep_reader:
            self._reader.close()

    def _work(self) -> None:
        while (taken := self._line.take()) is not None:
            host, task = taken
            self._begun.add(task.item.key)
            try:
                self._results.put(self._look(host, task))
            except Stopped:
                continue
            except ArchiveError as error:
                self._line.close()
                self._results.put(error)
            except ArchiverError as error:
                self._results.put(Looked(task.item, error=error))
            except BaseException as error:  # noqa: BLE001  # handed to the thread that asked, which raises it
                self._line.close()
                self._results.put(error)
            finally:
                self._line.done(host)

    def _look(self, host: str, task: _Task) -> Result:
        item, options = task.item, self._options
        if self._silence.is_total:
            return Looked(item, unasked=True)
        why = task.doubt() if task.doubt else ""
        if why:
            return Looked(item, refused=why, unasked=True)
        if self._robots is not None:
            rules = self._robots.rules(item.url, options)
            if not rules.allows(item.url):
                return Looked(item, refused=rules.why, again=rules.again)
            self._line.slow_down(host, rules.delay)
            ask_first = partial(self._robots.ask_first, options=options)
            options = replace(options, notes=(respected(item.url, rules),), ask_first=ask_first)
        try:
            if task.pending is not None:
                found: Recheck | Pending = second_look(self._archive, task.pending, options, self._reader)
            else:
                found = first_look(self._archive, item.url, options, self._reader)
        except Disallowed as error:
            return Looked(item, refused=str(error), again=error.again)
        except DamagedArchive as error:
            return Looked(item, error=own_damage(self._archive, error))
        look = found.first if isinstance(found, Pending) else found.looks[-1]
        self._silence.tell(host, answered=look.snapshot is not None)
        if isinstance(found, Pending):
            return Again(item, found)
        wait = _wait_asked_for(look)
        busy = host_of(look.snapshot.final_url) if look.snapshot is not None else host
        self._line.hold(busy, wait)  # before the next of this host is handed out
        return Looked(item, found, wait=wait, busy=busy)


def _wait_asked_for(look: Look) -> float:
    """Seconds for which a busy server wants to be left alone; with another status, Retry-After says something else."""
    if look.snapshot is None or look.snapshot.status not in _BUSY:
        return 0.0
    return look.retry_after or 0.0


@contextmanager
def recording(archive: Archive, *, many: bool) -> Iterator[None]:
    """Commits are shared while many looks record."""
    if not many:
        yield
        return
    with archive.recording_many():
        yield
