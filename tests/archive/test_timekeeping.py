"""A clock that cannot be right: nothing is fetched or recorded under it, and a person can say that it was wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from clocks import clock_off_by
from tampering import note
from website import STORY, Website

from archiver import clock
from archiver.archive import Archive
from archiver.archive.timekeeping import Timekeeper, notes_clock
from archiver.capture import Options, capture
from archiver.custody import note_wrong_clock
from archiver.errors import ArchiveError, InputError, WrongClock
from archiver.intake import Given, add_file
from archiver.model import StoredLeaf
from archiver.verification import Request, Verification
from archiver.warc import Member, Record, seal


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


def test_what_is_older_than_a_stamp_below_it_is_not_recorded(archive: Archive) -> None:
    """A laptop that slept amid a capture while another process had the log stamped: for good, it would look backdated."""

    def member(kind: str, ago: timedelta, uri: str = "urn:x") -> Member:
        return seal(Record(kind, "metadata", uri, clock.stamp(clock.now() - ago), "text/plain", str(ago).encode()))

    old, young = timedelta(hours=2), timedelta(minutes=50)
    archive.record([member("note", old)])
    archive.record([member("timestamp", timedelta(), f"urn:archiver:timestamp:{'0' * 64}")])
    size = archive.head().size
    with pytest.raises(ArchiveError, match=r"was stamped at .*did this machine sleep.*capture it again"):
        archive.record([member("note", young), member("note", old)])
    assert archive.head().size == size
    archive.record([member("note", young)])
    # what others captured is dated by them, and so is what was drawn from it
    foreign = member("imported", old)
    drawn = [member(kind, old, f"urn:archiver:{kind}:s-{foreign.sha256.hex}:plain") for kind in ("text", "text")]
    archive.record([foreign, *drawn])
    with pytest.raises(ArchiveError, match="was stamped"):
        archive.record([member("text", old, f"urn:archiver:text:s-{'0' * 64}:plain")])
    archive.record([member("note", timedelta())])


def test_there_is_nothing_to_say_of_a_right_clock(archive: Archive) -> None:
    with pytest.raises(InputError, match="nothing to say"):
        note_wrong_clock(archive, "it was wrong, was it not?")


class Leaves:
    """A catalogue that holds these leaves, all fetched here but those of the address ``elsewhere``; it notes from where on it was asked."""

    def __init__(self, *leaves: StoredLeaf) -> None:
        self.all = list(leaves)
        self.asked: list[int] = []

    def size(self) -> int:
        return len(self.all)

    def newest_of(self, kind: str, start: int = 0) -> StoredLeaf | None:
        return next((leaf for leaf in reversed(self.all[start:]) if leaf.kind == kind), None)

    def last_leaves(self, kinds: tuple[str, ...], start: int, count: int) -> list[StoredLeaf]:
        self.asked.append(start)
        return [leaf for leaf in reversed(self.all[start:]) if leaf.kind in kinds][:count]

    def is_fetched(self, name: str) -> bool:
        return name != "elsewhere"


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
STAMP = StoredLeaf(0, "timestamp", time="2026-11-20T12:00:00Z")
CAPTURE = StoredLeaf(0, "capture", uri="urn:archiver:capture:s-1", time="2026-11-20T12:00:00Z")
OTHERS = StoredLeaf(1, "capture", uri="urn:archiver:capture:elsewhere", time="2030-11-20T12:00:00Z")


@pytest.mark.parametrize("leaf", [STAMP, CAPTURE])
def test_an_hour_is_let_pass_and_not_a_second_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaf: StoredLeaf
) -> None:
    catalogue = Leaves(leaf, OTHERS)
    keeper = Timekeeper(tmp_path)
    now = NOON - timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    keeper.check(catalogue)  # type: ignore[arg-type]
    now -= timedelta(seconds=1)
    with pytest.raises(WrongClock, match=r"2026-11-20T12:00:00Z.*\(?leaf 0\)?"):
        keeper.check(catalogue)  # type: ignore[arg-type]
    catalogue.all.append(StoredLeaf(2, "note", time="2026-11-20T10:00:00Z"))
    with pytest.raises(WrongClock):
        keeper.check(catalogue)  # type: ignore[arg-type]
    assert catalogue.asked == [0, 2], "it looks at what came since, and remembers the rest"
    # a wrong clock can be noted against records, which it dated itself; not against an authority's clock
    if leaf is CAPTURE:
        keeper.check(catalogue, noting=True)  # type: ignore[arg-type]
    else:
        with pytest.raises(WrongClock, match="authority"):
            keeper.check(catalogue, noting=True)  # type: ignore[arg-type]


def test_what_says_that_the_clock_was_wrong() -> None:
    record = Record("clock", "metadata", "urn:x", "2026-11-20T00:00:00Z", "application/json", b"{}")
    assert notes_clock([note(), seal(record)])
    assert not notes_clock([note()])
    assert not notes_clock([None])  # type: ignore[list-item]
