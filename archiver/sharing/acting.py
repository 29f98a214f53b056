"""What follows from a proven claim of a peer: a look at the live page where there is none of that moment, a comparison, and a record of it."""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from archiver import clock
from archiver.archive import Archive
from archiver.catalogue import Peer, ShareState
from archiver.errors import ArchiverError
from archiver.model import Agreement, Corroboration, Drift, Snapshot
from archiver.model.corroboration import Own, Peers
from archiver.model.kinds import CORROBORATION
from archiver.rechecking import Recheck
from archiver.sharing.agreeing import View, apart, best, compare, is_comparable, needs_look
from archiver.sharing.pace import Pace
from archiver.sharing.proofs import Proven, Shown
from archiver.sharing.sighting import Sighting
from archiver.sharing.telling import STATE, text_of
from archiver.sharing.wire import fault
from archiver.urls import page_key
from archiver.version import TOOL
from archiver.warc import Member, Record, seal

_PATIENCE = 180.0
"""Seconds after which a look that was asked for is given up: the peer's entry is taken up again when its feed is read next."""

_CAPTURES = 20
_KEPT, _KEPT_EVERY = 50, 30.0
"""So many claims of a peer on one page are recorded at once, then one each so many seconds: a log of its own proves whatever it likes."""

_GONE = frozenset((404, 410))
_BLIND = frozenset((Drift.RESTRICTED, Drift.UNREACHABLE))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a peer told of a page that is shared here too, and has proven. ``url`` is what the page is called here; ``tries`` looks were in
    vain, since they came before the peer's.
    """

    peer: Peer
    url: str
    sighting: Sighting
    shown: Shown
    proven: Proven
    tries: int = 0

    @property
    def name(self) -> tuple[str, str]:
        return self.peer.feed, self.sighting.id


@dataclass(slots=True)
class _Waiting:
    claim: Claim
    until: float
    turn: float = 0.0  # when it may be looked at; 0 where that was asked for


@dataclass(frozen=True, slots=True)
class Borne:
    """A corroboration that was recorded, for whoever listens."""

    said: Corroboration
    leaf: int


class Acts:
    """One thread that acts on claims and on finished looks, in the order in which they come. Enter it; `drain` waits until nothing is left.

    ``look`` has the live page of an address looked at, soon, by the watch: with its pace, its robots.txt and its second looks. ``settled``
    hears when a look was held against all that waited for it.
    """

    def __init__(
        self,
        archive: Archive,
        look: Callable[[str], None],
        borne: Callable[[Borne], None],
        settled: Callable[[], None],
        note: Callable[[str], None],
        pace: Pace | None = None,
    ) -> None:
        self._archive, self._look, self._borne, self._settled, self._note = archive, look, borne, settled, note
        self._pace, self._kept = pace or Pace(), Pace(_KEPT, _KEPT_EVERY)
        self._queue: queue.Queue[Claim | Recheck | None] = queue.Queue()
        self._waiting: dict[str, list[_Waiting]] = {}
        self._thread = threading.Thread(target=self._run, name="acts", daemon=True)
        self._lock = threading.Lock()

    def claim(self, claim: Claim) -> None:
        self._queue.put(claim)

    def looked(self, recheck: Recheck) -> None:
        """The watch has looked at a page and recorded it."""
        self._queue.put(recheck)

    def is_pending(self, name: tuple[str, str]) -> bool:
        """Whether a claim waits for a look."""
        with self._lock:
            return any(item.claim.name == name for items in self._waiting.values() for item in items)

    def drain(self) -> None:
        """Waits until all that came was acted on; looks that were asked for are not waited for."""
        self._queue.join()

    def __enter__(self) -> Acts:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                item = self._queue.get(timeout=self._next_turn())
            except queue.Empty:
                self._take_turns()
                continue
            try:
                if item is None:
                    return
                if isinstance(item, Claim):
                    self._on_claim(item)
                else:
                    self._on_look(item)
            except ArchiverError as error:
                self._note(f"What a peer told could not be acted on, and is tried again: {error}")
            except Exception as error:  # noqa: BLE001  # one claim must not end the acting on others
                self._note(fault("What a peer told could not be acted on", error))
            finally:
                self._queue.task_done()

    def _on_claim(self, claim: Claim) -> None:
        key = page_key(claim.sighting.url)
        if self.is_pending(claim.name):
            return
        if self._is_recorded(claim, key):
            self._heard(claim)
            return
        views = self._views(key)
        if needs_look(claim.sighting, views, text_proven=claim.proven.text):
            self._wait_for_look(claim, key)
            return
        if not self._may_keep(claim, key):
            return  # it is taken up again when the feed is read next
        own = best(claim.sighting, views, text_proven=claim.proven.text)
        if own is not None and _is_comparable(claim, own):
            self._record([(claim, own, False)])
        self._heard(claim)

    def _wait_for_look(self, claim: Claim, key: str) -> None:
        """Asks for a look, unless one was asked for already; later, where there were too many of the page."""
        with self._lock:
            others = self._waiting.setdefault(key, [])
            turn = 0.0 if others else self._pace.wait(key)
            now = time.monotonic()
            others.append(_Waiting(claim, now + _PATIENCE + turn, now + turn if turn else 0.0))
            asks = len(others) == 1 and not turn
        if asks:
            self._look(claim.url)

    def _on_look(self, recheck: Recheck) -> None:
        key = page_key(recheck.url)
        with self._lock:
            claims = [item.claim for item in self._waiting.pop(key, [])]
        claims = [claim for claim in claims if self._may_keep(claim, key)]
        own = _view_of_look(recheck)
        if own is not None:
            early = [claim for claim in claims if _came_before(claim, own)]
            claims = [claim for claim in claims if claim not in early]
            apt = [item for item in claims if _is_comparable(item, own)]
            self._record([(claim, own, True) for claim in apt])
            for claim in early:  # it was under way when the page changed
                self._wait_for_look(replace(claim, tries=claim.tries + 1), key)
        for claim in claims:
            self._heard(claim)
        self._settled()

    def _may_keep(self, claim: Claim, key: str) -> bool:
        return not self._kept.wait(f"{claim.peer.feed} {key}")

    def _record(self, found: list[tuple[Claim, View, bool]]) -> None:
        said = [self._compared(claim, own, asked) for claim, own, asked in found]
        if not said:
            return
        leaves = self._archive.record([_member(item) for item in said])
        for item, leaf in zip(said, leaves, strict=True):
            self._borne(Borne(item, leaf.index))

    def _compared(self, claim: Claim, own: View, asked: bool) -> Corroboration:
        told, proven = claim.sighting, claim.proven
        agreement, as_of = compare(told, own, text_proven=proven.text), None
        if agreement is Agreement.DIFFERS and told.payload:
            for view in self._views(page_key(claim.url)):
                if view.snapshot != own.snapshot and compare(told, view, text_proven=proven.text).holds:
                    agreement, as_of = Agreement.EARLIER, view.snapshot
                    break
        peer = Peers(
            proven.record.key.name, proven.record.key.vkey, told.id, told.time, told.told.value, told.payload,
            told.text if proven.text else "", claim.shown.proof.decode(), claim.shown.text_proof.decode() if proven.text else "",
        )  # fmt: skip
        mine = Own(own.snapshot, own.look, own.time, own.payload, own.text)
        return Corroboration(claim.url, clock.stamp(), agreement, apart(told, own), peer, mine, as_of, asked, TOOL)

    def _views(self, key: str) -> list[View]:
        """Our own newest captures of the page, oldest first; and the last look where nothing answered."""
        catalogue = self._archive.catalogue
        names = catalogue.corroborations.newest_captures(key, _CAPTURES)
        found = [_view(catalogue.snapshot(name), None) for name in names]
        views = [view for view in reversed(found) if view is not None]
        last = catalogue.rechecks.last(key)
        if last is not None and last.drift is Drift.GONE and last.snapshot is None:
            views.append(View(None, last.id, last.time, "", "", True))
        return views

    def _is_recorded(self, claim: Claim, key: str) -> bool:
        """Whether it was compared before, and only the note of it was lost."""
        origin = claim.proven.record.key.name
        return any(
            (item.said.peer.origin, item.said.peer.entry) == (origin, claim.sighting.id)
            for item in self._archive.catalogue.corroborations.of_page(key)
        )

    def _heard(self, claim: Claim) -> None:
        with ShareState(self._archive.root / STATE) as state:
            state.heard(claim.peer.feed, claim.sighting.id, clock.stamp())

    def _next_turn(self) -> float:
        now = time.monotonic()
        with self._lock:
            times = [item.turn or item.until for items in self._waiting.values() for item in items]
        return min([max(at - now, 0.01) for at in times], default=60.0)

    def _take_turns(self) -> None:
        """Asks for the looks whose turn has come, and gives up those that nobody took."""
        now, urls = time.monotonic(), set()
        with self._lock:
            for key, items in list(self._waiting.items()):
                for item in items:
                    if item.turn and item.turn <= now:
                        item.turn = self._pace.wait(key)
                        if item.turn:
                            item.turn += now
                        else:
                            urls.add(item.claim.url)
                self._waiting[key] = [item for item in items if item.until > now]
                if not self._waiting[key]:
                    del self._waiting[key]
        for url in urls:
            self._look(url)


def _member(said: Corroboration) -> Member:
    uri = f"urn:archiver:{CORROBORATION}:{uuid.uuid4()}"
    return seal(Record(CORROBORATION, "metadata", uri, said.time, "application/json", said.block()))


def _view(snapshot: Snapshot, look: str | None) -> View | None:
    """None for what is no answer of the page itself, or half of one."""
    if snapshot.status in _GONE:
        return View(snapshot.id, look, snapshot.captured_at, "", "", True)
    if snapshot.truncated is not None or snapshot.wall is not None or not 200 <= snapshot.status < 300:
        return None
    text = text_of(snapshot)
    return View(snapshot.id, look, snapshot.captured_at, snapshot.payload_sha256, text.sha256 if text else "", False)


def _is_comparable(claim: Claim, own: View) -> bool:
    """Whether it can be said, and shown to others, if both saw the same: a look that names no page could be one at any other."""
    return claim.proven.page and is_comparable(claim.sighting, own, text_proven=claim.proven.text)


def _came_before(claim: Claim, own: View) -> bool:
    """Whether a look was too early to be held against what the peer saw, and another is worth it."""
    differs = not compare(claim.sighting, own, text_proven=claim.proven.text).holds
    return differs and claim.tries == 0 and apart(claim.sighting, own) < 0


def _view_of_look(recheck: Recheck) -> View | None:
    """None where it saw nothing of the page that could be compared."""
    if recheck.drift in _BLIND or recheck.id is None:
        return None
    if recheck.snapshot is None:
        return View(None, recheck.id, recheck.time, "", "", True) if recheck.drift is Drift.GONE else None
    return _view(recheck.snapshot, recheck.id)
