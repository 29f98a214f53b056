"""What the catalogue knows of erasures, and taking rows out of it so that nothing of them is left in its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from archiver.catalogue.connection import Connection
from archiver.catalogue.rows import erasure_rows, leaf_of_row
from archiver.catalogue.state import unemptied
from archiver.errors import ErasedId
from archiver.model import ERASED, StoredLeaf, Tombstone

Place = tuple[str, int]
"""A WARC file relative to the archive, and an offset in it."""


class Erasures:
    """The part of a catalogue that is about erasures; it shares the catalogue's connection and lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._all, self._value = connection.all, connection.value

    def refuse(self, prefix: str) -> None:
        """Raises ErasedId where the only records whose id begins so were erased."""
        low, high = prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)
        rows = self._all(
            "SELECT i.id, e.erased_at, e.reason FROM erased_ids i JOIN erasures e ON e.leaf = i.erasure "
            "WHERE i.id >= ? AND i.id < ? LIMIT 1",
            low,
            high,
        )
        for erased_id, erased_at, reason in rows:
            raise ErasedId(f"{erased_id[:14]} was erased on {erased_at}: {reason}")

    def any(self) -> bool:
        """Whether anything was ever erased."""
        return bool(self._all("SELECT 1 FROM erased_ids LIMIT 1"))

    def is_erased(self, whole_id: str) -> bool:
        """Whether a snapshot, quote or recheck was erased, by its whole id."""
        return bool(self._all("SELECT 1 FROM erased_ids WHERE id = ?", whole_id))

    def digests(self) -> list[tuple[str, str]]:
        """(digest of the member as it was stored, ``erased on DATE: REASON``) of all that was erased."""
        rows = self._all(
            "SELECT l.sha256, e.erased_at, e.reason FROM erased_leaves l JOIN erasures e ON e.leaf = l.erasure"
        )
        return [(str(digest), f"erased on {erased_at}: {reason}") for digest, erased_at, reason in rows]

    def newest(self) -> int:
        """The leaf of the newest tombstone, -1 where there is none."""
        return max(self.tombstones(), default=-1)

    def unfinished(self) -> list[int]:
        """The leaves that an erasure names and that the catalogue still places."""
        rows = self._all("SELECT e.idx FROM erased_leaves e JOIN leaves l ON l.idx = e.idx WHERE l.kind <> ?", ERASED)
        return [self._value(_number, *row) for row in rows]

    def tombstones(self) -> list[int]:
        """The leaves of all tombstones."""
        return [self._value(_number, *row) for row in self._all("SELECT leaf FROM erasures ORDER BY leaf")]

    def members_of(self, file: str) -> list[StoredLeaf]:
        """The leaves whose members lie in one WARC file, by offset."""
        return self._leaves("file = ? ORDER BY offset", file)

    def leaves_of_digest(self, sha256: str) -> list[StoredLeaf]:
        """The leaves whose members have this digest: more than one only where the same member was recorded again."""
        return self._leaves("sha256 = ? ORDER BY idx", sha256)

    def apply(self, leaves: Iterable[int], places: Mapping[int, Place]) -> None:
        """Takes out all that the catalogue says of the leaves, and puts others where they lie now; one transaction, durable on return."""
        with self._connection.writing() as conn:
            run = conn.executemany
            run(
                "UPDATE leaves SET file = ?, offset = ? WHERE idx = ?",
                [(file, offset, leaf) for leaf, (file, offset) in places.items()],
            )
            wanted = set(leaves)
            for table, column in (
                ("snapshots", "capture_leaf"),
                ("quotes", "leaf"),
                ("rechecks", "leaf"),
                ("corroborations", "leaf"),
                ("cohorts", "leaf"),
            ):
                ids = self._ids(table, column, wanted)
                run(f"DELETE FROM {table} WHERE id = ?", ids)  # noqa: S608
                run("DELETE FROM texts WHERE snapshot = ?", ids)
            gone = [(leaf,) for leaf in wanted]
            run("DELETE FROM certificates WHERE leaf = ?", gone)
            run("DELETE FROM shown WHERE capture = ?", gone)
            conn.execute("DELETE FROM assets WHERE leaf NOT IN (SELECT leaf FROM shown)")
            # as `rebuild` writes a leaf whose details are gone
            run(
                f"UPDATE leaves SET kind = '{ERASED}', sha256 = '', record_id = '', warc_type = '', uri = '', "  # noqa: S608
                "time = '', file = '', offset = 0, length = 0 WHERE idx = ?",
                gone,
            )

    def pages_of(self, leaves: Iterable[int]) -> set[str]:
        """The keys of the pages of which no snapshot is left once these leaves are gone."""
        going, keys, left = set(leaves), set[str](), set[str]()
        for key, leaf in self._all("SELECT surt, capture_leaf FROM snapshots"):
            (keys if leaf in going else left).add(str(key))
        return keys - left

    def compact(self) -> bool:
        """Writes the file anew, so that no freed page and no write-ahead log keeps what was taken out.

        False where another process reads the catalogue just now and keeps its log from being emptied.
        """
        if self._connection.path is None:
            return True
        with self._connection.lock:
            try:
                self._connection.conn.execute("VACUUM")
                busy = self._connection.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    return False
                raise self._connection.error(error) from error
        return not busy

    def still_known(self, leaves: Iterable[int]) -> list[int]:
        """Those of the leaves of which the catalogue still says something, in its rows of leaves, snapshots or quotes."""
        wanted = set(leaves)
        if not wanted:
            return []  # nearly all archives; the question is about every leaf
        rows = self._all(
            "SELECT idx FROM leaves WHERE kind <> ? UNION SELECT capture_leaf FROM snapshots UNION SELECT leaf FROM quotes "
            "UNION SELECT leaf FROM rechecks UNION SELECT leaf FROM corroborations UNION SELECT leaf FROM cohorts",
            ERASED,
        )
        return sorted(wanted & {self._value(_number, *row) for row in rows})

    def ended_elsewhere(self) -> list[tuple[str, str]]:
        """(id, final URL) of every snapshot that did not end where it began."""
        return [
            (str(name), str(url))
            for name, url in self._all("SELECT id, final_url FROM snapshots WHERE final_url <> url")
        ]

    def leaves_of_records(self, record_ids: Iterable[str]) -> list[StoredLeaf]:
        """All leaves of these WARC-Record-IDs: several of one where the same record was recorded again."""
        found = [leaf for record_id in record_ids for leaf in self._leaves("record_id = ?", record_id)]
        return sorted(found, key=lambda leaf: leaf.index)

    def certificate_leaves(self, digests: Collection[str]) -> list[tuple[str, StoredLeaf]]:
        """(SHA-256, leaf) of these certificates; one has several leaves where two captures recorded it at once."""
        leaves = self._leaves("kind = 'certificate' ORDER BY idx") if digests else []
        named = ((leaf.uri.rpartition(":")[2], leaf) for leaf in leaves)
        return [(digest, leaf) for digest, leaf in named if digest in digests]

    def same_content(self, payloads: Iterable[str], texts: Iterable[str]) -> set[str]:
        """The ids of all snapshots that have one of these payloads or texts (SHA-256, hex)."""
        found = {row[0] for p in payloads for row in self._all("SELECT id FROM snapshots WHERE payload_sha256 = ?", p)}
        wanted = set(texts)
        found |= {name for name, digest in self._all("SELECT snapshot, sha256 FROM texts") if digest in wanted}
        return {str(name) for name in found}

    def _ids(self, table: str, column: str, leaves: set[int]) -> list[tuple[object]]:
        rows = self._connection.conn.execute(f"SELECT id, {column} FROM {table}")  # noqa: S608
        return [(name,) for name, leaf in rows if leaf in leaves]

    def _leaves(self, where: str, *values: object) -> list[StoredLeaf]:
        rows = self._all(f"SELECT * FROM leaves WHERE {where}", *values)  # noqa: S608
        return [self._value(leaf_of_row, row) for row in rows]

    def differs(self, erasures: Sequence[tuple[int, Tombstone]]) -> bool:
        """Whether it says of erasures something else than these tombstones, each given with its leaf, in order."""
        for table, rows in erasure_rows(erasures):
            wanted = {row[0]: row for row in reversed(rows)}  # of two that name the same the first is kept
            if sorted(wanted.values()) != self._all(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608
                return True
        return False


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("no number")
    return value


def forget_runs(path: Path) -> None:
    """Empties the list of runs in ``state.db``: each names a list of URLs by its digest, and a list of one URL can be guessed."""
    if not path.is_file():
        return
    try:
        with closing(sqlite3.connect(path, timeout=30.0)) as connection:
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone():
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("DELETE FROM runs")
                connection.commit()
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise unemptied(error, path) from error
