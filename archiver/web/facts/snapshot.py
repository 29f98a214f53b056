"""A snapshot: what it is, its layers, and the quotations that stand on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from archiver.archive import Archive
from archiver.errors import MISSHAPEN, InputError, UnknownId
from archiver.model import Layer, Snapshot, StoredText
from archiver.web.facts.listing import Citation, cited
from archiver.web.facts.marking import Marked, Piece, marked, paragraphs, part_of, parts_of

MOST_QUOTES = 500
"""Quotations of one snapshot that are marked; the list of its source has the rest."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a layer with the quotations marked in it. ``elsewhere`` are those that stand in another layer or nowhere."""

    text: StoredText
    part: int
    parts: int
    paragraphs: tuple[tuple[Piece, ...], ...]
    here: tuple[tuple[Marked, int], ...]
    """Those that stand in this layer, each with the part in which it begins."""

    elsewhere: tuple[Marked, ...]


def quotes_of(archive: Archive, snapshot: Snapshot) -> tuple[Citation, ...]:
    """The quotations of a snapshot, in the order in which they were recorded."""
    return cited(archive, archive.catalogue.quotes(snapshot.id, MOST_QUOTES))


def best_layer(snapshot: Snapshot, citations: tuple[Citation, ...]) -> str | None:
    """The layer that is shown first: the one that most quotations stand in, else the first there is; None where there is no text."""
    there = [text.layer.value for text in snapshot.texts]
    named = [item.quote.judged["layer"] for item in citations if item.quote.judged["layer"] in there]
    return max(there, key=lambda layer: (named.count(layer), -there.index(layer)), default=None)


def reading(archive: Archive, snapshot: Snapshot, layer: str, part: int, citations: tuple[Citation, ...]) -> Reading:
    """A part of a layer. Raises InputError for what is no layer, UnknownId where the snapshot lacks it, DamagedArchive."""
    if layer not in list(Layer):
        raise InputError(f"There is no layer {layer!r}; there are: {', '.join(Layer)}.")
    stored = next((text for text in snapshot.texts if text.layer == layer), None)
    if stored is None:
        there = ", ".join(text.layer.value for text in snapshot.texts) or "none"
        raise UnknownId(f"{snapshot.short_id} has no {layer} text; it has: {there}.")
    content = next(text.content for text in archive.texts(snapshot) if text.layer == layer)
    parts = parts_of(content)
    if part > len(parts):
        raise UnknownId(f"The {layer} text of {snapshot.short_id} has {len(parts)} parts, and no part {part}.")
    marks = [marked(number, item.quote, item.state, layer) for number, item in enumerate(citations, 1)]
    here = tuple((item, part_of(item.spans[0][0], parts)) for item in marks if item.spans)
    start, end = parts[part - 1]
    shown = tuple(paragraphs(content, start, end, [item for item in marks if item.spans]))
    return Reading(stored, part, len(parts), shown, here, tuple(item for item in marks if not item.spans))


def capture_of(archive: Archive, snapshot: Snapshot) -> dict[str, Any]:
    """What the capture record says; empty where it is not JSON (`archiver verify` says what is wrong)."""
    try:
        value = json.loads(archive.capture_record(snapshot))
    except MISSHAPEN:
        return {}
    return value if isinstance(value, dict) else {}
