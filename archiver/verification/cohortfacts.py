"""What the records of a list with a tag say of themselves, and of snapshots."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from archiver.archive.indexing import cohort_of
from archiver.catalogue import Rows, sum_of
from archiver.errors import MISSHAPEN, ArchiverError
from archiver.model import CohortRow, RowCounts, StoredLeaf
from archiver.model.cohort import CohortPart, rows_in
from archiver.verification.times import same_second

MARK_BYTES = 8
"""Of a mark: one for each capture and each row is kept, and nobody gains by two alike but who holds the signing key."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The records of rows that a report names, and the log's size when its run began; ``rows`` is the sum over its row in the catalogue."""

    first_leaf: int
    parts: tuple[CohortPart, ...]
    rows: bytes


@dataclass(frozen=True, slots=True)
class RowsFacts:
    """How the rows came out; the ids of the snapshots that they name, and the marks (`MARK_BYTES` each, joined) that these must make."""

    counts: RowCounts
    snapshots: tuple[str, ...]
    marks: bytes


def report_facts(block: bytes, digest: str, time: str) -> ReportFacts | str:
    """The facts of a report, or what is wrong with it; ``digest`` is that of its member, ``time`` that of its leaf."""
    try:
        stored = cohort_of(json.loads(block), StoredLeaf(0, "cohort", digest))
        rows = sum_of(Rows(cohorts=(stored,)))
    except (*MISSHAPEN, ArchiverError) as error:
        return f"its JSON is not that of a report on a list ({error if isinstance(error, ValueError) else type(error).__name__})"
    report = stored.report
    if not same_second(report.time, time):
        return f"it says that it is of {report.time}, and is of {time}"
    return ReportFacts(report.first_leaf, report.parts, rows)


def rows_facts(block: bytes) -> RowsFacts | str:
    """The facts of a record of rows, or what is wrong with it."""
    try:
        rows = rows_in(block)
    except MISSHAPEN as error:
        return f"its JSON is not that of rows of a list ({error if isinstance(error, ValueError) else type(error).__name__})"
    named = [row for row in rows if row.snapshot]
    return RowsFacts(RowCounts.of_rows(rows), tuple(row.snapshot for row in named), b"".join(map(_row_mark, named)))


def capture_mark(name: str, capture: dict[str, Any]) -> bytes:
    """As what a list may tell of a snapshot; empty where its capture has not its shape: then no catalogue has it, and no list names it."""
    wall, origin = capture.get("wall"), capture.get("origin")
    try:
        return _mark(
            name, capture["url"], capture["captured_at"], capture["status"], wall["code"] if wall else "",
            capture.get("truncated") or "", origin["kind"] if origin else "",
        )  # fmt: skip
    except MISSHAPEN:
        return b""


def _row_mark(row: CohortRow) -> bytes:
    return _mark(row.snapshot, row.url, row.captured_at, row.status, row.wall, row.cut, row.origin)


def _mark(*said: object) -> bytes:
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=MARK_BYTES).digest()
