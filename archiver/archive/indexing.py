"""From records to rows: the one way into the catalogue, for what is recorded now and for what is read back later.

Because both take this way, a rebuilt catalogue says what the first one said.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archiver.catalogue import Rows, storable
from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Details
from archiver.model import (
    ERASURE,
    BrowserView,
    CohortReport,
    Corroboration,
    Layer,
    Notice,
    Origin,
    PageInfo,
    Place,
    Quote,
    Snapshot,
    Span,
    StoredAsset,
    StoredCohort,
    StoredCorroboration,
    StoredLeaf,
    StoredRecheck,
    StoredText,
    Tombstone,
    Trait,
    assets_of,
    having,
)
from archiver.model.cohort import rows_in
from archiver.model.kinds import CAPTURE, CERTIFICATE, COHORT, COHORT_ROWS, CORROBORATION, RECHECK
from archiver.urls import page_key

INDEXED_KINDS = having(Trait.INDEXED)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A leaf and, where its kind has rows of its own, the block of its record (None where it is not needed or not readable)."""

    leaf: StoredLeaf
    block: bytes | None


def stored_leaf(index: int, details: Details, file: str, offset: int) -> StoredLeaf:
    """A leaf with the place where its member lies."""
    return StoredLeaf(
        index, details.kind, details.sha256, details.record_id, details.warc_type, details.uri, details.time, file, offset,
        details.size,
    )  # fmt: skip


def rows_of(
    batch: list[Indexed], known: Callable[[str], StoredLeaf], skipped: list[DamagedArchive] | None = None
) -> Rows:
    """The rows of a batch. ``known`` finds the leaf of a record id that is not in the batch (raising UnknownId).

    A record that has not the shape of its kind raises DamagedArchive: it must not get into the log, since it could not be found
    again. Where it is there already, ``skipped`` takes the error, and only its leaf is indexed.
    """
    own = {item.leaf.record_id: item.leaf for item in batch if item.leaf.record_id}

    def leaf_of(record_id: str) -> StoredLeaf:
        return own.get(record_id) or known(record_id)

    parts = [Rows(tuple(item.leaf for item in batch))]
    for item in batch:
        if item.block is None or item.leaf.kind not in INDEXED_KINDS:
            continue
        try:
            parts.append(_rows_of_kind(item, leaf_of))
        except DamagedArchive as error:
            if skipped is None:
                raise
            skipped.append(error)
    return joined(parts)


def joined(parts: Iterable[Rows]) -> Rows:
    """The rows of several batches as one."""
    kept = list(parts)
    return Rows(*(tuple(row for part in kept for row in getattr(part, name)) for name in Rows.__slots__))


def _rows_of_kind(item: Indexed, leaf_of: Callable[[str], StoredLeaf]) -> Rows:
    try:
        if item.leaf.kind == CERTIFICATE:
            rows = Rows(certificates=((item.leaf.uri.rpartition(":")[2], item.leaf.index),))
        elif item.leaf.kind == CAPTURE:
            capture = _json(item)
            snapshot = snapshot_of(capture, item.leaf, leaf_of)
            rows = capture_rows(snapshot, capture, leaf_of)
        elif item.leaf.kind == ERASURE:
            rows = Rows(erasures=((item.leaf.index, tombstone_of(item)),))
        elif item.leaf.kind == RECHECK:
            rows = Rows(rechecks=(recheck_of(_json(item), item.leaf),))
        elif item.leaf.kind == CORROBORATION:
            rows = Rows(corroborations=(corroboration_of(_json(item), item.leaf),))
        elif item.leaf.kind == COHORT:
            rows = Rows(cohorts=(cohort_of(_json(item), item.leaf),))
        else:
            rows = Rows(quotes=(quote_of(_json(item), item.leaf),))
    except (LookupError, TypeError, ValueError, AttributeError, ArchiverError) as error:
        raise DamagedArchive(
            f"The {item.leaf.kind} record {item.leaf.record_id} has not the shape of its kind ({error})."
        ) from error
    if not storable(rows):
        raise DamagedArchive(f"The {item.leaf.kind} record {item.leaf.record_id} holds what no catalogue takes.")
    return rows


def _json(item: Indexed) -> dict[str, Any]:
    try:
        value = json.loads(item.block or b"")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise TypeError("no JSON object")
    return value


def capture_rows(snapshot: Snapshot, capture: dict[str, Any], leaf_of: Callable[[str], StoredLeaf]) -> Rows:
    """The rows of a capture record that describes a snapshot: of this and of its assets. Raises where its list is none."""
    assets = tuple((snapshot, position, asset) for position, asset in enumerate(stored_assets(capture, leaf_of)))
    return Rows(snapshots=((snapshot, page_key(snapshot.url)),), assets=assets)


def stored_assets(capture: dict[str, Any], leaf_of: Callable[[str], StoredLeaf]) -> Iterator[StoredAsset]:
    """The assets that a capture record lists."""
    listed = assets_of(capture)
    for asset in listed.recorded if listed else ():
        yield StoredAsset(
            leaf_of(f"<{asset.record}>").index, leaf_of(f"<{asset.of}>").index if asset.of else None, asset.address, asset.status,
            asset.sha256,
        )  # fmt: skip


def snapshot_of(capture: dict[str, Any], leaf: StoredLeaf, leaf_of: Callable[[str], StoredLeaf]) -> Snapshot:
    """The snapshot that a capture record describes."""
    response = leaf_of(capture["hops"][-1]["response"])
    info = capture["info"]
    wall = capture.get("wall")
    assets = assets_of(capture)
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
        origin=Origin.from_json(capture["origin"]) if capture.get("origin") is not None else None,
        assets=assets.counts if assets else None,
        browser=BrowserView.from_json(capture["browser"]) if capture.get("browser") is not None else None,
    )


def records_of(capture: dict[str, Any]) -> list[Any]:
    """The ids of the records that `snapshot_of` asks for."""
    return [capture["hops"][-1]["response"], *(text["record_id"] for text in capture["texts"])]


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
        places=tuple(Place(*place) for place in text.get("places", ())),
    )


def refuse_erased(batch: list[Indexed], refuse: Callable[[str], None], rows: Rows | None = None) -> None:
    """Raises what ``refuse`` raises for a snapshot that a capture or quote of the batch stands on: it may have been erased while the
    capture or quote was being made. Without ``rows`` the records themselves are asked.
    """
    if rows is None:
        names = []
        for item in batch:
            with contextlib.suppress(ValueError, TypeError):
                names += [_json(item).get(name) for name in ("revisit_of", "archiver:snapshot")]
    else:
        names = [*(snapshot.revisit_of for snapshot, _ in rows.snapshots), *(quote.snapshot for quote in rows.quotes)]
        names += [name for recheck in rows.rechecks for name in (recheck.previous, recheck.snapshot, *recheck.quotes)]
        names += [name for item in rows.corroborations for name in (item.said.own.snapshot, item.said.as_of)]
    for item in batch:
        if item.leaf.kind == COHORT_ROWS:
            names += [row.snapshot for row in rows_in(item.block or b"")]
    for name in names:
        if isinstance(name, str) and name:
            refuse(name)


def tombstone_of(item: Indexed) -> Tombstone:
    """The tombstone that an erasure's record holds; raises ValueError where it is none, or names leaves that came later."""
    stone = Tombstone.parse(item.block or b"")
    if any(index >= item.leaf.index for index, _ in stone.leaves):
        raise ValueError("it names leaves that came after it")
    return stone


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


def recheck_of(told: dict[str, Any], leaf: StoredLeaf) -> StoredRecheck:
    """The recheck that a record tells of; its id is the digest of the record."""
    return StoredRecheck.of(told, leaf.index, leaf.sha256, page_key(told["url"]))


def corroboration_of(told: dict[str, Any], leaf: StoredLeaf) -> StoredCorroboration:
    """The corroboration that a record tells of; its id is the digest of the record."""
    said = Corroboration.of(told)
    return StoredCorroboration(f"c-{leaf.sha256}", leaf.index, page_key(said.url), said)


def cohort_of(told: dict[str, Any], leaf: StoredLeaf) -> StoredCohort:
    """The report on a list that a record tells of; its id is the digest of the record."""
    return StoredCohort(f"h-{leaf.sha256}", leaf.index, CohortReport.of(told))
