"""A recorded judgement as a value again, to be laid beside its source."""

from __future__ import annotations

from typing import Any

from archiver import match
from archiver.errors import MISSHAPEN
from archiver.match import Segment
from archiver.model import Change, ChangeKind, Judgement, Layer, Match, Notice, Quote, Span, Verdict


def judgement_of(quote: Quote) -> Judgement | None:
    """The judgement as it was recorded; None where another version wrote something that this one does not know."""
    value = quote.judged
    try:
        return Judgement(
            Verdict(value["verdict"]),
            Layer(value["layer"]) if value["layer"] else None,
            tuple(_match(item) for item in value["matches"]),
            tuple(_change(item) for item in value["changes"]),
            tuple(Notice(item["code"], item["detail"]) for item in value["warnings"]),
            bool(value.get("ambiguous")),
        )
    except MISSHAPEN:
        return None


def laid_out(quote: Quote) -> tuple[Segment, ...]:
    """Quotation and passage over each other; empty where nothing near was found."""
    judgement = judgement_of(quote)
    return match.align(judgement, quote.text) if judgement is not None else ()


def sentences(quote: Quote) -> tuple[tuple[Change, str], ...]:
    """Each change with the sentence that says what it is."""
    judgement = judgement_of(quote)
    return tuple(zip(judgement.changes, match.explain(judgement), strict=True)) if judgement is not None else ()


def _match(value: dict[str, Any]) -> Match:
    spans = tuple(Span(span["start"], span["end"]) for span in value["spans"])
    return Match(
        spans, value["exact"], value["prefix"], value["suffix"], value.get("page"), last_page=value.get("last_page"),
        page_label=value.get("page_label"),
    )  # fmt: skip


def _change(value: dict[str, Any]) -> Change:
    return Change(
        ChangeKind(value["kind"]), value["in_quote"], value["in_source"], value["quote_start"], value["source_start"], value["severity"]
    )  # fmt: skip
