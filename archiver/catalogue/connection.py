"""The database of the catalogue: one connection under a lock, and what SQLite says amiss as errors of ours."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from archiver.catalogue import schema
from archiver.errors import MISSHAPEN, ArchiveError

Value = TypeVar("Value")

_BUSY_SECONDS = 60.0
# ids are digests, so what is read and written lies all over the file: in SQLite's own 2 MB little of it is met again
_CACHE_KIB = 16 * 1024
# what a damaged file, a file that is no database and a table of another shape come out as; a full disk or a lock is none of these
_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_FORMAT,
    }
)


_UNWRITABLE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


class UnusableCatalogue(ArchiveError):
    """The catalogue is damaged, no catalogue, or of another version: it has to be made again."""


class UnwritableCatalogue(ArchiveError):
    """The disk is full, or fails: the catalogue may be sound, but cannot be opened for writing. It can be read."""


class Connection:
    """Shared by the threads of a process. ``path`` None keeps it in memory.

    ``make`` False takes a file only as a whole catalogue and leaves it as it is; whoever makes one, or brings an older one up to
    this version, keeps others away meanwhile. Raises UnusableCatalogue, UnwritableCatalogue, ArchiveError.
    """

    def __init__(self, path: Path | None, *, read_only: bool, make: bool) -> None:
        self.lock = threading.RLock()
        self.path = path
        self._taken_over = 0
        if path is not None and path.is_symlink():  # in a stranger's archive it may lead to a database of the person's
            raise UnusableCatalogue(
                f"The catalogue {path} cannot be used: it is a link; `archiver rebuild` makes it again."
            )
        try:
            if path is None:
                conn = sqlite3.connect(":memory:", check_same_thread=False)
            elif read_only:
                address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
                conn = sqlite3.connect(address, uri=True, check_same_thread=False)
            else:
                conn = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
        except sqlite3.Error as error:
            raise self.error(error) from error
        self.conn = conn
        self.db = Database(conn)
        try:
            if path is not None and not read_only:
                self._write_ahead()
                conn.execute("PRAGMA synchronous=FULL")
            conn.execute(f"PRAGMA busy_timeout={int(_BUSY_SECONDS * 1000)}")
            conn.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            if make and not read_only:
                schema.migrations.apply(self.db)
            fault = schema.fault(self.db, slow_is_enough=read_only)
        except sqlite3.Error as error:
            conn.close()
            raise self.error(error) from error
        if fault:
            conn.close()
            raise UnusableCatalogue(f"The catalogue {path} cannot be used: {fault}; `archiver rebuild` makes it again.")

    def close(self) -> None:
        with self.lock:
            self.conn.close()

    def all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Every row of an answer."""
        with self.lock:
            try:
                return self.conn.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise self.error(error) from error

    def first(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of an answer, None where it has none."""
        rows = self.all(sql, *values)
        return rows[0] if rows else None

    def version(self) -> tuple[int, int, int]:
        """Is another one after every change, by whichever process: what was found at a version is found again while that is the same."""
        with self.lock:
            ((others,),) = self.all("PRAGMA data_version")
            return int(others), self.conn.total_changes, self._taken_over

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, durable when it is left."""
        with self.lock:
            try:
                with self.db.atomic():
                    yield self.conn
            except sqlite3.Error as error:
                raise self.error(error) from error

    def take_over(self, other: Connection) -> None:
        """Says from here on what the other one says, and nothing else: one transaction, durable on return."""
        with self.lock:
            try:
                self._taken_over += 1
                other.conn.backup(self.conn)
            except sqlite3.Error as error:
                raise self.error(error) from error

    def value(self, make: Callable[..., Value], *row: Any) -> Value:
        """What a row says; raises UnusableCatalogue where it says nothing that this program would have written."""
        try:
            return make(*row)
        except MISSHAPEN as error:
            raise UnusableCatalogue(
                f"The catalogue {self.path or 'in memory'} cannot be used (a row of it is not what `archiver` writes); "
                "`archiver rebuild` makes it again."
            ) from error

    def error(self, error: sqlite3.Error) -> ArchiveError:
        """What an error of SQLite is to us."""
        name = self.path or "in memory"
        code = getattr(error, "sqlite_errorcode", None)
        # text that is no UTF-8 is found by Python's side of it, which gives no code
        unusable = code & 0xFF in _UNUSABLE if code is not None else "decode" in str(error)
        if code is not None and code & 0xFF in _UNWRITABLE:
            return UnwritableCatalogue(
                f"The disk is full, or fails: the catalogue {name} cannot be written to ({error}). Make room there; until then the archive "
                "can only be read."
            )
        kind = UnusableCatalogue if unusable else ArchiveError
        return kind(f"The catalogue {name} cannot be used ({error}); `archiver rebuild` makes it again.")

    def _write_ahead(self) -> None:
        """Turns the log beside the file on. On a fresh file SQLite itself does not wait for others who are doing the same."""
        end = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                self.conn.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)
            else:
                return
