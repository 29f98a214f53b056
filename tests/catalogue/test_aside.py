from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from tampering import note

from archiver.archive import Archive
from archiver.catalogue import Catalogue, aside
from archiver.errors import ArchiveError


def test_a_copy_is_read_and_goes_again(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    archive.make_read_only()
    path = archive.root / "catalogue.db"
    assert path.with_name("catalogue.db-wal").exists()
    before = set(tmp_path.iterdir())
    with aside.looking_into(path) as catalogue:
        assert set(tmp_path.iterdir()) - before
        assert catalogue.size() == archive.head().size
    assert set(tmp_path.iterdir()) == before


def test_one_that_changes_while_it_is_copied_is_copied_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real, calls = archive.root / "catalogue.db", aside._marks, itertools.count()

    def unsteady(file: Path) -> object:
        return real(file) if next(calls) > 2 else (object(),)

    monkeypatch.setattr(aside, "_marks", unsteady)
    with aside.looking_into(path) as catalogue:
        assert catalogue.size() == archive.head().size
    assert next(calls) == 6
    monkeypatch.setattr(aside, "_marks", lambda _: (object(),))
    monkeypatch.setattr(aside, "_PAUSE", 0)
    with pytest.raises(ArchiveError, match="without a pause"), aside.looking_into(path):
        pass


def test_what_is_no_catalogue_is_said(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    path.write_bytes(b"junk" * 1000)
    with pytest.raises(ArchiveError, match="cannot be used"), aside.looking_into(path):
        pass
    with pytest.raises(ArchiveError, match="cannot be used"):
        aside.copy_catalogue(path, tmp_path / "copy.db")
    assert path.read_bytes() == b"junk" * 1000


_PASSING_BY = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("INSERT INTO said VALUES (?)", (int(sys.argv[2]),))
connection.commit()
print([number for (number,) in connection.execute("SELECT number FROM said")])
connection.close()
"""


def test_who_writes_in_the_same_process_keeps_the_locks(tmp_path: Path) -> None:
    """Else the next process that comes and goes deletes the log under the writer's hands, and what he writes from then on is lost."""
    path = tmp_path / "catalogue.db"

    def passing_by(number: int) -> str:
        command = [sys.executable, "-c", _PASSING_BY, str(path), str(number)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    with closing(Catalogue(path)) as writer:
        with writer.connection.writing() as connection:
            connection.execute("CREATE TABLE said (number)")
            connection.execute("INSERT INTO said VALUES (1)")
        aside.copy_catalogue(path, tmp_path / "copy.db")
        assert passing_by(2) == "[1, 2]\n"
        with writer.connection.writing() as connection:
            connection.execute("INSERT INTO said VALUES (3)")
        assert passing_by(4) == "[1, 2, 3, 4]\n"
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copied:
        assert copied.execute("SELECT number FROM said").fetchall() == [(1,)]


@pytest.mark.parametrize("torn", [True, False])
def test_one_that_is_written_to_while_it_is_read_in_place_is_read_once_more(archive: Archive, torn: bool) -> None:
    archive.close()
    path, seen = archive.root / "catalogue.db", list[int]()

    def look(catalogue: Catalogue) -> int:
        seen.append(catalogue.size())
        if len(seen) == 1:
            with Archive.open(archive.root) as other:
                other.record([note()])
                seen.append(other.head().size)
            if torn:
                raise ArchiveError("The catalogue cannot be used (torn).")
            return seen[0]
        return seen[-1]

    assert aside.undisturbed(path, look) == seen[1]
    assert len(seen) == 3
    assert aside.undisturbed(path, lambda catalogue: catalogue.size()) == seen[1]
    with pytest.raises(ArchiveError, match="not to be used"):
        aside.undisturbed(path, lambda _: fail("not to be used"))


def fail(words: str) -> int:
    raise ArchiveError(words)
