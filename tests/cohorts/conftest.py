from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cohortlists import LOGIN, Study
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.bulk import snapshots
from archiver.capture import Options


@pytest.fixture
def study(archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """Two pages, a wall, a 404, a 410, a time-out, an inside address; a line twice, one with a fragment, two that are no address."""
    go = threading.Event()

    def slow(_: object) -> Answer:
        go.wait(60)
        return Answer(STORY)

    monkeypatch.setattr(snapshots, "_POOL_FROM", 100)  # read here: processes take longer to start
    site.put("/a", STORY)
    site.put("/b", STORY.replace(b"4,200", b"4,300"))
    site.put("/wall", LOGIN.source.encode())
    site.put("/gone", b"<h1>Gone</h1>", 410)
    site.routes["/slow"] = slow
    paths = ("/a", "/b", "/a#part", "/b", "/wall", "/gone", "/none")
    lines = [
        "# a study",
        *(site.url + path for path in paths),
        "=no address",
        "ftp://x.example/",
        "http://10.9.8.7/",
        site.url + "/slow",
    ]
    short = replace(options, fetch=replace(options.fetch, timeout=0.3))
    yield Study(archive, site, short, "\n".join(lines) + "\n")
    go.set()
