"""What must be so of a recorded verdict whatever the page said; whether it is the right one, only judging again tells (`rejudging`).

The meanings are those of docs/judge.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.model import Verdict

Passage = tuple[tuple[tuple[int, int], ...], str, str, str]
"""Spans in code points, the words that they cut out, and the words before and behind."""


def verdict_fault(quotation: str, verdict: str, holds: object, passages: Sequence[Passage], changes: int) -> str | None:
    """What contradicts a verdict on a quotation, given with its passages and the number of its changes; None where nothing does.

    Raises ValueError for what is no verdict.
    """
    given = Verdict(verdict)
    if holds is not given.holds:
        return f"it says that a quotation that is {verdict} {'holds' if holds else 'does not hold'}"
    if any(not spans or not _in_order(spans) for spans, *_ in passages):
        return "the spans of its anchor are not in order"
    if given.holds and not passages:
        return f"it is {verdict}, and stands nowhere"
    if given is Verdict.ABSENT and passages:
        return "it is absent, and stands somewhere"
    if (changes > 0) is not (given is Verdict.ALTERED) and given is not Verdict.SPLICED:
        return f"it is {verdict}, and {changes} changes are listed"
    if given is Verdict.VERBATIM and any(
        len(spans) != 1 or exact != quotation.strip() for spans, exact, *_ in passages
    ):
        return "it is verbatim, and the words that were found are not those that are quoted"
    return None


def _in_order(spans: tuple[tuple[int, int], ...]) -> bool:
    last = 0
    for start, end in spans:
        if not last <= start <= end:
            return False
        last = end
    return True
