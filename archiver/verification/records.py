"""What captures and quotes say, drawn out of their JSON into small values that can be handed from process to process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from archiver.archive.indexing import quote_of, snapshot_of
from archiver.catalogue import Rows, sum_of
from archiver.errors import ArchiverError
from archiver.model import MEMENTO, StoredLeaf
from archiver.urls import page_key

# what a record of a wrong shape comes out as, wherever in it one looks first
_NO_LEAF = StoredLeaf(0, "")
MISSHAPEN = (LookupError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """What a capture says of other records: ``records`` of its hops (the response last), ``texts`` as (record id, digest, layer).

    ``rows`` is the sum over its rows in the catalogue, empty where it cannot have any.
    """

    snapshot: str
    url: str
    uri: str
    records: tuple[str, ...]
    payload: str
    texts: tuple[tuple[str, bytes, str], ...]
    revisit_of: str | None
    rows: bytes


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """Where a quote is anchored: in the text with this digest, at ``matches`` of (spans, exact, prefix, suffix).

    ``rows`` is the sum over its row in the catalogue, empty where it cannot have one.
    """

    snapshot: str
    text: bytes
    matches: tuple[tuple[tuple[tuple[int, int], ...], str, str, str], ...]
    rows: bytes

    def without_matches(self) -> QuoteFacts:
        return QuoteFacts(self.snapshot, self.text, (), self.rows)


def capture_facts(block: bytes, uri: str) -> CaptureFacts | str:
    """The facts of a capture record, or what is wrong with it."""
    try:
        capture: dict[str, Any] = json.loads(block)
        return CaptureFacts(
            _word(capture["snapshot"]),
            _word(capture["url"]),
            uri,
            (*_kept(capture), *(_word(record) for hop in capture["hops"] for record in _records_of(hop))),
            _word(capture["payload_sha256"]),
            tuple((_word(t["record_id"]), bytes.fromhex(t["sha256"]), _word(t["layer"])) for t in capture["texts"]),
            _word(capture["revisit_of"]) if capture.get("revisit_of") is not None else None,
            _capture_rows(capture),
        )
    except MISSHAPEN as error:
        return f"its JSON is not that of a capture ({type(error).__name__})"


def _records_of(hop: dict[str, Any]) -> list[object]:
    # an imported or supplied page may come without a request
    return [*(hop[name] for name in ("request", "interim") if name in hop), hop["response"]]


def _kept(capture: dict[str, Any]) -> list[str]:
    """The records of what a public archive said when it was asked to keep a copy."""
    kept = capture.get("kept")
    return [] if kept is None else [_word(record) for record in kept["records"]]


def _capture_rows(capture: dict[str, Any]) -> bytes:
    try:
        snapshot = snapshot_of(capture, _NO_LEAF, lambda _: _NO_LEAF)
        return sum_of(Rows(snapshots=((snapshot, page_key(snapshot.url)),)))
    except (*MISSHAPEN, ArchiverError):
        return b""


def _quote_rows(annotation: dict[str, Any], digest: str) -> bytes:
    try:
        return sum_of(Rows(quotes=(quote_of(annotation, StoredLeaf(0, "quote", digest)),)))
    except MISSHAPEN:
        return b""


def quote_facts(block: bytes, digest: str = "") -> QuoteFacts | str:
    """The facts of a quote record, or what is wrong with it; ``digest`` is that of its member."""
    try:
        annotation: dict[str, Any] = json.loads(block)
        snapshot = _word(annotation["archiver:snapshot"])
        matches = annotation["archiver:judged"]["matches"]
        if not matches:
            return QuoteFacts(snapshot, b"", (), _quote_rows(annotation, digest))
        return QuoteFacts(
            snapshot,
            bytes.fromhex(annotation["archiver:text"]["sha256"]),
            tuple(
                (
                    tuple((_position(span["start"]), _position(span["end"])) for span in match["spans"]),
                    _word(match["exact"]),
                    _word(match["prefix"]),
                    _word(match["suffix"]),
                )
                for match in matches
            ),
            _quote_rows(annotation, digest),
        )
    except MISSHAPEN as error:
        return f"its JSON is not that of a quote ({type(error).__name__})"


def anchor_fault(quote: QuoteFacts, text: str) -> str | None:
    """The anchor must cut the words that were recorded out of the text that was recorded."""
    for spans, exact, prefix, suffix in quote.matches:
        if not spans or " … ".join(text[start:end] for start, end in spans) != exact:
            return f"its anchor cuts other words than {exact[:60]!r} out of the text"
        if not text.endswith(prefix, 0, spans[0][0]) or not text.startswith(suffix, spans[-1][1]):
            return "the words around its anchor are not those that were recorded"
    return None


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _position(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def not_ours(block: bytes) -> list[str] | None:
    """The ids of the records of a capture that somebody else made or a person supplied; None for one of this archiver's own.

    A copy from a public archive is one of its own: the times of its records are those at which it was fetched from there.
    """
    try:
        capture: dict[str, Any] = json.loads(block)
        origin = capture.get("origin")
        if not isinstance(origin, dict) or origin.get("kind") == MEMENTO:
            return None
        hops = [_word(hop[name]) for hop in capture["hops"] for name in ("request", "response") if hop.get(name)]
        return hops + [_word(text["record_id"]) for text in capture["texts"]]
    except MISSHAPEN:
        return None
