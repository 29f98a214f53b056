"""What may not be read is not decided, and no damage."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from conftest import SealedArchive

from archiver.archive import Archive
from archiver.errors import NotReadable
from archiver.verification import Request, Verification
from archiver.warc import segment_files


def forbid(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the right to read away, also from root, whom no mode stops."""
    path.chmod(0)
    may, opened, began = os.access, Path.open, os.open

    def access(name: Path, mode: int, **options: Any) -> bool:
        return name != path and may(name, mode, **options)

    def open_file(self: Path, *arguments: Any, **options: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **options)

    def open_descriptor(name: Any, *arguments: Any, **options: Any) -> int:
        if name == path:
            raise PermissionError(13, "Permission denied", str(name))
        return began(name, *arguments, **options)

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr(os, "open", open_descriptor)
    monkeypatch.setattr(Path, "open", open_file)


@pytest.mark.parametrize("which", ["warc", "log/checkpoint", "log/tile/entries", "archive.toml"])
def test_what_may_not_be_read_is_undecided(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch, which: str) -> None:
    path = next(path for path in sorted([sealed.root / which, *(sealed.root / which).rglob("*")]) if path.is_file())
    forbid(path, monkeypatch)
    run = Verification(sealed.root, Request())
    found = list(run.findings())
    assert [(item.subject, item.check) for item in found] == [
        (path.relative_to(sealed.root).as_posix(), "permission"),
        ("verification", "not-checked"),
    ]
    assert run.summary.exit_code == 3


def test_a_record_that_may_not_be_read_is_not_called_damaged(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = segment_files(sealed.root)
    with Archive.open(sealed.root) as archive:
        snapshot = archive.find_snapshot(sealed.snapshots[0])
        forbid(path, monkeypatch)
        with pytest.raises(NotReadable, match=r"You may not read .*\.warc\.gz") as raised:
            archive.texts(snapshot)
        with pytest.raises(NotReadable):
            archive.attested(snapshot)
    assert raised.value.exit_code == 3
