"""What was recorded is taken in: the schedule goes on, and what is new is to be told.

Rechecks are taken in the order of the log, from a mark on, in one transaction with the mark and the alerts that are made of them. So a kill at
any moment loses no alert and makes none twice, and what another process rechecked is told like the rest.
"""

from __future__ import annotations

import random
from datetime import datetime
from functools import partial

from archiver import clock, urls
from archiver.archive import Archive
from archiver.catalogue import Alert, Watched, WatchState
from archiver.errors import UnknownId
from archiver.model import StoredRecheck
from archiver.model.kinds import QUOTE
from archiver.rechecking import cited_sources
from archiver.urls import host_of
from archiver.watching.laststood import last_stood
from archiver.watching.listening import Settings
from archiver.watching.standing import Circumstances, after_look
from archiver.watching.wording import make_alert


class TakingIn:
    """Brings ``state.db`` up to what the archive holds."""

    def __init__(self, archive: Archive, settings: Settings, state: WatchState, chance: random.Random) -> None:
        self._archive, self._settings, self._state, self._chance = archive, settings, state, chance
        self._size = 0
        self.alone = False
        """Whether all that is watched is of one host."""

    def sources(self) -> None:
        """Puts pages under watch of which quotations were recorded since last time."""
        catalogue = self._archive.catalogue
        size = catalogue.size()
        if catalogue.newest_of(QUOTE, self._size) is not None:
            named = ((urls.page_key(url), url) for url in cited_sources(self._archive).urls)
            self._state.add_cited(named, self._settings.policy.every, clock.now().timestamp())
        self._size = size

    def look_around(self) -> None:
        """Finds out whether there is more than one host to ask."""
        self.alone = len({host_of(item.url) for item in self._state.sources()}) < 2

    def rechecks(self) -> list[Alert]:
        """Takes in what was looked at since last time; gives what is new. What was recorded before the first time is no news."""
        state = self._state
        mark = state.mark()
        behind = self._archive.catalogue.rechecks.since(mark or 0)
        known = state.ahead()
        looks = [look for look in behind if look.id not in known]
        if not looks:
            if mark is None:
                state.take_in((), (), (), 0, 0.0)
            return []
        now, heard = clock.now().timestamp(), state.heard()
        changed: dict[str, Watched] = {}
        alerts = []
        for look in looks:
            if any(one["snapshot"] for one in look.told["looks"]):
                heard = max(heard, _time_of(look, now))
            item = changed.get(look.surt) or state.source(look.surt)
            if item is None:
                continue
            around = Circumstances(self._settings.policy, now, heard, self.alone, self._chance, self._settings.edits)
            changed[look.surt], kind = after_look(item, look, around)
            if kind is not None and mark is not None and not item.removed:
                alerts.append(make_alert(kind, look, self._words_of, partial(last_stood, self._archive, look)))
        # the number of what waits for a sequencer may change: the mark stays below it, and what was taken in is known by its id
        following = min(behind[-1].leaf + 1, self._archive.numbered)
        ahead = [look.id for look in behind if look.leaf >= following]
        return state.take_in(list(changed.values()), alerts, self._settings.channels.names, following, heard, ahead)

    def _words_of(self, quote: str) -> str:
        try:
            return self._archive.catalogue.quote(quote).text
        except UnknownId:
            return "(erased)"


def _time_of(look: StoredRecheck, now: float) -> float:
    return min(datetime.fromisoformat(look.time).timestamp(), now)
