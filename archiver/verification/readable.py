"""What of an archive whoever runs the verification may not read: nothing can be said of that, and it is no damage."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from archiver.archive import config
from archiver.archive.unfinished import CATALOGUE
from archiver.verification.findings import Finding
from archiver.warc import file_name

_FOLDERS = ("log", "warc")


def check_permission(root: Path) -> Iterator[Finding]:
    """A finding for each file and folder of the archive that the system does not let be read. What is not there is for others to tell."""
    for path in _forbidden(root):
        yield Finding(
            file_name(root, path),
            "permission",
            None,
            "you may not read it, so nothing can be said of it; let yourself read it (or ask its owner), and verify again",
        )


def _forbidden(root: Path) -> Iterator[Path]:
    yield from (path for name in (config.FILE, CATALOGUE) if (path := root / name).is_file() and not _may_read(path))
    for name in _FOLDERS:
        refused: list[Path] = []

        def refuse(error: OSError, refused: list[Path] = refused) -> None:
            if isinstance(error, PermissionError):
                refused.append(Path(error.filename))

        for folder, folders, files in os.walk(root / name, onerror=refuse):
            folders.sort()
            found = (Path(folder, file) for file in sorted(files))
            yield from (path for path in found if not path.is_symlink() and not _may_read(path))
        yield from refused


def _may_read(path: Path) -> bool:
    # a file that went away meanwhile is not forbidden
    return os.access(path, os.R_OK) or not os.path.lexists(path)
