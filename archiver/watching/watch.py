"""The watch: sources are looked at when they are due, and whoever listens is told what is new."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace

from filelock import Timeout

from archiver import clock, urls
from archiver.archive import Archive
from archiver.capture import LazyPool, Options
from archiver.catalogue import Alert, Watched, WatchState
from archiver.errors import ArchiveError, InputError
from archiver.printable import count
from archiver.rechecking import Recheck
from archiver.urls import host_of
from archiver.watching.channels import put_feed
from archiver.watching.courier import Courier
from archiver.watching.listening import Listener, Settings
from archiver.watching.robots import Robots
from archiver.watching.rounds import Round
from archiver.watching.schedule import DAY, HOUR, JITTER, LONGEST_REST
from archiver.watching.taking import TakingIn

STATE = "state.db"
LOCK = "watch"
_TICK = 2.0
"""Seconds after which the watch looks what others did meanwhile, and whether the clock jumped."""


class Watch:
    """One watch on one archive. ``on_recheck`` are called with each recheck that it records; ``companions`` are entered with the loop and
    left at its end, such as a server that others ask. ``reader`` reads the pages of small rounds, a child of its own where None. `look_now`,
    `tell` and ``stop`` may be used by any thread.
    """

    def __init__(
        self,
        archive: Archive,
        options: Options,
        settings: Settings,
        listener: Listener | None = None,
        *,
        on_recheck: Sequence[Callable[[Recheck], None]] = (),
        companions: Sequence[Callable[[Watch], AbstractContextManager[object]]] = (),
        reader: LazyPool | None = None,
    ) -> None:
        self.archive = archive
        self.settings = settings
        self.stop = options.stop or threading.Event()
        self.listener = listener or Listener()
        self._options = replace(options, stop=self.stop)
        self._on_recheck, self._companions = on_recheck, companions
        self._chance = random.Random()  # noqa: S311  # when to look is no secret
        self._robots = Robots() if settings.robots else None
        self._lock = threading.Lock()
        self._poked = threading.Event()
        self._wanted: dict[str, None] = {}
        self._to_tell: list[tuple[Alert, int]] = []
        self._reader = reader or LazyPool(workers=1)

    def look_now(self, url: str) -> None:
        """Has a source looked at as soon as there is room, whatever its schedule says, where it is watched. Raises InputError."""
        with self._lock:
            self._wanted[urls.page_key(url)] = None
        self._poked.set()

    def tell(self, alert: Alert, code: int = 0) -> None:
        """Tells something that no look at a page found, once for its id; ``code`` counts for the exit code."""
        with self._lock:
            self._to_tell.append((alert, code))
        self._poked.set()

    def warm(self) -> None:
        """Starts the child that reads pages, for whoever wants a look as soon as he asks for it."""
        self._reader.warm()

    def run(self, *, once: bool = False, everything: bool = False) -> int:
        """Watches until ``stop`` is set, or with ``once`` until all that is due (with ``everything``: all) was looked at.

        Gives the exit code of what was looked at: 1 where something does not hold, 3 where something could not be decided or delivered.
        Raises ArchiveError where another watch is at work on this archive, or where nothing can be recorded.
        """
        self.archive.ready("looked at")
        with ExitStack() as stack:
            stack.enter_context(_OnlyOne(self.archive))
            stack.callback(self._reader.close)
            state = stack.enter_context(WatchState(self.archive.root / STATE))
            channels = self.settings.channels
            courier = stack.enter_context(Courier(self.archive.root / STATE, channels, self.listener.sent))
            run = _Run(self, state, courier)
            run.take_in()
            put_feed(state, channels, self.archive.settings.origin)
            for companion in self._companions:
                stack.enter_context(companion(self))
            run.loop(once=once, everything=everything)
            if once and not self.stop.is_set():
                courier.finish()
            courier.check()
            if state.undelivered(channels.names):
                self.listener.note(
                    "Not all is delivered yet; `archiver watch alerts --undelivered` shows what is owed."
                )
                run.worst.add(3)
            return next((code for code in (1, 3) if code in run.worst), 0)

    def new_round(self, state: WatchState, *, alone: bool) -> Round:
        """A round with what this watch was given."""
        return Round(
            self.archive, self._options, self.settings, state, self.listener, self._on_recheck, self._robots, self._chance,
            self._reader, alone=alone,
        )  # fmt: skip

    def taking_in(self, state: WatchState) -> TakingIn:
        """What brings the state up to the archive."""
        return TakingIn(self.archive, self.settings, state, self._chance)

    def wanted(self) -> list[str]:
        """The keys of the pages that somebody wants looked at now; asked once."""
        with self._lock:
            wanted, self._wanted = list(self._wanted), {}
        return wanted

    def to_tell(self) -> list[tuple[Alert, int]]:
        """What is to be told beside the looks, with its exit codes; asked once."""
        with self._lock:
            told, self._to_tell = self._to_tell, []
        return told

    def wait(self) -> bool:
        """Waits a moment; True where somebody wants something."""
        poked = self._poked.wait(_TICK)
        self._poked.clear()
        return poked


class _Run:
    """What a watch holds while it is at work."""

    def __init__(self, watch: Watch, state: WatchState, courier: Courier) -> None:
        self._watch, self._state, self._courier = watch, state, courier
        self._taking = watch.taking_in(state)
        self._feed_owed = False
        self.worst: set[int] = set()

    def loop(self, *, once: bool, everything: bool) -> None:
        watch, state = self._watch, self._state
        while not watch.stop.is_set():
            self.take_in()
            self._taking.look_around()
            items = self._due(everything=everything)
            everything = False
            if items:
                watch.listener.began(state.count(), len(items))
                found = watch.new_round(state, alone=self._taking.alone)
                found.run(items, self.take_in, None if once else self._due, None if once else self._wanted)
                self.worst |= found.worst
                watch.listener.round_over()
            due, now = state.next_due(), _now()
            watch.listener.waiting(state.count(), None if due is None else max(due - now, 0.0))
            if once:
                return
            self._courier.check()
            self._wait(now)

    def take_in(self) -> None:
        """What was recorded since last time, by whomever; then the feed, and the other channels by the courier."""
        self._taking.sources()
        new = self._taking.rechecks() + self._told()
        for alert in new:
            self._watch.listener.alert(alert)
        if new:
            self._courier.poke()
        if new or self._feed_owed:
            try:
                put_feed(self._state, self._watch.settings.channels, self._watch.archive.settings.origin)
                self._feed_owed = False
            except (
                InputError
            ) as error:  # a folder that is away for a while: it is written with the next thing that is recorded
                if not self._feed_owed:
                    self._watch.listener.note(str(error))
                self._feed_owed = True

    def _told(self) -> list[Alert]:
        """What somebody else had told; gives what is new of it."""
        told = self._watch.to_tell()
        if not told:
            return []
        self.worst |= {code for _, code in told}
        names = self._watch.settings.channels.names
        return self._state.take_in((), [alert for alert, _ in told], names, self._state.mark() or 0, 0.0)

    def _due(self, *, everything: bool = False) -> list[Watched]:
        state, now = self._state, _now()
        items = state.sources() if everything else state.due(now, self._horizon(now))
        known = {item.key for item in items}
        items += [item for item in self._wanted() if item.key not in known]
        free = self._not_held(items, now)
        if everything and len(free) < len(items):
            # who asked to be left alone is left alone whatever the schedule, and that nothing is known of these is said
            words = count(len(items) - len(free), "source", "is", "are")
            self._watch.listener.note(f"{words} not asked: the server wants to be left alone for a while.")
            self.worst.add(3)
        return free

    def _wanted(self) -> list[Watched]:
        """What somebody wants looked at now, as far as it is watched and its host does not want to be left alone."""
        found = [self._state.source(key) for key in self._watch.wanted()]
        wanted = [item for item in found if item is not None and not item.removed]
        return self._not_held(wanted, _now()) if wanted else []

    def _not_held(self, items: list[Watched], now: float) -> list[Watched]:
        state = self._state
        held = state.held(now, now + LONGEST_REST)
        for host, until in held.items():
            state.put_off([item.key for item in items if host_of(item.url) == host], until)
        return [item for item in items if host_of(item.url) not in held]

    def _horizon(self, now: float) -> float:
        """No source that was put off by a right clock is due later than this."""
        return now + max(self._watch.settings.policy.at_most, DAY) * (1 + JITTER) + HOUR

    def _wait(self, began: float) -> None:
        """Until something is due or was done by others. In short steps, so that a clock that jumped or a machine that slept is noticed."""
        catalogue = self._watch.archive.catalogue
        size = catalogue.size()
        while not self._watch.stop.is_set() and not self._watch.wait() and catalogue.size() == size:
            now, due = _now(), self._state.next_due()
            if now < began - HOUR or (due is not None and not now < due <= self._horizon(now)):
                return


class _OnlyOne(AbstractContextManager[None]):
    """The right to watch an archive; raises ArchiveError where another process has it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._held = archive.locks.lock(LOCK)

    def __enter__(self) -> None:
        try:
            self._held.acquire(timeout=0)
        except Timeout as error:
            raise ArchiveError(
                f"Another `archiver watch` is at work on {self._archive.root}; it looks at what is due, and what is added to it."
            ) from error

    def __exit__(self, *_: object) -> None:
        self._held.release()


def _now() -> float:
    return clock.now().timestamp()
