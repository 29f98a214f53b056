"""How `archiver verify` says what it found."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import click
from conftest import Made, Ran, SealedArchive
from tampering import damage, leaves

from archiver.cli.session import Session
from archiver.cli.verify import saying
from archiver.cli.verify.saying import Tally
from archiver.verification import Finding
from archiver.verification.findings import Page


class Heard:
    """Takes what is said."""

    def __init__(self, *, json: bool = False) -> None:
        self.lines: list[str] = []
        self.values: list[dict[str, Any]] = []
        self.shared = SimpleNamespace(json=json)
        self.out = self

    def text(self, words: str, **_: Any) -> None:
        self.lines.append(click.unstyle(words))

    def line(self, value: dict[str, Any]) -> None:
        self.values.append(value)


def said(finding: Finding) -> str:
    heard = Heard()
    saying.say_finding(cast(Session, heard), finding)
    return "\n".join(heard.lines)


def summed(*findings: Finding, json: bool = False) -> Heard:
    heard = Heard(json=json)
    tally = Tally(cast(Session, heard))
    for finding in findings:
        tally.add(finding)
    tally.sum_up(None)
    return heard


def page(number: int) -> Page:
    return Page(f"s-{sha256(b'%d' % number).hexdigest()}", f"https://a.example/{number}")


def test_what_is_left_out_of_a_long_finding_is_counted() -> None:
    quotes = tuple(f"q-{number:012x}" for number in range(24))
    pages = tuple(Page(f"s-{number:012x}", f"https://a.example/{number}") for number in range(5))
    words = said(Finding("log", "member", False, "gone", quotes, pages))
    assert quotes[9] in words
    assert quotes[10] not in words
    assert "and 14 more (--json lists them all)" in words
    assert "2 more (--json lists them all)" in words
    assert "more" not in said(Finding("log", "member", False, "gone", quotes[:10], pages[:3]))


def test_very_many_findings_of_a_kind_are_listed_to_programs_and_counted_to_people() -> None:
    findings = [Finding(f"file {number}", "member", False, "gone") for number in range(saying._LISTED + 7)]
    beside = [Finding("x", "member", None, "?"), Finding("y", "growth", False, "another log")]
    lines = summed(*findings, *beside).lines
    assert [line for line in lines if "file " in line] == lines[: saying._LISTED]
    assert "... and 7 more: FAILED member; --json lists all" in lines
    assert [any(mark in line for line in lines) for mark in (" x: ?", " y: another log")] == [True, True]
    assert f"{len(findings) + 1} of {len(findings) + 2} checks failed" in "\n".join(lines)
    assert not [line for line in summed(*findings[:-7]).lines if "more" in line]
    values = summed(*findings, *beside, json=True).values
    assert [value["subject"] for value in values[:-1]] == [finding.subject for finding in (*findings, *beside)]
    assert (values[-1]["failed"], values[-1]["undecided"]) == (len(findings) + 1, 1)


def test_reasons_count_only_what_is_there_more_than_once(sealed: SealedArchive) -> None:
    for leaf in leaves(sealed.root, "response")[:2]:
        damage(sealed.root, leaf)
    failed = [finding for finding in sealed.faults() if finding.ok is False]
    words = ["the archive is not what was recorded (2 × member).", "the archive is not what was recorded (member)."]
    for some, expected in zip((failed, failed[:1]), words, strict=True):
        assert any(line.endswith(expected) for line in summed(*some).lines)


def test_each_page_and_quote_that_is_touched_counts_once() -> None:
    pages = [page(number) for number in range(saying._SHOWN + 3)]
    quotes = tuple(f"q-{sha256(b'%d' % number).hexdigest()}" for number in range(2))
    failed = [Finding("x", "member", False, "x", quotes, tuple(pages[at : at + 2])) for at in range(len(pages) - 1)]
    undecided = Finding("x", "member", None, "x", ("q-1",), (Page("s-1", "u"),))
    lines = summed(*failed, undecided).lines
    at = lines.index(f"Touched: {len(pages)} snapshots, on which 2 quotes stand:")
    shown = [f"  {item.snapshot[:14]}  {item.url}" for item in pages[: saying._SHOWN]]
    assert lines[at + 1 : at + 2 + saying._SHOWN] == [*shown, "  and 3 more; --json lists them all"]
    one = summed(Finding("x", "member", False, "x", ("q-1",), (Page("s-1", ""),))).lines
    at = one.index("Touched: 1 snapshot, on which 1 quote stands:")
    assert one[at + 1].endswith("s-1  (its URL is not known any more)")


def test_a_check_that_failed_ends_with_what_to_do(
    made_empty: Made, archiver: Callable[..., Ran], tmp_path: Path
) -> None:
    root = tmp_path / "archive"
    made_empty.copy_to(root)
    damage(root, leaves(root, "settings")[0])
    ran = archiver("--archive", root, "verify")
    last = ran.out.splitlines()[-1]
    assert (ran.code, last.startswith("Next: Find a copy in which `archiver --archive COPY verify` holds")) == (1, True)
    assert "Next" not in archiver("--archive", root, "--json", "verify").out
