"""The feed of the watch over the web."""

from __future__ import annotations

import shutil
from pathlib import Path

from lxml import etree
from starlette.testclient import TestClient
from webdesks import client_of, desk_over

from archiver.catalogue import Alert, WatchState
from archiver.watching import STATE
from archiver.watching.feed import ATOM, entry_id


def test_an_archive_without_a_watch_has_an_empty_feed(client: TestClient) -> None:
    answer = client.get("/feed.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    assert etree.fromstring(answer.content).findall(f"{{{ATOM}}}entry") == []


def test_what_was_told_is_in_it(cited: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(cited[0], root)
    alert = Alert("r-1", "https://example.org/", "2026-11-21T10:00:00Z", "gone", "The page <is> gone", "words", {})
    with WatchState(root / STATE) as state:
        state.take_in([], [alert], (), 0, 0.0)
    desk = desk_over(root, None)
    with client_of(desk) as client:
        said = client.get("/feed.atom", headers={"Authorization": f"Bearer {desk.access.token}"})
    desk.close()
    (entry,) = etree.fromstring(said.content).findall(f"{{{ATOM}}}entry")
    assert entry.findtext(f"{{{ATOM}}}id") == entry_id("r-1")
    assert entry.findtext(f"{{{ATOM}}}title") == "The page <is> gone"


def test_strangers_get_none(stranger: TestClient) -> None:
    assert stranger.get("/feed.atom").status_code == 403
