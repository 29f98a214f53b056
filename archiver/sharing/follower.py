"""One peer: its feed is read, its pushes taken, what it claims is proven, and what does not hold is refused and said."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archiver import clock
from archiver.archive import Archive
from archiver.catalogue import Peer, ShareState
from archiver.custody import Fork, Witness
from archiver.errors import ArchiveError, ArchiverError, BadAnswer, DamagedArchive, NetworkError, Stopped
from archiver.log import layout
from archiver.log.merkle import HASH_SIZE
from archiver.log.proofs import InclusionProof
from archiver.sharing import heads, proofs, websub
from archiver.sharing.acting import Acts, Claim
from archiver.sharing.atom import MOST_ENTRIES, Feed, read_feed
from archiver.sharing.hub import authority_of, base_of
from archiver.sharing.proofs import Shown
from archiver.sharing.sighting import Sighting
from archiver.sharing.telling import STATE
from archiver.sharing.websub import SUBSCRIBE, Asking
from archiver.sharing.wire import Wire, fault
from archiver.signing import VerifyingKey
from archiver.urls import for_display, page_key

EVERY = 300.0
"""Seconds between two readings of a feed, for what no push has brought."""

LEASE = 86400
_SOON = 2.0
ASK_AGAIN = 60.0
_JITTER = 0.1
_ATTEMPTS = 3
_LARGEST_PROOF = 64 << 10
"""Bytes: the details of a record, 64 hashes and a head are less. Each proof is kept with its corroboration."""

_FAILURES, _PASSED = 10, 1000
"""After so many claims that cannot be proven the rest of a feed waits; so many that do not hold are remembered, to be said and asked for once."""

_CLOCKS_DIFFER = timedelta(minutes=10)
FORK, UNPROVEN = "fork", "unproven"
"""What is refused of a peer: two histories of its log, or a claim that its log does not bear out."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a peer showed that does not hold: ``kind`` is FORK or UNPROVEN."""

    peer: Peer
    kind: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class Ways:
    """What the followers of all peers share. ``base`` is where pushes can be sent to, None where nothing listens."""

    archive: Archive
    wire: Wire
    acts: Acts
    base: str | None
    refused: Callable[[Refusal], None]
    note: Callable[[str], None]
    stop: threading.Event
    every: float = EVERY

    def state(self) -> ShareState:
        return ShareState(self.archive.root / STATE)


class Follower:
    """One peer: `push` and `read_soon` may be called by any thread."""

    def __init__(self, peer: Peer, ways: Ways) -> None:
        self.peer = peer
        self._ways = ways
        self._key = VerifyingKey.from_vkey(peer.vkey)
        self._base = base_of(peer.feed)
        self._witness = Witness(ways.archive.keys)
        self._lock = threading.Lock()
        self._pushed: list[Sighting] = []
        self._due = 0.0
        self._retry = _SOON
        self._ended = self._subscribed = False
        self._passed: dict[str, str] = {}
        self._unread = 0
        self._poked = threading.Event()
        self._chance = random.Random()  # noqa: S311  # when to read is no secret
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self, *, wait: bool = True) -> None:
        self._ended = True
        self._poked.set()
        if wait:
            self._thread.join()

    def push(self, feed: Feed) -> None:
        """Takes what the peer's hub sent. Where too much is waiting, or not all of it is understood, the feed is read instead."""
        with self._lock:
            if len(self._pushed) < 1000 and not feed.passed_over:
                self._pushed += feed.entries
            else:
                self._due = 0.0
        self._poked.set()

    def read_soon(self) -> None:
        with self._lock:
            self._due = 0.0
        self._poked.set()

    def _run(self) -> None:
        while not self._ended and not self._ways.stop.is_set():
            with self._lock:
                pushed, self._pushed = self._pushed, []
                due = self._due
            try:
                if pushed:
                    self._take(pushed)
                elif due <= time.monotonic():
                    self.read_once()
                    self._subscribe()
            except Stopped:
                return
            except ArchiverError as error:
                self._ways.note(f"The peer {for_display(self.peer.feed)}: {error}")
                self._try_later()
            except Exception as error:  # noqa: BLE001  # whatever one peer sends, the others are followed
                self._ways.note(fault(f"The peer {for_display(self.peer.feed)} could not be read", error))
                self._try_later()
            with self._lock:
                wait = 0.0 if self._pushed else max(self._due - time.monotonic(), 0.0)
            self._poked.wait(wait)
            self._poked.clear()

    def read_once(self) -> None:
        """Reads the feed, where it is another than last time, and takes what is new in it; what goes wrong is kept for `watch peers`."""
        self._later(self._ways.every)
        with self._ways.state() as state:
            self.peer = state.peer(self.peer.feed) or self.peer
        try:
            got = self._ways.wire.get(self.peer.feed, self.peer.etag)
            if got.status == 304:
                self._keep("", None)
                return
            if got.status != 200:
                raise BadAnswer(f"The feed answers with status {got.status}.")
            feed = read_feed(got.body, self._base)
        except (Stopped, ArchiveError):
            raise
        except ArchiverError as error:
            self._keep(str(error), None)
            self._try_later()
            return
        self._retry = _SOON
        self._say_unread(feed)
        self._say_missed(feed)
        if (
            feed.hub
            and feed.topic
            and authority_of(feed.hub) == authority_of(feed.topic) == authority_of(self.peer.feed)
        ):
            with self._ways.state() as state:
                state.found_hub(self.peer.feed, feed.topic, feed.hub)
        whole = self._take(feed.entries)
        # only a feed of which everything was taken needs not be read again
        self._keep("", got.etag if whole else "")

    def _try_later(self) -> None:
        """Soon, then after twice as long each time."""
        self._later(self._retry)
        self._retry = min(self._retry * 2, self._ways.every)

    def _keep(self, error: str, etag: str | None) -> None:
        with self._ways.state() as state:
            state.was_read(self.peer.feed, clock.stamp(), error, etag)

    def _later(self, seconds: float) -> None:
        with self._lock:
            self._due = time.monotonic() + seconds * self._chance.uniform(1 - _JITTER, 1 + _JITTER)

    def _say_unread(self, feed: Feed) -> None:
        """That a part of a feed is not understood is said, once for each such number: what is told there is not seen."""
        if feed.passed_over not in (0, self._unread):
            self._ways.note(
                f"Of the feed {for_display(self.peer.feed)}, {feed.passed_over} of {feed.passed_over + len(feed.entries)} entries are passed over: "
                "they are not such as this version reads."
            )
        self._unread = feed.passed_over

    def _say_missed(self, feed: Feed) -> None:
        """A full feed whose oldest entry is of after the last reading has dropped what was told between, and nobody tells that again."""
        full = len(feed.entries) + feed.passed_over >= MOST_ENTRIES
        if full and self.peer.read and min((entry.time for entry in feed.entries), default="") > self.peer.read:
            self._ways.note(
                f"The feed {for_display(self.peer.feed)} holds {MOST_ENTRIES} entries at most, all of them of after it was read last "
                f"({self.peer.read}): what was told before them may have been missed; `archiver recheck` looks at the sources."
            )

    def _take(self, entries: Sequence[Sighting]) -> bool:
        """Proves what is new of pages that are shared here too, oldest first. Says whether nothing is left to be tried again.

        What does not hold of one claim is passed over: those beside it stand on proofs of their own.
        """
        entries = list({entry.id: entry for entry in entries}.values())
        with self._ways.state() as state:
            known = state.peer(self.peer.feed)
            if known is None or known.trouble.startswith(f"{FORK}: "):
                return False  # of two histories none is believed, until a person follows it anew
            shared = {source.key: source for source in state.shared()}
            mine = [entry for entry in entries if page_key(entry.url) in shared]
            heard = state.was_heard(self.peer.feed, [entry.id for entry in mine]) if mine else set()
        whole = len(mine) == len(entries)  # one that is shared here later is taken then
        failures = 0
        for entry in sorted(mine, key=lambda entry: entry.time):
            if entry.id in heard or self._ways.acts.is_pending((self.peer.feed, entry.id)):
                continue
            source = shared[page_key(entry.url)]
            if entry.time < _after(max(self.peer.added, source.at)):
                continue  # told to others, before this archive listened
            whole = False
            if entry.time > _before(clock.stamp()) or entry.id in self._passed:
                continue  # one of the two clocks is wrong; when that is over, it is taken
            try:
                failures += not self._claimed(entry, source.url)
            except Fork as error:
                self._refuse(error)
                return False
            if failures == _FAILURES:
                return False  # the peer is down, or its log is not the one that is followed
        return whole

    def _claimed(self, entry: Sighting, url: str) -> bool:
        """Hands a claim on, once it is proven; says whether it was not to be proven. Raises Fork, Stopped, and ArchiveError of this archive."""
        try:
            self._ways.acts.claim(self._proven(entry, url))
        except (Stopped, Fork):
            raise
        except BadAnswer:
            pass  # it may have been taken back, or erased
        except NetworkError as error:
            self._keep(f"A claim could not be proven yet: {error}", None)
            self._try_later()
            return False
        except DamagedArchive as error:
            self._pass_over(entry, str(error))
            self._refuse(error)
            return False
        except ArchiveError:
            raise
        except Exception as error:  # noqa: BLE001  # a claim that nobody foresaw must not keep others waiting
            self._pass_over(entry, str(error) if isinstance(error, ArchiverError) else fault("It", error))
            return False
        return True

    def _pass_over(self, entry: Sighting, why: str) -> None:
        """It is not asked for again as long as this peer is followed here; what is wrong is said once."""
        if why not in self._passed.values():
            self._ways.note(f"A claim of {for_display(self.peer.feed)} is passed over: {why}")
        if len(self._passed) < _PASSED:
            self._passed[entry.id] = why

    def _proven(self, entry: Sighting, url: str) -> Claim:
        """Raises DamagedArchive where something does not hold, NetworkError where it cannot be known now."""
        for attempt in range(_ATTEMPTS):
            proof = self._proof(entry.leaf)
            text = b"" if entry.text_leaf is None else self._proof(entry.text_leaf)
            shown = Shown(proof, text)
            proven = proofs.check(entry, shown, self._key)
            notes = dict.fromkeys(InclusionProof.parse(data).checkpoint for data in (proof, text) if data)
            if heads.is_behind(self._witness, next(iter(notes)), self._key) and attempt < _ATTEMPTS - 1:
                continue  # another archive of this person saw a newer head meanwhile: so may we
            try:
                for note in notes:
                    heads.see(self._witness, note, self._key, self._tile, for_display(self._base))
            except heads.HeadMoved:
                continue
            return Claim(self.peer, url, entry, shown, proven)
        raise BadAnswer("The log grows faster than it can be read.")

    def _proof(self, leaf: int) -> bytes:
        data = self._ways.wire.file(f"{self._base}/proof/{leaf}")
        if len(data) > _LARGEST_PROOF:
            raise BadAnswer("A proof is too large.")
        return data

    def _tile(self, level: int, index: int, width: int) -> bytes:
        data = self._ways.wire.file(f"{self._base}/{layout.tile_path(level, index, width)}")
        if len(data) != width * HASH_SIZE:
            raise DamagedArchive(f"A tile that {for_display(self._base)} shows has a wrong length.")
        return data

    def _refuse(self, error: DamagedArchive) -> None:
        kind = FORK if isinstance(error, Fork) else UNPROVEN
        at = clock.stamp()
        with self._ways.state() as state:
            known = state.peer(self.peer.feed)
            said = known.trouble.partition(": ")[0] if known is not None else ""
            if known is None or said in (FORK, kind):
                return
            state.refused(self.peer.feed, f"{kind}: {error}", at)
        self._ways.refused(Refusal(self.peer, kind, str(error), at))

    def _subscribe(self) -> None:
        """Asks the peer's hub to push, where it has one: at the start, since it may have given up, and before its lease runs out."""
        with self._ways.state() as state:
            peer = state.peer(self.peer.feed)
            now = time.time()
            if self._ways.base is None or peer is None or not peer.hub:
                return
            granted = 2 * self._ways.every < peer.lease - now <= websub.LONGEST_LEASE
            if self._subscribed and (granted or abs(now - peer.asked) < ASK_AGAIN):
                return
            state.asked_hub(peer.feed, now)
        self._subscribed = True
        asking = Asking(SUBSCRIBE, peer.topic, f"{self._ways.base}/callback/{peer.token}", LEASE, peer.secret)
        try:
            status = self._ways.wire.hand_over(peer.hub, asking.form(), websub.FORM).status
        except Stopped:
            raise
        except NetworkError as error:
            self._ways.note(
                f"The hub of {for_display(self.peer.feed)} does not answer; its feed is read instead ({error})."
            )
            self._later(ASK_AGAIN)
            return
        if not 200 <= status < 300:
            self._ways.note(
                f"The hub of {for_display(self.peer.feed)} answers with status {status}, and will not push; its feed is read instead."
            )


def _after(moment: str) -> str:
    return clock.stamp(datetime.fromisoformat(moment) - _CLOCKS_DIFFER)


def _before(moment: str) -> str:
    return clock.stamp(datetime.fromisoformat(moment) + _CLOCKS_DIFFER)
