"""Looking into the catalogue of an archive without changing a byte in that folder, whoever is at work in it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from archiver.catalogue.catalogue import Catalogue
from archiver.catalogue.connection import UnusableCatalogue
from archiver.errors import ArchiveError

Value = TypeVar("Value")

_TRIES = 50
_PAUSE = 0.05  # seconds; a writer is done with a commit by then


@contextmanager
def looking_into(path: Path) -> Iterator[Catalogue]:
    """The catalogue as it is now; raises ArchiveError where it cannot be used, and for one that is written to without a pause.

    Beside a writer, or one that died, the newest rows are in a file of their own (``-wal``), which SQLite takes into the catalogue when it
    is opened to be read: then a copy of both is read. So is the catalogue of an older archiver, which has to be brought up to this one.
    """
    if not _write_ahead(path).exists():
        try:
            catalogue = Catalogue(path, read_only=True)
        except UnusableCatalogue:
            pass  # an older archiver's, perhaps
        else:
            with closing(catalogue):
                yield catalogue
            return
    with _copy_of(path) as catalogue:
        yield catalogue


def undisturbed(path: Path, look: Callable[[Catalogue], Value]) -> Value:
    """What ``look`` says of the catalogue; raises what `looking_into` and ``look`` raise.

    Where somebody writes to the file while it is read in place, rows of before and of after that come together, which no state of the
    archive has: then what was seen is thrown away, and ``look`` is asked once more, of a copy.
    """
    before = _marks(path)
    if not _write_ahead(path).exists():
        try:
            with looking_into(path) as catalogue:
                seen = look(catalogue)
        except ArchiveError:
            if _marks(path) == before:
                raise
        else:
            if _marks(path) == before:
                return seen
    with _copy_of(path) as catalogue:
        return look(catalogue)


@contextmanager
def _copy_of(path: Path) -> Iterator[Catalogue]:
    with (
        tempfile.TemporaryDirectory(prefix="archiver-") as folder,
        closing(Catalogue(copy_catalogue(path, Path(folder) / "catalogue.db"))) as catalogue,
    ):
        catalogue.connection.all("PRAGMA wal_checkpoint(TRUNCATE)")  # `portions` reads the one file alone
        yield catalogue


def copy_catalogue(path: Path, copy: Path) -> Path:
    """Copies a catalogue as it is between two commits of whoever writes to it. Raises ArchiveError where that cannot be."""
    for _ in range(_TRIES):
        before = _marks(path)
        try:
            _copy_database(path, copy)
            _write_ahead(copy).unlink(missing_ok=True)
            if _write_ahead(path).exists():
                shutil.copyfile(_write_ahead(path), _write_ahead(copy))
        except FileNotFoundError:
            pass  # its writer has just taken the second file in
        except OSError as error:
            raise ArchiveError(f"The catalogue {path} cannot be read: {error.strerror}.") from error
        except sqlite3.Error as error:
            if _marks(path) == before:
                raise ArchiveError(f"The catalogue {path} cannot be used ({error}).") from error
        else:
            if _marks(path) == before:
                return copy
        time.sleep(_PAUSE)
    raise ArchiveError(f"The catalogue {path} is written to without a pause; try again later.")


def _copy_database(path: Path, copy: Path) -> None:
    """Copies the pages of the one file, without what lies in its log. Raises sqlite3.Error.

    SQLite opens and closes it, not we: by POSIX, whoever closes a file gives up all the locks that his process has on it, those of other threads
    too. The next process to come and go would find no lock, take the log for one that nobody needs and delete it, and what others of this process
    write from then on would be lost, or would damage the catalogue. SQLite knows what else of this process has the file open, and waits.
    """
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
        target.execute("PRAGMA journal_mode=OFF")
        target.execute("PRAGMA synchronous=OFF")
        source.backup(target)


def _marks(path: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What changes whenever one of the two files does."""
    found: list[tuple[int, int, int] | None] = []
    for file in (path, _write_ahead(path)):
        try:
            status = file.stat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(found)


def _write_ahead(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
