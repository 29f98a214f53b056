"""The pages over an archive in a store: what is there, what comes to be there, and that nothing is recorded through them."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from webdesks import PORT, entered
from website import STORY, Website

from archiver.cli.options import Shared
from archiver.cli.saying.output import Output
from archiver.cli.serve.stored import shown
from archiver.errors import ArchiveError, ReadOnlyArchive
from archiver.store import Address
from archiver.web.access import Access
from archiver.web.desk import Desk

WORDS = "some of them cross it twice before noon"


def until(done: Callable[[], bool]) -> None:
    """Waits for what another thread does."""
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_pages_show_what_the_store_has_and_follow_it(
    archiver: Callable[..., Ran], site: Website, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = f"file://{tmp_path}/bucket"
    address = Address.parse(place)
    assert address is not None
    with pytest.raises(ArchiveError, match="no archive at"), shown(Shared(), Output(json=False, quiet=False), address):
        pass
    assert archiver("init", place).code == 0
    there = ("--archive", place)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = archiver(*there, "serve", "--no-open", "--port", str(taken.getsockname()[1]))
        assert ran.code == 2
        assert "port" in ran.err
    with shown(Shared(), Output(json=False, quiet=False), address, every=0.05) as stored:
        desk = Desk(
            stored.root, Access(PORT), stored.refuse, lambda _: None, lambda archive: str(archive.closed), stored.opened
        )
        try:
            client = entered(desk)
            assert "only shown here" in client.get("/").text
            url = site.put("/story", STORY)
            quoted = archiver(*there, "quote", url, WORDS, "--json")
            assert quoted.code == 0
            until(lambda: url in client.get("/").text)
            found = client.get(f"/snapshots/{quoted.lines[0]['snapshot']}")
            assert (found.status_code, WORDS in found.text) == (200, True)  # read from the store by range
            assert client.get("/search", params={"q": "noon"}).text.count(url) >= 1

            before = client.get("/api/v1/log").json()["size"]
            assert "only shown here" in client.get("/quote").text
            act = desk.do("snapshot", url, lambda _archive, _act: "/")
            until(lambda: act.ended)
            assert "only shown here" in (act.error or "")
            assert client.get("/api/v1/log").json()["size"] == before

            shutil.move(tmp_path / "bucket", tmp_path / "away")
            capsys.readouterr()
            said: list[str] = []
            until(lambda: bool(said.append(capsys.readouterr().err)) or "what was there before" in "".join(said))
            assert url in client.get("/").text
            shutil.move(tmp_path / "away", tmp_path / "bucket")
        finally:
            desk.close()
    with pytest.raises(ReadOnlyArchive, match="only shown here"):
        stored.refuse()
