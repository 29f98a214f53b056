"""The archive as its own hub (WebSub): whoever may subscribe is asked whether he meant it, and told at once from then on.

It calls back none but the peers that the person follows, where archives are called back: else any stranger could have it send requests wherever
he likes. Whoever asks in the name of somebody else gets the same answer, and can have nobody asked back more than now and then.
"""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue import ShareState, Subscriber
from archiver.errors import ArchiverError, Stopped
from archiver.sharing import atom, websub
from archiver.sharing.pace import Pace
from archiver.sharing.telling import Tellings
from archiver.sharing.websub import SIGNATURE, SUBSCRIBE, Asking, Intent
from archiver.sharing.wire import Wire, fault
from archiver.urls import parse

MOST, _WAITING = 64, 8
"""Subscribers with those that are just being verified; and requests in the name of one peer that wait for it."""

_AT_ONCE = 8
_VERIFIED_AT_ONCE = 2
"""Apart from the pushes: however many ask, and however slowly they answer, those that have subscribed are told."""

_TICK = 1.0
"""Seconds after which it is looked what another process recorded."""
_FIRST_WAIT, _LONGEST_WAIT = 2.0, 600.0
_GONE = 410


@dataclass(frozen=True, slots=True)
class Place:
    """Who the hub is: its log's origin, where it is served, and the file with its state."""

    origin: str
    base: str
    state: Path


class Hub:
    """Enter it to have it verify and push, on threads of its own; `poke` it when there may be something new."""

    def __init__(
        self,
        place: Place,
        tellings: Tellings,
        wire: Wire,
        subscribed: Callable[[tuple[str, str]], None],
        note: Callable[[str], None],
        pace: Pace | None = None,
    ) -> None:
        self._place, self._tellings, self._wire, self._note = place, tellings, wire, note
        self._subscribed = subscribed
        self._stop, self._poked = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._asked: dict[str, Asking] = {}
        self._pace, self._chance = pace or Pace(), random.Random()  # noqa: S311  # whose turn it is is no secret
        self._busy: set[str] = set()
        self._verifying: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
        self._pool = ThreadPoolExecutor(_AT_ONCE, "hub")
        self._verifiers = ThreadPoolExecutor(_VERIFIED_AT_ONCE, "hub-verify")

    def asked(self, asking: Asking) -> None:
        """A request of somebody; see `desk.Subscriptions`. Whether it is taken up nobody is told: it would show who is followed."""
        with ShareState(self._place.state) as state:
            places = {f"{base_of(peer.feed)}/callback/" for peer in state.peers()}
            callbacks = {item.callback for item in state.subscribers()}
        place = next((place for place in places if asking.callback.startswith(place)), None)
        if place is None:
            return
        with self._lock:
            waiting = [name for name in self._asked if name not in callbacks and name.startswith(place)]
            if asking.callback not in callbacks and asking.callback not in waiting:
                if len(callbacks | self._verifying) >= MOST:
                    return
                if len(waiting) >= _WAITING:  # any of them: whoever asks again has the chance of everybody else
                    del self._asked[self._chance.choice(waiting)]
            self._asked[asking.callback] = asking
        self._poked.set()

    def poke(self) -> None:
        """Something was recorded, or somebody asks."""
        self._poked.set()

    def __enter__(self) -> Hub:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._poked.set()
        self._thread.join()
        for pool in (self._verifiers, self._pool):
            pool.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> None:
        wait = 0.0
        while not self._stop.is_set():
            self._poked.wait(wait)
            self._poked.clear()
            if self._stop.is_set():
                return
            try:
                wait = self._round()
            except ArchiverError as error:
                self._note(f"The hub: {error}")
                wait = _FIRST_WAIT

    def _round(self) -> float:
        """Starts what is to be done, and gives the seconds until there is something to be tried again."""
        now = time.time()
        with ShareState(self._place.state) as state:
            subscribers = state.subscribers()
            for item in subscribers:
                if item.until < now:
                    state.unsubscribe(item.callback)
        for asking in self._turns({item.callback for item in subscribers}):
            self._verifiers.submit(self._guarded, self._verify, asking)
        newest = next((told.leaf for told in self._tellings.now()), -1)
        wait = _TICK
        for item in subscribers:
            if item.told >= newest or item.until < now:
                continue
            if min(item.next_try, now + _LONGEST_WAIT) > now:
                wait = min(wait, item.next_try - now)
                continue
            with self._lock:
                if item.callback in self._busy:
                    continue  # it pokes when it is done
                self._busy.add(item.callback)
            self._pool.submit(self._guarded, self._push, item)
        return wait

    def _turns(self, subscribers: Collection[str]) -> list[Asking]:
        """Those that may be asked back now: a peer is asked a few times at once, then now and then, however many ask in its name.

        A subscriber, whose callback nobody else knows, has turns of its own.
        """
        with self._lock:
            names = [name for name in self._asked if name not in self._verifying]
            self._chance.shuffle(names)
            paces = {name: name if name in subscribers else " ".join(authority_of(name)) for name in names}
            names = [name for name in names if not self._pace.wait(paces[name])]
            self._verifying |= set(names)
            return [self._asked.pop(name) for name in names]

    def _guarded(self, act: Callable[[Asking], None] | Callable[[Subscriber], None], what: Asking | Subscriber) -> None:
        try:
            act(what)  # type: ignore[arg-type]
        except Stopped:
            pass
        except ArchiverError as error:
            self._note(f"The hub: {error}")
        except Exception as error:  # noqa: BLE001  # one subscriber must not end the telling of others
            self._note(fault("A subscriber could not be told", error))

    def _verify(self, asking: Asking) -> None:
        try:
            self._ask(asking)
        finally:
            with self._lock:
                self._verifying.discard(asking.callback)
            self._poked.set()

    def _ask(self, asking: Asking) -> None:
        """Sections 5.3 of WebSub: the subscriber must say the challenge back."""
        challenge = secrets.token_urlsafe(32)
        intent = Intent(asking.mode, asking.topic, challenge, asking.lease if asking.mode == SUBSCRIBE else 0)
        got = self._wire.get(intent.address(asking.callback))
        if not 200 <= got.status < 300 or got.body != challenge.encode():
            return
        newest = next((told.leaf for told in self._tellings.now()), -1)
        with ShareState(self._place.state) as state:
            if asking.mode == SUBSCRIBE:
                state.subscribe(Subscriber(asking.callback, asking.secret, time.time() + asking.lease, newest))
            else:
                state.unsubscribe(asking.callback)
        self._subscribed(authority_of(asking.callback))

    def _push(self, item: Subscriber) -> None:
        """Sends what is new, as a feed of that alone (section 7), oldest entries with it."""
        try:
            with ShareState(
                self._place.state
            ) as state:  # anew: what the round read may be from before the last push ended
                told_up_to = next((now.told for now in state.subscribers() if now.callback == item.callback), None)
            if told_up_to is None:
                return
            new = [told for told in self._tellings.now() if told.leaf > told_up_to]
            body = atom.write_feed([told.sighting for told in new], self._place.origin, self._place.base)
            fields = [("Link", websub.link_header(atom.topic_of(self._place.base), f"{self._place.base}/hub"))]
            if item.secret:
                fields.append((SIGNATURE, websub.sign(item.secret, body)))
            try:
                status = (
                    self._wire.hand_over(item.callback, body, atom.MEDIA_TYPE, tuple(fields)).status if new else 202
                )
            except Stopped:
                raise
            except ArchiverError:
                status = 0
            with ShareState(self._place.state) as state:
                if 200 <= status < 300:
                    state.pushed(item.callback, max((told.leaf for told in new), default=told_up_to))
                elif status == _GONE:
                    state.unsubscribe(item.callback)
                else:
                    wait = min(_FIRST_WAIT * 2.0 ** min(item.failures, 20), _LONGEST_WAIT)
                    state.not_pushed(item.callback, time.time() + wait)
        finally:
            with self._lock:
                self._busy.discard(item.callback)
            self._poked.set()


def base_of(feed: str) -> str:
    """What everything of a peer lies under: the address of its feed without the last part."""
    return feed.rpartition("/")[0]


def authority_of(url: str) -> tuple[str, str]:
    """Scheme, and host with port. Raises InputError."""
    parsed = parse(url)
    return parsed.scheme, parsed.authority
