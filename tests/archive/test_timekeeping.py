"""A clock that cannot be right: nothing is fetched or recorded under it, and a person can say that it was wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from clocks import clock_off_by
from tampering import note
from website import STORY, Website

from archiver import clock
from archiver.archive import Archive
from archiver.archive.timekeeping import Timekeeper
from archiver.capture import Options, capture
from archiver.custody import note_wrong_clock
from archiver.errors import InputError, WrongClock
from archiver.intake import Given, add_file
from archiver.verification import Request, Verification


def test_a_clock_behind_the_newest_record_fetches_nothing(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    capture(archive, url, options)
    before, size = len(site.requests), archive.head().size
    with clock_off_by(days=-1):
        with pytest.raises(WrongClock, match=r"is of .*set the clock right.*nothing was fetched or recorded"):
            capture(archive, url, options)
        with pytest.raises(WrongClock):
            archive.record([note()])
        with pytest.raises(WrongClock):
            archive.ready()
    assert (len(site.requests), archive.head().size) == (before, size)
    with clock_off_by(minutes=-50):  # two machines that share an archive
        capture(archive, url, options)
    assert [finding for finding in Verification(archive.root, Request()).findings() if finding.ok is False] == []


def test_what_another_process_recorded_counts(archive: Archive, site: Website, options: Options) -> None:
    with Archive.open(archive.root) as other, clock_off_by(days=10):
        capture(other, site.put("/story", STORY), options)
    with pytest.raises(WrongClock, match="archiver log clock"):
        archive.record([note()])


def test_the_dates_of_others_say_nothing_of_this_clock(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "saved.txt").write_text("some words of somebody")
    with clock_off_by(days=10):
        add_file(archive, tmp_path / "saved.txt", Given())
    archive.record([note()])
    seen = Timekeeper(archive.root).look(archive.catalogue)
    assert seen.record is not None
    assert seen.record.time < clock.now() + timedelta(minutes=1)


def test_there_is_nothing_to_say_of_a_right_clock(archive: Archive) -> None:
    with pytest.raises(InputError, match="nothing to say"):
        note_wrong_clock(archive, "it was wrong, was it not?")
