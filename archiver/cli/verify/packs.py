"""``archiver verify`` of evidence packs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli.session import Session
from archiver.cli.verify.saying import say_finding
from archiver.errors import InputError
from archiver.verification.findings import Finding

if TYPE_CHECKING:
    from archiver.packs.checking import PackCheck


def are_packs(names: Sequence[str]) -> bool:
    """Whether what is to be verified are packs; raises InputError where packs and ids are mixed."""
    packs = [name for name in names if name.endswith(".wacz")]
    if packs and len(packs) != len(names):
        raise InputError("Verify packs and ids of the archive in two calls.")
    return bool(packs)


def verify_packs(session: Session, names: Sequence[str], check: PackCheck) -> int:
    """Says what is found in each pack; gives the exit code."""
    from archiver.packs.verdict import summed  # of packs only who has some pays for

    findings: list[Finding] = []
    for name in names:
        for finding in check.findings(Path(name)):
            findings.append(finding)
            say_finding(session, finding)
    summary, words = summed(findings)
    if session.shared.json:
        session.out.line(summary.to_json())
    else:
        colour = "red" if summary.failed else "yellow" if summary.undecided else "green"
        session.out.text(click.style(words, fg=colour, bold=True), indent=2)
    if check.key is not None and summary.ok and check.key not in check.ring.known_keys(check.key.name):
        check.ring.remember(check.key)
    return summary.exit_code
