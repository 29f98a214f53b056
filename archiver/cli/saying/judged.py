"""How a judged quotation looks to a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from archiver import match
from archiver.capture import is_gone
from archiver.cli.saying.looked import way_past
from archiver.cli.saying.output import printable, shorten, verdict_word
from archiver.cli.saying.words import JUST_NOW, ago, count, some
from archiver.cli.snapshot.secondhand import suggestion
from archiver.match.places import NOT_SHOWN
from archiver.model import SHORT_ID, SUPPLIED, Judgement, Match, Notice, Snapshot
from archiver.quoting import Judged
from archiver.quoting.changewords import change_words
from archiver.urls import for_display

_SAYS = {
    "verbatim": "the source says exactly this",
    "typographic": "the source says this; only its typography differs",
    "elided": "the source says this, with what is left out or put in marked as it should be",
    "altered": "the source says something else",
    "spliced": "the source's words are joined in a way that misleads",
    "absent": "the source does not say this, nor anything near it",
    "undecided": "this could not be decided",
}


def headline(judgement: Judgement) -> str:
    """``altered: 13th → 31st``, ``undecided: the server answered 404``."""
    word = verdict_word(judgement.verdict.value)
    if NOT_SHOWN in judgement.warnings and judgement.holds:
        return f"{word}, but not shown: the page has this only where a reader does not see it"
    reason = why_undecided(judgement)
    if reason is not None:
        return f"{word}: {shorten(reason.detail, 300)}"
    changes = some([change_words(change.kind, change.in_quote, change.in_source) for change in judgement.changes], 4)
    return f"{word}: {click.style(changes, bold=True) if changes else _SAYS[judgement.verdict.value]}"


def why_undecided(judgement: Judgement) -> Notice | None:
    """The notice that says why there is no verdict; it comes first."""
    return judgement.warnings[0] if judgement.holds is None and judgement.warnings else None


def reasons(judgement: Judgement) -> list[str]:
    """Why a quotation does not hold, or could not be decided, in sentences; nothing where it holds."""
    reason = why_undecided(judgement)
    if reason is not None:
        return [reason.detail]
    return list(match.explain(judgement)) or ([] if judgement.holds else [_SAYS[judgement.verdict.value]])


def describe(judged: Judged, *, asked_since: str | None) -> Iterator[str]:
    """The whole answer, a line at a time. Where a page was asked for, a snapshot from before ``asked_since`` was there already: that,
    and its age, is said; None where the snapshot itself was named."""
    judgement, snapshot = judged.judgement, judged.snapshot
    yield headline(judgement)
    yield from both_texts(judged)
    for change, sentence in zip(judgement.changes, match.explain(judgement), strict=True):
        minor = " (minor)" if change.severity == "minor" else ""
        yield f"  {change.kind.value:<13} {shorten(sentence, 200)}{minor}"
    if judged.holds and not judgement.holds:
        yield "  tolerated: only spelling or punctuation differs"
    for notice in judgement.warnings:
        if notice is why_undecided(judgement):
            continue  # the headline says it
        yield click.style(f"  note      {notice.code}: {printable(notice.detail)}", fg="yellow")
    if snapshot is not None:
        layer = f", layer {judgement.layer}" if judgement.layer else ""
        before = asked_since is not None and snapshot.captured_at < asked_since
        past = ago(snapshot.captured_at)
        age = f" ({past}; not asked again)" if before and past != JUST_NOW else ""
        yield f"  page      {snapshot.short_id} of {for_display(snapshot.url)}, {_came(snapshot)} {snapshot.captured_at}{age}{layer}"
        yield from _where(judgement)
        if before and judged.holds is None:
            yield "  again     `archiver snapshot` with its address asks the page again"
        if judged.holds is None and is_gone(snapshot) and snapshot.origin is None:
            yield f"  gone      {suggestion(snapshot.url)}"
        if judged.holds is None and (way := way_past(snapshot)):
            yield f"  perhaps   {way}"
    if judged.speaker is not None:
        yield f"  speaker   {shorten(judged.speaker, 80)} (kept, not checked)"
    if judged.id is not None:
        yield f"  recorded  {judged.id[:SHORT_ID]}"


def _came(snapshot: Snapshot) -> str:
    """What the time of a snapshot is the time of."""
    origin = snapshot.origin
    if origin is not None and origin.memento is not None:
        return f"copied {origin.memento.datetime}, fetched"
    return "supplied by you" if origin is not None and origin.kind == SUPPLIED else "captured"


def _where(judgement: Judgement) -> Iterator[str]:
    """On which page of the source, or when it is said, where that is known."""
    match = judgement.matches[0] if judgement.matches else None
    if match is not None and match.page is not None:
        printed = (
            f" (printed as {shorten(match.page_label, 40)})" if match.page_label not in (None, str(match.page)) else ""
        )
        until = f" to {match.last_page}" if match.last_page not in (None, match.page) else ""
        yield f"  on page   {match.page}{printed}{until}"
    if match is not None and match.time is not None:
        yield f"  spoken    {match.time[0]} to {match.time[1]}"


_PART_STYLE: dict[match.Part, dict[str, Any]] = {
    match.Part.CHANGED: {"fg": "red", "bold": True},
    match.Part.ONLY_QUOTE: {"fg": "red", "bold": True},
    match.Part.ONLY_SOURCE: {"fg": "red", "bold": True},
    match.Part.OMITTED: {"dim": True},
}


def both_texts(judged: Judged) -> Iterator[str]:
    """Quotation and source over each other, the differences marked; where nothing near was found, the quotation alone."""
    matches = judged.judgement.matches
    rows = match.to_rows(match.align(judged.judgement, judged.quotation))
    if not matches or not rows[0]:
        yield f"  quoted    {shorten(judged.quotation, 400)}"
        return
    yield f"  quoted    {_styled(rows[0])}"
    yield f"  source    {_in_context(matches[0], rows[1])}"
    if len(matches) > 1:
        yield f"            and in {count(len(matches) - 1, 'more place')}"


def source_passage(judged: Judged) -> str | None:
    """The source's words in their place, the differences marked; None where nothing near was found."""
    matches = judged.judgement.matches
    rows = match.to_rows(match.align(judged.judgement, judged.quotation))
    return _in_context(matches[0], rows[1]) if matches and rows[0] else None


def _in_context(found: Match, row: tuple[tuple[match.Part, str], ...]) -> str:
    before, after = (context_words(side) for side in (found.prefix, found.suffix))
    return f"…{before.lstrip()}⟦{_styled(row)}⟧{after.rstrip()}…"


def context_words(text: str) -> str:
    """What stands beside a passage on one line; a blank between them stays."""
    return " " * text[:1].isspace() + shorten(text, 40) + " " * text[-1:].isspace()


def _styled(row: tuple[tuple[match.Part, str], ...]) -> str:
    """A row on one line, each piece in its colour; what agrees is shortened in its middle where it is long."""
    pieces = []
    for part, text in row:
        words = " ".join(printable(text).split())
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        if part is match.Part.SAME and len(words) > 240:
            words = f"{words[:110]} […] {words[-110:]}"
        style = _PART_STYLE.get(part)
        pieces.append(before + (click.style(words, **style) if style and words else words) + after)
    return "".join(pieces).strip()


def exit_code(holds: list[bool | None]) -> int:
    """1 where something does not hold, else 3 where something is undecided, else 0."""
    return 1 if False in holds else 3 if None in holds else 0
