"""The search index of the web page: several search at once, and what takes long is made meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from samples import page_members
from webdesks import entered

from archiver.archive import Archive
from archiver.fulltext import FILE, Fulltext, Unavailable
from archiver.searching import catching
from archiver.searching.places import behind, index_of
from archiver.web import indices
from archiver.web.desk import Desk
from archiver.web.indices import IndexBeingMade

PATH = "/api/v1/search?q=wall&as=words"


def add(root: Path, count: int, start: int = 0) -> None:
    with Archive.open(root) as archive:
        for number in range(start, start + count):
            text = f"It is a wall of number{number}, not a miracle."
            archive.record(page_members(f"https://example.org/{number}", text.encode(), text)[1])


def hits(desk: Desk) -> int:
    with desk.searching() as search:
        return len(search.words("wall").hits)


def test_several_search_at_once_and_the_readers_are_kept(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(own.root, 3)
    opened: list[Archive] = []

    def opening(archive: Archive) -> Fulltext:
        opened.append(archive)
        return index_of(archive)

    monkeypatch.setattr(indices, "index_of", opening)
    with own.searching() as one, own.searching() as other:
        assert one.index is not other.index
        assert [len(search.words("wall").hits) for search in (one, other)] == [3, 3]
    assert hits(own) == 3
    assert len(opened) == 2  # the third search took a reader that was there
    add(own.root, 1, 3)
    assert hits(own) == 4  # and one that knows less than is recorded is not taken
    (own.root / FILE).unlink()
    assert hits(own) == 4  # nor one of a file that is there no more
    assert (own.root / FILE).exists()


def test_a_large_index_is_made_meanwhile_and_the_page_says_so(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(own.root, 5)
    monkeypatch.setattr(indices, "AT_ONCE", 4)
    monkeypatch.setattr(indices, "_WAIT", 0.0)
    may_go, reads = threading.Event(), catching._draft

    def slow(*args: Any) -> Any:
        may_go.wait(20)
        return reads(*args)

    monkeypatch.setattr(catching, "_draft", slow)
    with entered(own) as client:
        page = client.get("/search?q=wall")
        assert (page.status_code, "0 of 5 snapshots are in it" in page.text, "Look again" in page.text) == (
            503,
            True,
            True,
        )
        assert client.get(PATH).json()["status"] == 503
        assert client.get("/").status_code == 200
        may_go.set()
        making = own._indices._making
        assert making is not None
        making.join(20)
        assert len(client.get(PATH).json()["hits"]) == 5
        monkeypatch.setattr(catching, "_draft", reads)
        add(own.root, 2, 5)  # few: whoever searches waits for them
        assert len(client.get(PATH).json()["hits"]) == 7


def test_why_an_index_cannot_be_made_is_said_once(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(own.root, 2)
    monkeypatch.setattr(indices, "AT_ONCE", 1)

    def full(*_: object) -> None:
        raise Unavailable("There is no room for it.")

    monkeypatch.setattr(indices, "index_of", full)
    with pytest.raises(Unavailable, match="no room"):
        hits(own)
    monkeypatch.undo()
    assert hits(own) == 2


def test_a_server_that_is_stopped_does_not_wait_for_its_index(own: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(own.root, 2)
    monkeypatch.setattr(indices, "AT_ONCE", 1)
    monkeypatch.setattr(indices, "_WAIT", 0.0)
    monkeypatch.setattr(catching, "_PIECE", 1)
    began, may_go, reads = threading.Event(), threading.Event(), catching._draft

    def slow(*args: Any) -> Any:
        began.set()
        may_go.wait(20)
        return reads(*args)

    monkeypatch.setattr(catching, "_draft", slow)
    with pytest.raises(IndexBeingMade):
        hits(own)
    making = own._indices._making
    assert making is not None
    assert began.wait(20)
    making.stop.set()
    may_go.set()
    own._indices.close()
    assert not making.is_alive()
    assert "stopped" in str(making.failed)


def test_how_far_an_index_is_behind(own: Desk) -> None:
    add(own.root, 3)
    with Archive.open(own.root) as archive:
        assert behind(archive) == 3
        index_of(archive).close()
        assert behind(archive) == 0
    add(own.root, 2, 3)
    with Archive.open(own.root) as archive, Archive.open(own.root, read_only=True) as reader:
        assert [behind(each) for each in (archive, reader)] == [2, 2]
        (own.root / FILE).write_bytes(b"no index")
        assert behind(archive) == 5
