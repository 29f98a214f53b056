"""Where the index lies: in the archive, in the person's cache folder, or nowhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.archive.kept import search_index
from archiver.fulltext import FILE, Unavailable, store
from archiver.model import Snapshot
from archiver.searching import forget_index, places, searching

Add = Callable[..., Snapshot]
WORDS = "The bridge over the river Lorn will close on the 13th of May for repairs, the county council said on Monday."


def hits(archive: Archive) -> int:
    with searching(archive) as search:
        return len(search.quotation("will close on the 13th of May").hits)


def test_an_archive_that_is_only_read_is_searched_without_a_byte_written_to_it(archive: Archive, add: Add) -> None:
    add("/page", WORDS)
    with Archive.open(archive.root, read_only=True) as reader:
        before = {path: path.stat().st_mtime_ns for path in archive.root.rglob("*")}
        assert hits(reader) == 1
        assert not (archive.root / FILE).exists()
        kept = search_index(reader.log)
        assert kept is not None
        assert kept.is_file()
        assert kept.parent.stat().st_mode & 0o077 == 0
        assert {path: path.stat().st_mtime_ns for path in archive.root.rglob("*")} == before
    assert hits(archive) == 1
    kept.unlink()
    with Archive.open(archive.root, read_only=True) as reader:
        assert hits(reader) == 1  # from the archive's own
        assert not kept.exists()


def test_where_there_is_no_place_it_is_made_in_memory(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("/page", WORDS)
    monkeypatch.setattr(places, "search_index", lambda _: None)
    with Archive.open(archive.root, read_only=True) as reader:
        assert hits(reader) == 1
        monkeypatch.setattr(places, "_MOST_IN_MEMORY", 0)
        with pytest.raises(Unavailable, match="too large to be searched without one"):
            hits(reader)


def test_a_full_disk_leaves_it_searchable(archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    add("/page", WORDS)
    opened = places.open_index

    def full(path: Path | None, *, read_only: bool = False) -> object:
        if path == archive.root / FILE:
            raise Unavailable("The disk is full.")
        return opened(path, read_only=read_only)

    monkeypatch.setattr(places, "open_index", full)
    assert hits(archive) == 1
    assert not (archive.root / FILE).exists()


def test_a_damaged_index_is_made_again(archive: Archive, add: Add) -> None:
    for at in range(3):
        add(f"/page{at}", WORDS)
    assert hits(archive) == 3
    path = archive.root / FILE
    data = path.read_bytes()
    path.write_bytes(data[:8192] + bytes(len(data) - 8192))
    assert hits(archive) == 3
    assert (archive.root / store.SET_ASIDE).exists()


def test_it_is_forgotten_and_made_again(archive: Archive, add: Add) -> None:
    assert not forget_index(archive)
    add("/page", WORDS)
    assert hits(archive) == 1
    assert forget_index(archive)
    assert hits(archive) == 1


def test_two_processes_at_once_both_find(archive: Archive, add: Add) -> None:
    for at in range(20):
        add(f"/page{at}", WORDS, f"Number {at}.")
    code = (
        "import sys; from archiver.archive import Archive; from archiver.searching import searching\n"
        "with Archive.open(sys.argv[1]) as a, searching(a) as s: print(len(s.words('bridge').hits), s.index.size())"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, archive.root], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [run.communicate(timeout=60)[0] for run in runs] == ["20 (20, 20)\n"] * 3
