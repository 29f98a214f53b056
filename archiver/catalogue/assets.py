"""Which assets are recorded, and which captures show them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archiver.catalogue.rows import Row, asset_of_row
from archiver.model import StoredAsset

if TYPE_CHECKING:
    from archiver.catalogue.connection import Connection

_LISTED = "SELECT s.id, x.position, a.* FROM snapshots s JOIN shown x ON x.capture = s.capture_leaf JOIN assets a ON a.leaf = x.leaf "
LISTED_BETWEEN = f"{_LISTED} WHERE s.id > ? AND s.id <= ? ORDER BY s.id, x.position"
"""(snapshot, position, row of ``assets``) of all snapshots with ids behind one up to another."""


class Assets:
    """The part of a catalogue that is about assets; it shares the catalogue's connection."""

    def __init__(self, connection: Connection) -> None:
        self._all, self._value = connection.all, connection.value

    def with_payload(self, sha256: str) -> StoredAsset | None:
        """The asset with this payload that was recorded first, None where there is none."""
        return self._first("SELECT * FROM assets WHERE sha256 = ? ORDER BY leaf LIMIT 1", sha256)

    def latest(self, url: str) -> StoredAsset | None:
        """What this address answered with last, None where it is no asset's."""
        return self._first("SELECT * FROM assets WHERE url = ? ORDER BY leaf DESC LIMIT 1", url)

    def of(self, snapshot: str) -> list[StoredAsset]:
        """The assets of a snapshot (its whole id), in the order of its capture record."""
        return [self._value(asset_of_row, row[2:]) for row in self.listed(snapshot)]

    def needed(self, leaves: Collection[int], going: Collection[str]) -> tuple[set[int], set[int]]:
        """Those of the leaves that captures show whose snapshots are not ``going`` (whole ids): as the answer that an asset got, and as
        the payload of one.
        """
        answers, payloads = set[int](), set[int]()
        for leaf in leaves:
            rows = self._all(
                "SELECT s.id, a.leaf FROM assets a JOIN shown x ON x.leaf = a.leaf JOIN snapshots s ON s.capture_leaf = x.capture "
                'WHERE a.leaf = ? OR a."of" = ?',
                leaf,
                leaf,
            )
            for snapshot, answer in rows:
                if snapshot not in going:
                    (answers if answer == leaf else payloads).add(leaf)
        return answers, payloads

    def listed(self, snapshot: str) -> list[Row]:
        """(snapshot, position, row of ``assets``) of one snapshot, in order."""
        return list(self._all(f"{_LISTED} WHERE s.id = ? ORDER BY x.position", snapshot))

    def unlisted(self) -> bool:
        """Whether there is something about assets that no capture lists, or about captures that are not there."""
        return bool(
            self._all(
                "SELECT 1 FROM assets WHERE leaf NOT IN (SELECT leaf FROM shown) "
                "UNION ALL SELECT 1 FROM shown WHERE capture NOT IN (SELECT capture_leaf FROM snapshots) "
                "OR leaf NOT IN (SELECT leaf FROM assets) LIMIT 1"
            )
        )

    def _first(self, sql: str, value: str) -> StoredAsset | None:
        rows = self._all(sql, value)
        return self._value(asset_of_row, rows[0]) if rows else None
