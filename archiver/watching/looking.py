"""The looks of one round: many sources at once, each host at its pace, second looks when their time has come."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from archiver import urls
from archiver.archive import Archive
from archiver.capture import Options
from archiver.catalogue import Watched
from archiver.errors import ArchiveError, ArchiverError, InputError, Stopped
from archiver.rechecking import LazyPool, Pending, Recheck, first_look, second_look
from archiver.watching.line import Line
from archiver.watching.robots import Robots, respected

_MOMENT = 0.5  # seconds; on Windows, Ctrl-C is not seen by a thread that waits without an end


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of a source in a round: a recheck, or why there is none (``error``, or ``refused`` by its robots.txt)."""

    item: Watched
    recheck: Recheck | None = None
    error: ArchiverError | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """A source that has to be looked at a second time before anything is said of it."""

    item: Watched
    pending: Pending


@dataclass(frozen=True, slots=True)
class _Task:
    item: Watched
    pending: Pending | None = None
    doubt: Callable[[], str] = str


Result = Looked | Again


class Looks:
    """Threads that look at what is put in; `results` gives what became of it. Enter it, and leave it to stop them."""

    def __init__(
        self,
        archive: Archive,
        options: Options,
        *,
        jobs: int,
        per_host: int,
        pause: float,
        robots: Robots | None,
        few: bool = False,
    ) -> None:
        self._archive, self._options, self._robots = archive, options, robots
        self._line: Line[_Task] = Line(per_host, pause)
        self._results: queue.SimpleQueue[Result | BaseException] = queue.SimpleQueue()
        self._jobs, self._threads = jobs, list[threading.Thread]()
        self._reader = LazyPool(small=few)  # starting processes to read a page or two takes seconds

    def put(self, items: Sequence[Watched]) -> None:
        """Sources to look at."""
        for item in items:
            self._line.put(host_of(item.url), _Task(item))
        while len(self._threads) < min(self._jobs, len(self._line)):
            thread = threading.Thread(target=self._work, daemon=True)
            thread.start()
            self._threads.append(thread)

    def again(self, again: Again, after: float, doubt: Callable[[], str] = str) -> None:
        """A second look, so many seconds from now; nobody waits for it. Where ``doubt`` then gives a reason, it is not taken."""
        self._line.put(host_of(again.item.url), _Task(again.item, again.pending, doubt), after)

    def leave_alone(self, host: str | None) -> list[Watched]:
        """Takes back what waits of a host, None for all; what is on its way goes on."""
        return [task.item for task in self._line.drop(host)]

    def results(self, wait: float = _MOMENT) -> list[Result]:
        """What came, after waiting for the first of it so long. Raises what ended a thread, such as ArchiveError."""
        found: list[Result] = []
        try:
            result = self._results.get(timeout=wait)
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
        self._reader.halt()
        for thread in self._threads:
            thread.join()
        self._reader.close()

    def _work(self) -> None:
        while (taken := self._line.take()) is not None:
            host, task = taken
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
        options = self._options
        why = task.doubt()
        if why:
            return Looked(task.item, refused=why)
        if self._robots is not None:
            rules = self._robots.rules(task.item.url, options)
            if not rules.allows(task.item.url):
                return Looked(task.item, refused=rules.why)
            self._line.slow_down(host, rules.delay)
            options = replace(options, notes=(respected(task.item.url, rules),))
        if task.pending is not None:
            return Looked(task.item, second_look(self._archive, task.pending, options, self._reader))
        found = first_look(self._archive, task.item.url, options, self._reader)
        return Looked(task.item, found) if isinstance(found, Recheck) else Again(task.item, found)


def host_of(url: str) -> str:
    """The host by which sources are paced; empty for what is no address."""
    try:
        return urls.parse(url).host
    except InputError:
        return ""  # the look itself will say what is wrong with it


@contextmanager
def recording(archive: Archive, *, many: bool) -> Iterator[None]:
    """Commits are shared while many looks record."""
    if not many:
        yield
        return
    with archive.recording_many():
        yield
