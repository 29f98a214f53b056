"""The record of a list with a tag, made once a run over it has ended (or was interrupted): first the rows, then the report that names them.

What came of an address is read from the catalogue: its last capture since the run began, by whichever process. What failed is known to the
run alone; of an address that an interrupted run did not come to again, the last report of the same run still knows why.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping

from archiver import clock
from archiver.archive import Archive
from archiver.bulk import ListRun, Outcome, Refused, Wanted
from archiver.catalogue.cohorts import CapturedRow
from archiver.cohorts.reading import rows_of
from archiver.errors import (
    ArchiverError,
    BadAnswer,
    BadCertificate,
    BlockedAddress,
    DamagedArchive,
    InputError,
    NameNotFound,
    NameUnanswered,
    NoMemento,
    ProxyFailed,
    TimedOut,
    TooManyRedirects,
)
from archiver.model import CohortReport, CohortRow, RowCounts, RowOutcome, StoredCohort, StoredLeaf
from archiver.model.cohort import CohortPart, CohortPolicy, outcome_of, rows_block
from archiver.model.kinds import COHORT, COHORT_ROWS
from archiver.printable import shorten
from archiver.urls import normalise, page_key, redact_userinfo
from archiver.version import TOOL
from archiver.warc import Member, Record, seal

ROWS = 100
"""Rows of one record: an erasure takes out a whole record."""

_AT_ONCE = 64  # records of one commit: what is kept in memory of a list
_DETAIL, _TEXT = 300, 200

_CODES: tuple[tuple[type[ArchiverError], str], ...] = (
    (BlockedAddress, "blocked-address"),
    (InputError, "bad-address"),
    (NameUnanswered, "name-unanswered"),
    (NameNotFound, "name-not-found"),
    (TimedOut, "time-out"),
    (ProxyFailed, "proxy-failed"),
    (BadCertificate, "bad-certificate"),
    (TooManyRedirects, "too-many-redirects"),
    (BadAnswer, "bad-answer"),
    (NoMemento, "no-copy"),
)


class Failures:
    """Collects what failed in a run, by address: code, sentence and time. What was recorded is in the archive, and is not kept here."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, str, str]] = {}

    def add(self, outcome: Outcome) -> None:
        """What became of one address."""
        error = outcome.error
        if error is None:
            return
        code = next((code for kind, code in _CODES if isinstance(error, kind)), "unreachable")
        self._found[normalise(outcome.wanted.url)] = (code, shorten(str(error), _DETAIL), clock.stamp())

    def row(self, line: int, url: str) -> CohortRow | None:
        """What kept an address from being recorded, None where nothing is known to."""
        found = self._found.get(url)
        return None if found is None else _failed(line, url, *found)


def record_cohort(run: ListRun, tag: str, failures: Failures, policy: CohortPolicy) -> StoredCohort:
    """Records what came of a run's whole list, durably; what earlier runs that it took up recorded is part of it.

    Raises ArchiveError where it cannot be recorded: then the same call (or the same list, captured again) makes it.
    """
    archive, given = run.archive, run.urls
    extractors: Counter[str] = Counter()
    parts: list[CohortPart] = []
    waiting: list[tuple[Member, RowCounts]] = []
    for rows in _windows(_rows(run, failures, _told_before(run, tag))):
        taken = [row.snapshot for row in rows if row.snapshot]
        extractors.update(dict(archive.catalogue.cohorts.extractors(taken)))
        waiting.append((_member(COHORT_ROWS, rows_block(rows)), RowCounts.of_rows(rows)))
        if len(waiting) == _AT_ONCE:
            parts += _record(archive, waiting)
    parts += _record(archive, waiting)
    now = clock.stamp()
    report = CohortReport(
        tag, now, run.began, run.first_leaf, given.given, given.digest, len(given.wanted), given.repeated,
        RowCounts.total(part.counts for part in parts), policy, TOOL, tuple(sorted(extractors.items())), tuple(parts),
    )  # fmt: skip
    (leaf,) = archive.record([_member(COHORT, report.block(), now)])
    return StoredCohort(f"h-{leaf.sha256}", leaf.index, report)


def _member(kind: str, block: bytes, time: str | None = None) -> Member:
    uri = f"urn:archiver:{kind}:{uuid.uuid4()}"
    return seal(Record(kind, "metadata", uri, time or clock.stamp(), "application/json", block))


def _record(archive: Archive, waiting: list[tuple[Member, RowCounts]]) -> list[CohortPart]:
    leaves: list[StoredLeaf] = archive.record([member for member, _ in waiting]) if waiting else []
    parts = [CohortPart(leaf.index, leaf.sha256, counts) for leaf, (_, counts) in zip(leaves, waiting, strict=True)]
    waiting.clear()
    return parts


def _windows(rows: Iterator[CohortRow]) -> Iterator[list[CohortRow]]:
    window: list[CohortRow] = []
    for row in rows:
        window.append(row)
        if len(window) == ROWS:
            yield window
            window = []
    if window:
        yield window


def _rows(run: ListRun, failures: Failures, before: Mapping[str, CohortRow]) -> Iterator[CohortRow]:
    """One row for each address and each line that is none, in the order of the list."""
    lines: list[Wanted | Refused] = sorted([*run.urls.wanted, *run.urls.refused], key=lambda item: item.line)
    for item in lines:
        if isinstance(item, Refused):
            text = shorten(redact_userinfo(item.text), _TEXT)
            yield CohortRow(item.line, text, RowOutcome.REFUSED, reason="no-address", detail=shorten(item.why, _DETAIL))
            continue
        url = normalise(item.url)
        captured = _captured(run, url)
        yield (
            _recorded(item.line, url, captured)
            if captured
            else (
                failures.row(item.line, url)
                or before.get(url)
                or CohortRow(item.line, url, RowOutcome.UNTRIED, reason="not-tried")
            )
        )


def _captured(run: ListRun, url: str) -> CapturedRow | None:
    found = run.archive.catalogue.cohorts.captured_since(page_key(url), run.first_leaf)
    return next((row for row in found if row.url == url), None)


def _recorded(line: int, url: str, row: CapturedRow) -> CohortRow:
    outcome, _ = outcome_of(row.status, row.wall, row.cut)
    return CohortRow(line, url, outcome, row.id, row.captured_at, row.status, row.wall, row.cut, row.origin)


def _failed(line: int, url: str, code: str, detail: str, time: str) -> CohortRow:
    return CohortRow(line, url, RowOutcome.FAILED, reason=code, detail=detail, tried_at=time)


def _told_before(run: ListRun, tag: str) -> dict[str, CohortRow]:
    """What the last report of this run says of addresses that failed: they need not have been tried again since."""
    same = (tag, run.urls.digest, run.first_leaf)
    for stored in reversed(run.archive.catalogue.cohorts.of_tag(tag)):
        if stored.report.run == same:
            try:
                rows = rows_of(run.archive, stored.report)
                return {row.url: row for row in rows if row.outcome is RowOutcome.FAILED and not row.snapshot}
            except DamagedArchive:
                return {}  # `verify` says what is wrong; the addresses are untried then
    return {}
