"""The results of a check as CSV: the person's own table, with a verdict to each row."""

from __future__ import annotations

import json
from collections.abc import Sequence

from archiver.bulk import BadRow, Row
from archiver.cli.saying.judged import reasons
from archiver.cli.saying.output import write_out
from archiver.printable import csv_row
from archiver.quoting import Judged
from archiver.quoting.changewords import change_words

OWN = (
    "line",
    "url",
    "quote",
    "verdict",
    "holds",
    "reasons",
    "changes",
    "warnings",
    "snapshot",
    "captured_at",
    "id",
    "error",
)
"""Our columns; the person's come behind them, ``input_`` before those whose name is one of ours."""


class ResultsCsv:
    """Writes the header at once, then a row for each result, to stdout, with what parts cells in the person's own table."""

    def __init__(self, rows: Sequence[Row | BadRow], separator: str) -> None:
        self._separator = separator
        self._theirs = list(dict.fromkeys(name for row in rows for name in row.input))
        self._write([*OWN, *(f"input_{name}" if name in OWN else name for name in self._theirs)])

    def row(self, item: Judged | BadRow) -> None:
        cells = _bad(item) if isinstance(item, BadRow) else _judged(item)
        given = item.input or {}
        self._write([*(cells.get(name) or "" for name in OWN), *(_text(given.get(name)) for name in self._theirs)])

    def _write(self, cells: Sequence[str]) -> None:
        write_out(csv_row(cells, self._separator))


def _bad(item: BadRow) -> dict[str, str | None]:
    return {
        "line": str(item.line),
        "url": item.url,
        "quote": item.quote,
        "verdict": "error",
        "reasons": item.why,
        "error": item.why,
    }


def _judged(item: Judged) -> dict[str, str | None]:
    value = item.to_json()
    return {
        "line": str((item.location or {}).get("line", "")),
        "url": item.url,
        "quote": item.quotation,
        "verdict": value["verdict"],
        "holds": {True: "yes", False: "no", None: ""}[item.holds],
        "reasons": "; ".join(reasons(item.judgement)),
        "changes": "; ".join(
            f"{change.kind.value}: {change_words(change.kind, change.in_quote, change.in_source)}"
            for change in item.judgement.changes
        ),
        "warnings": "; ".join(notice.code for notice in item.judgement.warnings),
        "snapshot": value["snapshot"],
        "captured_at": value["captured_at"],
        "id": value["id"],
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
