"""After a crash: what was never acknowledged is set aside and said aloud, and nothing that the log knows is ever cut away."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import pytest
from conftest import SealedArchive
from samples import page_members

from archiver.archive import Archive, healing
from archiver.errors import ArchiveError, DamagedArchive
from archiver.verification import Finding
from archiver.warc import Locks, Record, seal, segment_files


def segment_of(root: Path) -> Path:
    (path,) = segment_files(root)
    return path


def tear(root: Path, tail: bytes, *, marked: bool = True) -> Path:
    """Puts a tail behind the last record, as a writer that died would."""
    path = segment_of(root)
    with path.open("ab") as file:
        file.write(tail)
    if marked:
        Locks(root).mark(path.name).touch()
    return path


NOTE = seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", b"never acknowledged"))


@pytest.mark.parametrize("tail", [b"\x1f", b"junk" * 500, NOTE.data, NOTE.data[:-1], NOTE.data + b"\x1f\x8b\x08"])
def test_a_torn_tail_is_set_aside_and_said_aloud(sealed: SealedArchive, tail: bytes) -> None:
    whole = segment_of(sealed.root).read_bytes()
    path = tear(sealed.root, tail)
    with Archive.open(sealed.root) as archive:
        (sentence,) = archive.notices
        assert f"{len(tail)} bytes" in sentence
        assert "quarantine/" in sentence
        assert path.read_bytes() == whole
        (kept,) = (sealed.root / "quarantine").iterdir()
        assert kept.read_bytes() == tail
        assert kept.name in sentence
        archive.record([NOTE])
    assert sealed.faults() == []
    with Archive.open(sealed.root) as archive:
        assert archive.notices == [], "once is enough"


def test_a_tail_without_a_crash_mark_is_not_healed_in_silence(sealed: SealedArchive) -> None:
    tear(sealed.root, b"planted", marked=False)
    with Archive.open(sealed.root) as archive:
        assert archive.notices == []
        archive.record([NOTE])
    assert not (sealed.root / "quarantine").exists()
    (fault,) = sealed.faults()
    assert (fault.ok, fault.check) == (False, "bytes")
    assert fault.detail.startswith("7 bytes behind the last record")
    path = segment_of_first(sealed.root)
    assert fault.detail.endswith(f"truncate -s {path.stat().st_size - 7} {path.relative_to(sealed.root).as_posix()}")
    assert segment_of_first(sealed.root).read_bytes().endswith(b"planted")


def segment_of_first(root: Path) -> Path:
    return segment_files(root)[0]


def test_a_segment_that_was_never_recorded_into_is_taken_away(sealed: SealedArchive) -> None:
    for content in (b"", b"torn"):
        path = segment_of(sealed.root).with_name("20991231000000000-00000000.warc.gz")
        path.write_bytes(content)
        Locks(sealed.root).mark(path.name).touch()
        (said,) = sealed.faults()
        assert said.ok is None
        assert "a run that broke off left" in said.detail, "nobody is told to delete it"
        with Archive.open(sealed.root) as archive:
            assert len(archive.notices) == bool(content)
        assert not path.exists()
    assert sealed.faults() == []


def test_a_killed_writers_lock_is_free_and_its_tail_too(sealed: SealedArchive) -> None:
    holder = Archive.open(sealed.root)
    holder.record([NOTE])
    assert holder._recorder._segment is not None
    tear(sealed.root, b"torn")
    with Archive.open(sealed.root) as archive:
        assert archive.notices == [], "its writer lives: whatever it does is its own business"
    holder._recorder._segment._lock.release()
    with Archive.open(sealed.root) as archive:
        assert len(archive.notices) == 1
    holder.catalogue.close()
    assert sealed.faults() == []


def test_what_a_crash_left_in_the_log_is_taken_away(sealed: SealedArchive) -> None:
    log = sealed.root / "log"
    (log / "tile/0/000.p/99").write_bytes(bytes(99 * 32))
    (log / "tile/entries/000.p/99").write_bytes(b"x")
    (log / ".checkpoint.4711.new").write_bytes(b"x")
    with (log / "details/000").open("ab") as file:
        file.write(b"0" * 64 + b" {}\n" + b"0" * 30)
    for marks in (("log",), (segment_of(sealed.root).name,)):
        copy = sealed.root.with_name("copy")
        shutil.copytree(sealed.root, copy)
        for mark in marks:
            Locks(copy).mark(mark).touch()
        with Archive.open(copy) as archive:
            assert len(archive.notices) == 4
            archive.record([NOTE])
        assert SealedArchive(copy, (), ()).faults() == []
        shutil.rmtree(copy)


def test_a_crash_before_the_catalogue_is_caught_up(sealed: SealedArchive) -> None:
    shutil.copy(sealed.root / "catalogue.db", sealed.root.parent / "old.db")
    with Archive.open(sealed.root) as archive:
        snapshot = page_members("https://example.org/new", b"new")
        archive.record(snapshot[1])
        dump = list(archive.catalogue.dump())
    shutil.copy(sealed.root.parent / "old.db", sealed.root / "catalogue.db")
    with Archive.open(sealed.root) as archive:
        assert archive.notices == ["The catalogue lacked 4 leaves of the log; they are added."]
        assert list(archive.catalogue.dump()) == dump
        assert archive.find_snapshot("https://example.org/new").id == snapshot[0]


def test_a_log_that_was_cut_back_is_not_healed_to_pieces(sealed: SealedArchive) -> None:
    """An old head put back, by hand or by a backup: the newer tiles and salts are the only copy of what was recorded."""
    old = (sealed.root / "log/checkpoint").read_bytes()
    with Archive.open(sealed.root) as archive:
        archive.record([NOTE])
    files = {path: path.read_bytes() for path in (sealed.root / "log").rglob("*") if path.is_file()}
    (sealed.root / "log/checkpoint").write_bytes(old)
    Locks(sealed.root).mark("log").touch()
    Locks(sealed.root).mark(segment_of(sealed.root).name).touch()
    with Archive.open(sealed.root) as archive:
        assert "was cut back" in archive.notices[0]
        with pytest.raises(DamagedArchive, match="was cut back"):
            archive.record([NOTE])
    for path, data in files.items():
        assert path.name == "checkpoint" or path.read_bytes() == data
    assert any(finding.check == "catalogue" and finding.ok is False for finding in sealed.faults())


def test_a_wrong_catalogue_does_not_get_evidence_cut_away(sealed: SealedArchive) -> None:
    """The catalogue says that the file ends early, and a mark stands: what lies behind is known to the log, and stays."""
    path = segment_of(sealed.root)
    whole = path.read_bytes()
    with Archive.open(sealed.root) as archive, archive.catalogue.connection.writing():
        archive.catalogue.connection.conn.execute("UPDATE leaves SET file = 'warc/elsewhere' WHERE idx > 6")
    Locks(sealed.root).mark(path.name).touch()
    with Archive.open(sealed.root) as archive:
        assert "rebuild" in archive.notices[0]
        assert path.read_bytes() == whole
        archive.rebuild()
    assert not (sealed.root / "quarantine").exists()
    assert sealed.faults() == []


def test_a_damaged_member_does_not_hide_those_behind_it_from_a_new_catalogue(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        leaves = list(archive.catalogue.leaves())
    path = sealed.root / leaves[3].file
    data = bytearray(path.read_bytes())
    data[leaves[3].offset + 30] ^= 4
    path.write_bytes(data)
    (sealed.root / "catalogue.db").unlink()
    Locks(sealed.root).mark(path.name).touch()
    with Archive.open(sealed.root) as archive:
        again = list(archive.catalogue.leaves())
        assert again[3].file == ""
        assert again[:3] + again[4:] == leaves[:3] + leaves[4:]
        assert path.read_bytes() == data
        with pytest.raises(DamagedArchive, match="not in the WARC files"):
            archive.stored_record(again[3])


@pytest.mark.parametrize("where", ["warc/renamed.warc.gz", "warc/2031/01/20310101000000000-00000000.warc.gz"])
def test_files_may_be_moved_and_a_rebuilt_catalogue_finds_them(sealed: SealedArchive, where: str) -> None:
    path = sealed.root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    segment_of(sealed.root).rename(path)
    assert sealed.faults() == []
    with Archive.open(sealed.root) as archive:
        archive.rebuild()
        assert {leaf.file for leaf in archive.catalogue.leaves()} == {where}
        assert archive.texts(archive.find_snapshot(sealed.snapshots[0]))[0].content.startswith("The ferry")
        archive.record([NOTE])
    assert sealed.faults() == []


def test_half_a_catalogue_of_rearranged_files_is_filled_up(sealed: SealedArchive) -> None:
    """A rebuild that broke off, and files in which later leaves lie before earlier ones: every member is found."""
    with Archive.open(sealed.root) as archive:
        leaves = list(archive.catalogue.leaves())
        path = sealed.root / leaves[0].file
        data = path.read_bytes()
        with archive.catalogue.connection.writing():
            archive.catalogue.connection.conn.execute("DELETE FROM leaves WHERE idx > 5")
            archive.catalogue.connection.conn.execute("UPDATE leaves SET offset = offset + ?", [leaves[-1].length])
    path.write_bytes(data[leaves[-1].offset :] + data[: leaves[-1].offset])
    with Archive.open(sealed.root) as archive:
        assert all(leaf.file for leaf in archive.catalogue.leaves())
        assert archive.catalogue.leaf(leaves[-1].index).offset == 0


def test_a_disk_that_cannot_heal_is_one_sentence(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    tear(sealed.root, b"torn")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with Archive.open(sealed.root) as archive:  # what was recorded can be read all the same
        assert len(archive.catalogue.snapshots()) == 3
        assert ["No space left on device" in notice for notice in archive.notices] == [True]
        with pytest.raises(ArchiveError, match="disk is full"):
            archive.record([])
    monkeypatch.undo()
    monkeypatch.setenv("ARCHIVER_CONFIG", str(sealed.root.parent / "none"))
    with Archive.open(sealed.root) as archive:
        assert len(archive.notices) == 1


def test_a_second_crash_while_healing(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tail is in quarantine before it is cut: a crash between costs a second copy and nothing else."""
    from faults import Disk, Killed

    whole = segment_of(sealed.root).read_bytes()
    base = sealed.root.with_name("base")
    shutil.copytree(sealed.root, base)
    tear(base, b"torn")
    (base / "log/tile/0/000.p/99").write_bytes(b"x")
    Locks(base).mark("log").touch()
    at = 0
    while True:
        at += 1
        root = base.with_name(f"run{at}")
        shutil.copytree(base, root)
        disk = Disk(at, "kill")
        with disk.attached(), contextlib.suppress(Killed):
            Archive.open(root).close()
        with Archive.open(root):
            assert segment_of(root).read_bytes() == whole
        assert SealedArchive(root, (), ()).faults() == []
        copies = [path.read_bytes() for path in (root / "quarantine").iterdir()]
        assert b"torn" in copies
        assert set(copies) <= {b"torn", b"to", b""}
        shutil.rmtree(root)
        if not disk.failed:
            break
    assert at > 6


def findings_of(faults: list[Finding]) -> set[str]:
    return {finding.check for finding in faults}


def test_however_many_leaves_are_added_at_a_time_the_catalogue_is_the_same(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(sealed.root) as archive:
        size, whole = archive.catalogue.size(), list(archive.catalogue.dump())
    for batch in (1, 2, 3, size, size + 1):
        monkeypatch.setattr(healing, "_BATCH", batch)
        told: list[tuple[int, int]] = []
        with Archive.open(sealed.root) as archive:
            archive.rebuild(lambda done, of, told=told: told.append((done, of)))  # type: ignore[misc]
            assert list(archive.catalogue.dump()) == whole
            assert archive.notices == []
        assert told == [(min(done, size), size) for done in range(batch, size + batch, batch)], "at last of all"


def test_progress_counts_from_what_was_there_already(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healing, "_BATCH", 2)
    with Archive.open(sealed.root) as archive:
        size = archive.catalogue.size()
        with archive.catalogue.connection.writing() as conn:
            conn.execute("DELETE FROM leaves WHERE idx >= ?", [size - 5])
        told: list[tuple[int, int]] = []
        said = healing.catch_up(sealed.root, archive.log, archive.catalogue, lambda done, of: told.append((done, of)))
        assert told == [(2, 5), (4, 5), (5, 5)]
        assert said == ["The catalogue lacked 5 leaves of the log; they are added."]
        assert healing.catch_up(sealed.root, archive.log, archive.catalogue) == []


def test_a_member_that_lies_nowhere_has_no_place(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        leaves = list(archive.catalogue.leaves())
    path = sealed.root / leaves[3].file
    data = path.read_bytes()
    path.write_bytes(data[: leaves[3].offset] + data[leaves[3].offset + leaves[3].length :])
    with Archive.open(sealed.root) as archive:
        archive.rebuild()
        found = list(archive.catalogue.leaves())
    assert (found[3].file, found[3].offset, found[3].length) == ("", 0, 0)
    assert (found[3].kind, found[3].sha256, found[3].uri) == (leaves[3].kind, leaves[3].sha256, leaves[3].uri)
    assert [(leaf.offset, leaf.length) for leaf in found[:3]] == [(leaf.offset, leaf.length) for leaf in leaves[:3]]
    assert [(leaf.offset, leaf.length) for leaf in found[4:]] == [
        (leaf.offset - leaves[3].length, leaf.length) for leaf in leaves[4:]
    ]


def test_a_file_that_is_too_short_is_said_and_left_alone(sealed: SealedArchive) -> None:
    path = segment_of(sealed.root)
    data = path.read_bytes()
    path.write_bytes(data[:-5])
    Locks(sealed.root).mark(path.name).touch()
    for _ in range(2):
        with Archive.open(sealed.root) as archive:
            (sentence,) = archive.notices
            assert f"ends at byte {len(data) - 5}, before its last recorded member does ({len(data)})" in sentence
        assert path.read_bytes() == data[:-5]
        Locks(sealed.root).mark(path.name).touch()
