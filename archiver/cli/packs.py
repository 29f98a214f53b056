"""``archiver verify`` of evidence packs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from archiver.cli.session import Session
from archiver.errors import InputError
from archiver.packs.checking import PackCheck
from archiver.packs.signer import OTHER_KEY
from archiver.verification import Finding, Summary

Say = Callable[[Session, Finding], None]


def are_packs(names: Sequence[str]) -> bool:
    """Whether what is to be verified are packs; raises InputError where packs and ids are mixed."""
    packs = [name for name in names if name.endswith(".wacz")]
    if packs and len(packs) != len(names):
        raise InputError("Verify packs and ids of the archive in two calls.")
    return bool(packs)


def verify_packs(session: Session, names: Sequence[str], check: PackCheck, say: Say) -> int:
    """Says what is found in each pack; gives the exit code."""
    findings: list[Finding] = []
    for name in names:
        for finding in check.findings(Path(name)):
            findings.append(finding)
            say(session, finding)
    summary = Summary(len(findings), sum(f.ok is False for f in findings), sum(f.ok is None for f in findings))
    if session.shared.json:
        session.out.line(summary.to_json())
    elif summary.failed:
        session.out.text(
            click.style("Broken: this is not what its signer made, or not by the key you know.", fg="red", bold=True),
            indent=2,
        )
    elif summary.undecided:
        signer = next((finding for finding in findings if finding.ok is None and finding.check == "signer"), None)
        words = (
            "Not confirmed: whole, but signed by another key under the same name than the one you know."
            if signer and OTHER_KEY in signer.facts
            else "Intact, signer unknown."
            if signer
            else f"Intact; {summary.undecided} of {summary.checked} checks could not be decided."
        )
        session.out.text(click.style(words, fg="yellow", bold=True), indent=2)
    else:
        session.out.text(
            click.style(f"Intact: all {summary.checked} checks hold, and the signer is known.", fg="green", bold=True),
            indent=2,
        )
    if check.key is not None and summary.ok and check.key not in check.ring.known_keys(check.key.name):
        check.ring.remember(check.key)
    return summary.exit_code
