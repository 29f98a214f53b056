from __future__ import annotations

from typing import Any

import pytest
from cohortlists import Study

from archiver.cohorts import recording, runs_of, summary_of
from archiver.cohorts.reading import rows_of
from archiver.erasure import erase, make_plan
from archiver.errors import DamagedArchive, UnknownId
from archiver.model import RowCounts
from archiver.verification import Request, Verification


def faults(study: Study) -> list[str]:
    return [
        f"{found.check}: {found.detail}"
        for found in Verification(study.archive.root, Request()).findings()
        if found.ok is False
    ]


def outcomes(study: Study, number: int = 1) -> dict[str, tuple[str, str]]:
    """What came of each line of a run, by its path."""
    report = runs_of(study.archive, "study-1")[number - 1].report
    return {
        row.url.removeprefix(study.site.url): (row.outcome.value, row.why) for row in rows_of(study.archive, report)
    }


def test_every_line_has_its_outcome_and_the_counts_are_those_of_the_list(study: Study) -> None:
    study.run()
    assert outcomes(study) == {
        "/a": ("recorded", ""),
        "/b": ("recorded", ""),
        "/wall": ("restricted", "login-wall"),
        "/gone": ("gone", "no-such-page"),
        "/none": ("gone", "no-such-page"),
        "=no address": ("refused", "no-address"),
        "ftp://x.example/": ("refused", "no-address"),
        "http://10.9.8.7/": ("failed", "blocked-address"),
        "/slow": ("failed", "time-out"),
    }
    summary = summary_of(study.archive, runs_of(study.archive, "study-1")[0])
    report = summary.run.report
    assert report.counts == RowCounts(recorded=2, restricted=1, gone=2, failed=2, untried=0, refused=2)
    assert (report.distinct, report.repeated, summary.lost) == (7, 2, 0)
    assert faults(study) == []
    before = list(study.archive.catalogue.dump())
    study.archive.rebuild()
    assert list(study.archive.catalogue.dump()) == before


def test_a_killed_run_is_taken_up_and_nothing_is_captured_twice(study: Study) -> None:
    study.run(only=3, record=False)  # killed: nothing of the list is recorded but the snapshots
    with pytest.raises(UnknownId):
        runs_of(study.archive, "study-1")
    study.run()
    assert sorted(path for path in study.requests if path != "/slow") == ["/a", "/b", "/gone", "/none", "/wall"]
    (run,) = runs_of(study.archive, "study-1")
    assert run.report.counts.addresses == run.report.distinct == 7
    assert run.report.complete


def test_an_interrupted_run_says_what_was_not_tried_and_the_next_report_takes_its_place(study: Study) -> None:
    study.run(only=2)
    (first,) = runs_of(study.archive, "study-1")
    assert first.report.counts == RowCounts(recorded=2, untried=5, refused=2)
    assert not first.report.complete
    study.run()
    (run,) = runs_of(study.archive, "study-1")
    assert len(run.sessions) == 2
    assert run.report.complete
    assert faults(study) == []


def test_what_failed_before_an_interruption_keeps_its_reason(study: Study) -> None:
    study.run()
    study.run(only=0)
    assert outcomes(study)["/slow"] == ("failed", "time-out")
    assert outcomes(study)["http://10.9.8.7/"] == ("failed", "blocked-address")


def test_a_second_run_under_the_same_tag_stands_beside_the_first(study: Study) -> None:
    study.run()
    study.site.put("/a", b"", 410)
    study.site.routes["/b"] = None  # it hangs up, and what the first run captured of it does not count
    study.run(fresh=True)
    first, second = runs_of(study.archive, "study-1")
    assert (first.report.counts.gone, second.report.counts.gone) == (2, 3)
    assert outcomes(study, 1)["/a"][0] == "recorded"
    assert outcomes(study, 2)["/a"][0] == "gone"
    assert outcomes(study, 1)["/b"][0] == "recorded"
    assert outcomes(study, 2)["/b"] == ("failed", "unreachable")
    assert faults(study) == []


def test_an_erasure_takes_the_rows_of_the_page_and_the_counts_still_add_up(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "ROWS", 2)
    study.run()
    snapshot = study.archive.latest_snapshot(study.site.url + "/a")
    assert snapshot is not None
    erase(study.archive, make_plan(study.archive, [snapshot.id]), "a privacy request")
    (run,) = runs_of(study.archive, "study-1")
    summary = summary_of(study.archive, run)
    assert summary.erased == 2
    assert run.report.counts.recorded == 2
    assert "/a" not in outcomes(study)
    assert "/wall" in outcomes(study)
    assert faults(study) == []


def test_rows_that_are_not_those_of_the_list_are_refused(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    real = recording._rows

    def one_short(*given: Any) -> Any:
        rows = list(real(*given))
        return iter([*rows[1:], rows[0].of(rows[0].to_json() | {"url": f"{study.site.url}/other", "line": 99})])

    monkeypatch.setattr(recording, "_rows", one_short)
    study.run()
    with pytest.raises(DamagedArchive, match="not those of its addresses"):
        outcomes(study)
