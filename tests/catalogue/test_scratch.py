from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archiver.catalogue import Catalogue, Rows, Scratch
from archiver.errors import ArchiveError, UnknownId
from archiver.model import StoredLeaf


def made(path: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


def test_once_finished_it_is_a_catalogue_like_any_other(tmp_path: Path) -> None:
    Catalogue(tmp_path / "usual.db").close()
    scratch = Scratch(tmp_path / "scratch.db")
    assert {row[1] for row in made(tmp_path / "usual.db")} > {row[1] for row in made(tmp_path / "scratch.db")}
    scratch.finish()
    scratch.settle(tmp_path / "scratch.db")
    assert made(tmp_path / "scratch.db") == made(tmp_path / "usual.db")
    with closing(Catalogue(tmp_path / "scratch.db", make=False)) as catalogue:
        assert catalogue.size() == 0


def test_while_it_is_made_a_record_is_found_by_an_index(tmp_path: Path) -> None:
    with closing(Scratch(tmp_path / "scratch.db")) as scratch:
        leaf = StoredLeaf(
            0, "page", "0" * 64, "<urn:uuid:1>", "response", "https://example.org/", "", "warc/a.warc.gz", 0, 9
        )
        scratch.add(Rows((leaf,)))
        assert scratch.leaf_of_record("<urn:uuid:1>") == leaf
        with pytest.raises(UnknownId):
            scratch.leaf_of_record("<urn:uuid:2>")
        (plan,) = scratch.connection.all("EXPLAIN QUERY PLAN SELECT * FROM leaves WHERE record_id = 'x'")
        assert "USING INDEX" in plan[3]
        (plan,) = scratch.connection.all("EXPLAIN QUERY PLAN SELECT * FROM leaves WHERE sha256 = 'x'")
        assert "SCAN" in plan[3]
        scratch.finish()
        (plan,) = scratch.connection.all("EXPLAIN QUERY PLAN SELECT * FROM leaves WHERE sha256 = 'x'")
        assert "USING INDEX" in plan[3]


def test_its_file_is_whole_on_the_disk_before_it_is_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = list[tuple[Path, int]]()
    monkeypatch.setattr("archiver.durable.sync_file", lambda path: synced.append((path, path.stat().st_size)))
    path = tmp_path / "scratch.db"
    scratch = Scratch(path)
    scratch.finish()
    scratch.settle(path)
    assert synced == [(path, path.stat().st_size)]
    with pytest.raises(ArchiveError, match="closed"):
        scratch.size()
    assert [one.name for one in tmp_path.iterdir()] == ["scratch.db"]
