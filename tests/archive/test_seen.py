"""An older copy that was put back is not recorded into, where a longer log was verified on this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tampering import note

from archiver.archive import Archive
from archiver.custody import rotate_key
from archiver.errors import DamagedArchive
from archiver.signing import KeyRing
from archiver.verification import Request, Verification
from archiver.verification.remembering import remember


def verified(root: Path, ring: KeyRing) -> None:
    run = Verification(root, Request(), ring)
    assert all(finding.ok for finding in run.findings())
    remember(ring, Request(), run)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "config")


@pytest.fixture
def older(tmp_path: Path, ring: KeyRing) -> Path:
    """A copy of ``tmp_path / "a"`` from before its last two records, the longer of which was verified."""
    root = tmp_path / "a"
    with Archive.create(root, ring) as archive:
        shutil.copytree(root, tmp_path / "older")
        archive.record([note(), note()])
    verified(root, ring)
    return tmp_path / "older"


def test_an_older_copy_is_not_recorded_into_and_the_way_out_is_named(older: Path, ring: KeyRing) -> None:
    before = (older / "log" / "checkpoint").read_bytes()
    with Archive.open(older, ring) as archive:
        for recording in (archive.ready, lambda: archive.record([note()]), lambda: rotate_key(archive)):
            with pytest.raises(DamagedArchive, match=r"older copy was put back.*take .*\.checkpoint away"):
                recording()
        assert (older / "log" / "checkpoint").read_bytes() == before
        ring.head_path(archive.key.name).unlink()
        archive.record([note()])
    verified(older, ring)


def test_a_copy_that_went_another_way_is_found_where_it_is_as_long(older: Path, ring: KeyRing, tmp_path: Path) -> None:
    other = KeyRing(shutil.copytree(ring.folder, tmp_path / "other"))
    with Archive.open(older, ring) as archive:
        other.head_path(archive.key.name).unlink()
    with Archive.open(older, other) as archive:
        archive.record([note(), note()])
    with Archive.open(older, ring) as archive, pytest.raises(DamagedArchive, match="not the same"):
        archive.record([note()])


def test_what_another_machine_or_nobody_verified_raises_no_alarm(older: Path, ring: KeyRing) -> None:
    with Archive.open(older.parent / "a", ring) as archive:
        archive.record([note()])
        archive.record([note()])
    with Archive.open(older.parent / "a", ring) as archive:
        archive.record([note()])
    origin = archive.key.name
    ring.head_path(origin).write_bytes(b"junk")
    with Archive.open(older, ring) as archive:
        archive.ready()
    ring.head_path(origin).unlink()
    with Archive.open(older, ring) as archive:
        archive.record([note()])
