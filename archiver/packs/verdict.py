"""What the findings on a pack come to, in a sentence: the command line and the web page say it alike."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.packs.signer import OTHER_KEY
from archiver.verification import Finding, Summary


def summed(findings: Sequence[Finding]) -> tuple[Summary, str]:
    """(the sum, what it means)."""
    summary = Summary(len(findings), sum(f.ok is False for f in findings), sum(f.ok is None for f in findings))
    if summary.failed:
        return summary, "Broken: this is not what its signer made, or not by the key you know."
    if not summary.undecided:
        return summary, f"Intact: all {summary.checked} checks hold, and the signer is known."
    signer = next((finding for finding in findings if finding.ok is None and finding.check == "signer"), None)
    if signer is None:
        return summary, f"Intact; {summary.undecided} of {summary.checked} checks could not be decided."
    if OTHER_KEY in signer.facts:
        return summary, "Not confirmed: whole, but signed by another key under the same name than the one you know."
    return summary, "Intact, signer unknown."
