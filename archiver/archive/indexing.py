"""From records to rows: the one way into the catalogue, for what is recorded now and for what is read back later.

Because both take this way, a rebuilt catalogue says what the first one said.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archiver.catalogue import Rows
from archiver.errors import DamagedArchive
from archiver.model import Layer, Notice, PageInfo, Quote, Snapshot, Span, StoredLeaf, StoredText
from archiver.urls import surt

CAPTURE, QUOTE, CERTIFICATE, SETTINGS = "capture", "quote", "certificate", "settings"
INDEXED_KINDS = frozenset({CAPTURE, QUOTE, CERTIFICATE})


@dataclass(frozen=True, slots=True)
class Indexed:
    """A leaf and, where its kind has rows of its own, the block of its record (None where it is not needed or not readable)."""

    leaf: StoredLeaf
    block: bytes | None


def rows_of(batch: list[Indexed], known: Callable[[str], StoredLeaf]) -> Rows:
    """The rows of a batch. ``known`` finds the leaf of a record id that is not in the batch (raising UnknownId)."""
    own = {item.leaf.record_id: item.leaf for item in batch if item.leaf.record_id}

    def leaf_of(record_id: str) -> StoredLeaf:
        return own.get(record_id) or known(record_id)

    snapshots, quotes, certificates = [], [], []
    for item in batch:
        if item.block is None:
            continue
        if item.leaf.kind == CERTIFICATE:
            certificates.append((item.leaf.uri.rpartition(":")[2], item.leaf.index))
        elif item.leaf.kind == CAPTURE:
            snapshot = snapshot_of(_json(item), item.leaf, leaf_of)
            snapshots.append((snapshot, surt(snapshot.url)))
        elif item.leaf.kind == QUOTE:
            quotes.append(quote_of(_json(item), item.leaf))
    return Rows(tuple(item.leaf for item in batch), tuple(snapshots), tuple(quotes), tuple(certificates))


def _json(item: Indexed) -> dict[str, Any]:
    try:
        value = json.loads(item.block or b"")
    except ValueError as error:
        raise DamagedArchive(f"The {item.leaf.kind} record {item.leaf.record_id} is no JSON.") from error
    if not isinstance(value, dict):
        raise DamagedArchive(f"The {item.leaf.kind} record {item.leaf.record_id} is no JSON object.")
    return value


def snapshot_of(capture: dict[str, Any], leaf: StoredLeaf, leaf_of: Callable[[str], StoredLeaf]) -> Snapshot:
    """The snapshot that a capture record describes."""
    response = leaf_of(capture["hops"][-1]["response"])
    info = capture["info"]
    wall = capture.get("wall")
    return Snapshot(
        id=capture["snapshot"],
        url=capture["url"],
        final_url=capture["hops"][-1]["url"],
        captured_at=capture["captured_at"],
        status=capture["status"],
        media_type=capture["media_type"],
        payload_sha256=capture["payload_sha256"],
        warc_file=response.file,
        warc_offset=response.offset,
        warc_record_id=response.record_id,
        capture_leaf=leaf.index,
        response_leaf=response.index,
        info=PageInfo(**{**info, "authors": tuple(info["authors"])}),
        texts=tuple(stored_text(text, leaf_of(text["record_id"])) for text in capture["texts"]),
        complete=capture["complete"],
        truncated=capture.get("truncated"),
        wall=Notice(**wall) if wall else None,
        warnings=tuple(Notice(**item) for item in capture["warnings"]),
        revisit_of=capture.get("revisit_of"),
        etag=capture.get("etag"),
        last_modified=capture.get("last_modified"),
    )


def stored_text(text: dict[str, Any], leaf: StoredLeaf) -> StoredText:
    """A text layer as the capture record lists it."""
    return StoredText(
        layer=Layer(text["layer"]),
        leaf=leaf.index,
        sha256=text["sha256"],
        characters=text["characters"],
        extractor=text["extractor"],
        version=text["version"],
        complete=text["complete"],
        why=text["why"],
        unseen=tuple(Span(start, end) for start, end in text["unseen"]),
    )


def quote_of(annotation: dict[str, Any], leaf: StoredLeaf) -> Quote:
    """The quote that an annotation describes; its id is the digest of its record."""
    judged = annotation["archiver:judged"]
    return Quote(
        id="q-" + leaf.sha256,
        leaf=leaf.index,
        snapshot=annotation["archiver:snapshot"],
        url=annotation["target"]["source"],
        text=judged["quote"],
        verdict=judged["verdict"],
        layer=judged["layer"],
        created_at=annotation["created"],
        speaker=annotation.get("archiver:speaker"),
        note=annotation.get("archiver:note"),
        judged=judged,
    )
