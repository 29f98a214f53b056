"""What is gone must have been taken out by a recorded erasure that names it, and by nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SealedArchive
from remains import faults, left_of

from archiver.archive import Archive, indexing
from archiver.erasure import erase, make_plan
from archiver.errors import DamagedArchive
from archiver.log import blank_details
from archiver.model import ERASURE, Tombstone
from archiver.warc import Record, seal

AT = "2026-11-20T00:00:00Z"


def record(archive: Archive, leaves: tuple[tuple[int, str], ...]) -> None:
    """A tombstone as only the key's holder can make one."""
    stone = Tombstone(AT, "because", "archiver/0", (), (), (), (), leaves)
    archive.record([seal(Record(ERASURE, "metadata", "urn:archiver:erasure:1", AT, "application/json", stone.block()))])


def blank(root: Path, *leaves: int) -> None:
    blank_details(root / "log", leaves)


def leaf_of(root: Path, kind: str) -> tuple[int, str]:
    with Archive.open(root) as archive:
        leaf = next(archive.catalogue.leaves(kind))
        return leaf.index, leaf.sha256


def test_an_empty_leaf_that_nothing_names(sealed: SealedArchive) -> None:
    index, _ = leaf_of(sealed.root, "response")
    blank(sealed.root, index)
    details = [finding.detail for finding in sealed.faults() if finding.check == "details"]
    assert details == [f"leaf {index} was taken out, and no recorded erasure says so"]


def test_a_leaf_of_a_kind_that_is_never_erased(sealed: SealedArchive) -> None:
    named = leaf_of(sealed.root, "settings")
    with Archive.open(sealed.root) as archive:
        record(archive, (named,))
        blank(sealed.root, named[0])
        found = [finding for finding in faults(sealed.root) if "of its kind" in finding.detail]
    assert [finding.ok for finding in found] == [False]


def test_a_tombstone_that_names_another_record_than_the_leaf_is(sealed: SealedArchive) -> None:
    index, _ = leaf_of(sealed.root, "request")
    with Archive.open(sealed.root) as archive:
        record(archive, ((index, "0" * 64),))
        found = [finding for finding in faults(sealed.root) if finding.check == "erased"]
    assert [finding.ok for finding in found] == [False]
    assert "other records" in found[0].detail


def test_a_tombstone_that_names_what_comes_later(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """One leaf that would excuse whatever is taken out afterwards."""
    with Archive.open(sealed.root) as archive:
        later = archive.head().size + 1
        with pytest.raises(DamagedArchive, match="after it"):
            record(archive, ((later, "0" * 64),))
        monkeypatch.setattr(indexing, "tombstone_of", lambda item: Tombstone.parse(item.block))
        record(archive, ((later, "0" * 64),))
        found = [finding for finding in faults(sealed.root) if finding.check == "erased"]
    assert [finding.ok for finding in found] == [False]


@pytest.mark.parametrize(
    "block",
    [
        b"", b"[]", b"{}", b'{"v":2}', b"[" * 100_000,
        b'{"v":1,"erased_at":"a","reason":1,"tool":"b"}',
        b'{"v":1,"erased_at":"a","reason":"r","tool":"b","requested":["s-1"]}',
        b'{"v":1,"erased_at":"a","reason":"r","tool":"b","requested":[],"snapshots":[],"quotes":[],"dependents":[],"leaves":[[true,"0"]]}',
        b'{"v":1,"erased_at":"a","reason":"r","tool":"b","requested":[],"snapshots":[],"quotes":[],"dependents":[],"leaves":{"1":2}}',
    ],
)  # fmt: skip
def test_a_tombstone_of_a_wrong_shape_is_not_recorded(sealed: SealedArchive, block: bytes) -> None:
    member = seal(Record(ERASURE, "metadata", "urn:archiver:erasure:1", AT, "application/json", block))
    with pytest.raises(ValueError):
        Tombstone.parse(block)
    with Archive.open(sealed.root) as archive, pytest.raises(DamagedArchive, match="shape of its kind"):
        archive.record([member])
    assert sealed.faults() == []


def test_a_tombstone_is_read_back_as_it_was_written() -> None:
    name, digest = "s-" + "a" * 64, "b" * 64
    stone = Tombstone(
        AT, "a „reason“", "archiver/0", (name,), (name,), ("q-" + digest,), ("q-" + digest,), ((3, digest),)
    )
    assert Tombstone.parse(stone.block()) == stone


def test_a_tombstone_that_is_taken_out_itself(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        done = erase(archive, make_plan(archive, [sealed.snapshots[1]]), "court order")
    blank(sealed.root, done.leaf.index)
    details = [finding.detail for finding in sealed.faults() if finding.check == "details"]
    assert any("of its kind" in detail for detail in details)
    assert len([detail for detail in details if "no recorded erasure" in detail]) == len(done.tombstone.leaves) + 1


def test_an_older_catalogue_that_was_put_back(sealed: SealedArchive, tmp_path: Path) -> None:
    shutil.copy(sealed.root / "catalogue.db", tmp_path / "older.db")
    with Archive.open(sealed.root) as archive:
        erase(archive, make_plan(archive, [sealed.snapshots[0]]), "court order")
    shutil.copy(tmp_path / "older.db", sealed.root / "catalogue.db")
    assert left_of(sealed.root, "https://example.org/a")
    assert "erased" in {finding.check for finding in sealed.faults() if finding.ok is False}
    Archive.open(sealed.root).close()
    assert left_of(sealed.root, "https://example.org/a") == []
    assert sealed.faults() == []


def test_one_that_stays_is_verified_by_itself(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        erase(archive, make_plan(archive, [sealed.snapshots[0]]), "court order")
    found = sealed.findings(snapshots=frozenset({sealed.snapshots[1]}), quotes=frozenset({sealed.quotes[1]}))
    assert [finding for finding in found if finding.ok is not True] == []
    assert [finding.subject for finding in found if finding.check == "erased"] == [sealed.snapshots[0][:14]]


def test_flipped_bits_of_a_tombstone(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        done = erase(archive, make_plan(archive, [sealed.snapshots[0]]), "court order")
        leaf = archive.catalogue.leaf(done.leaf.index)
    path = sealed.root / leaf.file
    data = path.read_bytes()
    check: Callable[[], bool] = lambda: any(finding.ok is False for finding in sealed.faults())  # noqa: E731
    for at in range(leaf.offset, leaf.offset + leaf.length, 41):
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        assert check()
    path.write_bytes(data)
    assert not check()
