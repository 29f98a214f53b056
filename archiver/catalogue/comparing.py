"""What a catalogue says of snapshots and quotes, held against their records."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archiver.catalogue import rows as rows_
from archiver.catalogue import schema
from archiver.catalogue.assets import Assets
from archiver.catalogue.connection import Connection
from archiver.catalogue.portions import Portions
from archiver.catalogue.rows import Row, Rows

_LEAF_COLUMNS = frozenset({"leaf", "capture_leaf", "response_leaf", "of"})


class Comparison:
    """Asks a catalogue for its rows, many at once or one by one; `Catalogue` says what the methods give."""

    def __init__(self, connection: Connection, assets: Assets) -> None:
        self._all = connection.all
        self._assets = assets

    def unlike(self, rows: Rows, same_leaf: Callable[[int, int], bool]) -> str | None:
        """The id of the first that is stored otherwise than given, or not at all."""
        for table, values in rows_.table_rows(rows):
            if table not in ("snapshots", "quotes", "rechecks", "corroborations", "cohorts"):
                continue
            for row in values:
                found = self._all(f"SELECT * FROM {table} WHERE id = ?", row[0])  # noqa: S608
                if not found or not _alike(table, found[0], row, same_leaf):
                    return str(row[0])
        for snapshot, _ in rows.snapshots:
            texts = self._all("SELECT * FROM texts WHERE snapshot = ? ORDER BY position", snapshot.id)
            listed = rows_.listed_rows(item for item in rows.assets if item[0].id == snapshot.id)
            for table, stored, wanted in (
                ("texts", texts, list(rows_.text_rows(snapshot))),
                ("listed", self._assets.listed(snapshot.id), listed),
            ):
                if len(stored) != len(wanted) or not all(
                    _alike(table, found, row, same_leaf) for found, row in zip(stored, wanted, strict=True)
                ):
                    return snapshot.id
        return None

    def sums(self) -> Iterator[tuple[str, bytes]]:
        """The id of each with a sum over all its rows."""
        return Portions(self._all).sums()

    def sums_by_leaf(self) -> Iterator[tuple[int, bytes]]:
        """The leaf that each says that it is of, with the same sum."""
        return Portions(self._all).sums_by_leaf()


def _alike(table: str, found: Row, row: Row, same_leaf: Callable[[int, int], bool]) -> bool:
    return all(
        stored == wanted or (name in _LEAF_COLUMNS and type(stored) is int and same_leaf(stored, wanted))
        for name, stored, wanted in zip(_columns(table), found, row, strict=True)
    )


def _columns(table: str) -> tuple[str, ...]:
    columns = schema.columns()
    return ("snapshot", "position", *columns["assets"]) if table == "listed" else columns[table]
