"""The later looks at sources, and which sources there are to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archiver.catalogue.connection import Connection
from archiver.catalogue.rows import Row, quote_of_row, recheck_of_row
from archiver.model import Quote, StoredRecheck


class Rechecks:
    """The part of a catalogue that is about rechecks; it shares the catalogue's connection. A page is named by its key (`urls.page_key`)."""

    def __init__(self, connection: Connection, find: Callable[[str, str], str]) -> None:
        self._all, self._value = connection.all, connection.value
        self._find = find

    def recheck(self, prefix: str) -> StoredRecheck:
        """The recheck whose id begins so; raises UnknownId or AmbiguousId."""
        return self._stored(self._all("SELECT * FROM rechecks WHERE id = ?", self._find("rechecks", prefix)))[0]

    def of(self, key: str) -> list[StoredRecheck]:
        """Those of a page, in the order of the log."""
        return self._stored(self._all("SELECT * FROM rechecks WHERE surt = ? ORDER BY leaf", key))

    def last(self, key: str) -> StoredRecheck | None:
        """The newest of a page, None where there is none."""
        found = self._stored(self._all("SELECT * FROM rechecks WHERE surt = ? ORDER BY leaf DESC LIMIT 1", key))
        return found[0] if found else None

    def last_seen(self, key: str, before: int | None = None) -> StoredRecheck | None:
        """The newest of a page (``before`` a leaf) in which quotations of it were held against a text, None where there is none."""
        found = self._stored(
            self._all(
                "SELECT * FROM rechecks WHERE surt = ? AND snapshot IS NOT NULL AND drift NOT IN ('gone', 'restricted', 'unreachable') "
                "AND (? IS NULL OR leaf < ?) ORDER BY leaf DESC LIMIT 1",
                key,
                before,
                before,
            )
        )
        return found[0] if found else None

    def since(self, leaf: int, limit: int | None = None) -> list[StoredRecheck]:
        """All from a leaf of the log on, in its order."""
        sql = "SELECT * FROM rechecks WHERE leaf >= ? ORDER BY leaf LIMIT ?"
        return self._stored(self._all(sql, leaf, -1 if limit is None else limit))

    def pages_since(self, leaf: int) -> set[str]:
        """The keys of the pages that were rechecked from a leaf of the log on."""
        return {str(row[0]) for row in self._all("SELECT DISTINCT surt FROM rechecks WHERE leaf >= ?", leaf)}

    def quotes_of_page(self, key: str) -> list[Quote]:
        """All quotes of a page, whatever snapshot they are anchored in, in the order in which they were recorded."""
        rows = self._all(
            "SELECT q.* FROM snapshots s JOIN quotes q ON q.snapshot = s.id WHERE s.surt = ? ORDER BY q.leaf", key
        )
        return [self._value(quote_of_row, row) for row in rows]

    def cited(self) -> list[str]:
        """One address for each page that has quotes, in the order in which they were first quoted: that of its newest snapshot."""
        rows = self._all(
            "SELECT (SELECT n.url FROM snapshots n WHERE n.surt = s.surt ORDER BY n.capture_leaf DESC LIMIT 1) "
            "FROM quotes q JOIN snapshots s ON s.id = q.snapshot GROUP BY s.surt ORDER BY min(q.leaf)"
        )
        return [str(row[0]) for row in rows]

    def _stored(self, rows: list[Row] | list[tuple[Any, ...]]) -> list[StoredRecheck]:
        return [self._value(recheck_of_row, row) for row in rows]
