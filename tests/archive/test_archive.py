"""Made, opened, read-only, given away: an archive says in one sentence what it cannot do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from conftest import SealedArchive
from faults import Disk, Killed
from samples import page_members, seal_sample

from archiver.archive import Archive, is_id
from archiver.errors import ArchiveError, DamagedArchive, InputError, ReadOnlyArchive, UnknownId
from archiver.signing import KeyRing
from archiver.verification import Request, Verification
from archiver.warc import Record, seal

NOTE = seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", b"x"))


def state_of(root: Path) -> dict[str, tuple[int, bytes | None]]:
    """Every file with its content and time: what must not change where nothing may be written."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in root.rglob("*")
    }


def test_a_new_archive_has_its_settings_recorded_and_verifies(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "new" / "archive", jobs=3) as archive:
        assert archive.head().size == 2
        assert [leaf.kind for leaf in archive.catalogue.leaves()] == ["warcinfo", "settings"]
        assert archive.settings.jobs == 3
        assert archive.notices == []
    assert all(finding.ok for finding in Verification(archive.root, Request()).findings())
    assert {path.name for path in archive.root.iterdir()} == {"archive.toml", "catalogue.db", "locks", "log", "warc"}


def test_origins_are_unique(tmp_path: Path) -> None:
    names = set()
    for number in range(3):
        with Archive.create(tmp_path / str(number)) as archive:
            names.add(archive.key.name)
    assert len(names) == 3


def test_nothing_is_made_over_something(tmp_path: Path, sealed: SealedArchive) -> None:
    before = state_of(sealed.root)
    with pytest.raises(ArchiveError, match="already"):
        Archive.create(sealed.root)
    assert state_of(sealed.root) == before
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    (tmp_path / "file").touch()
    for root in (tmp_path / "full", tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ArchiveError):
            Archive.create(root)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["file"]


@pytest.mark.parametrize("choices", [{"read_only": True}, {"jobz": 1}, {"jobs": 0}, {"jobs": "1"}])
def test_choices_that_cannot_be(tmp_path: Path, choices: dict[str, object]) -> None:
    with pytest.raises((InputError, ArchiveError)) as raised:
        Archive.create(tmp_path / "archive", **choices)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("how", ["kill", "on"])
def test_a_creation_that_broke_off_can_be_done_again(tmp_path: Path, how: str) -> None:
    at = 0
    while True:
        at += 1
        root = tmp_path / f"run{at}"
        disk = Disk(at, how)
        with disk.attached():
            try:
                Archive.create(root).close()
            except (Killed, ArchiveError):
                pass
        if (root / "archive.toml").exists():
            with Archive.open(root) as archive:
                archive.record([NOTE])
        else:
            Archive.create(root).close()
        # the dead process of this test still holds the lock of its file, so its tail may not be set aside yet
        findings = list(Verification(root, Request()).findings())
        assert [finding for finding in findings if finding.ok is False] == [], at
        if not disk.failed:
            break
    assert at > 15


def test_an_archive_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="archiver init"):
        Archive.open(tmp_path)
    (tmp_path / "archive.toml").touch()
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path)


@pytest.mark.parametrize("name", ["log/checkpoint", "log"])
def test_an_archive_without_its_head_is_damaged(sealed: SealedArchive, name: str) -> None:
    path = sealed.root / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(DamagedArchive):
        Archive.open(sealed.root)


def test_read_only_by_wish_writes_nothing(sealed: SealedArchive) -> None:
    before = state_of(sealed.root)
    with Archive.open(sealed.root, read_only=True) as archive:
        assert not archive.writable
        assert archive.find_snapshot("https://example.org/b").id == sealed.snapshots[1]
        with pytest.raises(ReadOnlyArchive, match="nothing was recorded"):
            archive.record([NOTE])
        with pytest.raises(ReadOnlyArchive):
            archive.rebuild()
    assert state_of(sealed.root) == before


@pytest.mark.parametrize("catalogue", ["kept", "deleted", "garbage", "stale", "with a log beside it"])
def test_a_read_only_archive_is_not_written_to_whatever_its_catalogue_is(
    sealed: SealedArchive, tmp_path: Path, catalogue: str
) -> None:
    path = sealed.root / "catalogue.db"
    stale = path.read_bytes()
    with Archive.open(sealed.root) as archive:
        archive.record(page_members("https://example.org/c", b"c")[1])
        archive.make_read_only()
        dump = list(archive.catalogue.dump())
        with pytest.raises(ReadOnlyArchive):
            archive.record([NOTE])
    if catalogue == "deleted":
        path.unlink()
    elif catalogue == "garbage":
        path.write_bytes(b"garbage" * 1000)
    elif catalogue == "stale":
        path.write_bytes(stale)
    elif catalogue != "kept":
        path.with_name("catalogue.db-wal").write_bytes(b"a writer's")
    shutil.rmtree(sealed.root / "locks")
    before = state_of(sealed.root)
    with Archive.open(sealed.root) as archive:
        assert not archive.writable
        assert list(archive.catalogue.dump()) == dump
        assert archive.texts(archive.find_snapshot(sealed.snapshots[0]))
    faults = sealed.faults()
    assert all(finding.ok is None and finding.check == "catalogue" for finding in faults), faults
    assert state_of(sealed.root) == before


def test_an_unwritable_folder_is_read_only(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run as root, for whom every folder is writable."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    (sealed.root / "catalogue.db").unlink()
    before = state_of(sealed.root)
    with Archive.open(sealed.root) as archive:
        assert len(archive.catalogue.snapshots()) == 3
        with pytest.raises(ReadOnlyArchive):
            archive.record([NOTE])
    assert sealed.faults() == []
    assert state_of(sealed.root) == before


def test_a_crash_that_nobody_may_heal_is_undecided(sealed: SealedArchive) -> None:
    """On a medium that cannot be written to, what a writer left is neither evidence nor tampering."""
    with Archive.open(sealed.root) as archive:
        archive.make_read_only()
    (path,) = (sealed.root / "warc").rglob("*.warc.gz")
    with path.open("ab") as file:
        file.write(b"torn")
    (sealed.root / "locks" / f"{path.name}.writing").touch()
    with Archive.open(sealed.root) as archive:
        assert archive.notices == []
    (fault,) = sealed.faults()
    assert (fault.ok, fault.check) == (None, "bytes")
    (sealed.root / "locks" / f"{path.name}.writing").rename(sealed.root / "locks" / "another.warc.gz.writing")
    (fault,) = sealed.faults()
    assert fault.ok is False, "a mark speaks for its own file only"


@pytest.mark.parametrize(
    "harm",
    ["deleted", "garbage", "empty", "from the future", "without a table", "with a hole in it", "cut in half"],
)
def test_a_catalogue_of_no_use_is_made_again(sealed: SealedArchive, harm: str) -> None:
    path = sealed.root / "catalogue.db"
    with Archive.open(sealed.root) as archive:
        dump = list(archive.catalogue.dump())
    data = path.read_bytes()
    if harm == "deleted":
        path.unlink()
    elif harm == "garbage":
        path.write_bytes(b"garbage" * 1000)
    elif harm == "empty":
        path.write_bytes(b"")
    elif harm == "with a hole in it":
        path.write_bytes(data[:4096] + bytes(len(data) - 8192) + data[-4096:])
    elif harm == "cut in half":
        path.write_bytes(data[: len(data) // 2])
    else:
        connection = sqlite3.connect(path)
        with connection:
            connection.execute(
                "DROP TABLE quotes"
                if harm == "without a table"
                else "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archiver.catalogue', 'new', '')"
            )
        connection.close()
    with Archive.open(sealed.root) as archive:
        assert list(archive.catalogue.dump()) == dump
        assert archive.notices, "said aloud"
        archive.record([NOTE])
    assert sealed.faults() == []
    with Archive.open(sealed.root) as archive:
        assert archive.notices == []


def test_a_locked_catalogue_is_not_thrown_away(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.catalogue.catalogue._BUSY_SECONDS", 0.05)
    inode = (sealed.root / "catalogue.db").stat().st_ino
    connection = sqlite3.connect(sealed.root / "catalogue.db")
    connection.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ArchiveError, match="locked"), Archive.open(sealed.root) as archive:
        archive.record([NOTE])
    connection.rollback()
    connection.close()
    assert (sealed.root / "catalogue.db").stat().st_ino == inode


def test_reading_notices_changed_bytes(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        snapshot = archive.find_snapshot(sealed.snapshots[0])
        leaf = archive.catalogue.leaf(snapshot.texts[0].leaf)
        path = archive.root / leaf.file
        data = bytearray(path.read_bytes())
        data[leaf.offset + leaf.length // 2] ^= 1
        path.write_bytes(data)
        with pytest.raises(DamagedArchive, match="was changed at byte"):
            archive.texts(snapshot)
        path.unlink()
        with pytest.raises(DamagedArchive, match="cannot be read"):
            archive.texts(snapshot)


def test_finding(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        assert archive.find_snapshot(sealed.snapshots[2][:10]).id == sealed.snapshots[2]
        assert archive.find_snapshot("https://example.org/a").id == sealed.snapshots[2], "the newest"
        assert archive.find_quote(sealed.quotes[0][:8]).id == sealed.quotes[0]
        assert archive.capture_record(archive.find_snapshot(sealed.snapshots[0])).startswith(b'{"v":1')
        for wrong in ("s-0000", "https://example.org/none"):
            with pytest.raises(UnknownId):
                archive.find_snapshot(wrong)
        with pytest.raises(InputError):
            archive.find_quote("s-0000")


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("s-0123", True),
        ("s-" + "a" * 64, True),
        ("s-012", False),
        ("s-" + "a" * 65, False),
        ("s-012G", False),
        ("S-0123", False),
        ("q-0123", False),
    ],
)
def test_ids(text: str, *, good: bool) -> None:
    assert is_id(text, "s-") is good


def test_an_archive_given_away_can_be_read_and_not_written(sealed: SealedArchive, tmp_path: Path) -> None:
    stranger = KeyRing(tmp_path / "stranger")
    shutil.copytree(sealed.root, tmp_path / "given")
    with Archive.open(tmp_path / "given", stranger) as archive:
        assert len(archive.catalogue.snapshots()) == 3
        with pytest.raises(ReadOnlyArchive, match="not on this machine"):
            archive.record([NOTE])
    findings = list(Verification(tmp_path / "given", Request(), stranger).findings())
    assert [finding.check for finding in findings if finding.ok is not True] == ["signer"]


def test_large_records_survive_a_rebuild(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        for size in (100_000, 262_144, 300_000, 5_000_000):
            archive.record(page_members(f"https://example.org/{size}", os.urandom(1000) * (size // 1000))[1])
        seal_sample(archive)
        dump = list(archive.catalogue.dump())
        archive.rebuild()
        assert list(archive.catalogue.dump()) == dump
    assert all(finding.ok for finding in Verification(archive.root, Request()).findings())
