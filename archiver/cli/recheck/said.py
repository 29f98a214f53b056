"""How a recheck looks to a person: one line a source, and below it what became of the quotations that do not stand any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import click

from archiver.cli.recheck.places import Place, QuotedAt
from archiver.cli.saying.judged import both_texts
from archiver.cli.saying.output import printable, shorten, verdict_word
from archiver.cli.saying.words import some
from archiver.model import SHORT_ID, ChangeKind, Drift
from archiver.printable import unmarked
from archiver.quoting import Judged
from archiver.quoting.changewords import change_words
from archiver.rechecking import Recheck, Standing, compared
from archiver.urls import for_display

_COLOURS = {
    Drift.UNCHANGED: "green", Drift.EDITED_ELSEWHERE: "green", Drift.MOVED: "yellow", Drift.QUOTE_ALTERED: "red",
    Drift.QUOTE_REMOVED: "red", Drift.GONE: "red", Drift.RESTRICTED: "yellow", Drift.UNREACHABLE: "yellow",
}  # fmt: skip
_SOME = 4
_WIDTH = max(len(drift) for drift in Drift)

Judging = Callable[[Standing], Judged | None]
"""Judges a quotation by the page as it is now, for who wants to see how it differs; None where that cannot be."""


def drift_word(drift: str) -> str:
    """The drift in its colour."""
    return click.style(drift, fg=_COLOURS.get(Drift(drift)), bold=True)


def describe_recheck(recheck: Recheck, judging: Judging, places: QuotedAt) -> Iterator[str]:
    """The whole answer, a line at a time. ``places`` is where the quotations stand in the files that were named."""
    word = drift_word(recheck.drift.value) + " " * (_WIDTH - len(recheck.drift.value))
    yield f"{word}  {for_display(recheck.url)}  {printable(recheck.reason)}"
    if recheck.revision is not None:
        yield f"    revision  {shorten(recheck.revision, 60)}"
    if recheck.note is not None:
        yield click.style(
            "    note      the page says of itself that it was corrected or withdrawn: read that before you cite it",
            fg="yellow",
        )
    for standing in recheck.lost:
        yield from _lost(standing, judging, places.of(recheck.url, standing.quote.text))
    told: set[str] = set()  # what was recorded of two snapshots stands at one place of a file
    for standing in recheck.standings:
        if standing.drift is None:
            for place in places.of(recheck.url, standing.quote.text):
                words = shorten(unmarked(standing.quote.text), 60)
                line = f"    {place.words}: {verdict_word(standing.verdict)}  “{words}”"
                if line not in told:
                    yield line
                told.add(line)
            yield from _remarks(standing)
    denied = [standing for standing in recheck.standings if standing.was.holds is False]
    for standing in denied:
        if standing.holds:
            yield f"    {standing.quote.short_id}  did not hold when it was quoted, and does now: “{shorten(unmarked(standing.quote.text), 60)}”"
    never = [standing.quote.short_id for standing in denied if not standing.holds]
    if never:
        yield f"    did not hold when it was quoted, so this is no drift: {some(never, _SOME)}"
    yield from _advice(recheck)


def _lost(standing: Standing, judging: Judging, places: Sequence[Place]) -> Iterator[str]:
    quote = standing.quote
    then = quote.judged["captured_at"]
    yield f"    {quote.short_id}  {verdict_word(standing.was)} in {quote.snapshot[:SHORT_ID]} of {then}, now {verdict_word(standing.verdict)}"
    for place in places:
        yield f"      in        {place.words}"
    judged = standing.judged or judging(standing)
    if judged is None:
        yield f"      quoted    {shorten(quote.text, 400)}"
        return
    for line in both_texts(judged):
        yield f"    {line}"
    for change in judged.judgement.changes:
        if change.kind is ChangeKind.ORDER:
            continue
        yield f"      {change.kind.value:<13} {change_words(change.kind, change.in_quote, change.in_source, became=True)}"


def _remarks(standing: Standing) -> Iterator[str]:
    """What is to be said of a quotation that is no drift."""
    name = f"    {standing.quote.short_id}  "
    if standing.doubt is not None:
        yield click.style(f"{name}{standing.verdict.value}: {printable(standing.doubt.detail)}", fg="yellow")
    elif standing.judged is not None and standing.holds:
        for notice in standing.remarks:
            yield click.style(f"{name}{notice.code}: {printable(notice.detail)}", fg="yellow")
    elif standing.judged is not None and standing.holds is None:
        first = next(iter(standing.judged.judgement.warnings), None)
        if first is not None:
            yield click.style(f"{name}undecided: {printable(first.detail)}", fg="yellow")


def _advice(recheck: Recheck) -> Iterator[str]:
    """What to do, once for a source."""
    names = [standing.quote.short_id for standing in recheck.lost] or (
        [standing.quote.short_id for standing in recheck.standings if standing.was.holds]
        if recheck.drift is Drift.GONE
        else []
    )
    if names:
        first = names[0]
        yield f"    cite      what it said then: `archiver cite {first}`; hand it on with its proof: `archiver export {first} --to FILE.wacz`"
    elif recheck.drift is Drift.MOVED and not recheck.exit_code:
        yield "    cite      its new address, beside the snapshot of the old one"
    pair = compared(recheck)
    if pair is not None and (recheck.changed or recheck.lost):
        yield f"    changes   `archiver diff {pair[0][:SHORT_ID]} {pair[1].short_id}`"
    elif recheck.drift.undecided:
        yield "    again     later: this says nothing of the text"
