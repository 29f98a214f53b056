"""The catalogue of a working copy, brought up to its log: where leaves lie is told by the store's index, what they are by the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from archiver.archive.indexing import Indexed, rows_of
from archiver.catalogue import Catalogue
from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.log import Details, Log
from archiver.sequencing import names
from archiver.sequencing.bundle import Bundle, segments_of
from archiver.sequencing.pending import blocks_in_store, placed
from archiver.store import Absent, ObjectStore

Batch = tuple[tuple[str, int], ...]
"""Segments, each with its number of leaves, that one head added."""


def catch_up(store: ObjectStore, log: Log, catalogue: Catalogue, known: Bundle | None = None) -> None:
    """Adds to the catalogue what the log has beyond it, head by head. Raises DamagedArchive where the index does not say where it lies."""
    size, at = log.head().size, catalogue.size()
    if at >= size:
        if at > size:
            raise DamagedArchive(
                f"The working copy {log.folder.parent} knows more leaves than its log; take it away and try again."
            )
        return
    given = iter([(known.first, known.segments)]) if known and known.first == at else _index(store, at)
    for first, batch in given:
        if first != at or at >= size:
            break
        at = _add(store, log, catalogue, first, batch)
    if at < size:
        raise DamagedArchive(f"The index of the store does not say where leaf {at} lies ({names.index_of(at)}).")


def _index(store: ObjectStore, at: int) -> Iterator[tuple[int, Batch]]:
    """What each head added, from leaf ``at`` on."""
    for found in store.list(names.INDEX, after=names.index_of(at - 1) if at else ""):
        data, _ = store.get(found.name)
        try:
            told = json.loads(data)
            first, batch = told["first"], segments_of(told)
        except MISSHAPEN as error:
            raise DamagedArchive(f"{found.name} is not readable.") from error
        yield first, batch


def _add(store: ObjectStore, log: Log, catalogue: Catalogue, first: int, batch: Batch) -> int:
    """Adds what one head added, in one transaction; returns the number of the next leaf."""
    items: list[Indexed] = []
    leaves = log.leaves(first)
    for segment, count in batch:
        members = [leaf.details for leaf in islice(leaves, count)]
        if len(members) != count or any(details is None for details in members):
            raise DamagedArchive(f"The index of the store says of {segment} more than the log does.")
        known = [details for details in members if details is not None]
        items += _indexed(store, segment, known, first + len(items))
    catalogue.add(rows_of(items, catalogue.leaf_of_record, []))
    return first + len(items)


def _indexed(store: ObjectStore, segment: str, members: list[Details], start: int) -> list[Indexed]:
    try:
        return placed(segment, members, start, blocks_in_store(store, segment, members))
    except Absent:
        # lost or taken away: its leaves are there, and `archiver verify` says what is missing
        return placed(segment, members, start, lambda _at, _details: None)
