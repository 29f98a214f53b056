"""The column of a spreadsheet that holds web addresses: .csv and .tsv with commas, semicolons or tabs, with a header or without."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.errors import InputError
from archiver.urls import for_display

_TABLES = (".csv", ".tsv")
_SEPARATORS = (",", ";", "\t")
_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_SEPARATOR_SAID = re.compile(r"\Asep=.(?=[\r\n])", re.IGNORECASE)
"""A first line that Excel writes and reads; an empty one is left, so that the lines keep their numbers."""

_MOST_NAMED = 5  # columns in a message


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where an address is wanted, the line (from 1) on which its row begins, and ``why`` the row cannot be read, where it cannot."""

    text: str
    line: int
    why: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Sequence[str]
    line: int
    why: str | None = None


def column_of_addresses(name: str, text: str) -> list[Cell] | None:
    """The cells of the column ``url``, else of the only one with web addresses; empty ones are left out. None where the text is no table.

    A table is what ``name`` says (.csv, .tsv), or what has a column ``url`` beside others in its first line. Its first row is a header unless it
    holds an address itself. Raises InputError where no column, or more than one, may be meant.
    """
    by_name = name.lower().endswith(_TABLES)
    if not by_name and not _names_a_column(text):
        return None
    rows = _rows(_SEPARATOR_SAID.sub("", text, count=1))
    first = rows[0].cells if rows else ()
    has_header = not any(_ADDRESS.match(cell) for cell in first)
    header = [cell.strip() for cell in first] if has_header else [str(number) for number in range(1, len(first) + 1)]
    rows = rows[1:] if has_header else rows
    meant = [number for number, column in enumerate(header) if has_header and column.casefold() == "url"]
    if not meant:
        meant = [
            number
            for number in range(max((len(row.cells) for row in rows), default=0))
            if any(number < len(row.cells) and _ADDRESS.match(row.cells[number]) for row in rows)
        ]
    if len(meant) != 1:
        raise InputError(_which(name, header, meant))
    return [
        Cell(cell, row.line, row.why)
        for row in rows
        if (cell := (row.cells[meant[0]] if meant[0] < len(row.cells) else "").strip()) or row.why
    ]


def _names_a_column(text: str) -> bool:
    first = text.split("\n", 1)[0]
    return any(
        len(cells := first.split(separator)) > 1 and "url" in [cell.strip().strip('"').casefold() for cell in cells]
        for separator in _SEPARATORS
    )


def _rows(text: str) -> list[_Row]:
    """Cut by the separator that makes most rows as long as the first; by none where each line is one cell."""
    best: tuple[float, int] = (0.5, 1)
    found = _cut(text, "\t" if "\t" not in text else "\x1f")
    for separator in _SEPARATORS:
        rows = _cut(text, separator)
        width = len(rows[0].cells) if rows else 0
        alike = sum(len(row.cells) == width for row in rows) / len(rows) if rows else 0.0
        if width > 1 and (alike, width) > best:
            best, found = (alike, width), rows
    return found


def _cut(text: str, separator: str) -> list[_Row]:
    # newline handling is the reader's: a quoted cell may hold line breaks
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[_Row] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error as error:
            rows.append(_Row((), line, f"The row is no CSV ({error})."))
            continue
        if any(cell.strip() for cell in cells):
            rows.append(_Row(cells, line))


def _which(name: str, header: Sequence[str], meant: Sequence[int]) -> str:
    shown = name or "The table"
    if not meant:
        columns = ", ".join(repr(for_display(column, 40)) for column in header[:_MOST_NAMED]) or "none"
        return f"{shown} has no column url, and no web address (https://...) in any other; its columns are: {columns}."
    several = ", ".join(
        repr(for_display(header[number], 40)) if number < len(header) else str(number + 1)
        for number in meant[:_MOST_NAMED]
    )
    return f"{shown} has several columns with web addresses ({several}); name the one that is meant url."
