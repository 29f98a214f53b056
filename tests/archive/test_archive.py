"""Made, opened, read-only, given away: an archive says in one sentence what it cannot do."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import SealedArchive
from samples import page_members, seal_sample
from trees import state_of

from archiver.archive import Archive, is_id
from archiver.archive import attested as attesting
from archiver.digests import Digest
from archiver.errors import ArchiveError, DamagedArchive, InputError, ReadOnlyArchive, UnknownId
from archiver.signing import KeyRing
from archiver.verification import Request, Verification
from archiver.warc import Locks, Record, seal

NOTE = seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", b"x"))


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


def test_settings_that_cannot_be_are_refused_and_nothing_changes(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        before, size = (sealed.root / "archive.toml").read_bytes(), archive.head().size
        for choices in ({"jobs": 0}, {"jobz": 1}):
            with pytest.raises(ArchiveError):
                archive.change_settings(**choices)
        assert ((sealed.root / "archive.toml").read_bytes(), archive.head().size) == (before, size)
        archive.change_settings(jobs=3)
        assert archive.settings.jobs == 3
        assert archive.recorded_settings() == (sealed.root / "archive.toml").read_bytes() != before
    with Archive.open(sealed.root, read_only=True) as archive:
        before = (sealed.root / "archive.toml").read_bytes()
        with pytest.raises(ReadOnlyArchive):
            archive.change_settings(jobs=4)
        assert (sealed.root / "archive.toml").read_bytes() == before


def test_a_wall_does_not_stand_in_for_a_page(archive: Archive) -> None:
    """The newest that shows the page; where none does, the newest."""

    def with_wall(url: str, wall: dict[str, str] | None) -> str:
        _, members = page_members(url, os.urandom(20).hex().encode())
        value = json.loads(members[-1].record.block) | {"wall": wall}
        last = seal(replace(members[-1].record, block=json.dumps(value).encode()))
        archive.record([*members[:-1], last])
        return str(value["snapshot"])

    url, wall = "https://example.org/", {"code": "log-in", "detail": "a form"}
    first = with_wall(url, wall)
    assert archive.find_snapshot(url).id == first
    good = with_wall(url, None)
    with_wall(url, wall)
    assert archive.find_snapshot(url).id == good
    latest = archive.latest_snapshot(url)
    assert latest is not None
    assert latest.id == good
    assert archive.latest_snapshot("https://example.org/other") is None


def test_no_more_snapshots_are_kept_in_memory_than_a_capture_asks_for(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.archive.archive._PROVED", 2)
    proofs: list[str] = []
    real = attesting.attested

    def counting(*arguments: Any) -> Any:
        proofs.append(arguments[-1].id)
        return real(*arguments)

    monkeypatch.setattr("archiver.archive.archive.attested", counting)
    with Archive.open(sealed.root) as archive:
        first, second, third = (archive.catalogue.snapshot(name) for name in sealed.snapshots)
        for snapshot in (first, second, first, second):
            assert archive.attested(snapshot)[0] == snapshot
        assert proofs == [first.id, second.id], "once each"
        archive.attested(third)
        archive.attested(second)
        assert proofs == [first.id, second.id, third.id], "the two newest are kept"
        archive.attested(first)
        assert proofs[3:] == [first.id]


def test_members_are_given_as_they_lie(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        leaves = list(archive.catalogue.leaves())[2:5]
        given = archive.members(leaves)
        assert {index: Digest.of(data).hex for index, data in given.items()} == {
            leaf.index: leaf.sha256 for leaf in leaves
        }


def test_an_archive_whose_first_record_fails_is_said_to_be_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            "archiver.archive.recorder.Recorder.record", lambda *_, **__: (_ for _ in ()).throw(ArchiveError("no"))
        )
        with pytest.raises(ArchiveError, match="no"):
            Archive.create(tmp_path / "a")
    assert not Locks(tmp_path / "a").marked()
    with Archive.open(tmp_path / "a") as archive:
        assert archive.head().size == 0
        assert archive.recorded_settings() is None
        archive.record([NOTE])


def test_what_was_erased_is_named_as_a_reason_that_an_address_is_unknown(sealed: SealedArchive) -> None:
    from archiver.erasure import erase, make_plan

    with Archive.open(sealed.root) as archive:
        with pytest.raises(UnknownId, match=r"none in \S+; `archiver snapshot`"):
            archive.find_snapshot("https://example.org/none")
        erase(archive, make_plan(archive, [sealed.quotes[0]]), "court order")
        with pytest.raises(UnknownId, match="or it was erased"):
            archive.find_snapshot("https://example.org/none")
