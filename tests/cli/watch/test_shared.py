"""Sharing as a person calls it: what is shared, who is followed, what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sharingrig as rig
from conftest import Ran

from archiver.capture import LazyPool
from archiver.signing import SigningKey

Run = Callable[..., Ran]
KEY = SigningKey.generate("peer.example/log").public
FEED = "http://peer.example/shared.atom"


def test_sources_are_shared_listed_and_unshared(made: Run, tmp_path: Path) -> None:
    url = "https://example.org/page"
    (tmp_path / "table.csv").write_text("url,quote\nhttps://example.org/other,words\n")
    ran = made("watch", "share", url, "table.csv", "--json")
    assert [(line["url"], line["new"]) for line in ran.lines] == [(url, True), ("https://example.org/other", True)]
    assert "shared before" in made("watch", "share", url).out
    assert [line["url"] for line in made("watch", "share", "--json").lines] == [url, "https://example.org/other"]
    assert url in made("watch", "list").out  # what is shared is watched
    assert made("watch", "unshare", url).code == 0
    ran = made("watch", "unshare", url)
    assert (ran.code, "is not shared" in ran.err) == (2, True)
    assert "1 source shared" in made("watch", "share").err


def test_archives_are_followed_listed_and_unfollowed(made: Run) -> None:
    ran = made("watch", "follow", FEED, "--key", KEY.vkey)
    assert (ran.code, KEY.fingerprint in ran.out) == (0, True)
    assert "followed before" in made("watch", "follow", FEED, "--key", KEY.vkey).out
    (told,) = made("watch", "peers", "--json").lines
    assert (told["feed"], told["origin"], told["read_at"], told["refused"]) == (FEED, "peer.example/log", None, None)
    assert made("watch", "peers").code == 0
    assert made("watch", "unfollow", FEED).code == 0
    assert made("watch", "unfollow", FEED).code == 2
    assert made("watch", "peers").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("follow", FEED), "--key"),
        (("follow", FEED, "--key", "junk"), "verifier key"),
        (("follow", "http://peer.example/feed", "--key", KEY.vkey), "/shared.atom"),
        (("follow", "http://u:p@peer.example/shared.atom", "--key", KEY.vkey), "/shared.atom"),
        (("follow", "file:///etc/passwd", "--key", KEY.vkey), "only http and https"),
        (("share", "nonsense words"), "nonsense words"),
        (("--listen", "nowhere"), "nothing to listen on"),
        (("--listen", "0.0.0.0:0"), "--public-url"),
        (("--listen", "0", "--public-url", "https://example.org/path"), "whole host"),
        (("--public-url", "https://example.org"), "goes with --listen"),
        (("--once", "--listen", "0"), "not for --once"),
    ],
)
def test_a_wrong_call_is_one_sentence(made: Run, words: tuple[str, ...], said: str) -> None:
    ran = made("watch", *words)
    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_no_second_key_is_taken_for_a_name_or_a_feed(made: Run) -> None:
    made("watch", "follow", FEED, "--key", KEY.vkey)
    second, other = SigningKey.generate(KEY.name).public, SigningKey.generate("other.example/log").public
    elsewhere = "http://peer.example:81/shared.atom"
    for feed, key in ((FEED, second), (elsewhere, second), (FEED, other)):
        ran = made("watch", "follow", feed, "--key", key.vkey)
        assert (ran.code, f"`archiver watch unfollow {FEED}` first" in ran.err, KEY.fingerprint in ran.err) == (
            2,
            True,
            True,
        )
    assert [line["key"] for line in made("watch", "peers", "--json").lines] == [KEY.vkey]
    assert made("watch", "follow", elsewhere, "--key", KEY.vkey).code == 0  # the same log at another address
    assert made("watch", "follow", "http://other.example/shared.atom", "--key", other.vkey).code == 0
    own = made("log", "--json").lines[0]["key"].partition("+")[0]
    assert "own log" in made("watch", "follow", FEED, "--key", SigningKey.generate(own).public.vkey).err


def test_its_own_key_is_no_peers(made: Run) -> None:
    key = made("log", "--json").lines[0]["key"]
    assert "this archive itself" in made("watch", "follow", FEED, "--key", key).err


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[tuple[rig.Station, str, rig.Site]]:
    """Another archive at work, which shares a page."""
    with rig.site() as site:
        url = f"{site.url}/bridge"
        root = rig.make(tmp_path / "peer")
        rig.share(root, url)
        station = rig.Station(root, port=rig.free_port(), reader=LazyPool(small=True))
        station.start()
        station.look(url)
        station.wait_for("recheck", url=url)
        yield station, url, site
        station.end()


def test_what_a_peer_told_is_looked_at_by_a_watch_that_looks_once(
    made: Run, peer: tuple[rig.Station, str, rig.Site]
) -> None:
    station, url, site = peer
    feed = f"http://127.0.0.1:{station.port}/shared.atom"
    made("watch", "share", url)
    assert made("watch", "--once").code == 0
    made("watch", "follow", feed, "--key", station.archive.key.vkey)
    site.edit("bridge")
    station.look(url)
    station.wait_for("recheck", url=url, changed=True)
    ran = made("watch", "--once", "--json")
    (look,) = [line for line in ran.lines if line["event"] == "recheck"]
    (borne,) = [line for line in ran.lines if line["event"] == "corroboration"]
    assert (ran.code, look["drift"]) == (0, "edited-elsewhere")
    assert (borne["by"], borne["agreement"], borne["asked"]) == (station.archive.key.name, "same-text", True)
    assert [line for line in made("watch", "--once", "--json").lines if line["event"] != "recheck"] == []
    assert f"corroborated by {station.archive.key.name}: same article text" in made("show", url).out
    assert made("show", look["snapshot"], "--json").lines[0]["corroborations"][0]["agreement"] == "same-text"
    ran = made("watch", "peers")
    assert (ran.code, "leaves, root" in ran.out) == (0, True)
    assert made("verify").code == 0
    # the same address, another key: whoever answers there is not whom a person named
    made("watch", "unfollow", feed)
    made("watch", "follow", feed, "--key", SigningKey.generate(station.archive.key.name).public.vkey)
    ran = made("watch", "--once", "--json")
    (alert,) = [line for line in ran.lines if line["event"] == "alert"]
    assert (ran.code, alert["kind"], alert["refused"]) == (1, "peer-refused", "unproven")
    ran = made("watch", "--once", "--json")
    assert (ran.code, [line for line in ran.lines if line["event"] == "alert"]) == (1, [])  # told once
    ran = made("watch", "peers")
    assert (ran.code, "not proven" in ran.out) == (1, True)
    assert "Peer refused" in made("watch", "alerts").out


def test_a_peer_that_is_away_is_no_finding(made: Run) -> None:
    made("watch", "follow", f"http://127.0.0.1:{rig.free_port()}/shared.atom", "--key", KEY.vkey)
    assert made("watch", "--once").code == 0
    ran = made("watch", "peers")
    assert (ran.code, "not read" in ran.out) == (3, True)
