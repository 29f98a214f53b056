"""Many captures at once: fetched by threads, read by processes, recorded together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from archiver.archive import Archive
from archiver.bulk.crew import Crew
from archiver.bulk.line import Line
from archiver.bulk.lists import Wanted
from archiver.capture import Options, Reader, capture, read_here, readers
from archiver.errors import ArchiverError
from archiver.hands import lent
from archiver.model import Snapshot
from archiver.urls import host_of

_POOL_FROM = 4  # fewer pages than this are read faster than processes start

Taker = Callable[[Archive, str, Options, Reader], Snapshot]
"""Captures one URL, as `capture` does."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one URL: a snapshot, or the error that kept it from being recorded."""

    wanted: Wanted
    snapshot: Snapshot | None = None
    error: ArchiverError | None = None


def capture_all(
    archive: Archive, wanted: Sequence[Wanted], options: Options, jobs: int, per_host: int, take: Taker = capture
) -> Generator[Outcome]:
    """Captures the URLs by ``take``, ``jobs`` at once in all and ``per_host`` at once to one host; yields outcomes as they come.

    A URL that cannot be captured is an outcome, not the end. Where the archive itself cannot be written to, ArchiveError is
    raised after the outcomes that came before. Closing the generator stops the rest: captures under way are dropped unrecorded or
    finish, nothing is half-recorded. Close it (``contextlib.closing``) where its consumer may be interrupted.
    """
    if len(wanted) < _POOL_FROM and lent() is None:
        yield from _run(archive, wanted, options, jobs, per_host, read_here, lambda: None, take)
        return
    with archive.recording_many(), readers() as pool:
        yield from _run(archive, wanted, options, jobs, per_host, pool, pool.halt, take)


def _run(
    archive: Archive,
    wanted: Sequence[Wanted],
    options: Options,
    jobs: int,
    per_host: int,
    read: Reader,
    halt: Callable[[], None],
    take: Taker,
) -> Generator[Outcome]:
    line: Line[Wanted] = Line(per_host)
    for item in wanted:
        line.put(host_of(item.url), item)
    line.seal()
    stop = threading.Event()
    options = replace(options, stop=stop)

    def work(_: str, item: Wanted) -> Outcome:
        return Outcome(item, take(archive, item.url, options, read))

    crew = Crew(line, min(jobs, len(wanted)), work, lambda item, error: Outcome(item, error=error))
    yield from crew.results(len(wanted), stop, halt)
