"""The tables of the index. There are no migrations: an index of another version is made again."""

from __future__ import annotations

import sqlite3
from functools import cache

VERSION = "3"
"""Of the tables and of the folding: an index whose words were folded otherwise would not find what is in it."""

# contentless: the texts themselves stay in the WARC files; detail=none: a text has a word or has it not, where is looked up in the text.
# The words come folded and cut already; `ascii` takes everything beyond ASCII for part of a word
_FTS = "USING fts5(x, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")"

TABLES = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE texts (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE)",
    "CREATE TABLE parts (id INTEGER PRIMARY KEY, text INTEGER NOT NULL, size INTEGER NOT NULL)",
    "CREATE TABLE captures (leaf INTEGER PRIMARY KEY, snapshot TEXT NOT NULL, text INTEGER NOT NULL, captured_at TEXT, page TEXT)",
    "CREATE INDEX captures_of_text ON captures (text)",
    "CREATE INDEX captures_of_page ON captures (page)",
    f"CREATE VIRTUAL TABLE words {_FTS}",
    f"CREATE VIRTUAL TABLE shingles {_FTS}",
)
"""``texts`` are the different contents of snapshots, all their layers together, under a digest of the texts' own. ``words`` has their
words under the same number; ``shingles`` those of the ``parts`` in which a long text is kept. ``page`` is the key of the address."""

FULL_TEXT = ("words", "shingles")
_PAGE_SIZE = 8192
HASH_BYTES = 24 << 20
"""What a transaction gathers in memory before it is written out; more of it means fewer pieces to be merged afterwards."""


def create(connection: sqlite3.Connection) -> None:
    """Makes the tables in an empty file; within a transaction."""
    for statement in TABLES:
        connection.execute(statement)
    for table in FULL_TEXT:
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', {HASH_BYTES})")  # noqa: S608
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('automerge', 8)")  # noqa: S608
    connection.execute("INSERT INTO about VALUES ('version', ?)", (VERSION,))
    begin(connection)


def begin(connection: sqlite3.Connection) -> None:
    """Gives an empty index a name of its own: who read texts for another one must not put them into this one, since they may be erased."""
    connection.execute("INSERT OR REPLACE INTO about VALUES ('generation', lower(hex(randomblob(16))))")


def page_size(connection: sqlite3.Connection) -> None:
    """Sets the size of the pages of a file that is still empty."""
    connection.execute(f"PRAGMA page_size={_PAGE_SIZE}")


def shape(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """What a database says that it is made of."""
    rows = connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name").fetchall()
    return tuple((str(name), str(sql)) for name, sql in rows)


@cache
def expected() -> tuple[tuple[str, str], ...]:
    """The shape of an index of this version."""
    connection = sqlite3.connect(":memory:")
    try:
        create(connection)
        return shape(connection)
    finally:
        connection.close()
