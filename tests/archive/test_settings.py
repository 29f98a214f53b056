"""``archive.toml`` beside others: whoever commits records what it says by then, and nobody writes once it is read-only."""

from __future__ import annotations

import contextlib
import errno
import shutil
import threading
from pathlib import Path

import pytest
from conftest import SealedArchive
from faults import STRIDE, Disk, Killed, first_step

from archiver.archive import Archive, config
from archiver.archive.settings import MARK
from archiver.errors import ArchiveError, DamagedArchive, ReadOnlyArchive
from archiver.verification import Finding, Request, Verification
from archiver.warc import Locks, Record, seal

NOTE = seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", b"x"))


def change(root: Path, old: bytes, new: bytes) -> None:
    path = root / config.FILE
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def settings_of(root: Path) -> list[Finding]:
    return [finding for finding in Verification(root, Request()).findings() if finding.check == "settings"]


def recorded(archive: Archive) -> list[bytes]:
    return [archive.stored_record(leaf).block for leaf in archive.catalogue.leaves("settings")]


def test_a_change_is_said_aloud_when_it_is_recorded(archive: Archive) -> None:
    archive.record([NOTE])
    assert archive.notices == []
    change(archive.root, b"jobs = 16", b"jobs = 17")
    change(archive.root, b'user_agent = ""', b'user_agent = "me"')
    archive.record([NOTE])
    (notice,) = archive.notices
    assert "jobs: 16 → 17" in notice
    assert 'user_agent: "" → "me"' in notice
    archive.record([NOTE])
    assert len(archive.notices) == 1
    assert archive.settings.jobs == 17, "what it says now is what is in force"


def test_verify_tells_past_changes(archive: Archive) -> None:
    for number in (17, 18):
        change(archive.root, b"jobs = %d" % (number - 1), b"jobs = %d" % number)
        archive.record([NOTE])
    found = settings_of(archive.root)
    assert all(finding.ok for finding in found)
    assert ["jobs: 16 → 17" in found[0].detail, "jobs: 17 → 18" in found[1].detail] == [True, True]
    assert found[2].detail == "as last recorded"


def test_a_process_with_stale_settings_does_not_record_them_over_the_new(archive: Archive) -> None:
    with Archive.open(archive.root) as other:
        archive.record([NOTE])
        other.record([NOTE])
        change(archive.root, b"jobs = 16", b"jobs = 17")
        other.record([NOTE])
        archive.record([NOTE])
        archive.record([NOTE])
        assert len(recorded(other)) == 2
        assert archive.notices == [], "the other one recorded it"
        change(archive.root, b"jobs = 17", b"jobs = 16")
        archive.record([NOTE])  # what it has always said, and yet not what was recorded last
        assert [b"jobs = 17" in data for data in recorded(other)] == [False, True, False]
    assert all(finding.ok for finding in settings_of(archive.root))


def test_settings_that_are_of_no_use_stop_the_recording_and_harm_nothing(archive: Archive) -> None:
    whole = (archive.root / config.FILE).read_bytes()
    size = archive.head().size
    for wrong in (b"", b"jobs = ", whole.replace(b"jobs", b"jobz")):
        (archive.root / config.FILE).write_bytes(wrong)
        with pytest.raises(ArchiveError, match=r"archive\.toml"):
            archive.record([NOTE])
    with Archive.create(archive.root.parent / "another") as another:
        (archive.root / config.FILE).write_bytes((another.root / config.FILE).read_bytes())
    with pytest.raises(DamagedArchive, match="another log"):
        archive.record([NOTE])
    (archive.root / config.FILE).write_bytes(whole)
    assert archive.record([NOTE])[0].index == size


def test_read_only_holds_for_those_who_have_it_open(archive: Archive) -> None:
    with Archive.open(archive.root) as other:
        other.record([NOTE])
        change(archive.root, b"jobs = 16", b"jobs = 17 # mine")
        archive.make_read_only()
        size = archive.head().size
        assert other.writable
        for writer in (other, archive):
            with pytest.raises(ReadOnlyArchive, match="nothing was recorded"):
                writer.record([NOTE])
            with pytest.raises(ReadOnlyArchive):
                writer.make_read_only()
            assert not writer.writable
    data = (archive.root / config.FILE).read_bytes()
    assert b"jobs = 17 # mine" in data, "nothing else is changed"
    with Archive.open(archive.root) as opened:
        assert recorded(opened)[-1] == data
        assert list(opened.catalogue.leaves())[-1].kind == "settings"
        assert opened.head().size == size
    assert all(finding.ok for finding in settings_of(archive.root))


def test_read_only_without_the_key_that_says_so(archive: Archive) -> None:
    change(archive.root, b"read_only = false\n", b"")
    archive.make_read_only()
    assert config.read(archive.root)[0].read_only
    assert all(finding.ok for finding in settings_of(archive.root))


def test_nothing_is_recorded_behind_the_mark(archive: Archive) -> None:
    """Threads that record while it is made read-only: each is told the truth, and the mark is the last leaf."""
    done: list[bool] = []

    def work() -> None:
        try:
            while True:
                archive.record([NOTE])
                done.append(True)
        except ReadOnlyArchive:
            return

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    while len(done) < 20:
        pass
    with Archive.open(archive.root) as other:
        other.make_read_only()
    for thread in threads:
        thread.join(30)
    kinds = [leaf.kind for leaf in archive.catalogue.leaves()]
    assert kinds.count("note") == len(done)
    assert kinds[-1] == "settings"
    assert all(finding.ok for finding in settings_of(archive.root))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["kill", "on"])
def test_making_it_read_only_may_break_off_anywhere(sealed: SealedArchive, how: str) -> None:
    """All or nothing after the next open: it is read-only and recorded as that, or neither."""
    at = first_step(how)
    while True:
        at += STRIDE
        root = sealed.root.with_name(f"run{at}")
        shutil.copytree(sealed.root, root)
        disk = Disk(at, how, errno.ENOSPC)
        archive = Archive.open(root)
        with disk.attached(), contextlib.suppress(Killed, ArchiveError):
            archive.make_read_only()
        if archive._recorder._segment is not None:
            archive._recorder._segment._lock.release()
        archive.catalogue.close()
        with Archive.open(root) as again:
            read_only = b"read_only = true" in recorded(again)[-1]
            assert read_only is not again.writable, at
        faults = SealedArchive(root, (), ()).faults()
        assert not [fault for fault in faults if fault.check != "bytes" or fault.ok is False], (at, faults)
        # of a process that died with its last step done, the mark stays: nobody may take it away any more
        assert read_only or not Locks(root).mark(MARK).exists()
        if not disk.failed:
            break
        shutil.rmtree(root)
    assert at > 10


def test_read_only_by_hand_is_no_failure(sealed: SealedArchive) -> None:
    change(sealed.root, b"read_only = false", b"read_only=true  # it is finished")
    (finding,) = settings_of(sealed.root)
    assert (finding.ok, "switched on" in finding.detail) == (True, True)
    change(sealed.root, b"jobs = 16", b"jobs = 17")
    (finding,) = settings_of(sealed.root)
    assert finding.ok is False
    assert "jobs: 16 → 17" in finding.detail
    assert "set read_only to false" in finding.detail


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"# an archive", b"# an archivf"),
        (b"jobs = 16", b"jobs = 17"),
        (b"read_only = false", b"read_only = true\n# \x00"),
    ],
)
def test_any_other_change_is_a_failure_that_names_it(sealed: SealedArchive, old: bytes, new: bytes) -> None:
    change(sealed.root, old, new)
    (finding,) = settings_of(sealed.root)
    assert (finding.subject, finding.ok) == ("archive.toml", False)
