"""What stays safe where the catalogue lies, or several do the same at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from archiver.archive import Archive
from archiver.verification import Finding, Request, Verification
from archiver.warc import Member, Record, seal


def note(words: bytes = b"x") -> list[Member]:
    return [seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", words))]


def change(root: Path, sql: str) -> None:
    connection = sqlite3.connect(root / "catalogue.db")
    connection.execute(sql)
    connection.commit()
    connection.close()


def failed(root: Path) -> list[Finding]:
    return [finding for finding in Verification(root, Request()).findings() if finding.ok is False]


def test_nothing_is_cut_on_the_word_of_the_catalogue(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "a") as archive:
        file = tmp_path / "a" / archive.record(note())[0].file
    size = file.stat().st_size
    change(archive.root, "UPDATE leaves SET length = length - 10 WHERE idx = 2")
    mark = archive.root / "locks" / f"{file.name}.writing"
    mark.touch()
    with Archive.open(archive.root) as opened:
        assert ["archiver rebuild" in notice for notice in opened.notices] == [True]
        assert file.stat().st_size == size
        assert mark.exists()
        opened.rebuild()
    with Archive.open(archive.root) as opened:
        assert opened.notices == []
    assert not mark.exists()
    assert failed(archive.root) == []


def test_a_tail_behind_a_sound_last_member_is_set_aside(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "a") as archive:
        file = tmp_path / "a" / archive.record(note())[0].file
    size = file.stat().st_size
    with file.open("ab") as tail:
        tail.write(b"half a member")
    (archive.root / "locks" / f"{file.name}.writing").touch()
    with Archive.open(archive.root) as opened:
        assert len(opened.notices) == 1
    assert file.stat().st_size == size
