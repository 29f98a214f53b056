"""What stays safe where the catalogue lies, or several do the same at once."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import page_members

from archiver.archive import Archive, config, handover, healing, lost
from archiver.catalogue import Catalogue
from archiver.custody import rotate_key
from archiver.erasure import erase, make_plan
from archiver.errors import ArchiveError
from archiver.signing import SigningKey
from archiver.verification import Finding, Request, Verification
from archiver.warc import LOG, Member, Record, seal, segment_files


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


def exchanged(archive: Archive) -> None:
    rotate_key(archive)


def taken_back(archive: Archive) -> None:
    (archive.root / handover.NEXT).write_bytes(b"junk")
    archive.close()
    Archive.open(archive.root).close()


def made_read_only(archive: Archive) -> None:
    archive.make_read_only()


def torn(archive: Archive) -> None:
    (path,) = segment_files(archive.root)
    archive.close()
    with path.open("ab") as file:
        file.write(b"torn")
    archive.locks.mark(path.name).touch()
    other = path.with_name("20991231000000000-00000000.warc.gz")
    other.write_bytes(b"torn")
    archive.locks.mark(other.name).touch()
    Archive.open(archive.root).close()
    assert not other.exists()


def erased_again(archive: Archive) -> None:
    snapshot, members = page_members("https://example.org/", b"body")
    archive.record(members)
    (archive.root / "quarantine").mkdir()
    (archive.root / "quarantine" / "torn").write_bytes(b"torn")
    erase(archive, make_plan(archive, [snapshot]), "court order")
    assert not list((archive.root / "quarantine").iterdir())


def made_anew(archive: Archive) -> None:
    archive.close()
    (archive.root / "catalogue.db").write_bytes(b"no database" * 999)
    Archive.open(archive.root).close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="it looks at /proc")
@pytest.mark.parametrize("act", [exchanged, taken_back, made_read_only, torn, erased_again, made_anew])
def test_what_is_moved_or_taken_away_stays_so_after_a_power_cut(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, act: Callable[[Archive], None]
) -> None:
    """Each folder in which a name was changed is synced afterwards, but for marks, the log's former tiles and what SQLite does for itself."""
    archive.record(note())
    changed: set[Path] = set()
    real_fsync = os.fsync

    def fsync(descriptor: int) -> None:
        changed.discard(Path(f"/proc/self/fd/{descriptor}").readlink())
        real_fsync(descriptor)

    def noting(real: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: Any, **options: Any) -> None:
            real(*arguments, **options)
            path = Path(str(arguments[-1]))
            if path.is_relative_to(archive.root) and not _is_spared(path.relative_to(archive.root)):
                changed.add(path.parent)

        return call

    monkeypatch.setattr(os, "fsync", fsync)
    for name in ("replace", "rename", "unlink"):
        monkeypatch.setattr(os, name, noting(getattr(os, name)))
    act(archive)
    monkeypatch.undo()
    assert changed == set()


def _is_spared(path: Path) -> bool:
    return path.parts[0] in ("locks", "log") or path.name.startswith(("catalogue.db-", "catalogue.db.new"))


def test_what_one_version_left_half_done_another_one_finds() -> None:
    """These names lie on people's disks: one that is changed is a mark that nobody looks for."""
    from archiver.archive import removal, settings, unfinished

    assert (config.FILE, handover.NEXT, unfinished.CATALOGUE) == ("archive.toml", "archive.toml.next", "catalogue.db")
    assert (unfinished.UNFINISHED, unfinished.BESIDE) == ("catalogue.db.new", ("-wal", "-shm", "-journal"))
    assert (removal.MARK, settings.MARK, LOG) == ("erasure", "settings", "log")
    assert (removal.QUARANTINE, removal.STATE, lost.STATE) == ("quarantine", "state.db", "state.db")
    assert removal._TAKEN_OUT == b"taken out\n"
