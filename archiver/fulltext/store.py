"""The file of the index: opened, made, set aside where it is none, emptied. The only place that knows where SQLite fails.

A rollback journal and not a write-ahead log: an archive that must not be written to can then be searched, and nothing lies beside the file
once nobody writes. What is written is synced: an index that lost a page with the power would say "not found" without knowing better.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.errors import ArchiveError
from archiver.fulltext import schema

FILE = "fulltext.db"
SET_ASIDE = f"{FILE}.set-aside"
_BESIDE = ("", "-journal", "-wal", "-shm")
BUSY_SECONDS = 60.0
_FULL = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class Unavailable(ArchiveError):
    """The index cannot be written or opened just now: no room, no permission, or another process is at it."""


class Busy(Unavailable):
    """Another process is at it for longer than one waits."""


class UnusableIndex(ArchiveError):
    """The file is damaged, no index, or one of another version: it has to be made again."""


def error_of(error: sqlite3.Error, name: object) -> ArchiveError:
    """What an error of SQLite means here, in a sentence."""
    code = getattr(error, "sqlite_errorcode", None)
    plain = code & 0xFF if code is not None else None
    if plain in _BUSY:
        return Busy(f"Another process is writing the search index {name}; try again in a minute.")
    if plain in _FULL:
        return Unavailable(f"The search index {name} cannot be written or read ({error}).")
    if "no such module" in str(error):
        return Unavailable(
            "This Python's SQLite has no FTS5, which searching needs; use a Python whose SQLite was built with it."
        )
    return UnusableIndex(f"The search index {name} cannot be used ({error}).")


@contextmanager
def telling(name: object) -> Iterator[None]:
    """Turns errors of SQLite into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise error_of(error, name) from error


def open_index(path: Path | None, *, read_only: bool = False) -> sqlite3.Connection:
    """The index in a file, made where there is none; None for one in memory. What is no index of this version is set aside and made again.

    Raises Unavailable; UnusableIndex too where it is only to be read.
    """
    if path is None:
        return _opened(":memory:", uri=False, make=True)
    if read_only:
        # a journal is what a writer left who died: without leave to write, nobody can tell how to take it back
        if path.with_name(f"{path.name}-journal").exists():
            raise Unavailable(f"The search index {path} is being written, or was left in the middle of it.")
        return _opened(f"{path.absolute().as_uri()}?mode=ro", uri=True, make=False)
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise UnusableIndex(f"{path} is no file.")
        return _opened(str(path), uri=False, make=True)
    except UnusableIndex:
        set_aside(path)
        return _opened(str(path), uri=False, make=True)


def _opened(address: str, *, uri: bool, make: bool) -> sqlite3.Connection:
    with telling(address):
        connection = sqlite3.connect(
            address, uri=uri, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cache_size=-32000")
            connection.execute("PRAGMA synchronous=NORMAL")
            if make:
                _make(connection)
            if schema.shape(connection) != schema.expected():
                raise UnusableIndex(f"The search index {address} is not one of this version.")
            found = connection.execute("SELECT value FROM about WHERE name = 'version'").fetchone()
            if found != (schema.VERSION,):
                raise UnusableIndex(f"The search index {address} is not one of this version.")
        except BaseException:
            connection.close()
            raise
        return connection


def _make(connection: sqlite3.Connection) -> None:
    """Makes the tables where the file is empty; of two who come at once one does."""
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    schema.page_size(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            schema.create(connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def set_aside(path: Path) -> None:
    """Moves away what is no index; what was set aside before goes. Raises Unavailable."""
    try:
        aside = path.with_name(SET_ASIDE)
        if aside.is_symlink() or not aside.is_dir():
            aside.unlink(missing_ok=True)
        for beside in _BESIDE[1:]:
            path.with_name(path.name + beside).unlink(missing_ok=True)
        path.rename(aside)
    except FileNotFoundError:
        pass  # another process was quicker
    except OSError as error:
        raise Unavailable(
            f"{path} is no search index and cannot be set aside: {error.strerror}; move it away."
        ) from error


def empty(folder: Path) -> bool:
    """Takes everything out of the index of a folder, and what was set aside, so that nothing of any page is left; for an erasure.

    False where another process is reading or writing it just now.
    """
    path, aside = folder / FILE, folder / SET_ASIDE
    if aside.is_symlink() or not aside.is_dir():  # a folder is nothing that was written here
        aside.unlink(missing_ok=True)
    if path.is_symlink() or not path.exists():
        path.unlink(missing_ok=True)
        return True
    if path.is_dir():
        return True
    try:
        connection = _opened(str(path), uri=False, make=False)
    except UnusableIndex:
        for beside in _BESIDE:
            path.with_name(path.name + beside).unlink(missing_ok=True)
        return True
    except Unavailable:
        return False
    with contextlib.closing(connection):
        try:
            connection.execute("PRAGMA busy_timeout=20000")
            connection.execute("PRAGMA synchronous=FULL")  # what is said to be erased must not come back with the power
            clear(connection)
            connection.execute("VACUUM")
        except sqlite3.Error as error:
            if isinstance(error_of(error, path), Unavailable):
                return False
            connection.close()
            path.unlink(missing_ok=True)
    return True


def clear(connection: sqlite3.Connection) -> None:
    """Takes all out, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in schema.FULL_TEXT:
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")  # noqa: S608
        for table in ("captures", "parts", "texts"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("DELETE FROM about WHERE name <> 'version'")
        schema.begin(connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
