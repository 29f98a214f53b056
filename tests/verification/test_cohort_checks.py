"""What is wrong with the records of a list, whoever signed them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from website import STORY, Website

from archiver import clock
from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.digests import Digest
from archiver.model import CohortReport, CohortRow, RowCounts, RowOutcome
from archiver.model.cohort import CohortPart, CohortPolicy, rows_block
from archiver.verification import Request, Verification
from archiver.verification.cohortfacts import report_facts
from archiver.warc import Member, Record, seal

POLICY = CohortPolicy("not-asked", "archiver/1", 16, 4, 60.0, True, "never", False, True, False, False)


@pytest.fixture
def row(archive: Archive, site: Website, options: Options) -> CohortRow:
    """A true row."""
    found = capture(archive, site.put("/a", STORY), options)
    return CohortRow(1, found.url, RowOutcome.RECORDED, found.id, found.captured_at, 200)


def member(kind: str, block: bytes, time: str = "") -> Member:
    return seal(Record(kind, "metadata", f"urn:archiver:{kind}:1", time or clock.stamp(), "application/json", block))


def record(
    archive: Archive, row: CohortRow, change: Callable[[CohortReport], CohortReport] = lambda report: report
) -> None:
    """The row and a report on it, as another program with the key could record them."""
    counts = RowCounts.of_rows([row])
    (leaf,) = archive.record([member("cohort-rows", rows_block([row]))])
    now = clock.stamp()
    told = CohortReport(
        "x", now, now, 0, "a" * 64, Digest.of(row.url.encode()).hex, 1, 0, counts, POLICY, "archiver 1", (),
        (CohortPart(leaf.index, leaf.sha256, counts),),
    )  # fmt: skip
    archive.record([member("cohort", change(told).block(), now)])


def findings(archive: Archive) -> list[str]:
    return [found.detail for found in Verification(archive.root, Request()).findings() if found.ok is False]


def test_a_true_list_is_sound(archive: Archive, row: CohortRow) -> None:
    record(archive, row)
    assert findings(archive) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "https://example.org/other"},
        {"captured_at": "2020-01-01T00:00:00Z"},
        {"status": 203},
        {"wall": "login-wall", "outcome": RowOutcome.RESTRICTED},
        {"status": 404, "outcome": RowOutcome.GONE},
        {"origin": "memento"},
    ],
)
def test_a_row_that_says_what_its_capture_does_not_is_found(
    archive: Archive, row: CohortRow, changes: dict[str, object]
) -> None:
    record(archive, replace(row, **changes))  # type: ignore[arg-type]
    assert [detail for detail in findings(archive) if "another address, time, status or wall" in detail]


def test_a_snapshot_that_is_not_in_the_log_is_found(archive: Archive, row: CohortRow) -> None:
    record(archive, replace(row, snapshot="s-" + "0" * 64))
    assert [detail for detail in findings(archive) if "does not know the snapshot s-0000" in detail]


REPORTS: list[tuple[Callable[[CohortReport], CohortReport], str]] = [
    (lambda told: replace(told, first_leaf=50), "not taken in its run"),
    (lambda told: replace(told, parts=(replace(told.parts[0], leaf=0),)), "leaf 0 is not the record of rows"),
    (lambda told: replace(told, parts=(replace(told.parts[0], leaf=99),)), "which came after it"),
    (lambda told: replace(told, parts=told.parts * 2, distinct=2, counts=RowCounts(recorded=2)), "twice"),
    (
        lambda told: replace(told, counts=RowCounts(gone=1), parts=(replace(told.parts[0], counts=RowCounts(gone=1)),)),
        "its counts are not those of the rows",
    ),
]


@pytest.mark.parametrize(("change", "fault"), REPORTS)
def test_a_report_that_its_rows_do_not_bear_out_is_found(
    archive: Archive, row: CohortRow, change: Callable[[CohortReport], CohortReport], fault: str
) -> None:
    record(archive, row, change)
    assert [detail for detail in findings(archive) if fault in detail]


def test_a_report_dated_otherwise_than_its_leaf_is_found(archive: Archive, row: CohortRow) -> None:
    record(archive, row)
    (stored,) = archive.catalogue.cohorts.of_tag("x")
    assert "is of 2020" in str(report_facts(stored.report.block(), "a" * 64, "2020-01-01T00:00:00Z"))
    assert "not that of a report" in str(report_facts(b"[]", "a" * 64, stored.report.time))


def test_a_catalogue_that_tells_a_list_otherwise_is_found_and_made_again(archive: Archive, row: CohortRow) -> None:
    record(archive, row)
    with archive.catalogue.connection.writing() as conn:
        conn.execute("UPDATE cohorts SET told = replace(told, 'archiver 1', 'archiver 2')")
    assert [detail for detail in findings(archive) if "something else than its record" in detail]
    with archive.catalogue.connection.writing() as conn:
        conn.execute("UPDATE cohorts SET id = 'h-0'")
    assert [detail for detail in findings(archive) if "among its cohorts" in detail]
    archive.rebuild()
    assert findings(archive) == []
