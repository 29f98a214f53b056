"""What the tests of sharing share: archives with rechecked pages, and three of them that follow each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sharingrig as rig
from website import Website, article

from archiver.archive import Archive
from archiver.capture import Options
from archiver.catalogue import Shared, ShareState
from archiver.rechecking import Recheck, recheck
from archiver.sharing import STATE
from archiver.urls import page_key


def words(edition: int) -> bytes:
    return article(
        "The bridge over the Lorn",
        f"The council heard on Monday that {edition + 3} of its bridges need new bearings before the winter comes.",
        "The engineer said that nobody would be asked to work at night, and that the ferry goes on meanwhile.",
        "About 4,200 drivers use the bridge each day, the county says, and some of them cross it twice.",
    )


@pytest.fixture
def look(archive: Archive, options: Options) -> Callable[[str], Recheck]:
    """Rechecks a page."""
    return lambda url: recheck(archive, url, options, confirm_after=0.0)


@pytest.fixture
def shared(site: Website, look: Callable[[str], Recheck], share: Callable[[str], None]) -> str:
    """The address of a shared page that was captured, and edited and looked at since."""
    url = site.put("/bridge", words(0))
    look(url)
    share(url)
    site.put("/bridge", words(1))
    assert look(url).changed
    return url


@pytest.fixture
def edition() -> Callable[[int], bytes]:
    """A page in one of its editions."""
    return words


@pytest.fixture
def share(archive: Archive) -> Callable[[str], None]:
    """Shares a page from now on."""

    def share(url: str) -> None:
        with ShareState(archive.root / STATE) as state:
            assert state.share(Shared(page_key(url), url, archive.catalogue.size(), "2026-01-01T00:00:00Z"))

    return share


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [rig.make(tmp_path / name) for name in ("ann", "ben", "cleo")]


@pytest.fixture
def running() -> Iterator[Callable[[list[rig.Station]], None]]:
    """Starts stations, and ends them with the test."""
    started: list[rig.Station] = []

    def start(made: list[rig.Station]) -> None:
        for station in made:
            started.append(station)
            station.start()
        for station in made:
            station.wait_subscribed(len(made) - 1)

    yield start
    for station in started:
        station.end()
