"""How `archiver verify` says what it found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from conftest import Made, Ran, SealedArchive
from tampering import damage, leaves

from archiver.cli.session import Session
from archiver.cli.verify import command as verify
from archiver.verification import Finding
from archiver.verification.findings import Page


class Heard:
    """Takes what is said."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.shared = SimpleNamespace(json=False)
        self.out = self

    def text(self, words: str, **_: Any) -> None:
        self.lines.append(words)


def said(finding: Finding) -> str:
    heard = Heard()
    verify._say(cast(Session, heard), finding)
    return "\n".join(heard.lines)


def test_what_is_left_out_of_a_long_finding_is_counted() -> None:
    quotes = tuple(f"q-{number:012x}" for number in range(24))
    pages = tuple(Page(f"s-{number:012x}", f"https://a.example/{number}") for number in range(5))
    words = said(Finding("log", "member", False, "gone", quotes, pages))
    assert quotes[9] in words
    assert quotes[10] not in words
    assert "and 14 more (--json lists them all)" in words
    assert "2 more (--json lists them all)" in words
    assert "more" not in said(Finding("log", "member", False, "gone", quotes[:10], pages[:3]))


def test_reasons_count_only_what_is_there_more_than_once(sealed: SealedArchive) -> None:
    for leaf in leaves(sealed.root, "response")[:2]:
        damage(sealed.root, leaf)
    failed = [finding for finding in sealed.faults() if finding.ok is False]
    assert verify._reasons(failed) == "the archive is not what was recorded (2 × member)"
    assert verify._reasons(failed[:1]) == "the archive is not what was recorded (member)"
    heard = Heard()
    verify._say_touched(cast(Session, heard), [Finding("x", "member", False, "x", ("q-1",), (Page("s-1", "u"),))])
    assert heard.lines[0] == "Touched: 1 snapshot, on which 1 quote stands:"


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
