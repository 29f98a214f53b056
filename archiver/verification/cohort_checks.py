"""Lists with a tag, held against the snapshots that they name and their counts against their rows; in few bytes a row."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Protocol

from archiver.model import RowCounts
from archiver.verification.cohortfacts import MARK_BYTES, ReportFacts, RowsFacts

_NONE = bytes(MARK_BYTES)


class CohortLedger(Protocol):
    """What is known of leaves that were verified; ``has_cohorts`` says whether there is any report on a list."""

    @property
    def captures(self) -> Mapping[str, int]: ...
    @property
    def has_cohorts(self) -> bool: ...
    def known(self, index: int, /) -> bool: ...
    def digest(self, index: int, /) -> bytes: ...


class CohortChecks:
    """Takes captures, rows and reports in any order. Where there is no report nothing is kept: rows that nothing names say nothing."""

    def __init__(self, ledger: CohortLedger) -> None:
        self._ledger = ledger
        self._marks = bytearray()  # of captures, by leaf
        self._rows = (array("Q"), bytearray())  # the captures that rows name, and the marks that these must make
        self._parts: dict[int, tuple[RowCounts, int, int]] = {}
        self._reports: list[tuple[int, ReportFacts]] = []

    def take_capture(self, index: int, mark: bytes) -> None:
        if not self._ledger.has_cohorts or len(mark) != MARK_BYTES:
            return
        at = index * MARK_BYTES
        if len(self._marks) < at:
            self._marks.extend(bytes(at - len(self._marks)))
        self._marks[at : at + MARK_BYTES] = mark

    def take_rows(self, index: int, rows: RowsFacts) -> str | None:
        """What is wrong with them already: the snapshots that they name must be in the log."""
        if not self._ledger.has_cohorts:
            return None
        captures, marks = self._rows
        start = len(captures)
        for number, name in enumerate(rows.snapshots):
            leaf = self._ledger.captures.get(name)
            if leaf is None:
                return f"the log does not know the snapshot {name[:14]}"
            captures.append(leaf)
            marks += rows.marks[number * MARK_BYTES : (number + 1) * MARK_BYTES]
        self._parts[index] = (rows.counts, start, len(captures))
        return None

    def take_report(self, index: int, report: ReportFacts) -> str | None:
        """What is wrong with it already: the records of rows that it names must be in the log before it. One that was erased is no fault of it."""
        if not self._ledger.has_cohorts:
            return None
        for part in report.parts:
            if part.leaf >= index:
                return f"it names rows in leaf {part.leaf}, which came after it"
            if self._ledger.known(part.leaf) and self._ledger.digest(part.leaf).hex() != part.sha256:
                return f"leaf {part.leaf} is not the record of rows that it names"
        if len({part.leaf for part in report.parts}) != len(report.parts):
            return "it names a record of rows twice"
        self._reports.append((index, report))
        return None

    def finish(self) -> Iterator[tuple[int, str]]:
        """(leaf, what is wrong), once all were taken; captures and rows that were not read now are passed over."""
        captures, marks = self._rows
        for index, (_, start, end) in self._parts.items():
            for row in range(start, end):
                at = captures[row] * MARK_BYTES
                made = bytes(self._marks[at : at + MARK_BYTES])
                if made not in (b"", _NONE) and made != marks[row * MARK_BYTES : (row + 1) * MARK_BYTES]:
                    yield index, "it says of a snapshot another address, time, status or wall than its capture does"
                    break
        for index, report in self._reports:
            for part in report.parts:
                counts, start, end = self._parts.get(part.leaf, (part.counts, 0, 0))
                if counts != part.counts:
                    yield index, f"its counts are not those of the rows in leaf {part.leaf}"
                elif any(not report.first_leaf <= captures[row] < part.leaf for row in range(start, end)):
                    yield index, f"the rows in leaf {part.leaf} name a snapshot that was not taken in its run"
