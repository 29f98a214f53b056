"""How a judged quotation looks to a person."""

from __future__ import annotations

from collections.abc import Iterator

import click

from archiver.cli.output import printable, shorten, verdict_word
from archiver.model import SHORT_ID, Change, Judgement
from archiver.quoting import Judged
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


def change_words(change: Change) -> str:
    """``13th → 31st``: the source's words, then the quotation's."""
    source = printable(change.in_source).strip() or "(nothing)"
    quote = printable(change.in_quote).strip() or "(left out)"
    return f"{shorten(source, 60)} → {shorten(quote, 60)}"


def headline(judgement: Judgement) -> str:
    """``altered: 13th → 31st``."""
    word = verdict_word(judgement.verdict.value)
    changes = ", ".join(change_words(change) for change in judgement.changes[:4])
    more = f" and {len(judgement.changes) - 4} more" if len(judgement.changes) > 4 else ""
    return (
        f"{word}: {click.style(changes, bold=True)}{more}" if changes else f"{word}: {_SAYS[judgement.verdict.value]}"
    )


def describe(judged: Judged) -> Iterator[str]:
    """The whole answer, a line at a time."""
    judgement, snapshot = judged.judgement, judged.snapshot
    yield headline(judgement)
    yield f"  quoted    {shorten(judged.quotation, 400)}"
    for match in judgement.matches[:3]:
        exact = click.style(shorten(match.exact, 400), underline=True)
        yield f"  source    …{shorten(match.prefix, 40)} {exact} {shorten(match.suffix, 40)}…"
    if len(judgement.matches) > 3:
        yield f"            and {len(judgement.matches) - 3} more places"
    for change in judgement.changes:
        minor = " (minor)" if change.severity == "minor" else ""
        yield f"  {change.kind.value:<13} {change_words(change)}{minor}"
    for notice in judgement.warnings:
        yield click.style(f"  note      {notice.code}: {printable(notice.detail)}", fg="yellow")
    if snapshot is not None:
        layer = f", layer {judgement.layer}" if judgement.layer else ""
        yield f"  page      {snapshot.short_id} of {for_display(snapshot.url)}, captured {snapshot.captured_at}{layer}"
    if judged.speaker is not None:
        yield f"  speaker   {shorten(judged.speaker, 80)} (kept, not checked)"
    if judged.id is not None:
        yield f"  recorded  {judged.id[:SHORT_ID]}"


def exit_code(holds: list[bool | None]) -> int:
    """1 where something does not hold, else 3 where something is undecided, else 0."""
    return 1 if False in holds else 3 if None in holds else 0
