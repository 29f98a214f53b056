"""What sharing remembers beside the archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.catalogue import Peer, Shared, ShareState, Subscriber
from archiver.errors import ArchiveError

PEER = Peer("http://peer.example/shared.atom", "key", "2026-11-20T00:00:00Z", "token", "secret")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ShareState]:
    with ShareState(tmp_path / "state.db") as opened:
        yield opened


def test_sources(state: ShareState, tmp_path: Path) -> None:
    first, second = Shared("b", "http://b/", 3, "now"), Shared("a", "http://a/", 4, "now")
    assert (state.share(first), state.share(second), state.share(first)) == (True, True, False)
    with ShareState(tmp_path / "state.db") as other:
        assert other.shared() == [first, second]
    assert (state.unshare("b"), state.unshare("b"), state.shared()) == (True, False, [second])


def test_a_peer_that_is_followed_anew_is_believed_anew(state: ShareState) -> None:
    assert state.follow(PEER)
    assert state.refused(PEER.feed, "fork: x", "then")
    assert not state.refused(PEER.feed, "fork: x", "later")
    state.was_read(PEER.feed, "then", "", '"tag"')
    state.was_read(PEER.feed, "later", "away")
    (known,) = state.peers()
    assert (known.trouble, known.trouble_at, known.etag, known.read, known.error) == (
        "fork: x",
        "then",
        '"tag"',
        "then",
        "away",
    )
    assert not state.follow(Peer(PEER.feed, "key 2", "later", "other", "other"))
    (known,) = state.peers()
    assert (known.vkey, known.trouble, known.etag, known.token) == ("key 2", "", "", "token")
    assert state.peer_of_token("token") == known
    assert state.peer_of_token("other") is None
    assert (state.unfollow(PEER.feed), state.unfollow(PEER.feed), state.peers()) == (True, False, [])


def test_another_hub_is_asked_anew(state: ShareState) -> None:
    state.follow(PEER)
    state.found_hub(PEER.feed, "t", "h")
    state.asked_hub(PEER.feed, 5.0)
    state.subscribed(PEER.feed, 9.0)
    state.found_hub(PEER.feed, "t", "h")
    known = state.peer(PEER.feed)
    assert known is not None
    assert (known.asked, known.lease) == (5.0, 9.0)
    state.found_hub(PEER.feed, "t", "another")
    known = state.peer(PEER.feed)
    assert known is not None
    assert (known.asked, known.lease) == (0.0, 0.0)


def test_what_was_heard(state: ShareState) -> None:
    state.follow(PEER)
    for _ in range(2):
        state.heard(PEER.feed, "e1", "now")
    assert state.was_heard(PEER.feed, ["e1", "e2"]) == {"e1"}
    assert state.was_heard("another", ["e1"]) == set()
    state.unfollow(PEER.feed)
    assert state.was_heard(PEER.feed, ["e1"]) == set()


def test_subscribers(state: ShareState) -> None:
    state.subscribe(Subscriber("c", "s", 100.0, 7))
    state.not_pushed("c", 50.0)
    assert state.subscribers() == [Subscriber("c", "s", 100.0, 7, 1, 50.0)]
    state.pushed("c", 9)
    state.pushed("c", 8)
    state.subscribe(Subscriber("c", "t", 200.0, 3))  # it goes on from what it was told
    assert state.subscribers() == [Subscriber("c", "t", 200.0, 9)]
    assert (state.unsubscribe("c"), state.unsubscribe("c")) == (True, False)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"x" * 5000)
    with pytest.raises(ArchiveError, match="no evidence"):
        ShareState(tmp_path / "state.db")
