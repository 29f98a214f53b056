"""Lists of what is in the catalogue, a page at a time: an archive may hold more than anybody can be shown at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archiver.catalogue import rows as rows_
from archiver.catalogue.connection import Connection
from archiver.model import Quote, StoredLeaf, StoredRecheck

_END = 1 << 62  # no log has so many leaves
_MOST_KNOWN = 10_000  # pages of which the number of quotes is remembered


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is; ``verdicts`` are the quotes of each verdict."""

    snapshots: int
    sources: int
    quotes: int
    verdicts: dict[str, int]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A page: its key (`urls.page_key`), how many snapshots and quotes it has, and when the first and the last were captured."""

    key: str
    snapshots: int
    quotes: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """A snapshot in a list of captures; ``origin`` is the JSON object of it, None where this archiver fetched it."""

    id: str
    captured_at: str
    status: int
    wall: bool
    origin: dict[str, Any] | None


class Listing:
    """The part of a catalogue that is for lists that people leaf through; it shares the catalogue's connection."""

    def __init__(self, connection: Connection) -> None:
        self._all, self._value, self._version = connection.all, connection.value, connection.version
        self._counted: tuple[object, Counts] | None = None
        self._quotes_known: tuple[object, dict[str, int]] = (None, {})

    def counts(self) -> Counts:
        """Of the whole archive; counted once for each state of it."""
        version, kept = self._version(), self._counted
        if kept is None or kept[0] != version:
            self._counted = kept = version, self._count()
        return kept[1]

    def _count(self) -> Counts:
        verdicts = dict(self._all("SELECT verdict, count(*) FROM quotes GROUP BY verdict ORDER BY 1"))
        ((snapshots, sources),) = self._all("SELECT count(*), count(DISTINCT surt) FROM snapshots")
        return Counts(snapshots, sources, sum(verdicts.values()), verdicts)

    def quotes(self, verdicts: Sequence[str] | None, offset: int, limit: int) -> list[Quote]:
        """Quotes of these verdicts (None: of any), the last recorded first."""
        counted = self.counts()
        total = counted.quotes if verdicts is None else sum(counted.verdicts.get(each, 0) for each in {*verdicts})
        here = max(0, min(limit, total - offset))
        if offset > total - offset - here:  # an index is walked over what is left out: from the end that is nearer
            return self._last_quotes(verdicts, _END, here, total - offset - here, order="ASC")
        return self._last_quotes(verdicts, _END, limit, offset)

    def quotes_of(self, key: str, offset: int, limit: int) -> list[Quote]:
        """Quotes of a page, whichever snapshot they stand on, the last recorded first."""
        of_it = "SELECT q.rowid FROM quotes q JOIN snapshots s ON s.id = q.snapshot WHERE s.surt = ? ORDER BY q.leaf DESC LIMIT ? OFFSET ?"
        return self._quotes(of_it, key, limit, offset)

    def quote_counts(self, snapshots: Sequence[str]) -> dict[str, int]:
        """How many quotes stand on each of these snapshots; those that have none are left out."""
        at = ",".join("?" * len(snapshots))
        return dict(
            self._all(f"SELECT snapshot, count(*) FROM quotes WHERE snapshot IN ({at}) GROUP BY 1", *snapshots)  # noqa: S608
        )

    def sources(self, beginning: str, offset: int, limit: int) -> list[SourceRow]:
        """Pages in the order of their keys, those of one site together; only those whose key begins so."""
        return self._sources("surt >= ? AND surt < ?", beginning, beginning + "\U0010ffff", limit, offset)

    def sources_after(self, key: str, limit: int) -> list[SourceRow]:
        """Pages behind a key, in the order of their keys."""
        return self._sources("surt > ?", key, limit, 0)

    def sources_before(self, key: str, limit: int) -> list[SourceRow]:
        """The last pages before a key, in the order of their keys."""
        return self._sources("surt < ?", key, limit, 0, order="DESC")[::-1]

    def source(self, key: str) -> SourceRow | None:
        """One page, None where nothing is recorded of it."""
        rows = self._all("SELECT count(*), min(captured_at), max(captured_at) FROM snapshots WHERE surt = ?", key)
        number, first, last = rows[0]
        return SourceRow(key, number, self._quoted([key]).get(key, 0), first, last) if number else None

    def snapshot_ids(self, key: str, offset: int, limit: int) -> list[str]:
        """The snapshots of a page, the newest first."""
        rows = self._all(
            "SELECT id FROM snapshots WHERE surt = ? ORDER BY captured_at DESC, capture_leaf DESC LIMIT ? OFFSET ?",
            key, limit, offset,
        )  # fmt: skip
        return [row[0] for row in rows]

    def captures(self, key: str) -> list[CaptureRow]:
        """All snapshots of a page, in the order in which they were recorded: little of each, for there may be very many."""
        rows = self._all(
            "SELECT id, captured_at, status, wall IS NOT NULL, origin FROM snapshots WHERE surt = ? ORDER BY capture_leaf",
            key,
        )
        return [self._value(_capture_of_row, row) for row in rows]

    def quotes_below(self, verdicts: Sequence[str] | None, leaf: int, limit: int) -> list[Quote]:
        """Quotes of these verdicts (None: of any) that were recorded before a leaf of the log, the last first."""
        return self._last_quotes(verdicts, leaf, limit, 0)

    def snapshots_below(self, key: str | None, leaf: int, limit: int) -> list[str]:
        """The ids of snapshots (of a page, or of any) that were recorded before a leaf of the log, the last first."""
        where, values = ("surt = ? AND", (key,)) if key is not None else ("", ())
        sql = f"SELECT id FROM snapshots WHERE {where} capture_leaf < ? ORDER BY capture_leaf DESC LIMIT ?"  # noqa: S608
        return [str(row[0]) for row in self._all(sql, *values, leaf, limit)]

    def snapshots_between(self, leaf: int, end: int, limit: int) -> list[tuple[int, str]]:
        """(leaf of the capture, id) of the first snapshots from a leaf of the log on, below another, in its order."""
        rows = self._all(
            "SELECT capture_leaf, id FROM snapshots WHERE capture_leaf >= ? AND capture_leaf < ? ORDER BY capture_leaf LIMIT ?",
            leaf, end, limit,
        )  # fmt: skip
        return [self._value(_place_of_row, *row) for row in rows]

    def count_between(self, leaf: int, end: int) -> int:
        """How many snapshots there are from a leaf of the log on, below another."""
        of_them = "SELECT count(*) FROM snapshots WHERE capture_leaf >= ? AND capture_leaf < ?"
        return int(self._all(of_them, leaf, end)[0][0])

    def key_of(self, snapshot_id: str) -> str | None:
        """The key of the page that a snapshot (its whole id) is of."""
        rows = self._all("SELECT surt FROM snapshots WHERE id = ?", snapshot_id)
        return str(rows[0][0]) if rows else None

    def rechecks_at(self, key: str, snapshots: Sequence[str]) -> list[StoredRecheck]:
        """The rechecks of a page that took one of these snapshots, in the order of the log."""
        at = ",".join("?" * len(snapshots))
        rows = self._all(
            f"SELECT * FROM rechecks WHERE surt = ? AND snapshot IN ({at}) ORDER BY leaf",  # noqa: S608
            key,
            *snapshots,
        )
        return [self._value(rows_.recheck_of_row, row) for row in rows]

    def leaves(self, below: int, limit: int) -> list[StoredLeaf]:
        """Leaves of the log with numbers under ``below``, the last first."""
        rows = self._all("SELECT * FROM leaves WHERE idx < ? ORDER BY idx DESC LIMIT ?", below, limit)
        return [self._value(rows_.leaf_of_row, row) for row in rows]

    def _sources(self, where: str, *values: object, order: str = "") -> list[SourceRow]:
        rows = self._all(
            f"SELECT surt, count(*), min(captured_at), max(captured_at) FROM snapshots WHERE {where} "  # noqa: S608
            f"GROUP BY surt ORDER BY surt {order} LIMIT ? OFFSET ?",
            *values,
        )
        quoted = self._quoted([row[0] for row in rows])
        return [SourceRow(key, number, quoted.get(key, 0), first, last) for key, number, first, last in rows]

    def _quoted(self, keys: Sequence[str]) -> dict[str, int]:
        """How many quotes pages have; counted once for each state of the catalogue, since a page may have thousands of snapshots."""
        version = self._version()
        state, known = self._quotes_known
        if state != version or len(known) > _MOST_KNOWN:
            known = {}
        unknown = [key for key in keys if key not in known]
        at = ",".join("?" * len(unknown))
        sql = f"SELECT s.surt, count(*) FROM snapshots s JOIN quotes q ON q.snapshot = s.id WHERE s.surt IN ({at}) GROUP BY 1"  # noqa: S608
        found = dict(self._all(sql, *unknown)) if unknown else {}
        known.update((key, found.get(key, 0)) for key in unknown)
        self._quotes_known = (version, known)
        return {key: known[key] for key in keys}

    def _last_quotes(
        self, verdicts: Sequence[str] | None, below: int, limit: int, offset: int, order: str = "DESC"
    ) -> list[Quote]:
        """Of each verdict an index has them in order; they are merged, and only those that are wanted are read. ``order`` ``ASC`` leaves out and
        counts from the first recorded."""
        if verdicts is None:
            rows = f"SELECT rowid FROM quotes WHERE leaf < ? ORDER BY leaf {order} LIMIT ? OFFSET ?"  # noqa: S608
            return self._quotes(rows, below, limit, offset)
        if not verdicts:
            return []
        of_one = "SELECT rowid AS at, leaf FROM quotes WHERE verdict = ? AND leaf < ?"
        merged = (
            f"SELECT at FROM ({' UNION ALL '.join([of_one] * len(verdicts))} ORDER BY leaf {order} LIMIT ? OFFSET ?)"  # noqa: S608
        )
        return self._quotes(merged, *(value for each in verdicts for value in (each, below)), limit, offset)

    def _quotes(self, rows: str, *values: object) -> list[Quote]:
        """Those whose rows a query names, the last recorded first."""
        found = self._all(f"SELECT * FROM quotes WHERE rowid IN ({rows}) ORDER BY leaf DESC", *values)  # noqa: S608
        return [self._value(rows_.quote_of_row, row) for row in found]


def _place_of_row(leaf: object, name: object) -> tuple[int, str]:
    if type(leaf) is not int or type(name) is not str:
        raise TypeError
    return leaf, name


def _capture_of_row(row: tuple[Any, ...]) -> CaptureRow:
    name, captured_at, status, wall, origin = row
    return CaptureRow(str(name), str(captured_at), int(status), bool(wall), json.loads(origin) if origin else None)
