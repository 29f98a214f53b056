"""The hub: it verifies who asks, pushes what is new once, and gives nobody up too soon."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from website import Website

from archiver.archive import Archive
from archiver.catalogue import ShareState, Subscriber
from archiver.errors import Unreachable
from archiver.rechecking import Recheck
from archiver.sharing import STATE, Pace, Tellings, new_peer
from archiver.sharing.atom import read_feed
from archiver.sharing.hub import MOST, Hub, Place
from archiver.sharing.websub import SIGNATURE, SUBSCRIBE, UNSUBSCRIBE, Asking, is_signed
from archiver.sharing.wire import Got
from archiver.signing import SigningKey

BASE, CALLBACK = "http://here.example", "http://peer.example/callback/x"


@dataclass
class Wire:
    """A peer at the other end: ``status`` is what it answers pushes with, 0 for nothing."""

    honest: bool = True
    status: int = 202
    asked: list[str] = field(default_factory=list)
    pushed: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def get(self, url: str) -> Got:
        self.asked.append(url)
        challenge = parse_qs(urlsplit(url).query)["hub.challenge"][0]
        return Got(200, challenge.encode() if self.honest else b"another", "")

    def hand_over(self, url: str, body: bytes, media_type: str, fields: Any = ()) -> Any:
        assert (url, media_type) == (CALLBACK, "application/atom+xml")
        self.pushed.append((body, dict(fields)))
        if not self.status:
            raise Unreachable("away")
        return SimpleNamespace(status=self.status)


@dataclass
class SlowWire(Wire):
    """A peer that answers questions when ``go`` is set."""

    go: threading.Event = field(default_factory=threading.Event)

    def get(self, url: str) -> Got:
        self.go.wait(20)
        return super().get(url)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def hub(archive: Archive, wire: Wire) -> Iterator[Hub]:
    with ShareState(archive.root / STATE) as state:
        state.follow(new_peer("http://peer.example/shared.atom", SigningKey.generate("peer.example/log").public))
    place = Place(archive.settings.origin, BASE, archive.root / STATE)
    with Hub(place, Tellings(archive), wire, lambda _: None, lambda _: None) as made:  # type: ignore[arg-type]
        yield made


def ask(hub: Hub, mode: str = SUBSCRIBE) -> None:
    hub.asked(Asking(mode, f"{BASE}/shared.atom", CALLBACK, 3600, "secret"))


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def subscribers(archive: Archive) -> list[str]:
    with ShareState(archive.root / STATE) as state:
        return [item.callback for item in state.subscribers()]


def test_what_is_new_is_pushed_once_and_signed(
    archive: Archive,
    hub: Hub,
    wire: Wire,
    shared: str,
    site: Website,
    look: Callable[[str], Recheck],
    edition: Callable[[int], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds: list[float] = []
    real = Hub._round
    monkeypatch.setattr(Hub, "_round", lambda self: rounds.append(real(self)) or rounds[-1])
    ask(hub)
    until(lambda: subscribers(archive))
    site.put("/bridge", edition(2))
    recheck = look(shared)
    hub.poke()
    until(lambda: wire.pushed)
    (body, fields), *_ = wire.pushed
    (entry,) = read_feed(body, BASE).entries  # what was there before is in the feed
    assert recheck.snapshot is not None
    assert entry.payload == recheck.snapshot.payload_sha256
    assert is_signed("secret", body, fields[SIGNATURE])
    assert fields["Link"] == f'<{BASE}/hub>; rel="hub", <{BASE}/shared.atom>; rel="self"'
    until(lambda: not hub._busy)
    for _ in range(3):
        before = len(rounds)
        hub.poke()
        until(lambda before=before: len(rounds) > before)  # type: ignore[misc]
    until(lambda: not hub._busy)
    assert len(wire.pushed) == 1
    ask(hub, UNSUBSCRIBE)
    until(lambda: not subscribers(archive))


def test_who_does_not_say_the_challenge_back_is_not_subscribed(archive: Archive, hub: Hub, wire: Wire) -> None:
    wire.honest = False
    ask(hub)
    until(lambda: wire.asked and not hub._verifying)
    assert subscribers(archive) == []


@pytest.mark.parametrize(("status", "stays"), [(410, False), (0, True)])
def test_who_is_away_is_told_later_and_who_wants_no_more_is_forgotten(
    archive: Archive, hub: Hub, wire: Wire, shared: str, site: Website, look: Callable[[str], Recheck], edition: Callable[[int], bytes],
    status: int, stays: bool,
) -> None:  # fmt: skip
    wire.status = status
    ask(hub)
    until(lambda: subscribers(archive))
    site.put("/bridge", edition(2))
    look(shared)
    hub.poke()
    until(lambda: wire.pushed)
    if not stays:
        until(lambda: not subscribers(archive))
        return
    wire.status = 202
    until(lambda: len(wire.pushed) == 2)
    assert wire.pushed[0] == wire.pushed[1]
    with ShareState(archive.root / STATE) as state:
        until(lambda: state.subscribers()[0].failures == 0)


def test_a_lease_ends(archive: Archive, hub: Hub) -> None:
    from archiver.catalogue import Subscriber

    with ShareState(archive.root / STATE) as state:
        state.subscribe(Subscriber(CALLBACK, "", time.time() - 1, -1))
    hub.poke()
    until(lambda: not subscribers(archive))


def test_however_many_ask_a_peer_is_asked_a_few_times_and_who_has_subscribed_is_told(
    archive: Archive, shared: str, site: Website, look: Callable[[str], Recheck], edition: Callable[[int], bytes]
) -> None:
    with ShareState(archive.root / STATE) as state:
        state.follow(new_peer("http://peer.example/shared.atom", SigningKey.generate("peer.example/log").public))
        state.subscribe(Subscriber(CALLBACK, "secret", time.time() + 900, 0))
    wire, pace = SlowWire(honest=False), Pace(burst=4, every=0.5)
    place = Place(archive.settings.origin, BASE, archive.root / STATE)
    with Hub(place, Tellings(archive), wire, lambda _: None, lambda _: None, pace) as hub:  # type: ignore[arg-type]
        until(lambda: len(wire.pushed) == 1)
        began = time.monotonic()
        for number in range(MOST):
            hub.asked(Asking(SUBSCRIBE, f"{BASE}/shared.atom", f"{CALLBACK}{number}"))
        site.put("/bridge", edition(2))
        look(shared)
        hub.poke()
        until(lambda: len(wire.pushed) == 2)
        wire.go.set()
        wire.honest = True
        ask(hub)  # it renews its subscription: that is asked back at once, whoever asks in its name
        until(lambda: any(f"{CALLBACK}?" in url for url in wire.asked))
        assert len(wire.asked) <= 5 + (time.monotonic() - began) / 0.5
