"""A list with a tag: what its records may say, and that outcomes are those of a recheck."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from archiver.errors import InputError
from archiver.model import CohortReport, CohortRow, Drift, Notice, PageInfo, RowCounts, RowOutcome, Snapshot
from archiver.model.cohort import CohortPart, CohortPolicy, outcome_of, read_tag, rows_block, rows_in
from archiver.rechecking.met import met_in

ID = "s-" + "a" * 64
POLICY = CohortPolicy("not-asked", "archiver/1", 16, 4, 60.0, True, "never", False, True, False, False)
PART = CohortPart(7, "b" * 64, RowCounts(recorded=1, failed=1, refused=1))
REPORT = CohortReport(
    "study-1", "2026-11-21T12:00:00Z", "2026-11-21T11:00:00Z", 3, "c" * 64, "d" * 64, 2, 1, PART.counts, POLICY, "archiver 1",
    (("trafilatura 2", 1),), (PART,),
)  # fmt: skip
ROW = CohortRow(1, "https://a.example/", RowOutcome.RECORDED, ID, "2026-11-21T11:30:00Z", 200)


def test_records_are_read_back_as_they_were_written() -> None:
    assert CohortReport.of(json.loads(REPORT.block())) == REPORT
    rows = (
        ROW,
        CohortRow(2, "https://b.example/", RowOutcome.FAILED, reason="time-out", detail="slow", tried_at=REPORT.time),
    )
    assert rows_in(rows_block(rows)) == rows


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda told: told["counts"].update(recorded=2), "do not add up"),
        (lambda told: told.update(distinct=3), "nothing is said of"),
        (lambda told: told["parts"].clear(), "do not add up"),
        (lambda told: told.update(given="no"), "no digest"),
        (lambda told: told.update(v=2), "another version"),
    ],
)
def test_a_report_that_contradicts_itself_is_none(change: Change, fault: str) -> None:
    told = json.loads(REPORT.block())
    change(told)
    with pytest.raises(ValueError, match=fault):
        CohortReport.of(told)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"outcome": "gone"}, "does not bear out"),
        ({"status": 404}, "does not bear out"),
        ({"wall": "login-wall"}, "does not bear out"),
        ({"snapshot": "s-12"}, "no whole id"),
        ({"snapshot": ""}, "without a snapshot"),
        ({"snapshot": "", "outcome": "failed"}, "without one"),
    ],
)
def test_a_row_that_contradicts_itself_is_none(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        CohortRow.of(ROW.to_json() | changes)


def test_an_address_stands_once_in_a_record() -> None:
    with pytest.raises(ValueError, match="twice"):
        rows_in(rows_block([ROW, ROW]))


@pytest.mark.parametrize("tag", ["study 1", "Ärzte/2026", "x" * 100])
def test_tags_that_can_be(tag: str) -> None:
    assert read_tag(tag) == tag


@pytest.mark.parametrize("tag", ["", " x", "x ", "a\nb", "a\x1b[31m", "a\u202eb", "a\u200bb", "\ud800", "x" * 101])
def test_tags_that_cannot_be(tag: str) -> None:
    with pytest.raises(InputError, match="1 to 100 printable"):
        read_tag(tag)


WALLS = (
    "",
    "no-such-page",
    "soft-404",
    "restricted",
    "server-error",
    "bot-check",
    "login-wall",
    "paywall",
    "consent-wall",
    "empty",
    "thin-page",
)
DRIFTS = {
    RowOutcome.GONE: Drift.GONE,
    RowOutcome.RESTRICTED: Drift.RESTRICTED,
    RowOutcome.FAILED: Drift.UNREACHABLE,
    RowOutcome.RECORDED: None,
}


@pytest.mark.parametrize(
    "status", [200, 203, 204, 206, 302, 304, 401, 403, 404, 408, 410, 421, 425, 429, 451, 500, 503]
)
def test_an_outcome_is_what_a_recheck_would_make_of_the_snapshot(status: int) -> None:
    walls = WALLS if status < 400 else WALLS[1:]  # every answer of 400 and above has one
    for wall in walls:
        for cut in ("", "time"):
            notice = Notice(wall, "x") if wall else None
            snapshot = Snapshot(
                ID, "u", "u", "t", status, "m", "p", "", 0, "", 0, 0, PageInfo(), (), True, cut or None, notice
            )
            met = met_in(snapshot)
            outcome, why = outcome_of(status, wall, cut)
            assert DRIFTS[outcome] is met.drift
            assert why == ("" if met.drift is None else met.code)
