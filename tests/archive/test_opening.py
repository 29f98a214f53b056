"""The catalogue at the opening: one that is of no use is made again, one that is in use is let be, and a reader writes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SealedArchive
from samples import page_members
from trees import state_of

from archiver.archive import Archive, kept, opening
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError, ReadOnlyArchive
from archiver.log import Log
from archiver.warc import Record, seal

NOTE = seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", b"x"))


@pytest.mark.parametrize("catalogue", ["kept", "deleted", "garbage", "stale", "with a log beside it"])
def test_a_read_only_archive_is_not_written_to_whatever_its_catalogue_is(
    sealed: SealedArchive, tmp_path: Path, catalogue: str
) -> None:
    path = sealed.root / "catalogue.db"
    stale = path.read_bytes()
    with Archive.open(sealed.root) as archive:
        archive.record(page_members("https://example.org/c", b"c")[1])
        archive.make_read_only()
        dump = list(archive.catalogue.dump())
        with pytest.raises(ReadOnlyArchive):
            archive.record([NOTE])
    if catalogue == "deleted":
        path.unlink()
    elif catalogue == "garbage":
        path.write_bytes(b"garbage" * 1000)
    elif catalogue == "stale":
        path.write_bytes(stale)
    elif catalogue != "kept":
        path.with_name("catalogue.db-wal").write_bytes(b"a writer's")
    shutil.rmtree(sealed.root / "locks")
    before = state_of(sealed.root)
    with Archive.open(sealed.root) as archive:
        assert not archive.writable
        assert list(archive.catalogue.dump()) == dump
        assert archive.texts(archive.find_snapshot(sealed.snapshots[0]))
    faults = sealed.faults()
    assert all(finding.ok is None and finding.check == "catalogue" for finding in faults), faults
    assert state_of(sealed.root) == before


@pytest.mark.parametrize(
    "harm",
    ["deleted", "garbage", "empty", "from the future", "without a table", "with a hole in it", "cut in half"],
)
def test_a_catalogue_of_no_use_is_made_again(sealed: SealedArchive, harm: str) -> None:
    path = sealed.root / "catalogue.db"
    with Archive.open(sealed.root) as archive:
        dump = list(archive.catalogue.dump())
    data = path.read_bytes()
    if harm == "deleted":
        path.unlink()
    elif harm == "garbage":
        path.write_bytes(b"garbage" * 1000)
    elif harm == "empty":
        path.write_bytes(b"")
    elif harm == "with a hole in it":
        path.write_bytes(data[:4096] + bytes(len(data) - 8192) + data[-4096:])
    elif harm == "cut in half":
        path.write_bytes(data[: len(data) // 2])
    else:
        connection = sqlite3.connect(path)
        with connection:
            connection.execute(
                "DROP TABLE quotes"
                if harm == "without a table"
                else "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archiver.catalogue', 'new', '')"
            )
        connection.close()
    with Archive.open(sealed.root) as archive:
        assert list(archive.catalogue.dump()) == dump
        assert archive.notices, "said aloud"
        archive.record([NOTE])
    assert sealed.faults() == []
    with Archive.open(sealed.root) as archive:
        assert archive.notices == []


def test_a_locked_catalogue_is_not_thrown_away(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.catalogue.connection._BUSY_SECONDS", 0.05)
    inode = (sealed.root / "catalogue.db").stat().st_ino
    connection = sqlite3.connect(sealed.root / "catalogue.db")
    connection.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ArchiveError, match="locked"), Archive.open(sealed.root) as archive:
        archive.record([NOTE])
    connection.rollback()
    connection.close()
    assert (sealed.root / "catalogue.db").stat().st_ino == inode


def test_who_reads_lays_nothing_beside_the_catalogue(sealed: SealedArchive) -> None:
    """Not for the while either: the folder may be somebody else's, or a disc."""
    with Archive.open(sealed.root, read_only=True) as archive:
        assert archive.catalogue.snapshots()
        assert [path.name for path in sealed.root.glob("catalogue.db*")] == ["catalogue.db"]
        with pytest.raises(ArchiveError), archive.catalogue.connection.writing() as conn:
            conn.execute("DELETE FROM leaves")
    with Archive.open(sealed.root) as archive:
        assert archive.catalogue.size() == archive.head().size


@pytest.mark.parametrize("kept_from", [1, 2000])
def test_who_reads_while_somebody_records_sees_it_and_writes_nothing(
    sealed: SealedArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_from: int
) -> None:
    monkeypatch.setattr(kept, "FROM_LEAVES", kept_from)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    readable, made, times = opening._readable_catalogue, opening._made, iter(range(10))

    def then_recorded(real: Callable[..., Catalogue]) -> Callable[..., Catalogue]:
        def call(root: Path, log: Log) -> Catalogue:
            catalogue = real(root, log)
            if next(times) < 2:
                with Archive.open(root) as other:
                    other.record([NOTE])
            return catalogue

        return call

    monkeypatch.setattr(opening, "_readable_catalogue", then_recorded(readable))
    monkeypatch.setattr(opening, "_made", then_recorded(made))
    with Archive.open(sealed.root, read_only=True) as archive:
        assert archive.catalogue.size() == archive.head().size
    assert next(times) > 1
    assert sealed.faults() == []
