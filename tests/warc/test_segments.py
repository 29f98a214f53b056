"""Segments: one writer each, reused when free and whole, and nothing left behind unsaid."""

from __future__ import annotations

import contextlib
import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from faults import Disk

from archiver import durable
from archiver.errors import ArchiveError, DamagedArchive
from archiver.warc import Locks, Member, Record, Segment, abandoned, acquire, seal, segment_files
from archiver.warc.segments import SEGMENT_LIMIT

NOW = datetime(2026, 11, 20, 21, 49, 0, 123456, UTC)


def made(number: int = 0) -> Member:
    return seal(
        Record("kind", "resource", f"urn:x:{number}", "2026-11-20T00:00:00Z", "text/plain", b"x" * (number + 1))
    )


class Ends(dict[str, int]):
    """What the catalogue would say."""

    def __call__(self, name: str) -> int:
        return self.get(name, 0)


def get(root: Path, ends: Ends) -> Segment:
    return acquire(root, Locks(root), NOW, ends)


def test_a_new_segment_is_named_by_its_time_and_written_in_place(tmp_path: Path) -> None:
    segment = get(tmp_path, Ends())
    assert segment.name.startswith("warc/2026/11/20261120214900123-")
    assert not segment.path.exists()
    members = [made(1), made(2)]
    segment.append(members)
    third = made(3)
    segment.append([third])
    assert segment.path.read_bytes() == b"".join(item.data for item in (*members, third))
    segment.release(clean=True)
    assert Locks(tmp_path).marked() == []


def test_a_free_segment_is_reused_where_it_ends_as_recorded(tmp_path: Path) -> None:
    first = get(tmp_path, Ends())
    first.append([made()])
    name, size = first.name, first.size
    busy = get(tmp_path, Ends({name: size}))
    assert busy.name != name, "its writer is still there"
    busy.release(clean=True)
    first.release(clean=True)
    again = get(tmp_path, Ends({name: size}))
    assert (again.name, again.size) == (name, size)
    again.release(clean=True)
    for ends in (Ends(), Ends({name: size - 1}), Ends({name: size + 1})):
        other = get(tmp_path, ends)
        assert other.name != name, "nobody knows what its end is"
        other.release(clean=True)


def test_a_full_segment_is_not_reused(tmp_path: Path) -> None:
    segment = get(tmp_path, Ends())
    segment.append([made()])
    os.truncate(segment.path, SEGMENT_LIMIT)
    segment.release(clean=True)
    other = get(tmp_path, Ends({segment.name: SEGMENT_LIMIT}))
    assert other.name != segment.name


def test_a_dead_writers_mark_is_not_taken_over(tmp_path: Path) -> None:
    """The mark says that there may be a tail: whoever takes the file without healing it would take the mark away with it."""
    segment = get(tmp_path, Ends())
    segment.append([made()])
    segment._lock.release()  # as when its process is killed
    other = get(tmp_path, Ends({segment.name: segment.size}))
    assert other.name != segment.name
    assert segment.path.name in Locks(tmp_path).marked()
    other.release(clean=True)
    assert segment.path.name in Locks(tmp_path).marked()
    (dead,) = abandoned(tmp_path, Locks(tmp_path))
    assert dead.name == segment.name
    dead.release(clean=True)
    assert Locks(tmp_path).marked() == []


def test_a_mark_without_a_file_is_taken_away(tmp_path: Path) -> None:
    segment = get(tmp_path, Ends())
    segment._lock.release()
    assert list(abandoned(tmp_path, Locks(tmp_path))) == []
    assert Locks(tmp_path).marked() == []


def test_marks_are_durable_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    real = durable.sync_folder
    monkeypatch.setattr(durable, "sync_folder", lambda folder: (synced.append(folder), real(folder))[1])
    get(tmp_path, Ends())
    assert synced[-1] == tmp_path / "locks"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_write_that_fails_is_cut_back(tmp_path: Path, code: int) -> None:
    segment = get(tmp_path, Ends())
    segment.append([made()])
    before = segment.path.read_bytes()
    at = 0
    while True:
        at += 1
        disk = Disk(at, "once", code)
        with disk.attached(), contextlib.suppress(OSError):
            segment.append([made(50)])
        if not disk.failed:
            break
        assert segment.path.read_bytes() == before
        assert segment.size == len(before)
    assert at > 2


def test_somebody_elses_bytes_in_a_held_segment_are_not_written_over(tmp_path: Path) -> None:
    segment = get(tmp_path, Ends())
    segment.append([made()])
    with segment.path.open("ab") as file:
        file.write(b"not ours")
    with pytest.raises(DamagedArchive, match="another program"):
        segment.append([made(1)])
    assert segment.path.read_bytes().endswith(b"not ours")
    segment.path.unlink()
    with pytest.raises(DamagedArchive, match="another program"):
        segment.append([made(1)])
    assert not segment.path.exists()


def test_a_disk_that_gives_back_something_else_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segment = get(tmp_path, Ends())

    def lie(path: Path, offset: int, length: int) -> bytes:
        return bytes(length)

    monkeypatch.setattr("archiver.warc.segments.read_span", lie)
    with pytest.raises(DamagedArchive, match="read back"):
        segment.append([made()])
    assert segment.path.read_bytes() == b""


def test_only_whole_names_are_segments(tmp_path: Path) -> None:
    (tmp_path / "warc/2026/11/folder.warc.gz").mkdir(parents=True)
    for name in ("b.warc.gz", "a.warc.gz", "c.warc", "d.warc.gz.part"):
        (tmp_path / "warc/2026/11" / name).write_bytes(b"")
    assert [path.name for path in segment_files(tmp_path)] == ["a.warc.gz", "b.warc.gz"]
    assert segment_files(tmp_path / "none") == []


def test_what_a_link_points_to_is_not_in_the_archive(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.warc.gz").write_bytes(b"")
    (tmp_path / "in/warc/2026").mkdir(parents=True)
    (tmp_path / "in/warc/b.warc.gz").symlink_to(outside / "a.warc.gz")
    (tmp_path / "in/warc/2026/11").symlink_to(outside)
    assert segment_files(tmp_path / "in") == []
    with pytest.raises(DamagedArchive, match=r"warc/2026/11 is a symbolic link"):
        get(tmp_path / "in", Ends())
    assert [path.name for path in outside.iterdir()] == ["a.warc.gz"]


def test_the_log_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    locks = Locks(tmp_path)
    with locks.holding_log(), pytest.raises(ArchiveError, match="has held the log"), Locks(tmp_path).holding_log(0.01):
        pytest.fail("two hold it")
    with locks.holding_log(0.01):
        pass


def names_of(root: Path) -> set[str]:
    return {path.name for path in (root / "locks").iterdir()}


def test_no_lock_is_left_of_a_file_that_was_never_made(tmp_path: Path) -> None:
    get(tmp_path, Ends()).release(clean=True)
    assert names_of(tmp_path) == set()
    dead = get(tmp_path, Ends())
    dead._lock.release()  # the system does, where a process dies
    assert len(names_of(tmp_path)) == 2
    assert list(abandoned(tmp_path, Locks(tmp_path))) == []
    assert names_of(tmp_path) == set()
    written = get(tmp_path, Ends())
    written.append([made()])
    written.release(clean=True)
    assert names_of(tmp_path) == {f"{written.path.name}.lock"}


def test_no_lock_is_left_of_readers_who_died(tmp_path: Path) -> None:
    locks = Locks(tmp_path)
    (tmp_path / "locks").mkdir()
    for number in range(3):
        (tmp_path / f"locks/reading-{number}-00000000.lock").touch()
    with locks.reading(), locks.reading():
        assert len(names_of(tmp_path)) == 2
        (tmp_path / "locks/reading-9-00000000.lock").touch()
        assert locks.is_read()
        assert len(names_of(tmp_path)) == 2, "the dead are taken away, also where somebody lives"
    assert names_of(tmp_path) == set()
