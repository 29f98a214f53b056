"""Verifying changes nothing: whatever is wrong is told, and lies there as it lay."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, SealedArchive
from tampering import note

from archiver.archive import Archive, config, handover
from archiver.custody import rotate_key
from archiver.warc import LOG, Locks, segment_files

Run = Callable[..., Ran]


def tree(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file but the lock files, with its bytes and the time of its last change."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def torn_tail(root: Path) -> None:
    """The review's case: a mark, and a tail behind the last record."""
    (path,) = segment_files(root)
    with path.open("ab") as file:
        file.write(b"a member that was never logged")
    Locks(root).mark(path.name).touch()


def torn_log(root: Path) -> None:
    with (root / "log" / "details" / "000").open("ab") as file:
        file.write(b"half a line\n")
    (root / "log" / "tile" / "0" / "000.p" / "200").write_bytes(b"x" * 32)
    Locks(root).mark(LOG).touch()


def catalogue_behind(root: Path) -> None:
    """A crash between the signed head and the catalogue."""
    kept = root.parent / "kept.db"
    shutil.copy(root / "catalogue.db", kept)
    with Archive.open(root) as archive:
        archive.record([note()])
    shutil.copy(kept, root / "catalogue.db")


def rows_beside(root: Path) -> None:
    """A catalogue whose newest rows are still in the file beside it, as a process that was killed leaves it."""
    connection = sqlite3.connect(root / "catalogue.db")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS probe (x)")
    connection.execute("DROP TABLE probe")
    connection.commit()
    copies = [
        (path, path.read_bytes())
        for path in (root / "catalogue.db", root / "catalogue.db-wal", root / "catalogue.db-shm")
    ]
    connection.close()
    for path, data in copies:
        path.write_bytes(data)
    assert (root / "catalogue.db-wal").stat().st_size


def older_catalogue(root: Path) -> None:
    connection = sqlite3.connect(root / "catalogue.db")
    with connection:
        for table in ("erasures", "erased_leaves", "erased_ids"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'erasures'")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()


def key_half_exchanged(root: Path) -> None:
    before = (root / config.FILE).read_bytes()
    with Archive.open(root) as archive:
        rotate_key(archive)
    after = (root / config.FILE).read_bytes()
    (root / config.FILE).write_bytes(before)
    (root / handover.NEXT).write_bytes(after)


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (torn_tail, (3, 0)),
        (torn_log, (3, 3)),
        (catalogue_behind, (0, 0)),
        (rows_beside, (0, 0)),
        (older_catalogue, (0, 0)),
        (key_half_exchanged, (0, 0)),
    ],
)
def test_nothing_is_changed_and_what_broke_off_is_told(
    sealed: SealedArchive, archiver: Run, state: Callable[[Path], None], codes: tuple[int, int]
) -> None:
    state(sealed.root)
    before = tree(sealed.root)
    whole = archiver("--archive", sealed.root, "verify")
    part = archiver("--archive", sealed.root, "verify", sealed.quotes[0])
    after = tree(sealed.root)
    assert {name for name in before | after if before.get(name) != after.get(name)} == set()
    assert (whole.code, part.code) == codes, whole.out + part.out
    if codes[0]:
        assert "a run that broke off left" in whole.out
        assert "Intact; " in whole.out
    # and then it is set right by whoever records
    with Archive.open(sealed.root) as archive:
        archive.record([note(7)])
    assert archiver("--archive", sealed.root, "verify").code == 0


def test_an_archive_that_may_not_be_written_to_is_verified_all_the_same(sealed: SealedArchive, archiver: Run) -> None:
    shutil.rmtree(sealed.root / "locks")
    sealed.root.chmod(0o500)
    try:
        assert archiver("--archive", sealed.root, "verify").code == 0
        assert not (sealed.root / "locks").exists()
    finally:
        sealed.root.chmod(0o700)


def test_a_catalogue_beside_a_writer_is_read_with_its_newest_rows(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        archive.record([note(number) for number in range(3)])
        assert (sealed.root / "catalogue.db-wal").stat().st_size
        (said,) = [finding for finding in sealed.findings() if finding.check == "catalogue"]
        assert said.detail == f"knows all {archive.head().size} leaves"
