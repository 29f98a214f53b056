"""One peer: what it shows is taken within limits, and taken up again where it could not be."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from website import Website

from archiver.archive import Archive
from archiver.catalogue import ShareState, WatchState
from archiver.errors import Unreachable
from archiver.rechecking import Recheck
from archiver.sharing import STATE, new_peer, proofs, tell
from archiver.sharing.atom import write_feed
from archiver.sharing.follower import Follower, Ways
from archiver.sharing.published import Published
from archiver.sharing.sighting import Sighting, Told
from archiver.sharing.wire import Got
from archiver.urls import page_key

BASE = "http://peer.example"


@dataclass
class Peer:
    """An archive as its follower sees it: the archive itself, which follows itself."""

    archive: Archive
    told: list[Sighting] = field(default_factory=list)
    padding: int = 0
    away: int = 0
    asked: list[str] = field(default_factory=list)
    claims: list[Any] = field(default_factory=list)

    def get(self, _: str, etag: str = "") -> Got:
        feed = write_feed(self.told, "o", BASE).replace(b'term="moved"', b'term="exploded"')
        return Got(304 if etag else 200, b"" if etag else feed, '"1"')

    def file(self, url: str) -> bytes:
        self.asked.append(url)
        if self.away:
            self.away -= 1
            raise Unreachable("away")
        return Published(self.archive).proof(int(url.rpartition("/")[2])) + b"\n" * self.padding

    def claim(self, claim: Any) -> None:
        self.claims.append(claim)

    def is_pending(self, _: object) -> bool:
        return False

    def etag(self) -> str:
        with ShareState(self.archive.root / STATE) as state:
            peer = state.peer(f"{BASE}/shared.atom")
        assert peer is not None
        return peer.etag


@pytest.fixture
def peer(archive: Archive, shared: str) -> Peer:
    with ShareState(archive.root / STATE) as state:
        state.follow(replace(new_peer(f"{BASE}/shared.atom", archive.key), added="2026-01-01T00:00:00Z"))
        return Peer(archive, [told.sighting for told in tell(archive, state.shared())])


def read(peer: Peer) -> list[str]:
    refused: list[str] = []
    ways = Ways(peer.archive, peer, peer, None, lambda it: refused.append(it.why), refused.append, threading.Event())  # type: ignore[arg-type]
    with ways.state() as state:
        (known,) = state.peers()
    Follower(known, ways).read_once()
    return refused


def test_a_claim_is_proven_and_handed_on(peer: Peer) -> None:
    assert read(peer) == []
    assert [claim.sighting for claim in peer.claims] == peer.told


def test_a_proof_that_is_too_large_is_not_kept(peer: Peer) -> None:
    peer.padding = 1 << 16
    assert read(peer) == []
    assert peer.claims == []


def test_what_a_clock_that_is_wrong_dates_to_the_future_is_read_again(peer: Peer) -> None:
    peer.told = [replace(peer.told[0], time="2199-01-01T00:00:00Z")]
    read(peer)
    assert (peer.claims, peer.etag()) == ([], "")


def before(told: Sighting, number: int, **changes: Any) -> Sighting:
    """A claim that is taken before another."""
    return replace(told, id=f"urn:x:{number}", time=told.time[:11] + f"00:00:{number:02d}Z", **changes)


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """However old a claim is, it is taken."""
    monkeypatch.setattr("archiver.sharing.follower._after", lambda _: "")


@pytest.mark.usefixtures("always")
def test_one_bad_claim_does_not_keep_the_others_waiting(peer: Peer) -> None:
    good = peer.told[0]
    bad = [before(good, 1), before(good, 2, payload="0" * 64), before(good, 3, url=f"{good.url}#x", leaf=0)]
    peer.told = [good, *bad]
    said = read(peer)
    assert [claim.sighting for claim in peer.claims] == [good]
    assert [words for words in said if "passed over" in words] == [
        words for words in said if words.startswith("A claim of http://peer.example")
    ]
    assert any("another time" in words for words in said)
    assert any("another payload" in words for words in said)
    assert len(said) == 1 + len([words for words in said if "passed over" in words])  # and one refusal
    assert peer.etag() == ""  # what does not hold is not forgotten


@pytest.mark.usefixtures("always")
def test_a_claim_that_nobody_foresaw_does_not_either(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    good, odd = peer.told[0], before(peer.told[0], 1, payload="1" * 64)
    checked = proofs.check

    def check(sighting: Sighting, *rest: Any) -> Any:
        if sighting.payload == odd.payload:
            raise ZeroDivisionError
        return checked(sighting, *rest)

    monkeypatch.setattr(proofs, "check", check)
    peer.told = [good, odd]
    (said,) = read(peer)
    assert "ZeroDivisionError" in said
    assert [claim.sighting for claim in peer.claims] == [good]


@pytest.mark.usefixtures("always")
def test_a_proof_that_does_not_come_is_tried_later_and_a_peer_that_is_away_is_left_alone(peer: Peer) -> None:
    good = peer.told[0]
    peer.told, peer.away = [good, before(good, 1)], 1
    assert read(peer) == []
    assert [claim.sighting for claim in peer.claims] == [good]
    peer.told, peer.away = [good, *(before(good, number) for number in range(30))], 99
    read(peer)
    assert peer.away == 89


def test_entries_that_are_not_understood_are_said(peer: Peer) -> None:
    peer.told = [peer.told[0], replace(peer.told[0], id="urn:x", told=Told.MOVED)]
    (said,) = read(peer)
    assert "1 of 2 entries are passed over" in said
    assert len(peer.claims) == 1


@pytest.mark.usefixtures("always")
def test_nothing_is_asked_for_a_page_that_is_watched_and_not_shared(
    peer: Peer, site: Website, look: Callable[[str], Recheck]
) -> None:
    private = site.put("/private", b"<p>The ferry sails at noon.</p>")
    look(private)
    with WatchState(peer.archive.root / STATE) as state:
        state.add(page_key(private), private, None, 86400.0, 0.0)
    peer.told = [
        replace(peer.told[0], url=private),
        replace(peer.told[0], id="urn:x", url="https://example.org/unknown"),
    ]
    requests = len(site.requests)
    assert read(peer) == []
    assert (peer.asked, peer.claims, len(site.requests)) == ([], [], requests)


def test_a_full_feed_of_which_nothing_is_old_is_said_to_lack_something(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.sharing.follower.MOST_ENTRIES", len(peer.told))
    assert read(peer) == [], "the first reading misses nothing that was promised"
    for last, missed in (("2026-01-01T00:00:00Z", True), (peer.told[-1].time, False)):
        with ShareState(peer.archive.root / STATE) as state:
            state.was_read(f"{BASE}/shared.atom", last, "", "")
        said = read(peer)
        assert [words for words in said if "may have been missed" in words] == said
        assert bool(said) == missed
