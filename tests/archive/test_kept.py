"""Catalogues of archives that are only read are kept in the person's cache folder, and are an index there too."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from conftest import SealedArchive

from archiver import clock
from archiver.archive import Archive, healing, kept
from archiver.erasure import erase, make_plan
from archiver.errors import DamagedArchive
from archiver.warc import Record, seal


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FROM_LEAVES", 1)


@pytest.fixture
def clone(sealed: SealedArchive, tmp_path: Path) -> Path:
    """A read-only copy without its catalogue."""
    with Archive.open(sealed.root) as archive:
        archive.make_read_only()
    root = tmp_path / "clone"
    shutil.copytree(sealed.root, root, ignore=shutil.ignore_patterns("catalogue.db*"))
    return root


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often a catalogue was filled since the last time."""
    times: list[int] = []
    real = healing.catch_up

    def counted(*arguments: object) -> list[str]:
        times.append(1)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(healing, "catch_up", counted)

    def since() -> int:
        count = len(times)
        times.clear()
        return count

    return since


def folder() -> Path:
    return platformdirs.user_cache_path("archiver", appauthor=False) / "catalogues"


def files() -> list[Path]:
    return [path for path in folder().rglob("*") if path.is_file()]


def change(path: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def dump(root: Path) -> list[str]:
    with Archive.open(root) as archive:
        return list(archive.catalogue.dump())


def test_it_is_made_once(clone: Path, filled: Callable[[], int]) -> None:
    first = dump(clone)
    assert len(files()) == 1
    assert filled() == 1
    assert dump(clone) == first
    assert filled() == 0
    assert not list(clone.glob("catalogue.db*"))
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in folder().rglob("*") if path.is_dir()} == {0o700}
        assert files()[0].stat().st_mode & 0o777 == 0o600


def test_the_same_where_another_process_left_its_log_beside_the_catalogue(
    sealed: SealedArchive, filled: Callable[[], int]
) -> None:
    (sealed.root / "catalogue.db-wal").write_bytes(b"")
    for _ in range(2):
        with Archive.open(sealed.root, read_only=True) as archive:
            assert len(archive.catalogue.snapshots()) == 3
        assert filled() == 0, "it is a copy"
    assert len(files()) == 1


@pytest.mark.parametrize("state", ["whole", "behind", "of no use", "amid an erasure"])
def test_beside_a_writer_a_copy_is_brought_up(sealed: SealedArchive, filled: Callable[[], int], state: str) -> None:
    with Archive.open(sealed.root) as archive:
        first = list(archive.catalogue.dump())
    if state == "behind":
        change(sealed.root / "catalogue.db", "DELETE FROM leaves WHERE idx = (SELECT max(idx) FROM leaves)")
    elif state == "of no use":
        (sealed.root / "catalogue.db").write_bytes(b"no database")
    elif state != "whole":
        change(sealed.root / "catalogue.db", "INSERT INTO erased_leaves SELECT 2, sha256, 99 FROM leaves WHERE idx = 2")
    (sealed.root / "catalogue.db-wal").write_bytes(b"")
    before = {path: path.read_bytes() for path in sealed.root.rglob("*") if path.is_file()}
    filled()
    with Archive.open(sealed.root, read_only=True) as archive:
        assert list(archive.catalogue.dump()) == first
    assert filled() == (state != "whole")
    assert {path: path.read_bytes() for path in sealed.root.rglob("*") if path.is_file()} == before


def test_beside_one_who_records_without_a_pause_it_ends(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    made, times = kept._made, []

    def then_recorded(*arguments: Any) -> Any:
        found = made(*arguments)
        with Archive.open(sealed.root) as other:
            other.record(
                [seal(Record("note", "metadata", f"urn:x{len(times)}", clock.stamp(clock.now()), "text/plain", b"x"))]
            )
            times.append(other.head().size)
        return found

    (sealed.root / "catalogue.db-wal").write_bytes(b"")
    with Archive.open(sealed.root) as archive:
        size = archive.head().size
    monkeypatch.setattr(kept, "_made", then_recorded)
    (sealed.root / "catalogue.db-wal").write_bytes(b"")
    with Archive.open(sealed.root, read_only=True) as archive:
        assert archive.catalogue.size() >= size
    assert 0 < len(times) < 8


def test_another_head_and_moved_files_are_another_catalogue(
    sealed: SealedArchive, tmp_path: Path, filled: Callable[[], int]
) -> None:
    def opened() -> int:
        (sealed.root / "catalogue.db-wal").write_bytes(b"")
        with Archive.open(sealed.root, read_only=True) as archive:
            assert archive.texts(archive.find_snapshot("https://example.org/b"))
        (sealed.root / "catalogue.db-wal").unlink()
        return filled()

    assert opened() == 0
    with Archive.open(sealed.root) as archive:
        archive.change_settings(user_agent="another")
    filled()
    assert opened() == 0
    (path,) = (sealed.root / "warc").rglob("*.warc.gz")
    path.rename(path.with_name("renamed.warc.gz"))
    assert opened() == 1, "the copy speaks of files that are not there"
    assert opened() == 0
    assert len(files()) == 1, "older ones are taken away"


@pytest.mark.parametrize("content", [b"", b"no database", None])
def test_a_kept_one_that_is_of_no_use_is_made_again(
    clone: Path, filled: Callable[[], int], content: bytes | None
) -> None:
    first = dump(clone)
    if content is None:
        change(files()[0], "DELETE FROM leaves WHERE idx > 3")
    else:
        files()[0].write_bytes(content)
    filled()
    assert dump(clone) == first
    assert filled() == 1


def test_it_is_believed_no_more_than_any_catalogue(clone: Path) -> None:
    dump(clone)
    change(files()[0], "UPDATE leaves SET offset = offset + 1 WHERE kind = 'text'")
    with Archive.open(clone) as archive, pytest.raises(DamagedArchive):
        archive.texts(archive.find_snapshot("https://example.org/b"))


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
@pytest.mark.parametrize(("mode", "used"), [(0o702, False), (0o720, False), (0o777, False), (0o755, True)])
@pytest.mark.parametrize("which", ["of all archives", "of this one"])
def test_a_folder_that_others_can_write_to_is_not_used(
    clone: Path, filled: Callable[[], int], which: str, mode: int, *, used: bool
) -> None:
    """They could put a catalogue there that shows something else."""
    dump(clone)
    (kept_file,) = files()
    (folder() if which == "of all archives" else kept_file.parent).chmod(mode)
    for _ in range(2):
        filled()
        dump(clone)
        assert filled() == (not used)
    assert files() == [kept_file]


def test_one_in_which_an_erasure_is_not_over_is_made_again(clone: Path, filled: Callable[[], int]) -> None:
    first = dump(clone)
    change(files()[0], "INSERT INTO erased_leaves SELECT 2, sha256, 99 FROM leaves WHERE idx = 2")
    filled()
    assert dump(clone) == first
    assert filled() == 1


def test_another_person_is_the_owner(clone: Path, filled: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    dump(clone)
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    filled()
    dump(clone)
    assert filled() == 1


def test_where_nothing_can_be_kept_it_is_made_in_memory(
    clone: Path, filled: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder().parent.mkdir(parents=True)
    folder().write_bytes(b"no folder")
    first = dump(clone)
    assert filled() == 1
    assert dump(clone) == first


def test_an_erasure_takes_it_away(sealed: SealedArchive) -> None:
    (sealed.root / "catalogue.db-wal").write_bytes(b"")
    Archive.open(sealed.root, read_only=True).close()
    (sealed.root / "catalogue.db-wal").unlink()
    assert len(files()) == 1
    with Archive.open(sealed.root) as archive:
        erase(archive, make_plan(archive, [sealed.quotes[0]]), "court order")
    assert files() == []


def test_a_small_archive_is_not_worth_it(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FROM_LEAVES", 10_000)
    dump(clone)
    assert files() == []
