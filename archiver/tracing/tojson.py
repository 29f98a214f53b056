"""A trace as one JSON object; docs/trace.md has its fields."""

from __future__ import annotations

from typing import Any

from archiver.tracing.limits import limits
from archiver.tracing.values import Copy, Source, Trace, Variant

SCHEMA_VERSION = 1


def to_json(trace: Trace) -> dict[str, Any]:
    """Everything that was found; positions are code points of the layer that is named beside them."""
    return {
        "schema_version": SCHEMA_VERSION,
        "traced": trace.quote.short_id if trace.quote else trace.subject.id,
        "quote": None
        if trace.quote is None
        else {"id": trace.quote.short_id, "text": trace.quote.text, "speaker": trace.quote.speaker},
        "source": _source(trace.subject),
        "copies": [_copy(copy) for copy in trace.copies],
        "variants": [_variant(variant) for variant in trace.variants],
        "ties": [
            {"one": tie.one, "other": tie.other, "independent": tie.independent, "reasons": list(tie.reasons)}
            for tie in trace.ties
        ],
        "order": trace.order.to_json(),
        "compared": trace.compared,
        "unlike": trace.unlike,
        "more": trace.cut,
        "unread": trace.unread,
        "versions": trace.versions,
        "limits": list(limits(trace)),
    }


def _named(source: Source) -> dict[str, Any]:
    snapshot = source.snapshot
    return {
        "snapshot": source.id,
        "snapshot_sha256": snapshot.id.removeprefix("s-"),
        "url": snapshot.url,
        "title": snapshot.info.title,
        "captured_at": snapshot.captured_at,
        "signers": list(source.credits.signers),
        "agencies": list(source.agencies),
        "sources": list(source.named_sources),
        "appeared": source.span.to_json() | {"basis": len(source.span.basis)},
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        **_named(source),
        "origin": source.snapshot.origin.to_json() if source.snapshot.origin else None,
        "layer": source.layer.value,
        "body_layer": source.body_layer.value,
        "page_read": source.page_read,
        "text_complete": source.snapshot.complete,
        "captures": [{"snapshot": one.short_id, "captured_at": one.captured_at} for one in source.captures],
        "credits": [credit.to_json() for credit in source.credits.credits],
        "credit_contradictions": [found.to_json() for found in source.credits.contradictions],
        "dates": [claim.to_json() for claim in source.dates],
        "date_contradictions": [found.to_json() for found in source.disagreements],
        "echoes": [echo.to_json() for echo in source.echoes],
        "marks": [mark.to_json() for mark in source.marks],
    }


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        **_named(copy.source),
        "body_layer": copy.source.body_layer.value,
        **copy.reuse.to_json(),
        "more_captures": [{"snapshot": one.short_id, "captured_at": one.captured_at} for one in copy.others],
    }


def _variant(variant: Variant) -> dict[str, Any]:
    judged = variant.judged.to_json()
    return {
        **_named(variant.source),
        "words": variant.words,
        **{name: judged[name] for name in ("verdict", "holds", "layer", "matches", "changes", "warnings")},
        "more_captures": [{"snapshot": one.short_id, "captured_at": one.captured_at} for one in variant.others],
    }
