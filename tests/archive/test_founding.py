"""An archive is made in an empty folder, whole or not at all."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from conftest import SealedArchive
from faults import STRIDE, Disk, Killed, first_step
from trees import state_of

from archiver.archive import Archive
from archiver.errors import ArchiveError, InputError
from archiver.verification import Request, Verification
from archiver.warc import Record, seal

NOTE = seal(Record("note", "metadata", "urn:x", "2026-11-20T00:00:00Z", "text/plain", b"x"))


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
    at = first_step(how)
    while True:
        at += STRIDE
        root = tmp_path / f"run{at}"
        disk = Disk(at, how)
        with disk.attached(), contextlib.suppress(Killed, ArchiveError):
            Archive.create(root).close()
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
