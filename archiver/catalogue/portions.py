"""Portions of a catalogue that is only read, for processes that compare one together: with SQLite alone, since they should start soon."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from archiver.catalogue.assets import LISTED_BETWEEN
from archiver.catalogue.rows import LEAF_TYPES, Row, check_file, leaves_of, sum_of_rows
from archiver.catalogue.spelling import with_leaves
from archiver.errors import MISSHAPEN, ArchiveError

_PER_QUESTION = 1000
_BY_ID = {"q": "quotes", "r": "rechecks", "c": "corroborations", "h": "cohorts"}


class Portions:
    """``answer`` gives all rows of the answer to a question. Raises what that raises, and one of MISSHAPEN for rows that `archiver` did not write."""

    def __init__(self, answer: Callable[..., list[Any]]) -> None:
        self._all = answer

    def leaves(self, first: int, end: int) -> list[tuple[Any, ...]]:
        """The leaves from ``first`` on and before ``end``, in order, in columns (`leaf_columns`)."""
        rows = self._all("SELECT * FROM leaves WHERE idx >= ? AND idx < ? ORDER BY idx", first, end)
        return leaf_columns(rows)

    def sums(self, low: str = "", high: str = "g") -> Iterator[tuple[str, bytes]]:
        """The id of every snapshot, and of all else that has one, with a sum over all its rows; of those whose digest lies behind ``low`` up
        to ``high`` (hex)."""
        return ((name, _sum(parts)) for name, parts in self._parts(low, high))

    def sums_by_leaf(
        self, low: str = "", high: str = "g", rows: Counter[str] | None = None
    ) -> Iterator[tuple[int, bytes]]:
        """The same with the leaf of the record that the rows say that they are of, in place of the id; what is no leaf is passed over. To
        ``rows`` is added how many of each table are under those sums."""
        for _, parts in self._parts(low, high):
            leaf = leaves_of(parts)[0]
            if type(leaf) is int:
                if rows is not None:
                    rows.update(table for table, _ in parts)
                yield leaf, _sum(parts)

    def _parts(self, low: str, high: str) -> Iterator[tuple[str, list[tuple[str, Row]]]]:
        yield from self._snapshots(f"s-{low}", f"s-{high}")
        for letter, table in _BY_ID.items():
            after = f"{letter}-{low}"
            while rows := self._some(table, after, f"{letter}-{high}"):
                for row in rows:
                    yield row[0], [(table, row)]
                after = rows[-1][0]

    def _snapshots(self, after: str, last: str) -> Iterator[tuple[str, list[tuple[str, Row]]]]:
        while rows := self._some("snapshots", after, last):
            parts: dict[str, list[tuple[str, Row]]] = {row[0]: [("snapshots", row)] for row in rows}
            texts = "SELECT * FROM texts WHERE snapshot > ? AND snapshot <= ? ORDER BY snapshot, position"
            for table, sql in (("texts", texts), ("listed", LISTED_BETWEEN)):
                for row in self._all(sql, after, rows[-1][0]):
                    if row[0] in parts:
                        parts[row[0]].append((table, row))
            yield from parts.items()
            after = rows[-1][0]

    def _some(self, table: str, after: str, last: str) -> list[Row]:
        sql = f"SELECT * FROM {table} WHERE id > ? AND id <= ? ORDER BY id LIMIT {_PER_QUESTION}"  # noqa: S608
        rows: list[Row] = self._all(sql, after, last)
        return rows


def _sum(parts: list[tuple[str, Row]]) -> bytes:
    return with_leaves(sum_of_rows(parts), leaves_of(parts))


@contextmanager
def portions(path: Path) -> Iterator[Portions]:
    """Those of a catalogue beside which no write-ahead log lies; ArchiveError where it, or a row of it, is none of ours."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            yield Portions(lambda sql, *values: connection.execute(sql, values).fetchall())
    except (sqlite3.Error, *MISSHAPEN) as error:
        raise ArchiveError(f"The catalogue {path} cannot be used ({error}).") from error


def leaf_columns(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """Rows of ``leaves`` in columns, as `StoredLeaf` has its fields; raises one of MISSHAPEN as `leaf_of_row` does for one of them."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(LEAF_TYPES)
    if any(set(map(type, column)) - {wanted} for column, wanted in zip(columns, LEAF_TYPES, strict=True)):
        raise TypeError("no leaf")
    if rows and min(map(min, (columns[0], columns[8], columns[9]))) < 0:
        raise TypeError("no leaf")
    for file in set(columns[7]):
        check_file(file)
    return columns
