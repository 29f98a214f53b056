"""Making the catalogue again never costs the one that is there: not by a kill, not on a full disk, not for those who have it open."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SealedArchive
from faults import STRIDE
from samples import page_members

from archiver.archive import Archive, healing, indexing
from archiver.archive.unfinished import UNFINISHED
from archiver.catalogue import Catalogue, UnwritableCatalogue
from archiver.catalogue.connection import Connection
from archiver.errors import ArchiveError, ReadOnlyArchive

REBUILD_FOR_EVER = """
import sys
from archiver.archive import Archive
from pathlib import Path
with Archive.open(Path(sys.argv[1])) as archive:
    while True:
        archive.rebuild()
        print("made", flush=True)
"""


def dump_of(root: Path) -> list[str]:
    """The stored catalogue as it is, without anybody mending it."""
    with contextlib.closing(Catalogue(root / "catalogue.db", make=False)) as catalogue:
        return list(catalogue.dump())


def test_it_says_again_what_it_said(sealed: SealedArchive) -> None:
    before = dump_of(sealed.root)
    with contextlib.closing(sqlite3.connect(sealed.root / "catalogue.db")) as connection:
        connection.execute("UPDATE snapshots SET title = 'forged'")
        connection.commit()
    with Archive.open(sealed.root) as other, Archive.open(sealed.root) as archive:
        assert archive.rebuild() == len(list(other.catalogue.leaves()))
        assert list(other.catalogue.dump()) == before  # who has it open sees the new one, and goes on with it
        other.record(page_members("https://example.org/new", b"<p>new</p>")[1])
        assert archive.catalogue.latest("org,example)/new")
    assert not list(sealed.root.glob(f"{UNFINISHED}*"))


@pytest.mark.parametrize("wait", [0.0, 0.001, 0.002, 0.004, 0.007, 0.011] if STRIDE == 1 else [0.001, 0.007])
def test_a_kill_costs_nothing(sealed: SealedArchive, wait: float) -> None:
    before = dump_of(sealed.root)
    child = subprocess.Popen(
        [sys.executable, "-c", REBUILD_FOR_EVER, str(sealed.root)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "made\n"
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(wait)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert dump_of(sealed.root) == before
    with Archive.open(sealed.root) as archive:
        assert archive.notices == []
    assert not list(sealed.root.glob(f"{UNFINISHED}*")), "what was left is swept"
    assert sealed.faults() == []


def test_a_failure_on_the_way_costs_nothing(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump_of(sealed.root)
    with Archive.open(sealed.root) as archive:
        for where, what in ((healing, "catch_up"), (Catalogue, "take_over")):
            with monkeypatch.context() as patched:
                patched.setattr(where, what, _full)
                with pytest.raises(ArchiveError, match="disk is full"):
                    archive.rebuild()
            assert list(archive.catalogue.dump()) == before
    assert dump_of(sealed.root) == before
    assert not list(sealed.root.glob(f"{UNFINISHED}*"))


def test_what_no_catalogue_is_is_replaced_only_by_a_whole_one(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump_of(sealed.root)
    (sealed.root / "catalogue.db").write_bytes(b"no database" * 999)
    with monkeypatch.context() as patched:
        patched.setattr(healing, "catch_up", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Archive.open(sealed.root)
    assert (sealed.root / "catalogue.db").read_bytes().startswith(b"no database")
    with Archive.open(sealed.root) as archive:
        assert "made again from the evidence" in archive.notices[0]
    assert dump_of(sealed.root) == before


def test_a_making_under_way_is_let_be(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive, archive.locks.holding_log():
        (sealed.root / UNFINISHED).touch()
        Archive.open(sealed.root).close()
        assert (sealed.root / UNFINISHED).exists()
    Archive.open(sealed.root).close()
    assert not (sealed.root / UNFINISHED).exists()


def _full(*_: object) -> None:
    raise UnwritableCatalogue("The disk is full.")


# a full disk


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk needs root")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no tmpfs can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path) -> None:
    """Leaves not one byte."""
    with (disk / "filler").open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def test_a_full_disk_can_be_read_and_keeps_its_catalogue(small: Path) -> None:
    root = small / "archive"
    with Archive.create(root) as archive:
        for number in range(20):
            archive.record(page_members(f"https://example.org/{number}", b"<p>page</p>")[1])
    before = dump_of(root)
    fill(small)
    with Archive.open(root) as archive:
        assert len(archive.catalogue.snapshots()) == 20
        assert archive.texts(archive.find_snapshot("https://example.org/7"))
        assert ["disk is full" in notice.lower() for notice in archive.notices] == [True]
        assert "rebuild" not in archive.notices[0]
        for act in (archive.rebuild, lambda: archive.record([])):
            with pytest.raises(ReadOnlyArchive, match="disk is full"):
                act()
    (root / "catalogue.db-wal").write_bytes(b"")
    with Archive.open(root) as archive:  # what another process left beside it keeps nobody from reading either
        assert len(archive.catalogue.snapshots()) == 20
    (root / "catalogue.db-wal").unlink()
    (small / "filler").unlink()
    assert dump_of(root) == before
    with Archive.open(root) as archive:
        assert archive.notices == []
        archive.record(page_members("https://example.org/new", b"<p>new</p>")[1])


def test_a_rebuild_that_fills_the_disk_leaves_what_was(small: Path) -> None:
    root = small / "archive"
    with Archive.create(root) as archive:
        for number in range(15):
            archive.record(page_members(f"https://example.org/{number}", b"<p>page</p>")[1])
        before = list(archive.catalogue.dump())
        fill(small)
        with (small / "filler").open("r+b") as file:
            file.truncate(max(0, (small / "filler").stat().st_size - 65536))
        with pytest.raises(ArchiveError, match="disk is full"):
            archive.rebuild()
        assert list(archive.catalogue.dump()) == before
    (small / "filler").unlink()
    assert dump_of(root) == before
    assert not list(root.glob(f"{UNFINISHED}*"))


def test_without_root_the_same_by_an_injected_fault(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Connection._write_ahead

    def refused(connection: Connection) -> None:
        raise sqlite3_full()

    monkeypatch.setattr(Connection, "_write_ahead", refused)
    with Archive.open(sealed.root) as archive:
        assert len(archive.catalogue.snapshots()) == 3
        assert "disk is full" in archive.notices[0]
        with pytest.raises(ReadOnlyArchive, match="disk is full"):
            archive.rebuild()
    monkeypatch.setattr(Connection, "_write_ahead", real)
    with Archive.open(sealed.root) as archive:
        assert archive.notices == []


def sqlite3_full() -> sqlite3.Error:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def test_nothing_is_said_of_a_sound_one_and_what_could_not_be_indexed_is(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it was filled is no news: it was to be made again."""
    with Archive.open(sealed.root) as archive:
        archive.rebuild()
        assert archive.notices == []
    (sealed.root / "catalogue.db").write_bytes(b"no database" * 999)
    with Archive.open(sealed.root) as archive:
        assert len(archive.notices) == 1
    with Archive.open(sealed.root) as archive:
        real = indexing.quote_of
        monkeypatch.setattr(indexing, "quote_of", lambda *_: {}["none"])
        archive.rebuild()
        assert ["has not the shape of its kind" in notice for notice in archive.notices] == [True] * len(sealed.quotes)
        monkeypatch.setattr(indexing, "quote_of", real)
        archive.rebuild()
        assert len(archive.catalogue.quotes()) == len(sealed.quotes)
    (sealed.root / "catalogue.db").write_bytes(b"no database" * 999)
    monkeypatch.setattr(indexing, "quote_of", lambda *_: {}["none"])
    with Archive.open(sealed.root) as archive:
        assert len(archive.notices) == 1 + len(sealed.quotes)
