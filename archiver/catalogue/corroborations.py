"""What others saw of pages that this archive has, too."""

from __future__ import annotations

from archiver.catalogue.connection import Connection
from archiver.catalogue.rows import corroboration_of_row, recheck_of_row
from archiver.model import StoredCorroboration, StoredRecheck


class Corroborations:
    """The part of a catalogue that is about corroborations; it shares the catalogue's connection. All lists are in the order of the log."""

    def __init__(self, connection: Connection) -> None:
        self._all, self._value = connection.all, connection.value

    def of_page(self, key: str) -> list[StoredCorroboration]:
        """Those of a page (`urls.page_key`)."""
        return self._stored("SELECT * FROM corroborations WHERE surt = ? ORDER BY leaf", key)

    def of_look(self, recheck: str) -> list[StoredCorroboration]:
        """Those in which a recheck, by its whole id, was held against what peers saw."""
        return self._stored("SELECT * FROM corroborations WHERE recheck = ? ORDER BY leaf", recheck)

    def of_snapshot(self, snapshot: str) -> list[StoredCorroboration]:
        """Those in which a snapshot, by its whole id, was held against what peers saw."""
        return self._stored(
            "SELECT * FROM corroborations WHERE surt IN (SELECT surt FROM snapshots WHERE id = ?1) AND snapshot = ?1 ORDER BY leaf",
            snapshot,
        )

    def _stored(self, sql: str, *values: object) -> list[StoredCorroboration]:
        return [self._value(corroboration_of_row, row) for row in self._all(sql, *values)]

    def looks_to_tell(self, key: str, leaf: int, limit: int) -> list[StoredRecheck]:
        """The newest rechecks of a page from a leaf of the log on that were news, or made because a peer told of it; the newest first."""
        rows = self._all(
            "SELECT * FROM rechecks r WHERE surt = ? AND leaf >= ? AND (json_extract(told, '$.changed') OR EXISTS "
            "(SELECT 1 FROM corroborations c WHERE c.recheck = r.id AND json_extract(c.told, '$.asked'))) ORDER BY leaf DESC LIMIT ?",
            key, leaf, limit,
        )  # fmt: skip
        return [self._value(recheck_of_row, row) for row in rows]

    def newest_captures(self, key: str, limit: int) -> list[str]:
        """The ids of the snapshots of a page that were fetched here, in the order of the log, the newest first."""
        rows = self._all(
            "SELECT id FROM snapshots WHERE surt = ? AND origin IS NULL ORDER BY capture_leaf DESC LIMIT ?", key, limit
        )
        return [str(row[0]) for row in rows]
