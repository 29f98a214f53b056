"""Group commit: what many threads want recorded at once becomes few commits.

Whoever finds nobody at work leads: it commits for all that wait, and then appoints the first of those that came meanwhile. So one caller
alone is served at once, and no thread of its own is needed. Where many come one after another (`GroupCommit.crowd`), a commit begins no
sooner than `PACE` after the last one: it costs the same processor time for one capture as for ten.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from archiver.catalogue import Rows
from archiver.errors import ArchiveError, ArchiverError
from archiver.warc import Member

PACE = 0.05
"""Seconds from the beginning of one commit to that of the next, in a crowd."""


@dataclass(slots=True)
class Pending:
    """Members that one caller wants recorded, and what became of them; ``read_only`` asks for no more to be recorded after.

    ``rows`` are those of its members in the catalogue, once that holds them. ``leads`` says that this caller has to commit for all that
    wait, ``woken`` that it has to wait no longer.
    """

    members: Sequence[Member]
    read_only: bool = False
    done: bool = False
    error: ArchiverError | None = None
    rows: Rows = field(default_factory=Rows)
    leads: bool = False
    woken: threading.Event = field(default_factory=threading.Event)


def fail_undone(batch: Sequence[Pending], failure: ArchiverError) -> None:
    """What of a batch is not done has failed: by what it itself has come to, else by ``failure``."""
    for pending in batch:
        if not pending.done:
            # one value for each: an exception that several threads raise collects all their tracebacks
            pending.error = pending.error or type(failure)(str(failure))
            pending.done = True


class GroupCommit:
    """The queue before one recorder.

    ``commit`` is called with all that wait, by one thread at a time and under ``lock``; it sets ``done`` and what became of each.
    ``pace`` is the distance between commits in a crowd, in seconds.
    Whoever writes in another way holds the lock meanwhile.
    """

    def __init__(self, commit: Callable[[list[Pending]], None], pace: float = PACE) -> None:
        self.lock = threading.Lock()
        self._pace = pace
        self._commit = commit
        self._queue: list[Pending] = []
        self._queue_lock = threading.Lock()
        self._led = False
        self._crowds = 0
        self._began = -pace

    def submit(self, pending: Pending) -> Rows:
        """Waits until a commit has taken it along, or leads one; gives its rows, raises what became of it where that is an error."""
        with self._queue_lock:
            self._queue.append(pending)
            pending.leads, self._led = not self._led, True
        try:
            if not pending.leads:
                pending.woken.wait()
            if pending.leads:
                self._gather()
                self._lead()
        except BaseException:
            self._withdraw(pending)
            raise
        if not pending.done:
            raise ArchiveError("Recording was interrupted before anything of it was written.")
        if pending.error is not None:
            raise pending.error
        return pending.rows

    @contextmanager
    def crowd(self) -> Iterator[None]:
        """Within it, many threads are recording: a commit keeps its distance from the last one, so that more of them share it."""
        with self._queue_lock:
            self._crowds += 1
        try:
            yield
        finally:
            with self._queue_lock:
                self._crowds -= 1

    def _gather(self) -> None:
        wait = self._began + self._pace - time.monotonic()
        if self._crowds and wait > 0:
            time.sleep(wait)

    def _lead(self) -> None:
        """Commits for all that wait, and appoints the first of those that came meanwhile: nobody else has to wake up for that."""
        batch: list[Pending] = []
        try:
            with self.lock:
                with self._queue_lock:
                    batch, self._queue = self._queue, []
                self._began = time.monotonic()
                self._commit(batch)
        finally:
            self._appoint()
            for pending in batch:
                pending.woken.set()

    def _appoint(self) -> None:
        with self._queue_lock:
            following = self._queue[0] if self._queue else None
            self._led = following is not None
            if following is not None:
                following.leads = True
                following.woken.set()

    def _withdraw(self, pending: Pending) -> None:
        """Takes back what a caller who was interrupted had queued; whoever waits behind it goes on."""
        with self._queue_lock:
            self._queue = [other for other in self._queue if other is not pending]
        if pending.leads:
            self._appoint()
