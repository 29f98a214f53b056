from __future__ import annotations

from collections.abc import Callable

from archiver.manuscripts import Acceptance, Report, Unjudged
from archiver.manuscripts.reports.remarks import RULES, Level, place_words, remarks
from archiver.model import Verdict

Check = Callable[..., Report]


def test_every_finding_that_is_amiss_has_one_remark(checked: Check) -> None:
    found = [(one.rule.id, one.where.line) for one in remarks(checked())]
    assert found == [
        ("altered", 3), ("altered", 6), ("leads-nowhere", 11), ("absent", 12), ("no-source", 13), ("unknown-key", 14),
    ]  # fmt: skip


def test_a_remark_says_what_differs_and_from_what(checked: Check) -> None:
    first = next(remarks(checked()))
    assert first.message.startswith("“will close on the 31st of May")
    assert "The source says “13th”, the quotation “31st”." in first.message
    assert "/story" in first.message
    assert "s-" in first.message


def test_what_was_accepted_is_no_remark(checked: Check) -> None:
    report = checked()
    accepted = tuple(Acceptance(one.id, "Ada", "so it was said", "2026-01-01T00:00:00Z") for one in report.findings)
    assert [one.rule.id for one in remarks(checked(acceptances=accepted))] == [
        "no-source"
    ]  # nothing is amiss with it to be accepted


def test_every_verdict_that_does_not_hold_and_every_mistake_has_a_rule() -> None:
    assert {verdict.value for verdict in Verdict if verdict.holds is not True} <= RULES.keys()
    for reason in Unjudged:
        if reason.is_mistake:
            assert RULES[reason.value].level is Level.WARNING


def test_a_place_is_a_line_or_a_paragraph(checked: Check) -> None:
    report = checked(
        'He said "we will not ask the ferrymen to work at all"[^n].\n\n[^n]: "See this page for it all" {url}/story\n'
    )
    assert [place_words(one.where) for one in report.findings] == ["line 1", "line 3, note n"]
