"""``state.db``: what is no evidence and cannot be rebuilt, such as which list of URLs a person has set out to capture."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database, Migrations

from archiver.errors import ArchiveError

migrations = Migrations("archiver.state")


@migrations()
def runs(db: Database) -> None:
    db.table("runs").create({"list": str, "first_leaf": int, "started": str, "finished": str}, pk="list")


@migrations()
def authorities(db: Database) -> None:
    db.table("authorities").create(
        {"url": str, "size": int, "stamped": str, "queued": str, "tries": int, "next_try": str, "error": str}, pk="url"
    )


@migrations()
def acceptances(db: Database) -> None:
    """``findings`` is what checks of manuscripts found amiss, in words, so that one can be named by its id alone."""
    db.table("acceptances").create({"finding": str, "by": str, "reason": str, "at": str}, pk="finding")
    db.table("findings").create({"finding": str, "told": str, "at": str}, pk="finding")


def bring_up(db: Database, wanted: Migrations, path: Path) -> None:
    """Brings one set of tables up to this version; raises ArchiveError, and changes nothing, where a newer archiver has worked on them."""
    newer = {migration.name for migration in wanted.applied(db)} - {migration.name for migration in wanted._migrations}
    if newer:
        db.conn.close()
        raise ArchiveError(
            f"{path} was written by a newer archiver (it has {min(newer)}), and is left as it is; use that one, or move the file away: "
            "it holds no evidence."
        )
    wanted.apply(db)


def keep_private(path: Path) -> None:
    """Makes the file, where there is none, for its owner alone (mode 0600): it holds the secrets of peers. One that an archiver of before made by
    the umask is closed to all who may not write to it; who shares an archive with a group (g+w) goes on sharing it.
    """
    with suppress(OSError):  # SQLite says better what cannot be done here
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        return
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        kept = mode & (0o660 if mode & stat.S_IWGRP else 0o600)
        if kept != mode:
            path.chmod(kept)


_FAILING = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


def unusable(error: sqlite3.Error, path: Path | str = "state.db") -> ArchiveError:
    """What an error of SQLite is to us. Nobody is told to move a file away that is sound: its schedule and its secrets would go with it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _FAILING:
        return ArchiveError(
            f"The disk is full, or fails: {path} cannot be written to ({error}). Make room there, and try again."
        )
    if code == sqlite3.SQLITE_BUSY:
        return ArchiveError(f"Another process is writing to {path} ({error}); try again.")
    return ArchiveError(f"{path} cannot be used ({error}); it holds no evidence and can be moved away.")


def unemptied(error: sqlite3.Error, path: Path) -> ArchiveError:
    """The same where an erasure has to empty the file."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _FAILING:
        said = f"The disk is full, or fails: {path} cannot be emptied ({error}). Make room there, then run `archiver erase --again`."
        return ArchiveError(said)
    return ArchiveError(
        f"{path} cannot be emptied ({error}); it holds no evidence: remove it, then run `archiver erase --again`."
    )


class State:
    """Opened for one question and closed again: it is never on the way of a capture."""

    def __init__(self, path: Path) -> None:
        if path.is_symlink():  # in a stranger's archive it may lead to a database of the person's
            raise ArchiveError(f"{path} is a link, which is not followed; it holds no evidence and can be moved away.")
        try:
            keep_private(path)
            self._db = Database(sqlite3.connect(path, timeout=30.0))
            bring_up(self._db, migrations, path)
        except sqlite3.Error as error:
            raise unusable(error, path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.conn.close()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, durable when it is left; raises ArchiveError."""
        try:
            with self._db.atomic():
                yield self._db.conn
        except sqlite3.Error as error:
            raise unusable(error) from error

    def _ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._db.conn.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise unusable(error) from error

    def begin_run(self, list_digest: str, size: int, now: str, *, fresh: bool) -> tuple[int, str]:
        """The log's size, and the time, at which the unfinished run over this list began.

        Those given where there is none, or a fresh one is wanted. The size tells what was recorded since; times are too coarse.
        """
        rows = self._ask("SELECT first_leaf, started FROM runs WHERE list = ? AND finished IS NULL", list_digest)
        if rows and not fresh:
            return int(rows[0][0]), str(rows[0][1])
        with self._changing() as conn:
            conn.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, NULL)", [list_digest, size, now])
        return size, now

    def finish_run(self, list_digest: str, now: str) -> None:
        """Every URL of the list is recorded: the same list begins anew next time."""
        with self._changing() as conn:
            conn.execute("UPDATE runs SET finished = ? WHERE list = ?", [now, list_digest])

    def remember_findings(self, told: Mapping[str, str], now: str) -> None:
        """Keeps what findings say, by id."""
        with self._changing() as conn:
            rows = [(finding, words, now) for finding, words in told.items()]
            conn.executemany("INSERT OR REPLACE INTO findings VALUES (?, ?, ?)", rows)

    def findings(self, prefix: str) -> list[tuple[str, str]]:
        """(id, what it says) of the findings whose id begins so; two at most."""
        end = prefix + "g"  # behind every hex digit
        rows = self._ask(
            "SELECT finding, told FROM findings WHERE finding >= ? AND finding < ? ORDER BY finding LIMIT 2",
            prefix,
            end,
        )
        return [(str(finding), str(told)) for finding, told in rows]

    def accept(self, finding: str, by: str, reason: str, now: str) -> None:
        """A person signs off a finding."""
        with self._changing() as conn:
            conn.execute("INSERT OR REPLACE INTO acceptances VALUES (?, ?, ?, ?)", [finding, by, reason, now])

    def withdraw(self, finding: str) -> bool:
        """Takes an acceptance back; says whether there was one."""
        with self._changing() as conn:
            return conn.execute("DELETE FROM acceptances WHERE finding = ?", [finding]).rowcount > 0

    def acceptances(self) -> list[tuple[str, str, str, str, str]]:
        """(finding, by, reason, at, what it says), oldest first."""
        rows = self._ask(
            "SELECT a.finding, a.by, a.reason, a.at, COALESCE(f.told, '') FROM acceptances a LEFT JOIN findings f USING (finding) ORDER BY a.at, 1"
        )
        return [(str(f), str(b), str(r), str(a), str(t)) for f, b, r, a, t in rows]
