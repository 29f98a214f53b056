"""Members are found by their bytes wherever they lie; what lies where they should is named with file and offset."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import Mock

import pytest
from conftest import SealedArchive
from tampering import cut_out, damage, flip, leaves, note

from archiver.archive import Archive
from archiver.log import Log
from archiver.verification import Finding, moment
from archiver.verification.committed import Committed
from archiver.verification.placing import Chunk, Run, Walk, WarcFile, place_in_order
from archiver.warc import segment_files


def one(faults: list[Finding]) -> Finding:
    """The one failure; what could not be looked at because of it is undecided."""
    (fault,) = [fault for fault in faults if fault.ok is False]
    return fault


def test_every_damaged_record_is_named_where_it_lies(sealed: SealedArchive, tmp_path: Path) -> None:
    for leaf in leaves(sealed.root):
        root = tmp_path / str(leaf.index)
        shutil.copytree(sealed.root, root)
        subject = damage(root, leaf)
        fault = one(SealedArchive(root, (), ()).faults())
        assert (fault.subject, fault.check, fault.ok) == (subject, "member", False)
        assert leaf.record_id in fault.detail


def test_neighbours_that_are_damaged_are_each_named(sealed: SealedArchive) -> None:
    """As a bad sector does it; up to the end of the file, too."""
    found = leaves(sealed.root)
    subjects = [damage(sealed.root, leaf) for leaf in (*found[2:6], *found[-2:])]
    assert [fault.subject for fault in sealed.faults()] == subjects


@pytest.mark.parametrize("at", [0, 3, 7, -1])
def test_a_record_that_was_cut_out_is_missing(sealed: SealedArchive, at: int) -> None:
    leaf = leaves(sealed.root)[at]
    cut_out(sealed.root, leaf)
    fault = one(sealed.faults())
    assert (fault.subject, fault.check) == (leaf.file, "member")
    assert f"leaf {leaf.index}" in fault.detail
    assert "in no WARC file" in fault.detail


def test_of_very_many_missing_records_a_finding_names_a_bounded_number(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = segment_files(sealed.root)
    size = len(leaves(sealed.root))
    path.unlink()
    whole = one(sealed.faults())
    monkeypatch.setattr("archiver.verification.record_checks._LOST", size - 1)
    first, last = [fault for fault in sealed.faults() if fault.ok is False]
    assert f"leaves 0 to {size - 2}, {size - 1} records" in first.detail
    assert f"leaf {size - 1}, " in last.detail
    assert {*first.pages, *last.pages} == {*whole.pages}


def test_a_file_that_is_gone_is_one_finding(sealed: SealedArchive) -> None:
    (path,) = segment_files(sealed.root)
    size = len(leaves(sealed.root))
    path.unlink()
    fault = one(sealed.faults())
    assert fault.subject == path.relative_to(sealed.root).as_posix(), "the catalogue still knows where they lay"
    assert f"leaves 0 to {size - 1}, {size} records" in fault.detail
    assert set(fault.quotes) == set(sealed.quotes)
    assert {page.snapshot for page in fault.pages} == set(sealed.snapshots)


def test_records_that_changed_places_are_rearranged(sealed: SealedArchive) -> None:
    found = leaves(sealed.root)
    path = sealed.root / found[0].file
    data = path.read_bytes()
    one_, two = (data[leaf.offset : leaf.offset + leaf.length] for leaf in found[3:5])
    path.write_bytes(data.replace(one_ + two, two + one_))
    fault = one(sealed.faults())
    assert (fault.subject, fault.check) == (f"{found[0].file} at byte {found[3].offset + len(two)}", "bytes")
    assert "rearranged" in fault.detail


def test_foreign_bytes_are_named_and_hide_nothing(sealed: SealedArchive) -> None:
    leaf = leaves(sealed.root)[4]
    path = sealed.root / leaf.file
    data = path.read_bytes()
    for planted in (b"x", b"\x1f\x8b\x08" * 9, note().data, data[leaf.offset : leaf.offset + leaf.length]):
        path.write_bytes(data[: leaf.offset] + planted + data[leaf.offset :])
        faults = [fault for fault in sealed.faults() if fault.ok is False]
        start = (
            leaf.offset
            if planted[:5] != data[leaf.offset :][:5] or len(planted) != leaf.length
            else leaf.offset + leaf.length
        )
        assert [fault.subject for fault in faults] == [f"{leaf.file} at byte {start}"]
        assert f"{len(planted)} bytes that no leaf" in faults[0].detail
    following = leaves(sealed.root)[6]  # bytes as long as one of the records behind them, which shifts all by just that
    path.write_bytes(data[: leaf.offset] + b"x" * following.length + data[leaf.offset :])
    assert [fault.subject for fault in sealed.faults() if fault.ok is False] == [f"{leaf.file} at byte {leaf.offset}"]
    path.write_bytes(b"\x00" * 100 + data)
    assert [fault.subject for fault in sealed.faults() if fault.ok is False] == [f"{leaf.file} at byte 0"]


def test_a_member_twice_in_the_files_and_once_in_the_log(sealed: SealedArchive) -> None:
    (path,) = segment_files(sealed.root)
    shutil.copy(path, path.with_name("29991231000000000-00000000.warc.gz"))
    fault = one(sealed.faults())
    assert (
        fault.subject
        == "warc/"
        + path.with_name("29991231000000000-00000000.warc.gz").relative_to(sealed.root / "warc").as_posix()
        + " at byte 0"
    )
    assert f"{path.stat().st_size} bytes" in fault.detail


def test_a_record_that_was_recorded_twice_is_no_fault(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        archive.record([note(1), note(1), note(2)])
        archive.record([note(1)])
    assert sealed.faults() == []


def test_a_file_that_cannot_be_read(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as root, who may read everything."""
    (path,) = segment_files(sealed.root)
    real = Path.open
    monkeypatch.setattr(
        "archiver.verification.member_checks._read", Mock(side_effect=PermissionError(13, "Permission denied"))
    )

    def refusing(self: Path, *arguments: object, **options: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refusing)
    faults = sealed.faults()
    assert any(fault.detail == "cannot be read: Permission denied" for fault in faults)
    assert any("in no WARC file" in fault.detail for fault in faults)


def committed_of(root: Path) -> Committed:
    with Archive.open(root, read_only=True) as archive:
        log = Log(root / "log", archive.key)
    made = Committed(log)
    for logged in log.leaves():
        made.add(logged.details)
    return made


def test_places_are_assumed_only_where_all_bytes_are_taken(sealed: SealedArchive) -> None:
    (path,) = segment_files(sealed.root)
    committed = committed_of(sealed.root)
    size = path.stat().st_size
    assert place_in_order(committed, [WarcFile(path, "a", size)]) == [Run(path, 0, len(committed), 0, size)]
    assert [committed.place_of(leaf.index) for leaf in leaves(sealed.root)] == [
        (path, leaf.offset) for leaf in leaves(sealed.root)
    ]
    for sizes in ((size - 1,), (size + 1,), (), (size, 3), (5, size - 5)):
        committed.forget_places()
        assert not place_in_order(committed, [WarcFile(path, "a", other) for other in sizes])
        assert not any(committed.placed(index) for index in range(len(committed)))
        assert committed.paths == []


def test_runs_end_with_the_bundles_of_the_log(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        archive.record([note(number) for number in range(600)])
    (path,) = segment_files(sealed.root)
    committed, size = committed_of(sealed.root), path.stat().st_size
    runs = place_in_order(committed, [WarcFile(path, "a", size)]) or []
    assert [run.first for run in runs] == [0, 256, 512]
    assert sum(run.count for run in runs) == len(committed)
    assert [run.offset for run in runs] == [leaf.offset for leaf in leaves(sealed.root) if leaf.index % 256 == 0]
    assert [run.offset + run.size for run in runs] == [*(run.offset for run in runs[1:]), size]


def test_members_that_lie_in_another_order_are_placed_where_they_are(sealed: SealedArchive) -> None:
    """Two of one length changed places: all lengths come out, the bytes do not."""
    with Archive.open(sealed.root) as archive:
        archive.record([note(number) for number in range(30)])
    (path,) = segment_files(sealed.root)
    data = path.read_bytes()
    found = leaves(sealed.root)
    first, second = next(
        (one, other) for one in found for other in found if one.length == other.length and one.index < other.index
    )
    swapped = bytearray(data)
    for leaf, taken in ((first, second), (second, first)):
        swapped[leaf.offset : leaf.offset + leaf.length] = data[taken.offset : taken.offset + taken.length]
    path.write_bytes(swapped)
    assert {fault.check for fault in sealed.faults()} == {"bytes"}
    assert "rearranged" in sealed.faults()[0].detail


def test_a_record_larger_than_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from samples import sealed_archive

    monkeypatch.setattr("archiver.verification.placing._WINDOW", 64)
    made = sealed_archive(tmp_path / "archive")
    archive = SealedArchive(tmp_path / "archive", made.snapshots, made.quotes)
    assert archive.faults() == []
    leaf = leaves(archive.root)[5]
    flip(archive.root / leaf.file, leaf.offset + leaf.length - 1)
    assert one(archive.faults()).subject == f"{leaf.file} at byte {leaf.offset}"


def goes_while_read(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Has a file go between the listing of all files and the look into them."""
    chunks = Walk.chunks

    def gone(walk: Walk, files: Sequence[WarcFile]) -> Iterator[Chunk]:
        path.unlink()
        return chunks(walk, files)

    monkeypatch.setattr(Walk, "chunks", gone)
    monkeypatch.setattr("archiver.verification.record_checks.place_in_order", lambda *_: None)


@pytest.mark.parametrize("when", ["listed", "read"])
def test_an_empty_file_that_goes_meanwhile_is_no_fault(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """On a full disk a writer's file stays empty and is taken away by the next one, and nobody can lock anything."""
    (path,) = segment_files(sealed.root)
    empty = path.with_name("0-empty.warc.gz")
    if when == "listed":
        monkeypatch.setattr(moment, "segment_files", lambda _: [empty, path])
    else:
        empty.touch()
        goes_while_read(monkeypatch, empty)
    assert sealed.faults() == []


def test_a_file_of_records_that_goes_meanwhile_is_missed_record_by_record(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = segment_files(sealed.root)
    goes_while_read(monkeypatch, path)
    assert "in no WARC file" in one(sealed.faults()).detail
