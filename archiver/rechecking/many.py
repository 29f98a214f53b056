"""Many sources at once: looked at by threads, read by processes, recorded together; second looks when they are due, others meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from archiver.archive import Archive
from archiver.bulk import Crew, Line
from archiver.capture import LazyPool, Options
from archiver.errors import ArchiverError, DamagedArchive
from archiver.quoting import own_damage
from archiver.rechecking.acts import CONFIRM_AFTER, Pending, first_look, second_look
from archiver.rechecking.finding import Recheck
from archiver.urls import host_of

_POOL_FROM = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a recheck, or the error that kept it from being asked, or judged by what is on record of it."""

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

    A source that must not be asked, or of which the record is damaged, is an outcome with its error. Where the archive itself cannot be
    written to, ArchiveError is raised after the outcomes that came before. Closing the generator stops the rest: nothing is half-recorded.
    Close it (``contextlib.closing``) where its consumer may be interrupted.
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
    options = replace(options, stop=stop)
    line: Line[str | Pending] = Line(per_host)
    for url in sources:
        line.put(host_of(url), url)
    line.seal()

    def look(host: str, item: str | Pending) -> Outcome | None:
        try:
            if isinstance(item, Pending):
                return Outcome(item.asked, second_look(archive, item, options, pool))
            found = first_look(archive, item, options, pool)
        except DamagedArchive as error:
            return _failed(item, own_damage(archive, error))
        if isinstance(found, Pending):
            line.put(host, found, found.left(confirm_after))
            return None
        return Outcome(item, found)

    crew = Crew(line, min(jobs, len(sources)), look, _failed)
    yield from crew.results(len(sources), stop, pool.halt)


def _failed(item: str | Pending, error: ArchiverError) -> Outcome:
    return Outcome(item if isinstance(item, str) else item.asked, error=error)
