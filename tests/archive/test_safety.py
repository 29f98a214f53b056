"""What stays safe where the catalogue lies, or several do the same at once."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archiver.archive import Archive, healing
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError
from archiver.signing import SigningKey
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


def test_the_second_of_two_creators_overwrites_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, real = tmp_path / "a", SigningKey.generate

    def overtaken(name: str) -> SigningKey:
        monkeypatch.setattr(SigningKey, "generate", real)
        with Archive.create(root) as first:
            first.record(note())
        return real(name)

    monkeypatch.setattr(SigningKey, "generate", overtaken)
    with pytest.raises(ArchiveError, match="already"):
        Archive.create(root)
    with Archive.open(root) as opened:
        assert opened.head().size == 3
    assert failed(root) == []


def test_many_open_a_catalogue_that_is_not_there(tmp_path: Path) -> None:
    Archive.create(tmp_path / "a").close()
    (tmp_path / "a" / "catalogue.db").unlink()
    words = (
        "import os, sys, traceback; from archiver.archive import Archive; from pathlib import Path\n"
        "for _ in range(6):\n"
        "    if not os.fork():\n"
        "        try: Archive.open(Path(sys.argv[1])).close()\n"
        "        except BaseException: traceback.print_exc()\n"
        "        os._exit(0)\n"
        "for _ in range(6): os.wait()\n"
    )
    ran = subprocess.run([sys.executable, "-c", words, str(tmp_path / "a")], stderr=subprocess.PIPE, check=True)
    assert ran.stderr == b""


def test_reading_beside_a_writer(tmp_path: Path) -> None:
    stop = threading.Event()
    with Archive.create(tmp_path / "a") as archive:

        def write() -> None:
            while not stop.is_set():
                archive.record(note() * 3)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(15):
                Archive.open(archive.root, read_only=True).close()
        finally:
            stop.set()
            writer.join()


@pytest.mark.parametrize("sql", ["UPDATE snapshots SET title = 'forged'", "DELETE FROM snapshots", "DELETE FROM texts"])
def test_a_forged_row_is_found(tmp_path: Path, sql: str) -> None:
    root = tmp_path / "a"
    shutil.copytree(Path(__file__).parents[2] / "archive", root)
    Archive.open(root, read_only=True).close()
    with (
        contextlib.closing(Catalogue(root / "catalogue.db")) as catalogue,
        Archive.open(root, read_only=True) as opened,
    ):
        if not catalogue.size():
            healing.catch_up(root, opened.log, catalogue)
    assert failed(root) == []
    change(root, sql)
    assert {finding.check for finding in failed(root)} == {"catalogue"}
    assert "archiver rebuild" in failed(root)[0].detail
