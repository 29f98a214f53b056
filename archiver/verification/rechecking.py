"""Judging what rechecks said again, against the recorded texts of the page as they saw it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from archiver.errors import MISSHAPEN, ArchiverError
from archiver.judging import AS_SHOWN, IN_CORRECTION, IN_PLACE, PICKED
from archiver.model import Verdict
from archiver.printable import count
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding
from archiver.verification.rejudging import CHECK, JudgedPage
from archiver.version import TOOL

Captures = Callable[[str], dict[str, Any] | None]
"""The JSON of a capture record by its snapshot's id, None where it cannot be read."""

_OWN = "needs-browser"  # what a recheck makes of a verdict beside what the judge says


def check_rechecks(committed: Committed, capture: Captures, text: Callable[[str], bytes | None]) -> Iterator[Finding]:
    """Holds every verdict that a recheck came to by itself against what the judge says today; a note where another version gave it."""
    quotes = {f"q-{committed.digest(index).hex()}": index for index in committed.quotes}
    same = other = 0
    for index in committed.rechecks:
        block = committed.block(index)
        try:
            told = json.loads(block or b"")
            differences = list(_differences(told, committed, quotes, capture, text))
        except (*MISSHAPEN, ArchiverError):
            continue  # the check of the record says so
        if not differences:
            same += 1
        for words in differences:
            other += 1
            mine = told["tool"] == TOOL
            said = words if mine else f"{words} ({told['tool']} then, {TOOL} now)"
            yield Finding(f"r-{committed.digest(index).hex()}"[:14], CHECK, False if mine else None, said)
    if same and not other:
        words = count(same, "recheck", "comes to what it came to", "come to what they came to")
        yield Finding("rechecks", CHECK, True, f"{words}, judged today")


def _differences(
    told: dict[str, Any],
    committed: Committed,
    quotes: dict[str, int],
    capture: Captures,
    text: Callable[[str], bytes | None],
) -> Iterator[str]:
    judged = [quote for quote in told["quotes"] if "matches" in quote and not _has(quote, _OWN)]
    if told["snapshot"] is None or not judged:
        return
    value = capture(told["snapshot"])
    page = JudgedPage.of(value, text) if value is not None else None
    if page is None or not page.snapshot.bears_verdicts:
        return
    for quote in judged:
        block = committed.block(quotes[quote["quote"]])
        annotation = json.loads(block or b"")
        now = _verdict(page, quote, annotation, capture, text)
        if now is None:
            continue
        if now != Verdict(quote["verdict"]):
            yield f"{quote['quote'][:14]} was {quote['verdict']} then, and is judged {now.value} on the same page"


def _verdict(
    page: JudgedPage,
    quote: dict[str, Any],
    annotation: dict[str, Any],
    capture: Captures,
    text: Callable[[str], bytes | None],
) -> Verdict | None:
    """What a quotation is on the page today, judged as the recheck judged it; None where the page that it is anchored in cannot be read."""
    judged = annotation["archiver:judged"]
    in_place = _has(quote, IN_PLACE)
    if not in_place and not _has(quote, PICKED):
        return page.verdict(judged["quote"], shown=_has(quote, AS_SHOWN), outside=_has(quote, IN_CORRECTION))
    value = capture(annotation["archiver:snapshot"])
    anchor = JudgedPage.of(value, text) if value is not None else None
    if anchor is None:
        return None
    return page.verdict_in_place(judged, anchor) if in_place else page.verdict_by_place(judged, anchor)


def _has(quote: dict[str, Any], code: str) -> bool:
    return any(notice["code"] == code for notice in quote.get("warnings", ()))
