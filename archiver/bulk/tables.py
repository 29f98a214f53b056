"""Tables of quotations: ``.jsonl`` and ``.csv`` with ``url`` and ``quote`` in each row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archiver.errors import InputError
from archiver.urls import redact_userinfo


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
    """A row that could not be taken, and why."""

    line: int
    why: str


def read_table(name: str, data: bytes) -> Iterator[Row | BadRow]:
    """Reads a table by the ending of its name; raises InputError where no row of it can be taken at all."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    if name.endswith(".jsonl"):
        return _jsonl(text)
    if name.endswith(".csv"):
        return _csv(name, text)
    raise InputError(f"{name} is no table that can be checked: give a .jsonl or .csv file with url and quote.")


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
    # newline handling is the reader's: a quoted field may hold line breaks
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise InputError(f"{name} has no header row that can be read ({error}).") from error
    missing = [column for column in ("url", "quote") if column not in header]
    if missing:
        raise InputError(
            f"{name} has no column {' and no column '.join(missing)} in its first row; its columns are: {', '.join(header)[:200]}."
        )
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
        if len(cells) != len(header):
            yield BadRow(begin, f"The row has {len(cells)} cells where the header has {len(header)}.")
            continue
        yield _row(dict(zip(header, cells, strict=True)), begin)


def _encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _row(value: dict[str, Any], line: int) -> Row | BadRow:
    url, quote = value.get("url"), value.get("quote")
    for column, content in (("url", url), ("quote", quote)):
        if not isinstance(content, str) or not content.strip():
            return BadRow(line, f"The row has no {column}.")
    if not _encodable(value):
        return BadRow(line, "The row holds characters that are no Unicode text (lone surrogates).")
    speaker = value.get("speaker")
    rest = {name: item for name, item in value.items() if name not in ("url", "quote")}
    return Row(redact_userinfo(str(url).strip()), str(quote), line, speaker if isinstance(speaker, str) else None, rest)
