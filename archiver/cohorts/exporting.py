"""The table of a list with a tag: one row for each line of it in each run, as CSV or Parquet, never all of it in memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from archiver import durable
from archiver.archive import Archive
from archiver.cohorts.reading import CohortRun, rows_of
from archiver.errors import InputError, MissingExtra
from archiver.printable import csv_row

ENDINGS = (".csv", ".parquet")
"""What the name of a table ends with."""

COLUMNS = {
    "tag": "VARCHAR",
    "run": "INTEGER",
    "began": "TIMESTAMPTZ",
    "reported": "TIMESTAMPTZ",
    "line": "BIGINT",
    "address": "VARCHAR",
    "outcome": "VARCHAR",
    "reason": "VARCHAR",
    "detail": "VARCHAR",
    "status": "SMALLINT",
    "snapshot": "VARCHAR",
    "captured_at": "TIMESTAMPTZ",
    "tried_at": "TIMESTAMPTZ",
    "origin": "VARCHAR",
}
"""The columns, in order, with their types in Parquet; empty cells are NULL there."""

Cells = tuple[str | None, ...]

_WILD = re.compile(r"[*?\[]")  # in a path, to duckdb


def export(archive: Archive, runs: Sequence[CohortRun], to: Path) -> int:
    """Writes the table into a file that is not there yet, whole or not at all; returns how many rows it has.

    Raises InputError for a name that ends otherwise or a file that is there or cannot be written, MissingExtra, DamagedArchive.
    """
    ending = to.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"{to} is no table that can be written: name a file that ends with .csv or .parquet.")
    if to.exists():
        raise InputError(f"{to} is there already and is left as it is; name another file.")
    write = _write_parquet if ending == ".parquet" else _write_csv
    try:
        # a folder of our own, which nobody else may enter: duckdb follows a link that lies where it writes
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".archiver-") as folder:
            written = Path(folder).absolute() / f"table{ending}"  # to duckdb "~" at the head is a person's home
            number = write(_rows(archive, runs), written)
            durable.put_in_place(written, to)
    except OSError as error:
        raise InputError(f"{to} cannot be written: {error.strerror or error}.") from error
    return number


def _rows(archive: Archive, runs: Sequence[CohortRun]) -> Iterator[Cells]:
    for run in runs:
        report = run.report
        for row in rows_of(archive, report):
            yield (
                report.tag, str(run.number), report.began, report.time, str(row.line), row.url, row.outcome.value, row.why or None,
                row.detail or None, str(row.status) if row.status else None, row.snapshot or None, row.captured_at or None,
                row.tried_at or None, row.origin or None,
            )  # fmt: skip


def _write_csv(rows: Iterator[Cells], to: Path) -> int:
    """With cells that no spreadsheet takes for formulas."""
    number = 0
    with to.open("x", encoding="utf-8", newline="") as file:
        file.write(csv_row(tuple(COLUMNS)))
        for number, row in enumerate(rows, 1):  # noqa: B007  # the last is how many there are
            file.write(csv_row([cell or "" for cell in row]))
    return number


def _write_parquet(rows: Iterator[Cells], to: Path) -> int:
    """Through a file in which everything is quoted but NULL, which duckdb reads in pieces: the values stay as they were recorded."""
    try:
        import duckdb  # 70 MB, for whoever wants Parquet
    except ImportError as error:
        raise MissingExtra("Parquet needs duckdb: pip install 'archiver[scale]' (or write a .csv file).") from error
    number = 0
    between = to.with_name(f"{to.name}.csv")
    try:
        with between.open("x", encoding="utf-8", newline="") as file:
            for number, row in enumerate(rows, 1):  # noqa: B007  # the last is how many there are
                file.write(",".join("" if cell is None else f'"{_doubled(cell)}"' for cell in row) + "\n")
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
        read = (
            "read_csv(?, header=false, auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', "
            f"allow_quoted_nulls=false, hive_partitioning=false, columns={{{columns}}})"
        )
        target = str(to).replace("'", "''")
        with duckdb.connect(":memory:", config=_CONFIG) as connection:
            connection.execute(
                f"COPY (SELECT * FROM {read}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)",  # noqa: S608  # the name is quoted
                [_WILD.sub(r"[\g<0>]", str(between))],
            )
    except duckdb.Error as error:
        raise InputError(f"The table cannot be written as Parquet ({str(error).splitlines()[0]}).") from error
    finally:
        between.unlink(missing_ok=True)
    return number


_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",  # with one, the rows stay in their order and little is kept
    "memory_limit": "256MB",
    "autoinstall_known_extensions": "false",  # nothing is fetched
    "autoload_known_extensions": "false",
}


def _doubled(cell: str) -> str:
    return cell.replace('"', '""')
