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


def forked(older: Path, ring: KeyRing, more: int) -> None:
    """Records into the older copy, as a machine does that has the same key and has verified nothing."""
    other = KeyRing(shutil.copytree(ring.folder, older.parent / "other"))
    with Archive.open(older, ring) as archive:
        other.head_path(archive.key.name).unlink()
    with Archive.open(older, other) as archive:
        archive.record([note() for _ in range(more)])


@pytest.mark.parametrize("more", [2, 3, 300])
def test_a_copy_that_went_another_way_is_not_recorded_into(older: Path, ring: KeyRing, more: int) -> None:
    forked(older, ring, more)
    before = (older / "log" / "checkpoint").read_bytes()
    with Archive.open(older, ring) as archive:
        for recording in (archive.ready, lambda: archive.record([note()])):
            with pytest.raises(DamagedArchive, match=r"the first [0-9]+ are not the same"):
                recording()
    assert (older / "log" / "checkpoint").read_bytes() == before


def test_damage_in_a_longer_log_is_no_other_history(older: Path, ring: KeyRing) -> None:
    longer = older.parent / "a"
    with Archive.open(longer, ring) as archive:
        archive.record([note() for _ in range(300)])
    tile = longer / "log" / "tile" / "0" / "000"
    for data in (bytes([tile.read_bytes()[0] ^ 1]) + tile.read_bytes()[1:], b""):
        tile.chmod(0o644)
        tile.write_bytes(data)
        with Archive.open(longer, ring) as archive:
            archive.ready()


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
