"""Many quotations at once: what is missing is captured, each is judged, all are recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archiver import urls
from archiver.archive import Archive
from archiver.bulk.lists import Wanted
from archiver.bulk.snapshots import Outcome, capture_all
from archiver.bulk.tables import BadRow, Row
from archiver.capture import Options
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive, InputError
from archiver.model import Snapshot
from archiver.quoting import Judge, Judged, Quotation, record_quotes, undecided

_WINDOW = 4096


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of a table, and the URLs that have no snapshot yet."""

    rows: tuple[Row | BadRow, ...]
    missing: tuple[Wanted, ...]


def plan(archive: Archive, rows: Sequence[Row | BadRow]) -> Plan:
    """What checking these rows will fetch. A row whose URL is none becomes a bad row."""
    missing: dict[str, Wanted] = {}
    planned: list[Row | BadRow] = []
    for row in rows:
        if isinstance(row, Row):
            try:
                parsed = urls.parse(row.url)
                if parsed.scheme not in ("http", "https"):
                    raise InputError(
                        f"{urls.for_display(row.url)} is no web page's address: only http and https are fetched."
                    )
            except InputError as error:
                planned.append(BadRow(row.line, str(error)))
                continue
            key = urls.page_key(row.url)
            if key not in missing and archive.latest_snapshot(row.url) is None:
                missing[key] = Wanted(row.url, row.line)
        planned.append(row)
    return Plan(tuple(planned), tuple(missing.values()))


def check_rows(
    archive: Archive,
    planned: Plan,
    options: Options | None,
    jobs: int,
    per_host: int,
    progress: Callable[[Outcome], None],
) -> Iterator[Judged | BadRow]:
    """Judges and records the rows, in their order. ``options`` None captures nothing: what is missing is then undecided."""
    errors: dict[str, ArchiverError] = {}
    if options is not None and planned.missing:
        for outcome in capture_all(archive, planned.missing, options, jobs, per_host):
            progress(outcome)
            if outcome.error is not None:
                errors[urls.page_key(outcome.wanted.url)] = outcome.error
    judge = Judge(archive)
    for start in range(0, len(planned.rows), _WINDOW):
        yield from _check_window(archive, judge, planned.rows[start : start + _WINDOW], errors)


def _check_window(
    archive: Archive, judge: Judge, rows: Sequence[Row | BadRow], errors: dict[str, ArchiverError]
) -> Iterator[Judged | BadRow]:
    """One page after another, so that each is prepared once; recorded in one commit; given back in the rows' order."""
    snapshots: dict[str, Snapshot | None] = {}
    for row in rows:
        if isinstance(row, Row) and row.url not in snapshots:
            snapshots[row.url] = archive.latest_snapshot(row.url)
    pages = {url: number for number, url in enumerate(snapshots)}
    places = sorted(
        (at for at, row in enumerate(rows) if isinstance(row, Row)), key=lambda at: pages[_row_at(rows, at).url]
    )
    judged = []
    for at in places:
        row = _row_at(rows, at)
        quotation = Quotation(row.quote, row.speaker)
        judged.append((_judge_row(judge, row, quotation, snapshots[row.url], errors), quotation))
    recorded = dict(zip(places, record_quotes(archive, judged), strict=True))
    for at, row in enumerate(rows):
        yield row if isinstance(row, BadRow) else recorded[at]


def _row_at(rows: Sequence[Row | BadRow], at: int) -> Row:
    row = rows[at]
    if isinstance(row, BadRow):
        raise TypeError("a bad row is not judged")
    return row


def _judge_row(
    judge: Judge, row: Row, quotation: Quotation, snapshot: Snapshot | None, errors: dict[str, ArchiverError]
) -> Judged:
    location = {"line": row.line}
    if snapshot is None:
        error = errors.get(urls.page_key(row.url))
        judgement = undecided(
            "not-captured", str(error) if error else "there is no snapshot of this source, and none was to be taken"
        )
        return Judged(row.quote, row.url, None, judgement, location=location, input=row.input)
    try:
        judged = judge.judge(quotation, snapshot, row.url)
    except DamagedArchive:
        raise  # a damaged archive is the end: no row of it can be trusted
    except ArchiveError as error:
        judged = Judged(row.quote, row.url, snapshot, undecided("unreadable", str(error)))
    return replace(judged, location=location, input=row.input)
