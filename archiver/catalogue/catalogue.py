"""The index over everything recorded: found quickly here, proved elsewhere. It can be thrown away and made again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from archiver.catalogue import rows as rows_
from archiver.catalogue import schema
from archiver.catalogue.assets import Assets
from archiver.catalogue.cohorts import Cohorts
from archiver.catalogue.comparing import Comparison
from archiver.catalogue.connection import Connection
from archiver.catalogue.corroborations import Corroborations
from archiver.catalogue.erasures import Erasures
from archiver.catalogue.listing import Listing
from archiver.catalogue.rechecks import Rechecks
from archiver.catalogue.rows import Rows
from archiver.catalogue.together import SNAPSHOT, TEXT, Together, newest
from archiver.errors import AmbiguousId, UnknownId
from archiver.model import Quote, Snapshot, StoredLeaf

_WHOLE_ID = 66  # characters: two and a SHA-256 in hex
_MOST_AT_ONCE = 100  # names in one question
_MANY = 500  # rows of a list that are in memory at once
_MOST = (1 << 63) - 1


class Catalogue:
    """One connection, shared by the threads of a process under a lock. ``path`` None keeps it in memory.

    ``make`` False takes a file only as a whole catalogue and leaves it as it is; whoever makes one, or brings an older one up to
    this version, keeps others away meanwhile.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False, make: bool = True) -> None:
        self.connection = connection = Connection(path, read_only=read_only, make=make)
        self.erasures = Erasures(connection)
        self.assets = Assets(connection)
        self.rechecks = Rechecks(connection, self._id)
        self.corroborations = Corroborations(connection)
        self.cohorts = Cohorts(connection)
        self.listing = Listing(connection)
        self.together = Together(connection)
        self._comparison = Comparison(connection, self.assets)
        self._all, self._first, self._value = connection.all, connection.first, connection.value

    def close(self) -> None:
        self.connection.close()

    def version(self) -> tuple[int, int, int]:
        """Is another one after every change: what was found at a version is found again while that is the same."""
        return self.connection.version()

    def take_over(self, other: Catalogue) -> None:
        """Says from here on what the other one says, and nothing else: one transaction, durable on return."""
        self.connection.take_over(other.connection)

    def add(self, rows: Rows) -> None:
        """Adds a batch in one transaction, durable on return. What is recorded twice (the same member) keeps its first rows."""
        with self.connection.writing() as conn:
            for table, values in rows_.table_rows(rows):
                _insert(conn, table, values)

    def size(self) -> int:
        """How many leaves it knows: the log's size where it is up to date."""
        return int(self._all("SELECT coalesce(max(idx) + 1, 0) FROM leaves")[0][0])

    def end_of(self, file: str) -> int:
        """The end of the last recorded member of a WARC file; 0 where it has none."""
        last = self.last_of(file)
        return last.offset + last.length if last else 0

    def last_of(self, file: str) -> StoredLeaf | None:
        """The last recorded member of a WARC file, None where it has none."""
        row = self._first("SELECT * FROM leaves WHERE file = ? ORDER BY offset DESC LIMIT 1", file)
        return self._value(rows_.leaf_of_row, row) if row else None

    def newest_of(self, kind: str, start: int = 0) -> StoredLeaf | None:
        """The last leaf of a kind, None where none is from leaf ``start`` on."""
        row = self._first("SELECT * FROM leaves WHERE idx >= ? AND kind = ? ORDER BY idx DESC LIMIT 1", start, kind)
        return self._value(rows_.leaf_of_row, row) if row else None

    def last_leaves(self, kinds: Sequence[str], start: int, limit: int) -> Iterator[StoredLeaf]:
        """The last leaves of any of the kinds from leaf ``start`` on, the newest first."""
        # walked from the end: what is looked for is near it, and an index would have all of a kind sorted first
        at, wanted = ",".join("?" * len(kinds)), min(limit, 8)
        sql = (
            f"SELECT * FROM leaves NOT INDEXED WHERE idx >= ? AND idx < ? AND kind IN ({at}) ORDER BY idx DESC LIMIT ?"  # noqa: S608
        )
        below = self.size()
        while limit > 0 and (rows := self._all(sql, start, below, *kinds, wanted)):
            for row in rows:
                yield self._value(rows_.leaf_of_row, row)
            limit, below = limit - len(rows), rows[-1][0]
            wanted = min(limit, 256)

    def leaf(self, index: int) -> StoredLeaf:
        return self._leaf("idx = ?", index)

    def leaf_of_record(self, record_id: str) -> StoredLeaf:
        """The leaf of a WARC-Record-ID (angle brackets included); raises UnknownId."""
        return self._leaf("record_id = ?", record_id)

    def finder(self, record_ids: Iterable[object]) -> Callable[[str], StoredLeaf]:
        """`leaf_of_record` for one who will ask for these: they are looked up in one question, whatever else he asks for one by one."""
        wanted = [name for name in record_ids if isinstance(name, str)][:_MOST_AT_ONCE]
        rows = self._all(f"SELECT * FROM leaves WHERE record_id IN ({','.join('?' * len(wanted))})", *wanted)  # noqa: S608
        leaves = sorted((self._value(rows_.leaf_of_row, row) for row in rows), key=lambda leaf: -leaf.index)
        found = {leaf.record_id: leaf for leaf in leaves}  # the first of those that are of the same record
        return lambda name: found.get(name) or self.leaf_of_record(name)

    def leaves(self, kind: str | None = None) -> Iterator[StoredLeaf]:
        """All leaves in order, or those of one kind."""
        where, values = ("AND kind = ?", (kind,)) if kind else ("", ())
        at = 0
        while True:  # in pieces: a large archive's leaves do not fit into memory at once
            rows = self._all(f"SELECT * FROM leaves WHERE idx >= ? {where} ORDER BY idx LIMIT 5000", at, *values)  # noqa: S608
            for row in rows:
                yield self._value(rows_.leaf_of_row, row)
            if len(rows) < 5000:
                return
            at = rows[-1][0] + 1

    def files(self) -> set[str]:
        """The WARC files that it speaks of."""
        rows = self._all(
            "WITH RECURSIVE f(file) AS (SELECT min(file) FROM leaves UNION ALL SELECT (SELECT min(file) FROM leaves WHERE file > f.file) FROM f "
            "WHERE f.file IS NOT NULL) SELECT file FROM f WHERE file <> ''"
        )
        return {self._value(str, *row) for row in rows}

    def places(self) -> Iterator[tuple[int, str, int]]:
        """(index, file, offset) of every leaf, in order; the file is empty where the member is nowhere."""
        at = -1
        while rows := self._all("SELECT idx, file, offset FROM leaves WHERE idx > ? ORDER BY idx LIMIT 5000", at):
            for row in rows:
                yield self._value(rows_.place_of_row, row)
            at = rows[-1][0]

    def certificate_known(self, sha256: str) -> bool:
        return self._first("SELECT 1 FROM certificates WHERE sha256 = ?", sha256) is not None

    def snapshot(self, prefix: str) -> Snapshot:
        """The snapshot whose id begins so; raises UnknownId or AmbiguousId."""
        # a whole id, of which lists ask often, is one question less
        whole = self._stored_snapshot(prefix) if len(prefix) == _WHOLE_ID else None
        return whole or self._snapshot(self._id("snapshots", prefix))

    def quote(self, prefix: str) -> Quote:
        """The quote whose id begins so; raises UnknownId or AmbiguousId."""
        row = self._first("SELECT * FROM quotes WHERE id = ?", self._id("quotes", prefix))
        return self._value(rows_.quote_of_row, row or ())

    def latest(self, surt: str) -> Snapshot | None:
        """The newest snapshot of a URL, a fetched one before an imported and that before a supplied one; None where there is none."""
        return self._newest(surt, "")

    def latest_good(self, surt: str) -> Snapshot | None:
        """The newest snapshot of a URL that shows the page (whole, not refused, no wall), in the order of `latest`."""
        return self._newest(surt, "AND wall IS NULL AND complete = 1 AND status BETWEEN 200 AND 203")

    def latest_fetched(self, surt: str) -> Snapshot | None:
        """The snapshot of a URL that this archiver captured last by its own clock, None where it never did."""
        row = self._first(
            "SELECT id FROM snapshots WHERE surt = ? AND origin IS NULL ORDER BY captured_at DESC, capture_leaf DESC LIMIT 1",
            surt,
        )
        return self._snapshot(row[0]) if row else None

    def snapshots_of(self, surt: str) -> list[Snapshot]:
        """Every snapshot of a URL, oldest first."""
        rows = self._all("SELECT id FROM snapshots WHERE surt = ? ORDER BY captured_at, capture_leaf", surt)
        return [self._snapshot(row[0]) for row in rows]

    def with_payload(self, sha256: str, status: int) -> Snapshot | None:
        """The newest snapshot that was fetched with this status and holds this payload itself (a revisit does not), its texts drawn from it alone."""
        row = self._first(
            "SELECT id FROM snapshots WHERE payload_sha256 = ? AND status = ? AND revisit_of IS NULL AND truncated IS NULL "
            "AND origin IS NULL AND browser IS NULL ORDER BY capture_leaf DESC LIMIT 1",
            sha256,
            status,
        )
        return self._snapshot(row[0]) if row else None

    def snapshots(self, limit: int | None = None) -> list[Snapshot]:
        """Snapshots, newest first."""
        return list(self.each_snapshot(limit))

    def each_snapshot(self, limit: int | None = None) -> Iterator[Snapshot]:
        """The same, a few of them in memory at once."""
        left, where, values = _MOST if limit is None else limit, "", tuple[object, ...]()
        while left and (
            rows := self._all(
                f"SELECT id, captured_at, capture_leaf FROM snapshots {where} ORDER BY captured_at DESC, capture_leaf DESC LIMIT ?",  # noqa: S608
                *values,
                min(left, _MANY),
            )
        ):
            found = self.together.snapshots([row[0] for row in rows])
            yield from (found[row[0]] for row in rows if row[0] in found)  # one may have been erased meanwhile
            (_, at, leaf), left = rows[-1], left - len(rows)
            where, values = "WHERE captured_at <= ? AND (captured_at < ? OR capture_leaf < ?)", (at, at, leaf)

    def imported_from(self, sha256: str) -> int:
        """How many snapshots were imported with a file of this digest."""
        of_it = "json_extract(origin, '$.kind') = 'imported' AND json_extract(origin, '$.sha256') = ?"
        return int(self._all(f"SELECT count(*) FROM snapshots WHERE {of_it}", sha256)[0][0])  # noqa: S608

    def captured_since(self, leaf: int) -> set[str]:
        """The URLs, as asked for, of all snapshots fetched (from a public archive too) from a leaf of the log on."""
        rows = self._all(
            "SELECT url FROM snapshots WHERE capture_leaf >= ? AND (origin IS NULL OR json_extract(origin, '$.kind') = 'memento')",
            leaf,
        )
        return {row[0] for row in rows}

    def snapshots_since(self, leaf: int) -> list[Snapshot]:
        """All snapshots recorded from a leaf of the log on, in the order of the log."""
        rows = self._all("SELECT id FROM snapshots WHERE capture_leaf >= ? ORDER BY capture_leaf", leaf)
        return [self._snapshot(row[0]) for row in rows]

    def is_fetched(self, snapshot_id: str) -> bool:
        """Whether this archiver captured it itself, by its whole id."""
        return self._first("SELECT 1 FROM snapshots WHERE id = ? AND origin IS NULL", snapshot_id) is not None

    def snapshot_of_record(self, record_id: str) -> Snapshot | None:
        """The snapshot whose response (or revisit, or resource) has this WARC-Record-ID, None where there is none."""
        row = self._first(
            "SELECT s.id FROM leaves l JOIN snapshots s ON s.response_leaf = l.idx WHERE l.record_id = ? ORDER BY l.idx LIMIT 1",
            record_id,
        )
        return self._snapshot(row[0]) if row else None

    def dependents(self, snapshot_id: str) -> list[str]:
        """The ids of the revisits that stand on a snapshot's payload."""
        return [
            row[0]
            for row in self._all("SELECT id FROM snapshots WHERE revisit_of = ? ORDER BY capture_leaf", snapshot_id)
        ]

    def quotes(self, snapshot_id: str | None = None, limit: int | None = None) -> list[Quote]:
        """Quotes in the order in which they were recorded: all, or those of a snapshot."""
        where, values = ("WHERE snapshot = ?", [snapshot_id]) if snapshot_id else ("", [])
        rows = self._all(f"SELECT * FROM quotes {where} ORDER BY leaf LIMIT ?", *values, -1 if limit is None else limit)  # noqa: S608
        return [self._value(rows_.quote_of_row, row) for row in rows]

    def each_quote(self, limit: int | None = None) -> Iterator[Quote]:
        """Quotes, the last recorded first, a few of them in memory at once."""
        left, leaf, of_row = _MOST if limit is None else limit, _MOST, rows_.quote_of_row
        while left and (
            rows := self._all(
                "SELECT leaf, q.* FROM quotes q WHERE leaf < ? ORDER BY leaf DESC LIMIT ?", leaf, min(left, _MANY)
            )
        ):
            yield from (self._value(of_row, row[1:]) for row in rows)
            left, leaf = left - len(rows), rows[-1][0]

    def quotes_of_page(self, surt: str) -> list[Quote]:
        """The quotes of every snapshot of a URL, those of the oldest first, of each in the order in which they were recorded."""
        rows = self._all(
            "SELECT q.* FROM snapshots s JOIN quotes q ON q.snapshot = s.id WHERE s.surt = ? "
            "ORDER BY s.captured_at, s.capture_leaf, q.leaf",
            surt,
        )
        return [self._value(rows_.quote_of_row, row) for row in rows]

    def unlike(self, rows: Rows, same_leaf: Callable[[int, int], bool]) -> str | None:
        """The id of a snapshot or quote among the rows that is stored otherwise or not at all, None where all are as given.

        ``same_leaf`` says whether two leaves are of the same record: one that was recorded twice may be named by either.
        """
        return self._comparison.unlike(rows, same_leaf)

    def named(self, table: str) -> Iterator[tuple[str, int]]:
        """What a table names, with the leaf that it comes from: the ids of snapshots or quotes, the snapshots of texts, digests."""
        name, leaf = schema.NAMED[table]
        at = 0
        while rows := self._all(
            f"SELECT {name}, {leaf}, rowid FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 5000",  # noqa: S608
            at,
        ):
            for row in rows:
                yield self._value(_name_and_leaf, *row[:2])
            at = rows[-1][2]

    def count(self, table: str) -> int:
        """How many rows a table of `named` has."""
        return int(self._all(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608

    def sums(self) -> Iterator[tuple[str, bytes]]:
        """The id of every snapshot and quote with a sum over all its rows, to compare many at once."""
        return self._comparison.sums()

    def sums_by_leaf(self) -> Iterator[tuple[int, bytes]]:
        """The same sums with the leaves that the rows say that they are of."""
        return self._comparison.sums_by_leaf()

    def dump(self) -> Iterator[str]:
        """Every row of every table as text in a fixed order: two catalogues with the same dump say the same."""
        for table in schema.TABLES:
            for row in self._all(f"SELECT * FROM {table} ORDER BY 1, 2"):  # noqa: S608
                yield self._value(lambda table, row: f"{table} {json.dumps(row, ensure_ascii=False)}", table, row)

    def _id(self, table: str, prefix: str) -> str:
        low, high = prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)
        rows = self._all(f"SELECT id FROM {table} WHERE id >= ? AND id < ? LIMIT 3", low, high)  # noqa: S608
        if not rows:
            self.erasures.refuse(prefix)
            shown = "archiver list --quotes" if table == "quotes" else "archiver list"
            raise UnknownId(f"No {table[:-1]} has the id {prefix}; `{shown}` shows what is there.")
        if len(rows) > 1 and rows[0][0] != prefix:
            some = ", ".join(row[0][:20] for row in rows)
            raise AmbiguousId(f"Several {table} begin with {prefix} ({some} ...); give more of the id.")
        return str(rows[0][0])

    def _newest(self, surt: str, where: str) -> Snapshot | None:
        fetched, others = newest("?", where)
        row = self._first(fetched, surt) or self._first(others, surt)
        return self._snapshot(row[0]) if row else None

    def _snapshot(self, snapshot_id: str) -> Snapshot:
        return self._stored_snapshot(snapshot_id) or self._value(rows_.snapshot_of_row, (), ())

    def _stored_snapshot(self, snapshot_id: str) -> Snapshot | None:
        row = self._first(f"{SNAPSHOT} = ?", snapshot_id)
        if row is None:
            return None
        texts = self._all(f"SELECT {TEXT} FROM texts WHERE snapshot = ? ORDER BY position", snapshot_id)  # noqa: S608
        return self._value(rows_.snapshot_of_row, row, texts)

    def _leaf(self, where: str, value: object) -> StoredLeaf:
        row = self._first(f"SELECT * FROM leaves WHERE {where}", value)  # noqa: S608
        if row is None:
            raise UnknownId(f"The log has no leaf {value}.")
        return self._value(rows_.leaf_of_row, row)


def _insert(conn: sqlite3.Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        verb = "INSERT" if table == "leaves" else "INSERT OR IGNORE"
        values = f"({','.join('?' * len(rows[0]))})"
        # a capture that was recorded twice has the rows of its first record only
        source = f"SELECT * FROM (VALUES {values}) WHERE column1 IN (SELECT capture_leaf FROM snapshots)"  # noqa: S608
        conn.executemany(f"{verb} INTO {table} {source if table == 'shown' else f'VALUES {values}'}", rows)


def _name_and_leaf(name: object, leaf: object) -> tuple[str, int]:
    if type(name) is not str or type(leaf) is not int:
        raise TypeError
    return name, leaf
