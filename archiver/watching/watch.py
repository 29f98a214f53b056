"""The watch: sources are looked at when they are due, and whoever listens is told what is new.

Everything that is told is made from recorded rechecks, in the order of the log, in one transaction with the mark up to which they were taken
in. So a kill at any moment loses nothing and tells nothing twice, and what another process rechecked is told like the rest.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import datetime

from filelock import Timeout

from archiver import clock, urls
from archiver.archive import Archive
from archiver.capture import Options
from archiver.catalogue import Alert, Watched, WatchState
from archiver.errors import ArchiveError, ArchiverError, UnknownId
from archiver.model import StoredRecheck
from archiver.rechecking import Recheck
from archiver.watching.channels import put_feed
from archiver.watching.courier import Courier
from archiver.watching.listening import Listener, Settings
from archiver.watching.looking import Again, Looked, Looks, host_of, recording
from archiver.watching.robots import Robots
from archiver.watching.schedule import DAY, HOUR, JITTER, jittered
from archiver.watching.silence import WAIT, Silence
from archiver.watching.standing import Circumstances, after_look
from archiver.watching.wording import make_alert

STATE = "state.db"
LOCK = "watch"
_TICK = 2.0
"""Seconds after which the watch looks what others did meanwhile, and whether the clock jumped."""
_MOST_WAIT = DAY
_CROWD = 4
_NO_NAME = "name-not-found"


class Watch:
    """One watch on one archive. ``on_recheck`` are called with each recheck that it records; ``companions`` are entered with the loop and
    left at its end, such as a server that others ask.
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
    ) -> None:
        self.archive = archive
        self.settings = settings
        self.stop = options.stop or threading.Event()
        self._options = replace(options, stop=self.stop)
        self._listener = listener or Listener()
        self._on_recheck, self._companions = on_recheck, companions
        self._chance = random.Random()  # noqa: S311  # when to look is no secret
        self._poked = threading.Event()
        self._wanted: dict[str, None] = {}
        self._to_tell: list[Alert] = []
        self._lock = threading.Lock()
        self._cited_at = -1
        self._alone = False
        self._robots = Robots() if settings.robots else None
        self.worst: list[int] = []

    def look_now(self, url: str) -> None:
        """Has a source looked at as soon as there is room, whatever its schedule says. Any thread may call it; raises InputError."""
        with self._lock:
            self._wanted[urls.page_key(url)] = None
        self._poked.set()

    def tell(self, alert: Alert, code: int = 0) -> None:
        """Tells something that no look at a page found, once for its id; ``code`` counts for the exit code. Any thread may call it."""
        with self._lock:
            self._to_tell.append(alert)
            self.worst.append(code)
        self._poked.set()

    def run(self, *, once: bool = False, everything: bool = False) -> int:
        """Watches until ``stop`` is set, or with ``once`` until all that is due (with ``everything``: all) was looked at.

        Gives the exit code of what was looked at: 1 where something does not hold, 3 where something could not be decided or delivered.
        Raises ArchiveError where another watch is at work on this archive, or where nothing can be recorded.
        """
        self.archive.ready("looked at")
        with ExitStack() as stack:
            stack.enter_context(_OnlyOne(self.archive))
            state = stack.enter_context(WatchState(self.archive.root / STATE))
            self._take_in(state)
            put_feed(state, self.settings.channels, self.archive.settings.origin)
            courier = stack.enter_context(
                Courier(self.archive.root / STATE, self.settings.channels, self._listener.sent)
            )
            self._courier = courier
            for companion in self._companions:
                stack.enter_context(companion(self))
            self._loop(state, once=once, everything=everything)
            if once and not self.stop.is_set():
                courier.finish()
            if state.undelivered(self.settings.channels.names):
                self.worst.append(3)
        return next((code for code in (1, 3) if code in self.worst), 0)

    def _loop(self, state: WatchState, *, once: bool, everything: bool) -> None:
        while not self.stop.is_set():
            self._take_in(state)
            self._add_cited(state)
            items = self._due(state, everything=everything)
            everything = False
            if items:
                self._round(state, items, once=once)
            if once:
                return
            due = state.next_due()
            now = _now()
            self._listener.waiting(state.count(), None if due is None else max(due - now, 0.0))
            self._wait(state, now)

    def _wait(self, state: WatchState, began: float) -> None:
        """Until something is due or was done by others. Short steps, so that a clock that jumped or a machine that slept is noticed."""
        size = self.archive.catalogue.size()
        while not self.stop.is_set():
            if self._poked.wait(_TICK):
                self._poked.clear()
                return
            now = _now()
            due = state.next_due()
            if (due is not None and due <= now) or self._is_lost(now, due) or now < began - HOUR:
                return
            if self.archive.catalogue.size() != size:
                return

    def _is_lost(self, now: float, due: float | None) -> bool:
        return due is not None and due > self._horizon(now)

    def _horizon(self, now: float) -> float:
        """No source that was put off by a right clock is due later than this."""
        return now + max(self.settings.policy.at_most, DAY) * (1 + JITTER) + HOUR

    def _add_cited(self, state: WatchState) -> None:
        size = self.archive.catalogue.size()
        if size == self._cited_at:
            return
        self._cited_at = size
        cited = [(urls.page_key(url), url) for url in self.archive.catalogue.rechecks.cited() if _is_page(url)]
        state.add_cited(cited, self.settings.policy.every, _now())
        self._alone = len({host_of(item.url) for item in state.sources()}) < 2

    def _due(self, state: WatchState, *, everything: bool) -> list[Watched]:
        now = _now()
        held = {} if everything else state.held(now, now + 2 * DAY)
        items = state.sources() if everything else state.due(now, self._horizon(now))
        with self._lock:
            wanted, self._wanted = list(self._wanted), {}
        known = {item.key for item in items}
        items += [item for key in wanted if key not in known and (item := state.source(key)) and not item.removed]
        if not held:
            return items
        for host, until in held.items():
            state.put_off((item.key for item in items if host_of(item.url) == host), until)
        return [item for item in items if host_of(item.url) not in held]

    def _round(self, state: WatchState, items: list[Watched], *, once: bool) -> None:
        """Looks at these, and in a loop at what becomes due meanwhile."""
        settings = self.settings
        self._listener.began(state.count(), len(items))
        out = {item.key for item in items}
        silence = Silence()
        with (
            recording(self.archive, many=len(items) >= _CROWD),
            Looks(
                self.archive,
                self._options,
                jobs=settings.jobs,
                per_host=settings.per_host,
                pause=settings.pause,
                robots=self._robots,
                few=len(items) < _CROWD,
            ) as looks,
        ):
            looks.put(items)
            looked_for_more = time.monotonic()
            while out and not self.stop.is_set():
                for result in looks.results():
                    if isinstance(result, Again):
                        self._again(state, looks, result, silence, out)
                    else:
                        out.discard(result.item.key)
                        self._looked(state, looks, result, silence, out)
                self._take_in(state)
                if silence.is_total:
                    self._put_off_all(state, looks, silence, out)
                if not once and (self._wanted or time.monotonic() - looked_for_more > _TICK):
                    looked_for_more = time.monotonic()
                    more = [item for item in self._due(state, everything=False) if item.key not in out]
                    out |= {item.key for item in more}
                    looks.put(more)
        self._take_in(state)

    def _again(self, state: WatchState, looks: Looks, result: Again, silence: Silence, out: set[str]) -> None:
        """A second look when its time has come. That a name is gone is not believed while nobody else answers: one other source shows."""
        doubt: Callable[[], str] = str
        if result.pending.first.snapshot is not None:
            silence.broken()
        elif result.pending.first.met.code == _NO_NAME and not self._alone:
            host = host_of(result.item.url)
            doubt = lambda: "" if silence.answered else f"neither {host} nor anybody else answers; it is tried again"  # noqa: E731
            if not silence.answered:
                self._probe(state, looks, host, out)
        looks.again(result, result.pending.left(self.settings.confirm_after), doubt)

    def _probe(self, state: WatchState, looks: Looks, host: str, out: set[str]) -> None:
        """Looks at a source of another host before it is due, where none is being looked at."""
        if any(item.key in out and host_of(item.url) != host for item in state.sources()):
            return
        others = [item for item in state.sources() if not item.failures and host_of(item.url) != host]
        if others:
            other = self._chance.choice(others)
            out.add(other.key)
            looks.put([other])

    def _looked(self, state: WatchState, looks: Looks, result: Looked, silence: Silence, out: set[str]) -> None:
        host, recheck = host_of(result.item.url), result.recheck
        if recheck is None:
            later = _now() + jittered(self.settings.policy.every, self._chance)
            state.put_off([result.item.key], later)
            self.worst.append(3)
            self._listener.failed(result.item.url, result.refused or str(result.error))
            return
        answered = any(look.snapshot is not None for look in recheck.looks)
        if answered:
            silence.broken()
        else:
            silence.kept(host)
        self.worst.append(recheck.exit_code)
        self._listener.looked(recheck)
        for listen in self._on_recheck:
            try:
                listen(recheck)
            except ArchiverError as error:
                self._listener.note(str(error))
        asked = max((look.retry_after or 0.0 for look in recheck.looks if _is_busy(look.snapshot)), default=0.0)
        if asked:
            until = _now() + min(asked, _MOST_WAIT)
            state.hold(host, until)
            left = {item.key for item in looks.leave_alone(host)} | {result.item.key}
            state.put_off(left, until)
            out -= left
            self._listener.note(
                f"{host} asks to be left alone for {min(asked, _MOST_WAIT):.0f} s; {len(left)} of its sources wait."
            )

    def _put_off_all(self, state: WatchState, looks: Looks, silence: Silence, out: set[str]) -> None:
        left = {item.key for item in looks.leave_alone(None)}
        if not left:
            return
        state.put_off(left, _now() + WAIT)
        out -= left
        self.worst.append(3)
        self._listener.note(
            f"Nobody answers, of {silence.hosts} hosts: this machine seems to be without a network. {len(left)} sources wait for {WAIT:.0f} s."
        )

    def _take_in(self, state: WatchState) -> None:
        """What was recorded since last time: schedule, alerts and mark in one transaction; then the feed, and the rest by the courier."""
        mark = state.mark()
        looks = self.archive.catalogue.rechecks.since(mark or 0)
        with self._lock:
            alerts, self._to_tell = self._to_tell, []
        if not looks:
            if mark is None or alerts:
                self._give_out(state, [], alerts, mark or 0, 0.0)
            return
        now, heard = _now(), state.heard()
        changed: dict[str, Watched] = {}
        for look in looks:
            if any(one["snapshot"] for one in look.told["looks"]):
                heard = max(heard, _time_of(look, now))
            item = changed.get(look.surt) or state.source(look.surt)
            if item is None:
                continue
            around = Circumstances(self.settings.policy, now, heard, self._alone, self._chance, self.settings.edits)
            item, kind = after_look(item, look, around)
            changed[look.surt] = item
            if kind is not None and mark is not None and not item.removed:
                alerts.append(make_alert(kind, look, self._words_of))
        self._give_out(state, list(changed.values()), alerts, looks[-1].leaf + 1, heard)

    def _give_out(
        self, state: WatchState, changed: list[Watched], alerts: list[Alert], mark: int, heard: float
    ) -> None:
        new = state.take_in(changed, alerts, self.settings.channels.names, mark, heard)
        for alert in new:
            self._listener.alert(alert)
        if new:
            put_feed(state, self.settings.channels, self.archive.settings.origin)
            self._courier.poke()

    def _words_of(self, quote: str) -> str:
        try:
            return self.archive.catalogue.quote(quote).text
        except UnknownId:
            return "(erased)"


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


def _time_of(look: StoredRecheck, now: float) -> float:
    return min(datetime.fromisoformat(look.time).timestamp(), now)


def _is_page(url: str) -> bool:
    return url.startswith(("http:", "https:"))


def _is_busy(snapshot: object) -> bool:
    return getattr(snapshot, "status", None) in (429, 503)
