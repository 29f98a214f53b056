from __future__ import annotations

import os
from pathlib import Path

import pytest
from atomreader import read_atom
from watchlooks import look, quote

from archiver.catalogue import Alert
from archiver.errors import InputError
from archiver.watching.feed import MOST_ENTRIES, entry_id, feed_of, write_feed
from archiver.watching.wording import make_alert

MADE = "2026-11-21T12:00:00Z"
NASTY = "</content>]]><script>&lt;\x00\x1b[2J\ud800‮\ufffe “x”"


def alert(
    words: str = "will close on the 13th", url: str = "https://example.org/page", moved: str | None = None
) -> Alert:
    made = look("quote-altered", quote("altered", ("13th", "31st")), url=url, moved_to=moved)
    return make_alert("quote-altered", made, lambda _: words)


def test_a_feed_is_one_that_a_strict_reader_takes() -> None:
    one = alert()
    (entry,) = read_atom(feed_of([one], "archiver.example/log", MADE, "https://example.org/alerts.xml"))
    assert entry.id == entry_id(one.id)
    assert entry.title == "Quotation altered: https://example.org/page"
    assert "“13th” is now “31st”" in entry.content
    assert (entry.category, entry.links) == ("quote-altered", {"alternate": "https://example.org/page"})


def test_an_empty_feed_is_a_feed() -> None:
    assert read_atom(feed_of([], "archiver.example/log", MADE)) == ()


@pytest.mark.parametrize(
    "url", ["https://example.org/a b?<script>&x=\"'", "https://例え.jp/ü", "https://u:pass@example.org/"]
)
def test_words_of_strangers_are_words(url: str) -> None:
    made = alert(NASTY, url, moved=url)
    data = feed_of([made], "archiver.example/log", MADE)
    (entry,) = read_atom(data)
    assert "<script>" not in entry.content
    assert b"\x1b" not in data
    assert b"pass@" not in data


def test_a_feed_has_an_end() -> None:
    assert len(read_atom(feed_of([alert() for _ in range(MOST_ENTRIES + 5)], "x", MADE))) == MOST_ENTRIES
    assert len(feed_of([alert("x" * 10**6)], "x", MADE)) < 20_000


def test_a_feed_that_holds_not_all_says_so() -> None:
    alerts = [alert() for _ in range(MOST_ENTRIES + 5)]
    for given, told in ((alerts, 0), (alerts[:MOST_ENTRIES], MOST_ENTRIES + 5)):
        data = feed_of(given, "x", MADE, None, told)
        assert b"<subtitle>The newest 200 of 205 alerts; `archiver watch alerts" in data
        assert len(read_atom(data)) == MOST_ENTRIES
    assert b"subtitle" not in feed_of(alerts[:MOST_ENTRIES], "x", MADE, None, MOST_ENTRIES)


def test_it_is_written_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "alerts.xml"
    write_feed(path, b"<old/>")
    path.chmod(0o644)
    write_feed(path, b"<new/>")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"<new/>", 0o644)
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(InputError, match="cannot be written"):
        write_feed(tmp_path / "no" / "folder.xml", b"")


@pytest.mark.skipif(os.name == "nt", reason="wants a link")
def test_of_a_link_what_it_leads_to_is_written(tmp_path: Path) -> None:
    link, feed = tmp_path / "alerts.xml", tmp_path / "web" / "feed.xml"
    feed.parent.mkdir()
    link.symlink_to(feed)
    for data in (b"<old/>", b"<new/>"):
        write_feed(link, data)
        assert (link.is_symlink(), feed.read_bytes()) == (True, data)
    loop = tmp_path / "loop.xml"
    loop.symlink_to(loop)
    with pytest.raises(InputError, match="cannot be written"):
        write_feed(loop, b"")


def test_an_id_that_is_no_text_ends_no_feed() -> None:
    assert entry_id("half \ud800").startswith("urn:uuid:")
