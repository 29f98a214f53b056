"""The index over everything recorded: found quickly here, proved elsewhere. It can be thrown away and made again."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archiver.catalogue import schema
from archiver.errors import AmbiguousId, ArchiveError, UnknownId
from archiver.model import Layer, Notice, PageInfo, Quote, Snapshot, Span, StoredLeaf, StoredText

_BUSY_SECONDS = 60.0
_LARGEST = 2**63
_LEAF_COLUMNS = frozenset({"leaf", "capture_leaf", "response_leaf"})
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


class UnusableCatalogue(ArchiveError):
    """The catalogue is damaged, no catalogue, or of another version: it has to be made again."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What one batch adds to the catalogue. ``snapshots`` go with their SURT; ``certificates`` are (sha256, leaf)."""

    leaves: tuple[StoredLeaf, ...] = ()
    snapshots: tuple[tuple[Snapshot, str], ...] = ()
    quotes: tuple[Quote, ...] = ()
    certificates: tuple[tuple[str, int], ...] = ()


class Catalogue:
    """One connection, shared by the threads of a process under a lock. ``path`` None keeps it in memory."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self._lock = threading.RLock()
        self._path = path
        try:
            if path is None:
                self._connection = sqlite3.connect(":memory:", check_same_thread=False)
            elif read_only:
                address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
                self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            else:
                self._connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._error(error) from error
        self._db = Database(self._connection)
        try:
            if path is not None and not read_only:
                self._write_ahead()
                self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.execute(f"PRAGMA busy_timeout={int(_BUSY_SECONDS * 1000)}")
            if not read_only:
                schema.migrations.apply(self._db)
            fault = schema.fault(self._db)
        except sqlite3.Error as error:
            self._connection.close()
            raise self._error(error) from error
        if fault:
            self._connection.close()
            raise UnusableCatalogue(f"The catalogue {path} cannot be used: {fault}; `archiver rebuild` makes it again.")

    def _error(self, error: sqlite3.Error) -> ArchiveError:
        name = self._path or "in memory"
        code = getattr(error, "sqlite_errorcode", None)
        kind = UnusableCatalogue if code is not None and code & 0xFF in _UNUSABLE else ArchiveError
        return kind(f"The catalogue {name} cannot be used ({error}); `archiver rebuild` makes it again.")

    def _write_ahead(self) -> None:
        """Turns the log beside the file on. On a fresh file SQLite itself does not wait for others who are doing the same."""
        end = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)
            else:
                return

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def add(self, rows: Rows) -> None:
        """Adds a batch in one transaction, durable on return. What is recorded twice (the same member) keeps its first rows."""
        with self._lock:
            try:
                with self._db.atomic():
                    for table, values in _table_rows(rows):
                        self._insert(table, values)
            except sqlite3.Error as error:
                raise self._error(error) from error

    def size(self) -> int:
        """How many leaves it knows: the log's size where it is up to date."""
        return int(self._one("SELECT coalesce(max(idx) + 1, 0) FROM leaves")[0])

    def end_of(self, file: str) -> int:
        """The end of the last recorded member of a WARC file; 0 where it has none."""
        last = self.last_of(file)
        return last.offset + last.length if last else 0

    def last_of(self, file: str) -> StoredLeaf | None:
        """The last recorded member of a WARC file, None where it has none."""
        row = self._first("SELECT * FROM leaves WHERE file = ? ORDER BY offset DESC LIMIT 1", file)
        return StoredLeaf(*row) if row else None

    def leaf(self, index: int) -> StoredLeaf:
        return self._leaf("idx = ?", index)

    def leaf_of_record(self, record_id: str) -> StoredLeaf:
        """The leaf of a WARC-Record-ID (angle brackets included); raises UnknownId."""
        return self._leaf("record_id = ?", record_id)

    def leaves(self, kind: str | None = None) -> Iterator[StoredLeaf]:
        """All leaves in order, or those of one kind."""
        where, values = ("AND kind = ?", (kind,)) if kind else ("", ())
        at = 0
        while True:  # in pieces: a large archive's leaves do not fit into memory at once
            rows = self._all(f"SELECT * FROM leaves WHERE idx >= ? {where} ORDER BY idx LIMIT 5000", at, *values)  # noqa: S608
            for row in rows:
                yield StoredLeaf(*row)
            if len(rows) < 5000:
                return
            at = rows[-1][0] + 1

    def places(self) -> Iterator[tuple[int, str, str, int]]:
        """(index, SHA-256 of the member, file, offset) of every leaf, in order; the file is empty where the member is nowhere."""
        at = -1
        while rows := self._all(
            "SELECT idx, sha256, file, offset FROM leaves WHERE idx > ? ORDER BY idx LIMIT 5000", at
        ):
            yield from rows
            at = rows[-1][0]

    def members_of(self, file: str) -> list[StoredLeaf]:
        """The leaves whose members lie in one WARC file, by offset."""
        return [StoredLeaf(*row) for row in self._all("SELECT * FROM leaves WHERE file = ? ORDER BY offset", file)]

    def certificate_known(self, sha256: str) -> bool:
        return self._first("SELECT 1 FROM certificates WHERE sha256 = ?", sha256) is not None

    def snapshot(self, prefix: str) -> Snapshot:
        """The snapshot whose id begins so; raises UnknownId or AmbiguousId."""
        return self._snapshot(self._id("snapshots", prefix))

    def quote(self, prefix: str) -> Quote:
        """The quote whose id begins so; raises UnknownId or AmbiguousId."""
        row = self._first("SELECT * FROM quotes WHERE id = ?", self._id("quotes", prefix))
        return _quote(row or ())

    def latest(self, surt: str) -> Snapshot | None:
        """The newest snapshot of a URL, None where there is none."""
        row = self._first(
            "SELECT id FROM snapshots WHERE surt = ? ORDER BY captured_at DESC, capture_leaf DESC LIMIT 1", surt
        )
        return self._snapshot(row[0]) if row else None

    def latest_good(self, surt: str) -> Snapshot | None:
        """The newest snapshot of a URL that shows the page: whole, not refused, no wall."""
        row = self._first(
            "SELECT id FROM snapshots WHERE surt = ? AND wall IS NULL AND complete = 1 AND status BETWEEN 200 AND 203 "
            "ORDER BY captured_at DESC, capture_leaf DESC LIMIT 1",
            surt,
        )
        return self._snapshot(row[0]) if row else None

    def snapshots_of(self, surt: str) -> list[Snapshot]:
        """Every snapshot of a URL, oldest first."""
        rows = self._all("SELECT id FROM snapshots WHERE surt = ? ORDER BY captured_at, capture_leaf", surt)
        return [self._snapshot(row[0]) for row in rows]

    def with_payload(self, sha256: str) -> Snapshot | None:
        """The oldest snapshot that holds this payload itself (a revisit does not)."""
        row = self._first(
            "SELECT id FROM snapshots WHERE payload_sha256 = ? AND revisit_of IS NULL AND truncated IS NULL "
            "ORDER BY capture_leaf LIMIT 1",
            sha256,
        )
        return self._snapshot(row[0]) if row else None

    def snapshots(self, limit: int | None = None) -> list[Snapshot]:
        """Snapshots, newest first."""
        rows = self._all(
            "SELECT id FROM snapshots ORDER BY captured_at DESC, capture_leaf DESC LIMIT ?",
            -1 if limit is None else limit,
        )
        return [self._snapshot(row[0]) for row in rows]

    def captured_since(self, leaf: int) -> set[str]:
        """The URLs, as asked for, of all snapshots recorded from a leaf of the log on."""
        return {row[0] for row in self._all("SELECT url FROM snapshots WHERE capture_leaf >= ?", leaf)}

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
        return [_quote(row) for row in rows]

    def unlike(self, rows: Rows) -> str | None:
        """The id of a snapshot or quote among the rows that is stored otherwise or not at all; leaf numbers do not count."""
        for table, values in _table_rows(rows):
            if table not in ("snapshots", "quotes"):
                continue
            kept = [at for at, name in enumerate(schema.columns()[table]) if name not in _LEAF_COLUMNS]
            for row in values:
                found = self._first(f"SELECT * FROM {table} WHERE id = ?", row[0])  # noqa: S608
                if found is None or any(found[at] != row[at] for at in kept):
                    return str(row[0])
        for snapshot, _ in rows.snapshots:
            stored = self._all("SELECT * FROM texts WHERE snapshot = ? ORDER BY position", snapshot.id)
            if [row[:3] + row[4:] for row in stored] != [row[:3] + row[4:] for row in _text_rows(snapshot)]:
                return snapshot.id
        return None

    def dump(self) -> Iterator[str]:
        """Every row of every table as text in a fixed order: two catalogues with the same dump say the same."""
        for table in schema.TABLES:
            for row in self._all(f"SELECT * FROM {table} ORDER BY 1, 2"):  # noqa: S608
                yield f"{table} {json.dumps(row, ensure_ascii=False)}"

    def _id(self, table: str, prefix: str) -> str:
        low, high = prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)
        rows = self._all(f"SELECT id FROM {table} WHERE id >= ? AND id < ? LIMIT 3", low, high)  # noqa: S608
        if not rows:
            raise UnknownId(f"No {table[:-1]} has the id {prefix}; `archiver list` shows what is there.")
        if len(rows) > 1 and rows[0][0] != prefix:
            some = ", ".join(row[0][:20] for row in rows)
            raise AmbiguousId(f"Several {table} begin with {prefix} ({some} ...); give more of the id.")
        return str(rows[0][0])

    def _snapshot(self, snapshot_id: str) -> Snapshot:
        row = self._first(
            "SELECT s.*, l.file, l.offset, l.record_id FROM snapshots s LEFT JOIN leaves l ON l.idx = s.response_leaf WHERE s.id = ?",
            snapshot_id,
        )
        texts = self._all(
            "SELECT layer, leaf, sha256, characters, extractor, version, complete, why, unseen FROM texts WHERE snapshot = ? "
            "ORDER BY position",
            snapshot_id,
        )
        return _snapshot(row or (), texts)

    def _leaf(self, where: str, value: object) -> StoredLeaf:
        row = self._first(f"SELECT * FROM leaves WHERE {where}", value)  # noqa: S608
        if row is None:
            raise UnknownId(f"The log has no leaf {value}.")
        return StoredLeaf(*row)

    def _insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            verb = "INSERT" if table == "leaves" else "INSERT OR IGNORE"
            self._connection.executemany(f"{verb} INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise self._error(error) from error

    def _first(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _one(self, sql: str, *values: object) -> tuple[Any, ...]:
        return self._all(sql, *values)[0]


def storable(rows: Rows) -> bool:
    """Whether SQLite takes every value: no lone surrogates, no numbers beyond 64 bits, nothing but text and numbers."""
    return all(_fits(value) for _, values in _table_rows(rows) for row in values for value in row)


def _fits(value: object) -> bool:
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
        return True
    return value is None or isinstance(value, float)


def _table_rows(rows: Rows) -> list[tuple[str, list[tuple[object, ...]]]]:
    return [
        ("leaves", [_leaf_row(leaf) for leaf in rows.leaves]),
        ("snapshots", [_snapshot_row(snapshot, surt) for snapshot, surt in rows.snapshots]),
        ("texts", [row for snapshot, _ in rows.snapshots for row in _text_rows(snapshot)]),
        ("quotes", [_quote_row(quote) for quote in rows.quotes]),
        ("certificates", [*rows.certificates]),
    ]


def _notices(text: str) -> tuple[Notice, ...]:
    return tuple(Notice(**item) for item in json.loads(text))


def _leaf_row(leaf: StoredLeaf) -> tuple[object, ...]:
    return tuple(getattr(leaf, name) for name in StoredLeaf.__slots__)


def _snapshot_row(snapshot: Snapshot, surt: str) -> tuple[object, ...]:
    info = snapshot.info
    return (
        snapshot.id, snapshot.capture_leaf, snapshot.response_leaf, snapshot.url, surt, snapshot.final_url, snapshot.captured_at,
        snapshot.status, snapshot.media_type, snapshot.payload_sha256, info.title, json.dumps(info.authors, ensure_ascii=False),
        info.published, info.modified, info.site_name, info.language, info.canonical, snapshot.etag, snapshot.last_modified,
        snapshot.revisit_of, snapshot.truncated, int(snapshot.complete),
        json.dumps(snapshot.wall.to_json(), ensure_ascii=False) if snapshot.wall else None,
        json.dumps([notice.to_json() for notice in snapshot.warnings], ensure_ascii=False),
    )  # fmt: skip


def _snapshot(row: Sequence[Any], texts: Sequence[Sequence[Any]]) -> Snapshot:
    (snapshot_id, capture_leaf, response_leaf, url, _, final_url, captured_at, status, media_type, payload_sha256, title, authors,
     published, modified, site_name, language, canonical, etag, last_modified, revisit_of, truncated, complete, wall, warnings,
     file, offset, record_id) = row  # fmt: skip
    return Snapshot(
        id=snapshot_id, url=url, final_url=final_url, captured_at=captured_at, status=status, media_type=media_type,
        payload_sha256=payload_sha256, warc_file=file or "", warc_offset=offset or 0, warc_record_id=record_id or "",
        capture_leaf=capture_leaf, response_leaf=response_leaf,
        info=PageInfo(title, tuple(json.loads(authors)), published, modified, site_name, language, canonical),
        texts=tuple(_text(text) for text in texts), complete=bool(complete), truncated=truncated,
        wall=Notice(**json.loads(wall)) if wall else None, warnings=_notices(warnings), revisit_of=revisit_of, etag=etag,
        last_modified=last_modified,
    )  # fmt: skip


def _text_rows(snapshot: Snapshot) -> Iterator[tuple[object, ...]]:
    for position, text in enumerate(snapshot.texts):
        unseen = json.dumps([[span.start, span.end] for span in text.unseen])
        yield (
            snapshot.id, position, text.layer.value, text.leaf, text.sha256, text.characters, text.extractor, text.version,
            int(text.complete), text.why, unseen,
        )  # fmt: skip


def _text(row: Sequence[Any]) -> StoredText:
    layer, leaf, sha256, characters, extractor, version, complete, why, unseen = row
    spans = tuple(Span(start, end) for start, end in json.loads(unseen))
    return StoredText(Layer(layer), leaf, sha256, characters, extractor, version, bool(complete), why, spans)


def _quote_row(quote: Quote) -> tuple[object, ...]:
    return (
        quote.id, quote.leaf, quote.snapshot, quote.url, quote.text, quote.verdict, quote.layer, quote.created_at,
        quote.speaker, quote.note, json.dumps(quote.judged, ensure_ascii=False),
    )  # fmt: skip


def _quote(row: Sequence[Any]) -> Quote:
    quote_id, leaf, snapshot, url, text, verdict, layer, created_at, speaker, note, judged = row
    return Quote(quote_id, leaf, snapshot, url, text, verdict, layer, created_at, speaker, note, json.loads(judged))
