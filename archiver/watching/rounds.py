"""One round: everything that is due is looked at, and what becomes due meanwhile."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext

from archiver import clock
from archiver.archive import Archive
from archiver.capture import LazyPool, Options
from archiver.catalogue import Watched, WatchState
from archiver.errors import ArchiverError, DamagedArchive
from archiver.printable import count
from archiver.processors import on_one_processor
from archiver.rechecking import Recheck
from archiver.urls import host_of
from archiver.watching.listening import Listener, Settings
from archiver.watching.looking import Again, Looked, Looks, recording
from archiver.watching.robots import Robots
from archiver.watching.schedule import JITTER, LONGEST_REST, jittered
from archiver.watching.silence import WAIT, Silence

_CROWD = 4
"""From so many sources on, commits are shared and pages are read side by side."""

_MORE_AFTER = 2.0
_NO_NAME = "name-not-found"


class Round:
    """Looks at sources. ``worst`` are the exit codes of what was found."""

    def __init__(
        self,
        archive: Archive,
        options: Options,
        settings: Settings,
        state: WatchState,
        listener: Listener,
        on_recheck: Sequence[Callable[[Recheck], None]],
        robots: Robots | None,
        chance: random.Random,
        reader: LazyPool,
        *,
        alone: bool,
    ) -> None:
        self._archive, self._options, self._settings, self._state = archive, options, settings, state
        self._listener, self._on_recheck, self._robots, self._chance = listener, on_recheck, robots, chance
        self._reader, self._alone = reader, alone
        self._silence = Silence()
        self._out: dict[str, Watched] = {}
        self._seen: set[str] = set()
        self._held: dict[str, float] = {}
        self._once_more: dict[str, Watched] = {}
        self._resting: set[str] = set()
        self._unasked = 0
        self.worst: set[int] = set()

    def run(
        self,
        items: list[Watched],
        take_in: Callable[[], None],
        more: Callable[[], list[Watched]] | None = None,
        wanted: Callable[[], list[Watched]] | None = None,
    ) -> None:
        """Until all of these were looked at, or it is stopped. ``take_in`` is called as looks are recorded; ``more`` gives what has become
        due meanwhile, ``wanted`` what somebody wants looked at now, whenever it was looked at before.
        """
        settings, stop = self._settings, self._options.stop
        many = len(items) >= _CROWD
        # what goes on for weeks has its pages read apart, where one that crashes or stalls its reader costs only that page; that child stays
        # for the next round, since to start it takes longer than all else
        keep = more is not None and not many
        reader = self._reader if keep else LazyPool(small=not many)
        with (
            recording(self._archive, many=many),
            on_one_processor() if many else nullcontext(),
            Looks(
                self._archive, self._options, self._silence, reader, jobs=settings.jobs, per_host=settings.per_host,
                pause=settings.pause, robots=self._robots, keep_reader=keep,
            ) as looks,
        ):  # fmt: skip
            self._put(looks, items)
            asked = time.monotonic()
            while self._out and not (stop and stop.is_set()):
                for result in looks.results():
                    if isinstance(result, Again):
                        self._again(looks, result)
                    else:
                        self._looked(looks, result)
                take_in()
                if wanted is not None:
                    self._put_wanted(looks, wanted())
                if more is not None and time.monotonic() - asked > _MORE_AFTER:
                    asked = time.monotonic()
                    self._put(
                        looks, [item for item in more() if item.key not in self._out and item.key not in self._seen]
                    )
        take_in()
        # whatever became of its schedule, no source is looked at again at once
        self._state.put_off(self._seen, clock.now().timestamp() + min(WAIT, settings.policy.at_least / 2))
        for key, until in self._held.items():  # one that only leads to a host that asks for it is not found by its host
            self._state.put_off([key], until)
        if self._unasked:
            self._listener.note(
                f"Nobody answers: this machine seems to be without a network. {count(self._unasked, 'source')} not asked, and tried again later."
            )

    def _put_wanted(self, looks: Looks, items: list[Watched]) -> None:
        """What is under way is looked at once more behind that: its look may have been answered before there was a wish."""
        self._once_more |= {item.key: item for item in items if item.key in self._out and looks.has_begun(item.key)}
        self._put(looks, [item for item in items if item.key not in self._out])

    def _put(self, looks: Looks, items: list[Watched]) -> None:
        self._out |= {item.key: item for item in items}
        looks.put(items)

    def _again(self, looks: Looks, result: Again) -> None:
        """A second look when its time has come. That a name is gone is not believed while nobody else answers: one other source shows."""
        first, doubt = result.pending.first, None
        if first.snapshot is None and first.met.code == _NO_NAME and not self._alone:
            host = host_of(result.item.url)
            if not self._silence.answered:
                self._probe(looks, host)

            def doubt() -> str:
                return "" if self._silence.answered else f"neither {host} nor anybody else answers; it is tried again"

        looks.again(result, result.pending.left(self._settings.confirm_after), doubt)

    def _probe(self, looks: Looks, host: str) -> None:
        """Looks at a source of another host before it is due, where none is being looked at: of one that does not want to be left alone."""
        if any(host_of(item.url) != host for item in self._out.values()):
            return
        now = clock.now().timestamp()
        not_asked = {host, *self._state.held(now, now + LONGEST_REST)}
        others = [item for item in self._state.sources() if not item.failures and host_of(item.url) not in not_asked]
        if others:
            self._put(looks, [self._chance.choice(others)])

    def _looked(self, looks: Looks, result: Looked) -> None:
        self._out.pop(result.item.key, None)
        self._seen.add(result.item.key)
        self._take(result, looks)
        item = self._once_more.pop(result.item.key, None)
        if item is not None and not result.unasked and host_of(item.url) not in self._resting:
            self._put(looks, [item])

    def _take(self, result: Looked, looks: Looks) -> None:
        recheck = result.recheck
        if recheck is None:
            self._not_looked(result)
            return
        self.worst.add(recheck.exit_code)
        self._listener.looked(recheck)
        for listen in self._on_recheck:
            try:
                listen(recheck)
            except ArchiverError as error:
                self._listener.note(str(error))
        if result.wait:
            self._leave_alone(looks, result.busy, result.wait)
            self._held[result.item.key] = clock.now().timestamp() + result.wait

    def _not_looked(self, result: Looked) -> None:
        """Nothing is recorded, so it is put off here."""
        self.worst.add(1 if isinstance(result.error, DamagedArchive) else 3)
        # never before a robots.txt that could not be had is asked for again, however chance has it
        wait = WAIT if result.unasked else result.again / (1 - JITTER) or self._settings.policy.every
        self._state.put_off([result.item.key], clock.now().timestamp() + jittered(wait, self._chance))
        if result.unasked:
            self._unasked += 1
        else:
            self._listener.failed(result.item.url, result.refused or str(result.error))

    def _leave_alone(self, looks: Looks, host: str, seconds: float) -> None:
        """A host asked for it; it is remembered, so that another run keeps to it too."""
        until = clock.now().timestamp() + seconds
        self._state.hold(host, until)
        self._resting.add(host)
        left = [item.key for item in looks.leave_alone(host)]
        self._state.put_off(left, until)
        for key in left:
            del self._out[key]
        others = f"; {count(len(left), 'other source')} of it wait" if left else ""
        self._listener.note(f"{host} asks to be left alone for {seconds:.0f} s{others}.")
