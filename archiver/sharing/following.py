"""Following peers: all that a person names, each on a thread of its own, and what their hubs ask and send."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Sequence

from archiver import clock
from archiver.catalogue import Peer
from archiver.errors import ArchiverError, InputError
from archiver.printable import printable
from archiver.sharing import websub
from archiver.sharing.atom import read_feed
from archiver.sharing.follower import ASK_AGAIN, Follower, Ways
from archiver.sharing.hub import authority_of, base_of
from archiver.sharing.websub import DENIED, SUBSCRIBE, Intent
from archiver.signing import VerifyingKey
from archiver.urls import for_display

_TICK = 2.0


class Following:
    """All peers, each on a thread of its own, as the person names and unnames them. Enter it."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._followers: dict[str, Follower] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)

    def secret(self, token: str) -> str | None:
        with self._ways.state() as state:
            peer = state.peer_of_token(token)
        return peer.secret if peer is not None else None

    def meant(self, token: str, intent: Intent) -> bool:
        """Whether we asked a hub for that: only what was asked lately, or is being renewed, counts."""
        with self._ways.state() as state:
            peer = state.peer_of_token(token)
            if peer is None or intent.topic != peer.topic:
                return False
            if intent.mode == SUBSCRIBE and time.time() - peer.asked < 10 * ASK_AGAIN:
                state.subscribed(peer.feed, time.time() + min(max(intent.lease, 0), websub.LONGEST_LEASE))
                self.poke(peer.feed)
                return True
            if intent.mode == DENIED:
                state.subscribed(peer.feed, 0)
                return True
        return False

    def pushed(self, token: str, body: bytes) -> None:
        with self._ways.state() as state:
            peer = state.peer_of_token(token)
        follower = self._follower(peer.feed) if peer is not None else None
        if peer is not None and follower is not None:
            follower.push(read_feed(body, base_of(peer.feed)))

    def poke(self, feed: str) -> None:
        """Has a feed read now."""
        follower = self._follower(feed)
        if follower is not None:
            follower.read_soon()

    def is_up(self, authority: tuple[str, str]) -> None:
        """A peer has subscribed here, as it does when it starts: its feed is read now."""
        with self._lock:
            followers = [item for item in self._followers.values() if authority_of(item.peer.feed) == authority]
        for follower in followers:
            follower.read_soon()

    def read_all(self) -> None:
        """Reads every feed once, in this thread, for a watch that looks once and ends."""
        with self._ways.state() as state:
            peers = state.peers()
        for peer in peers:
            if not self._ways.stop.is_set():
                Follower(peer, self._ways).read_once()

    def __enter__(self) -> Following:
        self._renew()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ways.stop.set()
        self._thread.join()
        for follower in self._followers.values():
            follower.end()

    def _follower(self, feed: str) -> Follower | None:
        with self._lock:
            return self._followers.get(feed)

    def _run(self) -> None:
        while not self._ways.stop.wait(_TICK):
            try:
                self._renew()
            except ArchiverError as error:
                self._ways.note(f"The peers: {error}")

    def _renew(self) -> None:
        with self._ways.state() as state:
            peers = {peer.feed: peer for peer in state.peers()}
        with self._lock:
            for feed, follower in list(self._followers.items()):
                if feed not in peers or peers[feed].vkey != follower.peer.vkey:
                    self._followers.pop(feed).end(wait=False)
            for feed, peer in peers.items():
                if feed not in self._followers:
                    self._followers[feed] = Follower(peer, self._ways)
                    self._followers[feed].start()


def refuse_second_key(peers: Sequence[Peer], feed: str, key: VerifyingKey) -> None:
    """One name is one log with one key, and one feed tells of one log: else "corroborated by" a name would say two things.

    Raises InputError, which says how the other is unfollowed.
    """
    for peer in peers:
        known = VerifyingKey.from_vkey(peer.vkey)
        if known != key and (known.name == key.name or peer.feed == feed):
            raise InputError(
                f"{printable(known.name)} is followed already at {for_display(peer.feed)}, with another key (fingerprint {known.fingerprint}); "
                f"where its owner says that the new one is right, `archiver watch unfollow {for_display(peer.feed)}` first."
            )


def new_peer(feed: str, key: VerifyingKey) -> Peer:
    """A peer that was not followed before, with a callback that nobody can guess."""
    return Peer(feed, key.vkey, clock.stamp(), secrets.token_urlsafe(32), secrets.token_urlsafe(32))
