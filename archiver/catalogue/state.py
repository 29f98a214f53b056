"""``state.db``: what is no evidence and cannot be rebuilt, such as which list of URLs a person has set out to capture."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Self

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


class State:
    """Opened for one question and closed again: it is never on the way of a capture."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = Database(sqlite3.connect(path, timeout=30.0))
            migrations.apply(self._db)
        except sqlite3.Error as error:
            raise ArchiveError(
                f"{path} cannot be opened ({error}); it holds no evidence and can be moved away."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.conn.close()

    def begin_run(self, list_digest: str, size: int, now: str, *, fresh: bool) -> tuple[int, str]:
        """The log's size, and the time, at which the unfinished run over this list began.

        Those given where there is none, or a fresh one is wanted. The size tells what was recorded since; times are too coarse.
        """
        row = self._db.conn.execute(
            "SELECT first_leaf, started FROM runs WHERE list = ? AND finished IS NULL", [list_digest]
        ).fetchone()
        if row and not fresh:
            return int(row[0]), str(row[1])
        with self._db.atomic():
            self._db.conn.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, NULL)", [list_digest, size, now])
        return size, now

    def finish_run(self, list_digest: str, now: str) -> None:
        """Every URL of the list is recorded: the same list begins anew next time."""
        with self._db.atomic():
            self._db.conn.execute("UPDATE runs SET finished = ? WHERE list = ?", [now, list_digest])
