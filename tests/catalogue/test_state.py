from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archiver.catalogue import Shared, ShareState, StampQueue, Standing, State, WatchState, forget_watched
from archiver.catalogue.erasures import forget_runs
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


def no_room(state: State) -> None:
    """A disk that is full, as SQLite sees it: the file cannot grow any more."""
    (pages,) = state._db.conn.execute("PRAGMA page_count").fetchone()
    state._db.conn.execute(f"PRAGMA max_page_count = {pages}")


def changes(path: Path) -> Iterator[tuple[State, Callable[[], object]]]:
    """Whatever is written to the file, with more than a page of it."""
    long = "x" * 20_000
    state, queue, watch, share = State(path), StampQueue(path), WatchState(path), ShareState(path)
    yield state, lambda: state.begin_run(long, 1, "t", fresh=True)
    yield state, lambda: state.remember_findings({"f-1": long}, "t")
    yield state, lambda: state.accept("f-1", "Kim", long, "t")
    yield queue, lambda: queue.put(Standing("http://tsa.example", error=long))
    yield watch, lambda: watch.add_cited([("k", long)], 60.0, 100.0)
    yield watch, lambda: watch.hold(long, 1.0)
    yield share, lambda: share.share(Shared("k", long, 1, "t"))


def test_on_a_full_disk_a_person_is_told_to_make_room_and_not_to_move_it_away(tmp_path: Path) -> None:
    tried = 0
    for state, change in changes(tmp_path / "state.db"):
        no_room(state)
        with pytest.raises(ArchiveError, match=r"^The disk is full, or fails: .*Make room there, and try again\.$"):
            change()
        state._db.conn.execute("PRAGMA max_page_count = 1000000")
        change()
        tried += 1
    assert tried == 7


def test_who_holds_the_file_for_long_is_told_of(tmp_path: Path) -> None:
    with WatchState(tmp_path / "state.db") as watch, closing(sqlite3.connect(tmp_path / "state.db")) as other:
        watch._db.conn.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match=r"Another process is writing to state\.db .*; try again\."):
            watch.add_cited([("k", "https://example.org/")], 60.0, 100.0)


@pytest.mark.parametrize("empty", [forget_runs, lambda path: forget_watched(path, lambda _: True, lambda _: False)])
def test_an_erasure_that_cannot_empty_it_for_want_of_room_does_not_tell_to_remove_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty: Callable[[Path], None]
) -> None:
    path = tmp_path / "state.db"
    with WatchState(path):
        pass

    def full(*_: object, **__: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(ArchiveError, match="Make room there, then run `archiver erase --again`"):
        empty(path)
