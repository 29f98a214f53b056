"""Catalogues of archives that are only read, kept in the person's cache folder, so that not every command has to make one in memory.

Such a catalogue is only an index, like the one in the archive, and believed no more. It stands for one signed head and for WARC files of
certain names, sizes and times; where any of these is another, it is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs

from archiver.archive.unfinished import BESIDE
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError
from archiver.log import Log
from archiver.warc import file_name, segment_files

FROM_LEAVES = 2000
"""Below that it is made in memory faster than anybody notices."""

_UNFINISHED = ".new"
_LONGEST = 3600.0  # seconds that making one takes: an older one's maker died


def kept_catalogue(
    root: Path, log: Log, fill: Callable[[Catalogue], None], begin: Callable[[Path], None] = lambda _: None
) -> Catalogue:
    """The catalogue of the archive as it is now: the kept one, else one that ``fill`` fills, kept where that can be; in memory else.
    ``begin`` may put one into the file that is to be filled, which then lacks little.
    """
    head = log.head()
    place = _place(root, log, head.size, head.root) if head.size >= FROM_LEAVES else None
    if place is not None:
        found = _usable(place, head.size) or _made(place, head.size, fill, begin)
        if found is not None:
            return found
    catalogue = Catalogue(None)
    try:
        fill(catalogue)
    except BaseException:
        catalogue.close()
        raise
    return catalogue


def forget(log: Log) -> None:
    """Takes away what is kept of an archive, whichever of its heads it stands for."""
    shutil.rmtree(_folder(log), ignore_errors=True)


def search_index(log: Log) -> Path | None:
    """Where the search index of an archive is kept that is only read; None where that folder is not the person's own. `forget` takes it too."""
    folder = _folder(log)
    try:
        return folder / "words.index" if _made_own(folder) else None
    except (OSError, RuntimeError):  # no home folder
        return None


def _made_own(folder: Path) -> bool:
    for made in (folder.parent, folder):
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(made):
            return False
    return True


def _folder(log: Log) -> Path:
    base = platformdirs.user_cache_path("archiver", appauthor=False) / "catalogues"
    return base / hashlib.sha256(log.key.name.encode()).hexdigest()[:32]


def _place(root: Path, log: Log, size: int, head: bytes) -> Path | None:
    """Where it is kept; None where that folder is not the person's own."""
    state = hashlib.sha256(b"%d %b" % (size, head))
    try:
        for path in segment_files(root):
            about = path.stat()
            state.update(
                f"{file_name(root, path)}\0{about.st_size}\0{about.st_mtime_ns}\n".encode("utf-8", "surrogateescape")
            )
        folder = _folder(log)
        if not _made_own(folder):
            return None
    except (OSError, RuntimeError):  # no home folder
        return None
    return folder / f"{state.hexdigest()}.db"


def _is_own(folder: Path) -> bool:
    """Whether nobody else can put a file there."""
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode):
        return False
    return not hasattr(os, "geteuid") or (about.st_uid == os.geteuid() and not about.st_mode & 0o022)


def _usable(place: Path, size: int) -> Catalogue | None:
    if not place.is_file():
        return None
    with contextlib.suppress(ArchiveError):
        catalogue = Catalogue(place, read_only=True)
        with contextlib.suppress(ArchiveError):
            if catalogue.size() == size and not catalogue.erasures.unfinished():
                return catalogue
        catalogue.close()
    return None


def _made(place: Path, size: int, fill: Callable[[Catalogue], None], begin: Callable[[Path], None]) -> Catalogue | None:
    """Makes it beside its place and moves it there; where the archive grew meanwhile, it is used and not kept. None where the folder cannot be
    written to."""
    for older in place.parent.glob("*.db*"):  # of an earlier head, or left by one who died
        with contextlib.suppress(OSError):
            if _UNFINISHED not in older.name or older.stat().st_mtime < time.time() - _LONGEST:
                older.unlink()
    beside = place.with_name(f"{place.name}.{secrets.token_hex(4)}{_UNFINISHED}")
    try:
        beside.touch(mode=0o600)
        begin(beside)
        with contextlib.closing(Catalogue(beside)) as catalogue:
            fill(catalogue)
            reached = catalogue.size()
        if reached == size:
            beside.replace(place)
            return _usable(place, size)
        if reached > size:
            return _usable(beside, reached)
    except (OSError, ArchiveError):
        return None  # a full disk, or a fault of the archive, which is met again in memory and said there
    finally:
        # one that is used is open by now; where a file that is open cannot be taken away, the next one does it
        for suffix in ("", *BESIDE):
            with contextlib.suppress(OSError):
                beside.with_name(f"{beside.name}{suffix}").unlink(missing_ok=True)
    return None
