from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from mementos import SavePageNow
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.citing import cite
from archiver.copies import date_in, public_copies
from archiver.manuscripts.copies import public_copy
from archiver.memento import Keeper
from archiver.model import Memento, Origin


def test_citations_and_manuscripts_name_the_same_copy(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest in time of those with the same content, also where an earlier snapshot has one."""
    monkeypatch.setattr("archiver.capture.keeping._not_for_the_public", lambda _: None)
    page = site.put("/story", STORY)
    taken = []
    now = datetime.now(UTC)
    stamps = [f"{now - timedelta(hours=hours):%Y%m%d%H%M%S}" for hours in (5, 0)]
    for stamp in stamps:
        SavePageNow(site, {"status": "success", "timestamp": stamp, "original_url": page})
        keeper = Keeper(f"{site.url}/save", wait=5.0, pause=0.01)
        taken.append(capture(archive, page, replace(options, keeper=keeper)))
    for one in taken:
        copies = public_copies(archive, *archive.attested(one))
        assert [copy.uri for copy in copies] == [f"{site.url}/web/{stamp}/{page}" for stamp in reversed(stamps)]
        assert public_copy(archive, one) == copies[0].uri
        assert cite(archive, one.id).copies == copies


@pytest.mark.parametrize(
    ("uri", "moment"),
    [
        ("https://web.archive.org/web/20261121103000/https://e.org/x", "2026-11-21T10:30:00Z"),
        ("https://web.archive.org/web/20261121103000id_/https://e.org/20190101000000/x", "2026-11-21T10:30:00Z"),
        ("https://archive.example/abcd", None),
    ],
)
def test_when_a_public_copy_was_made(uri: str, moment: str | None) -> None:
    assert date_in(uri) == moment


def test_a_copy_at_second_hand_is_named_as_people_are_shown_it(
    archive: Archive, site: Website, options: Options
) -> None:
    raw = "https://web.archive.org/web/20200101000000id_/https://b.c/"
    taken = capture(archive, site.put("/story", STORY), options)
    memento = Memento("https://b.c/", raw, "2020-01-01T00:00:00Z", "web.archive.org", "t", True)
    (copy,) = public_copies(archive, replace(taken, origin=Origin.of_memento(memento, "x")), {})
    assert copy.uri == "https://web.archive.org/web/20200101000000/https://b.c/"
