from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace

import pytest
from website import STORY, Answer, Website, article

from archiver.archive import Archive
from archiver.bulk import Wanted, capture_all
from archiver.capture import Options
from archiver.errors import ArchiveError, BlockedAddress
from archiver.verification import Request, Verification


@pytest.mark.slow
def test_many_are_captured_and_each_failure_is_an_outcome(archive: Archive, site: Website, options: Options) -> None:
    wanted = [
        Wanted(
            site.put(f"/{n}", article(f"Page {n}", f"This is the paragraph of page {n}, long enough to be read.")), n
        )
        for n in range(12)
    ]
    wanted.insert(5, Wanted("http://10.1.2.3/inside", 99))
    outcomes = list(capture_all(archive, wanted, options, jobs=6, per_host=3))
    failed = [outcome for outcome in outcomes if outcome.error]
    assert len(outcomes) == 13
    assert [type(outcome.error) for outcome in failed] == [BlockedAddress]
    assert len(archive.catalogue.snapshots()) == 12
    assert all(finding.ok for finding in Verification(archive.root, Request(), archive.keys).findings())


def test_an_archive_that_cannot_be_written_ends_the_run(archive: Archive, site: Website, options: Options) -> None:
    archive.writable = False
    with pytest.raises(ArchiveError, match="read-only"):
        list(capture_all(archive, [Wanted(site.put("/a", STORY)), Wanted(site.put("/b", STORY))], options, 2, 2))


def test_closing_early_leaves_whole_captures_only(archive: Archive, site: Website, options: Options) -> None:
    wanted = [Wanted(site.put(f"/{n}", article(f"Page {n}", "A paragraph."))) for n in range(3)]
    outcomes = capture_all(archive, wanted, options, 1, 1)
    next(outcomes)
    outcomes.close()
    assert 1 <= len(archive.catalogue.snapshots()) <= 3
    assert all(finding.ok for finding in Verification(archive.root, Request(), archive.keys).findings())


def test_an_interruption_while_pages_are_on_their_way_ends_the_run_at_once(
    archive: Archive, site: Website, options: Options
) -> None:
    came, go, answered = threading.Event(), threading.Event(), threading.Event()

    def slow(_: object) -> Answer:
        came.set()
        go.wait(120)
        answered.set()
        return Answer(STORY)

    site.routes["/slow"] = slow
    options = replace(options, fetch=replace(options.fetch, timeout=600))
    threading.Thread(target=lambda: (came.wait(120), os.kill(os.getpid(), signal.SIGINT)), daemon=True).start()
    # what a shell starts in the background ignores it
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(capture_all(archive, [Wanted(site.url + "/slow"), Wanted(site.url + "/slow?2")], options, 1, 1))
        assert came.is_set()
        assert not answered.is_set(), "the run waited for the page"
    finally:
        go.set()
        signal.signal(signal.SIGINT, before)
    assert archive.catalogue.snapshots() == []
