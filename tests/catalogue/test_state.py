from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from archiver.catalogue import ShareState, State, WatchState
from archiver.errors import ArchiveError


def test_a_run_goes_on_until_it_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with State(path) as state:
        assert state.begin_run("a", 10, "t1", fresh=False) == (10, "t1")
    with State(path) as state:
        assert state.begin_run("a", 20, "t2", fresh=False) == (10, "t1")
        assert state.begin_run("b", 20, "t2", fresh=False) == (20, "t2")
        state.finish_run("a", "t3")
        assert state.begin_run("a", 30, "t4", fresh=False) == (30, "t4")
        assert state.begin_run("a", 40, "t5", fresh=True) == (40, "t5")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"nonsense" * 1000)
    with pytest.raises(ArchiveError, match="no evidence"):
        State(tmp_path / "state.db")


@pytest.mark.parametrize(
    ("kind", "tables"), [(State, "archiver.state"), (WatchState, "archiver.watch"), (ShareState, "archiver.sharing")]
)
def test_a_newer_archivers_is_refused_and_left_as_it_is(tmp_path: Path, kind: type[State], tables: str) -> None:
    path = tmp_path / "state.db"
    with kind(path):
        pass
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, 'zukunft', '2030')", [tables]
        )
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=r"written by a newer archiver \(it has zukunft\), and is left as it is"):
        kind(path)
    assert path.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"state.db"}


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
@pytest.mark.parametrize(
    ("before", "after"), [(None, 0o600), (0o644, 0o600), (0o666, 0o660), (0o660, 0o660), (0o600, 0o600)]
)
def test_it_is_for_its_owner_alone_since_it_holds_the_secrets_of_peers(
    tmp_path: Path, before: int | None, after: int
) -> None:
    path = tmp_path / "state.db"
    if before is not None:
        path.touch()
        path.chmod(before)
    old = os.umask(0o002)
    try:
        with ShareState(path):
            assert stat.S_IMODE(path.stat().st_mode) == after
    finally:
        os.umask(old)
