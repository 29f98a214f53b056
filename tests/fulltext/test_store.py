"""The file: made, set aside where it is none, emptied so that nothing is left, and never waited for in vain."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from archiver.fulltext import (
    FILE,
    Busy,
    Capture,
    Fulltext,
    Unavailable,
    UnusableIndex,
    empty,
    open_index,
    read,
    schema,
    store,
)

WORDS = "the zyxomma colony at quellbruck numbers forty one hives"


@contextlib.contextmanager
def opened(folder: Path):  # type: ignore[no-untyped-def]
    with Fulltext(open_index(folder / FILE), folder / FILE) as index:
        yield index


def put(index: Fulltext, text: str = WORDS) -> None:
    digest = sha256(text.encode()).digest()
    index.add([Capture(1, "s-1", "2026-01-01T00:00:00Z", "org,example)/", digest)], {digest: read([text])}, {"a": "b"})


def test_what_is_put_in_is_there_the_next_time(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        put(index)
    with opened(tmp_path) as index:
        assert [index.captures(found.text) for found in index.passages(WORDS)][:1] == [["s-1"]]
        assert index.bytes_used() == (tmp_path / FILE).stat().st_size


@pytest.mark.parametrize("kind", ["text", "database", "older", "folder", "link", "cut"])
def test_what_is_no_index_is_set_aside(tmp_path: Path, kind: str) -> None:
    path = tmp_path / FILE
    victim = tmp_path / "victim"
    if kind == "text":
        path.write_text("no database at all, but long enough to be looked at " * 40)
    elif kind == "database":
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE mine (x)")
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        victim.write_text("")
        path.symlink_to(victim)
    else:
        with opened(tmp_path) as index:
            put(index)
        with contextlib.closing(sqlite3.connect(path)) as other, other:
            if kind == "older":
                former = str(int(schema.VERSION) - 1)  # the same tables, and words that were folded otherwise
                other.execute("UPDATE about SET value = ? WHERE name = 'version'", [former])
        if kind == "cut":
            path.write_bytes(path.read_bytes()[:5000])
    with opened(tmp_path) as index:
        assert index.size() == (0, 0)
        put(index)
    assert (tmp_path / store.SET_ASIDE).exists() or (tmp_path / store.SET_ASIDE).is_symlink()
    if kind == "link":
        assert victim.read_bytes() == b""


def test_it_can_be_read_where_nothing_may_be_written(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        put(index)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with Fulltext(open_index(tmp_path / FILE, read_only=True), tmp_path / FILE) as index:
        assert index.size() == (1, 1)
        with pytest.raises(Unavailable):
            put(index, "something else that is new here")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    (tmp_path / f"{FILE}-journal").write_bytes(b"x")
    with pytest.raises(Unavailable, match="left in the middle"):
        open_index(tmp_path / FILE, read_only=True)
    with pytest.raises(Unavailable):
        open_index(tmp_path / "not-there", read_only=True)


def test_emptying_leaves_nothing_of_it(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        for at in range(50):
            put(index, f"{WORDS} {at} " + " ".join(f"filler{at}x{k}" for k in range(100)))
    (tmp_path / store.SET_ASIDE).write_text(WORDS)
    assert b"zyxomma" in (tmp_path / FILE).read_bytes()
    assert empty(tmp_path)
    assert not any(b"zyxomma" in path.read_bytes() or b"zyxo" in path.read_bytes() for path in tmp_path.iterdir())
    with opened(tmp_path) as index:
        assert (index.size(), set(index.about())) == ((0, 0), {"version", "generation"})


@pytest.mark.parametrize("kind", ["nothing", "text", "link"])
def test_emptying_what_is_no_index_takes_it_away(tmp_path: Path, kind: str) -> None:
    path = tmp_path / FILE
    if kind == "text":
        path.write_text("no database " * 1000)
    if kind == "link":
        (tmp_path / "victim").write_text("mine")
        path.symlink_to(tmp_path / "victim")
    assert empty(tmp_path)
    assert not path.exists()
    assert not path.is_symlink()
    assert (tmp_path / "victim").exists() == (kind == "link")


def test_emptying_leaves_a_folder_of_others_where_it_is(tmp_path: Path) -> None:
    for name in (FILE, store.SET_ASIDE):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine").write_text("mine")
    assert empty(tmp_path)
    assert [(tmp_path / name / "mine").read_text() for name in (FILE, store.SET_ASIDE)] == ["mine", "mine"]


def test_who_is_in_the_way_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    with opened(tmp_path) as index:
        put(index)
    with contextlib.closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy, match="Another process"):
            open_index(tmp_path / FILE)
        assert not empty(tmp_path)
    assert empty(tmp_path)


def use(folder: Path) -> None:
    with opened(folder) as index:
        put(index, "anything new that has not been there before now")
        list(index.passages(WORDS))
        index.settle()


def test_a_damaged_page_is_an_index_of_no_use(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        for at in range(200):
            put(index, f"{WORDS} {at} " + " ".join(f"filler{at}x{k}" for k in range(200)))
    data = bytearray((tmp_path / FILE).read_bytes())
    data[4 * 8192 :] = bytes(len(data) - 4 * 8192)
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(UnusableIndex):
        use(tmp_path)


def test_a_writer_who_is_killed_costs_what_it_was_writing(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        put(index)
    code = (
        "import os,sys; from pathlib import Path; from archiver.fulltext import *; i=open_index(Path(sys.argv[1])); "
        "i.execute('PRAGMA cache_size=10'); i.execute('BEGIN IMMEDIATE'); "
        "[i.execute('INSERT INTO texts (digest) VALUES (?)', (os.urandom(3000),)) for _ in range(2000)]; os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / FILE)], check=False)
    assert (tmp_path / f"{FILE}-journal").exists()
    with opened(tmp_path) as index:
        assert index.size() == (1, 1)
    assert not (tmp_path / f"{FILE}-journal").exists()
