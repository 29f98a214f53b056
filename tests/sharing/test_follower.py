"""One peer: what it shows is taken within limits, and taken up again where it could not be."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.catalogue import ShareState
from archiver.sharing import STATE, new_peer, tell
from archiver.sharing.atom import write_feed
from archiver.sharing.follower import Follower, Ways
from archiver.sharing.published import Published
from archiver.sharing.sighting import Sighting
from archiver.sharing.wire import Got

BASE = "http://peer.example"


@dataclass
class Peer:
    """An archive as its follower sees it: the archive itself, which follows itself."""

    archive: Archive
    told: list[Sighting] = field(default_factory=list)
    padding: int = 0
    claims: list[Any] = field(default_factory=list)

    def get(self, _: str, etag: str = "") -> Got:
        return Got(304 if etag else 200, b"" if etag else write_feed(self.told, "o", BASE), '"1"')

    def file(self, url: str) -> bytes:
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
