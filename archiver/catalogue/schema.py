"""The tables of ``catalogue.db``, as migrations: each is only ever followed by another, never edited once released."""

from __future__ import annotations

import sqlite3
from functools import cache

from sqlite_utils import Database, Migrations

TABLES = (
    "leaves",
    "snapshots",
    "texts",
    "quotes",
    "certificates",
    "erasures",
    "erased_leaves",
    "erased_ids",
    "assets",
    "shown",
    "rechecks",
    "corroborations",
    "cohorts",
)
NAMED = {
    "snapshots": ("id", "capture_leaf"),
    "texts": ("snapshot", "leaf"),
    "quotes": ("id", "leaf"),
    "certificates": ("sha256", "leaf"),
    "rechecks": ("id", "leaf"),
    "corroborations": ("id", "leaf"),
    "cohorts": ("id", "leaf"),
}
"""What a row of each table stands for, and its column with a leaf of the log."""

migrations = Migrations("archiver.catalogue")


@migrations()
def tables(db: Database) -> None:
    db.table("leaves").create(
        {
            "idx": int,
            "kind": str,
            "sha256": str,
            "record_id": str,
            "warc_type": str,
            "uri": str,
            "time": str,
            "file": str,
            "offset": int,
            "length": int,
        },
        pk="idx",
    )
    db.table("leaves").create_index(["sha256"])
    db.table("leaves").create_index(["record_id"])
    db.table("leaves").create_index(["file", "offset"])
    db.table("snapshots").create(
        {
            "id": str,
            "capture_leaf": int,
            "response_leaf": int,
            "url": str,
            "surt": str,
            "final_url": str,
            "captured_at": str,
            "status": int,
            "media_type": str,
            "payload_sha256": str,
            "title": str,
            "authors": str,
            "published": str,
            "modified": str,
            "site_name": str,
            "language": str,
            "canonical": str,
            "etag": str,
            "last_modified": str,
            "revisit_of": str,
            "truncated": str,
            "complete": int,
            "wall": str,
            "warnings": str,
        },
        pk="id",
    )
    db.table("snapshots").create_index(["surt", "captured_at"])
    db.table("snapshots").create_index(["payload_sha256"])
    db.table("snapshots").create_index(["captured_at"])
    db.table("texts").create(
        {
            "snapshot": str,
            "position": int,
            "layer": str,
            "leaf": int,
            "sha256": str,
            "characters": int,
            "extractor": str,
            "version": str,
            "complete": int,
            "why": str,
            "unseen": str,
        },
        pk=("snapshot", "position"),
    )
    db.table("texts").create_index(["leaf"])
    db.table("quotes").create(
        {
            "id": str,
            "leaf": int,
            "snapshot": str,
            "url": str,
            "quote": str,
            "verdict": str,
            "layer": str,
            "created_at": str,
            "speaker": str,
            "note": str,
            "judged": str,
        },
        pk="id",
    )
    db.table("quotes").create_index(["snapshot"])
    db.table("certificates").create({"sha256": str, "leaf": int}, pk="sha256")


@migrations()
def origin(db: Database) -> None:
    """JSON; NULL where this archiver fetched the page itself."""
    db.table("snapshots").add_column("origin", str)


@migrations()
def erasures(db: Database) -> None:
    db.table("erasures").create({"leaf": int, "erased_at": str, "reason": str}, pk="leaf")
    db.table("erased_leaves").create({"idx": int, "sha256": str, "erasure": int}, pk="idx")
    db.table("erased_ids").create({"id": str, "erasure": int}, pk="id")


@migrations()
def places(db: Database) -> None:
    """JSON; empty for texts of an older archiver, which knew neither pages nor times."""
    db.table("texts").add_column("places", str, not_null_default="[]")


@migrations()
def indices(db: Database) -> None:
    """For what was looked for by reading a whole table: all leaves of a kind, and what stands on a snapshot."""
    db.table("leaves").create_index(["kind"])
    db.table("snapshots").create_index(["revisit_of"])


@migrations()
def assets(db: Database) -> None:
    """``shown`` says which capture (by its leaf) lists which asset, ``assets`` what it is, once for all captures: ``of`` is NULL where its
    record has its own payload. Of a snapshot there are the counts, as JSON; NULL where its capture says nothing of assets.
    """
    db.table("snapshots").add_column("assets", str)
    db.table("assets").create(
        {
            "leaf": int,
            "of": int,
            "url": str,
            "status": int,
            "sha256": str,
        },
        pk="leaf",
    )
    for column in ("of", "url", "sha256"):
        db.table("assets").create_index([column])
    db.execute(
        "CREATE TABLE shown (capture INTEGER, position INTEGER, leaf INTEGER, PRIMARY KEY (capture, position)) WITHOUT ROWID"
    )
    db.table("shown").create_index(["leaf"])


@migrations()
def browser(db: Database) -> None:
    """JSON; NULL where no browser looked at the page."""
    db.table("snapshots").add_column("browser", str)


@migrations()
def rechecks(db: Database) -> None:
    """``told`` is the JSON of the record; ``surt`` is the key of the page, as that of its snapshots."""
    db.table("rechecks").create(
        {
            "id": str,
            "leaf": int,
            "url": str,
            "surt": str,
            "previous": str,
            "snapshot": str,
            "drift": str,
            "time": str,
            "told": str,
        },
        pk="id",
    )
    db.table("rechecks").create_index(["surt", "leaf"])
    db.table("rechecks").create_index(["leaf"])


@migrations()
def corroborations(db: Database) -> None:
    """``snapshot`` and ``recheck`` are our own, ``told`` is the JSON of the record."""
    db.table("corroborations").create(
        {"id": str, "leaf": int, "surt": str, "snapshot": str, "recheck": str, "told": str}, pk="id"
    )
    db.table("corroborations").create_index(["surt", "leaf"])
    db.table("corroborations").create_index(["recheck"])


@migrations()
def lists(db: Database) -> None:
    """For lists that are read from their end, and what is the newest of a page: however much there is, little of it is looked at."""
    db.table("quotes").create_index(["leaf"])
    db.table("quotes").create_index(["verdict", "leaf"])
    db.table("snapshots").create_index(["capture_leaf"])
    db.table("snapshots").create_index(["surt", "capture_leaf"])


@migrations()
def cohorts(db: Database) -> None:
    """The reports on lists with a tag: ``told`` is the JSON of the record. The rows are in their own records, which it names by leaf."""
    db.table("cohorts").create({"id": str, "leaf": int, "tag": str, "told": str}, pk="id")
    db.table("cohorts").create_index(["tag", "leaf"])


_LOOKED_UP = "record_id"
"""The column of leaves by which one is found while a catalogue is being made."""


def put_off_indices(connection: sqlite3.Connection) -> list[str]:
    """Takes the indices away that nothing asks for while a catalogue is being made; returns what makes them again."""
    indices = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    put_off = [(name, sql) for name, sql in indices if _LOOKED_UP not in name]
    for name, _ in put_off:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in put_off]


_FASTER = frozenset({"indices", "lists"})
"""Migrations without which the same is found, only more slowly."""


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """The columns of every table once all migrations are applied."""
    with sqlite3.connect(":memory:") as connection:
        db = Database(connection)
        migrations.apply(db)
        found = {table: columns_of(connection, table) for table in TABLES}
    connection.close()
    return found


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns that a table has; none where it is not there."""
    return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))


def fault(db: Database, *, slow_is_enough: bool = False) -> str | None:
    """Why a catalogue is not a whole one of this version; None where it is. ``slow_is_enough`` for one that cannot be changed."""
    known = {migration.name for migration in migrations._migrations}
    applied = {migration.name for migration in migrations.applied(db)}
    if applied - known:
        return f"a newer archiver made it (it has {min(applied - known)})"
    if known - applied - (_FASTER if slow_is_enough else frozenset()):
        return "it is an older archiver's, or not made to its end"
    # none is ever made here: a view of a stranger's may have rows without end, a trigger acts where nobody asked it to
    if db.conn.execute("SELECT 1 FROM sqlite_master WHERE type IN ('view', 'trigger') LIMIT 1").fetchone():
        return "it holds a view or a trigger"
    for table, expected in columns().items():
        if columns_of(db.conn, table) != expected:
            return f"its table {table} is not what it should be"
    return None
