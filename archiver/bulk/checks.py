"""Many quotations at once: what is missing is captured, each is judged, all are recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from archiver import urls
from archiver.archive import Archive
from archiver.bulk.lists import Wanted
from archiver.bulk.snapshots import Outcome, capture_all
from archiver.bulk.tables import BadRow, Row
from archiver.capture import Options
from archiver.errors import ArchiverError, InputError
from archiver.model import Snapshot
from archiver.quoting import (
    Choice,
    Editions,
    Judge,
    Judged,
    Quotation,
    choose,
    judged_or_undecided,
    record_quotes,
    undecided,
)

_WINDOW = 4096


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows of a table, the URLs that have no snapshot yet, and the snapshots that answer for the others: not asked again."""

    rows: tuple[Row | BadRow, ...]
    missing: tuple[Wanted, ...]
    known: tuple[Snapshot, ...] = ()


def plan(archive: Archive, rows: Sequence[Row | BadRow]) -> Plan:
    """What checking these rows will fetch. A row whose URL is none becomes a bad row."""
    missing: dict[str, Wanted] = {}
    known: dict[str, Snapshot] = {}
    planned: list[Row | BadRow] = []
    for row in rows:
        if isinstance(row, Row):
            try:
                urls.parse_page(row.url)
            except InputError as error:
                planned.append(BadRow(row.line, str(error), row.url, row.quote, row.input))
                continue
            key = urls.page_key(row.url)
            if key not in missing and key not in known:
                snapshot = archive.latest_snapshot(row.url)
                if snapshot is None:
                    missing[key] = Wanted(row.url, row.line)
                else:
                    known[key] = snapshot
        planned.append(row)
    return Plan(tuple(planned), tuple(missing.values()), tuple(known.values()))


def check_rows(
    archive: Archive,
    planned: Plan,
    options: Options | None,
    jobs: int,
    per_host: int,
    progress: Callable[[Outcome], None],
) -> Iterator[Judged | BadRow]:
    """Judges and records the rows, in their order. ``options`` None captures nothing: what is missing is then undecided, and so is a row whose
    snapshot is damaged. Raises DamagedArchive where more than that is: the log, or what the disk gives."""
    errors: dict[str, ArchiverError] = {}
    if options is not None and planned.missing:
        with closing(capture_all(archive, planned.missing, options, jobs, per_host)) as outcomes:
            for outcome in outcomes:
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
    choices: dict[str, Choice | None] = {}
    for row in rows:
        if isinstance(row, Row) and row.url not in choices:
            choices[row.url] = choose(archive, row.url)
    pages = {url: number for number, url in enumerate(choices)}
    places = sorted(
        (at for at, row in enumerate(rows) if isinstance(row, Row)), key=lambda at: pages[_row_at(rows, at).url]
    )
    judged = []
    for at in places:
        row = _row_at(rows, at)
        quotation = Quotation(row.quote, row.speaker)
        judged.append((_judge_row(archive, judge, row, quotation, choices[row.url], errors), quotation))
    editions = Editions(archive, judge)
    noted = [
        editions.noted(item, quotation)
        for item, (_, quotation) in zip(record_quotes(archive, judged), judged, strict=True)
    ]
    # as the row has it: the snapshot's address may have the fragment of whoever asked for the page first, or another spelling
    recorded = {at: replace(item, url=_row_at(rows, at).url) for at, item in zip(places, noted, strict=True)}
    for at, row in enumerate(rows):
        yield row if isinstance(row, BadRow) else recorded[at]


def _row_at(rows: Sequence[Row | BadRow], at: int) -> Row:
    row = rows[at]
    if isinstance(row, BadRow):
        raise TypeError("a bad row is not judged")
    return row


def _judge_row(
    archive: Archive,
    judge: Judge,
    row: Row,
    quotation: Quotation,
    choice: Choice | None,
    errors: dict[str, ArchiverError],
) -> Judged:
    location = {"line": row.line}
    if choice is None:
        error = errors.get(urls.page_key(row.url))
        judgement = undecided(
            "not-captured", str(error) if error else "there is no snapshot of this source, and none was to be taken"
        )
        return Judged(row.quote, row.url, None, judgement, location=location, input=row.input)
    judged = judged_or_undecided(archive, judge, quotation, choice, row.url)
    return replace(judged, location=location, input=row.input)
