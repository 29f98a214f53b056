"""The connection: what is no catalogue is said to be none, what cannot be written is said apart, and no file is touched for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.catalogue import Catalogue, UnusableCatalogue, UnwritableCatalogue
from archiver.catalogue.connection import Connection
from archiver.errors import ArchiveError


@pytest.mark.parametrize("content", [b"nonsense" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_no_database_is_an_unusable_catalogue(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.db"
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(UnusableCatalogue, match="rebuild"):
            Catalogue(path, read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archiver.catalogue', 'from_the_future', '')",
        "DROP TABLE leaves",
        "ALTER TABLE snapshots ADD COLUMN new_one TEXT",
    ],
)
def test_another_versions_catalogue_is_unusable(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "catalogue.db"
    Catalogue(path).close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    connection.close()
    with pytest.raises(UnusableCatalogue):
        Catalogue(path)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, UnwritableCatalogue),
        (sqlite3.SQLITE_IOERR | 3 << 8, UnwritableCatalogue),  # an extended code says the same of the file
        (sqlite3.SQLITE_CORRUPT, UnusableCatalogue),
        (sqlite3.SQLITE_BUSY, ArchiveError),
    ],
)
def test_what_sqlite_says_amiss_is_told_apart(code: int, kind: type[ArchiveError]) -> None:
    said = sqlite3.OperationalError("so it is")
    said.sqlite_errorcode = code
    assert type(Connection(None, read_only=False, make=True).error(said)) is kind


def left_over(connection: Connection) -> None:
    with connection.writing() as conn:
        conn.execute("CREATE TABLE left_over (one TEXT)")
        raise RuntimeError


def test_a_transaction_that_breaks_off_leaves_nothing() -> None:
    connection = Connection(None, read_only=False, make=True)
    with pytest.raises(RuntimeError):
        left_over(connection)
    assert connection.first("SELECT count(*) FROM sqlite_master WHERE name = 'left_over'") == (0,)


def test_a_row_that_says_nothing_of_ours_is_unusable() -> None:
    def of(number: str) -> int:
        return int(number)

    make: Callable[[str], int] = of
    with pytest.raises(UnusableCatalogue, match="a row of it"):
        Connection(None, read_only=False, make=True).value(make, "no number")
