"""What the findings on a pack come to, in a sentence: the command line and the web page say it alike."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.packs.layout import GUIDE
from archiver.packs.readers import STRANGE_SCRIPT, WORDING
from archiver.packs.signer import OTHER_KEY
from archiver.verification import Finding, Summary

_GUIDE = "Its guide (VERIFY.md) is not worded as this version words it: go by this check, not by that."
_SCRIPT = "Do not rely on the script in it: it is not one that archiver writes."


def summed(findings: Sequence[Finding]) -> tuple[Summary, str]:
    """(the sum, what it means)."""
    summary = Summary(len(findings), sum(f.ok is False for f in findings), sum(f.ok is None for f in findings))
    strange = any(finding.check == STRANGE_SCRIPT for finding in findings)
    words = _words(summary, findings, strange=strange)
    if not summary.failed and any(finding.check == WORDING and finding.subject == GUIDE for finding in findings):
        words = f"{words} {_GUIDE}"
    return summary, f"{words} {_SCRIPT}" if strange else words


def _words(summary: Summary, findings: Sequence[Finding], *, strange: bool) -> str:
    if summary.failed:
        return "Broken: this is not what its signer made, or not by the key you know. Rely on nothing in it, and ask its signer for it anew."
    if not summary.undecided:
        return f"Intact: all {summary.checked} checks hold, and the signer is known."
    signer = next((finding for finding in findings if finding.ok is None and finding.check == "signer"), None)
    if signer is None and strange and summary.undecided == 1:
        return "The evidence is intact, and the signer is known."
    if signer is None:
        return f"Intact; {summary.undecided} of {summary.checked} checks could not be decided."
    if OTHER_KEY in signer.facts:
        return "Not confirmed: whole, but signed by another key under the same name than the one you know."
    return "Intact, signer unknown."
