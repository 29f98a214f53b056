"""Tables of quotations: ``.jsonl`` and ``.csv`` with ``url`` and ``quote`` in each row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from archiver.errors import InputError
from archiver.plaintext import read_text
from archiver.quoting import only_marks
from archiver.urls import redact_userinfo

TABLES = (".jsonl", ".csv")
"""Endings of the names of tables."""

_READ = ("url", "quote", "speaker")


@dataclass(frozen=True, slots=True)
class Row:
    """One quotation of a table, the line (from 1) it begins on, and all other columns as they came."""

    url: str
    quote: str
    line: int
    speaker: str | None
    input: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken, and why; with as much of it as is known."""

    line: int
    why: str
    url: str | None = None
    quote: str | None = None
    input: dict[str, Any] = field(default_factory=dict)


def rows_of(pairs: Iterable[tuple[str, str]]) -> list[Row | BadRow]:
    """(URL, quotation) as rows of a table, counted from 1."""
    return [
        BadRow(number, "The quotation is empty.", url, words)
        if only_marks(words)
        else Row(url, words, number, None, {})
        for number, (url, words) in enumerate(pairs, 1)
    ]


def read_table(name: str, data: bytes) -> Iterator[Row | BadRow]:
    """Reads a table by the ending of its name; raises InputError where no row of it can be taken at all."""
    is_jsonl = name.lower().endswith(".jsonl")
    if not is_jsonl and not name.lower().endswith(".csv"):
        raise InputError(f"{name} is no table that can be checked: give a .jsonl or .csv file with url and quote.")
    text = read_text(name, data)
    return _jsonl(text) if is_jsonl else _csv(name, text)


def separator_of(name: str, data: bytes) -> str:
    """What stands between the cells of a table that `read_table` takes; a comma where it has none."""
    return "," if name.lower().endswith(".jsonl") else _header(name, read_text(name, data))[1]


def _jsonl(text: str) -> Iterator[Row | BadRow]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, parse_constant=_no_json)
        except ValueError as error:
            yield BadRow(number, f"The line is no JSON ({error}).")
            continue
        except RecursionError:
            yield BadRow(number, "The line is JSON nested too deep to be read.")
            continue
        if not isinstance(value, dict):
            yield BadRow(number, "The line is no JSON object with url and quote.")
            continue
        yield _row(value, number)


def _no_json(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _csv(name: str, text: str) -> Iterator[Row | BadRow]:
    header, delimiter = _header(name, text)
    # newline handling is the reader's: a quoted field may hold line breaks
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    next(reader)
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(begin, f"The row is no CSV ({error}).")
            continue
        if not any(cells):
            continue
        # a column without a name is what spreadsheets leave at the end
        row = _row({column: cell for column, cell in zip(header, cells, strict=False) if column or cell}, begin)
        if len(cells) != len(header):
            why = f"The row has {len(cells)} cells where the header has {len(header)}."
            row = BadRow(begin, why, row.url, row.quote, row.input)
        yield row


def _header(name: str, text: str) -> tuple[list[str], str]:
    """The names of the columns, those that are read in lower case, and what stands between cells: spreadsheets of many countries
    write semicolons."""
    found: list[str] = []
    why = ""
    for delimiter in (",", ";", "\t"):
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
        except csv.Error as error:
            why = why or f" ({error})"
            continue
        header = _named(cells)
        if {"url", "quote"} <= set(header):
            _refuse_doubles(name, header)
            return header, delimiter
        found = max(found, header, key=len)
    missing = " and ".join(f"no column {column}" for column in ("url", "quote") if column not in found)
    raise InputError(
        f"{name} has {missing} in its first row{why}; its columns are: {', '.join(found)[:200] or 'none'}."
    )


def _named(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower() if cell.strip().lower() in _READ else cell.strip() for cell in cells]


def _refuse_doubles(name: str, header: Sequence[str]) -> None:
    for column in header:
        if column and header.count(column) > 1:
            raise InputError(f"{name} has several columns {column!r}; give each column a name of its own.")


def _encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _row(value: dict[str, Any], line: int) -> Row | BadRow:
    if not _encodable(value):
        return BadRow(line, "The row holds characters that are no Unicode text (lone surrogates).")
    url, quote = _filled(value.get("url")), _filled(value.get("quote"))
    url = redact_userinfo(url.strip()) if url is not None else None
    rest = {name: item for name, item in value.items() if name not in ("url", "quote")}
    if url is None or quote is None:
        return BadRow(line, f"The row has no {'url' if url is None else 'quote'}.", url, quote, rest)
    if only_marks(quote):
        return BadRow(line, "The quote holds nothing but marks of what is left out.", url, quote, rest)
    return Row(url, quote, line, _filled(value.get("speaker")), rest)


def _filled(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
