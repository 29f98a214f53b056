"""What others saw of pages that this archive has, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archiver.catalogue.rows import corroboration_of_row
from archiver.model import StoredCorroboration


class Corroborations:
    """The part of a catalogue that is about corroborations; it shares the catalogue's connection. All lists are in the order of the log."""

    def __init__(self, ask: Callable[..., list[tuple[Any, ...]]], value: Callable[..., Any]) -> None:
        self._all = ask
        self._value = value

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
