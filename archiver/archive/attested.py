"""Snapshots as their signed records have them: the catalogue finds them, and is believed in nothing that is signed again or copied on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from archiver.archive.indexing import records_of, snapshot_of
from archiver.catalogue import Catalogue, Rows, sum_of
from archiver.errors import MISSHAPEN, ArchiverError, DamagedArchive, NotReadable
from archiver.log import Checkpoint, Details, Log
from archiver.model import Snapshot, StoredLeaf
from archiver.model.kinds import CAPTURE
from archiver.urls import page_key
from archiver.warc import StoredRecord

_TRIES = 50


def attested(
    log: Log, catalogue: Catalogue, stored: Callable[[StoredLeaf], StoredRecord], snapshot: Snapshot
) -> tuple[Snapshot, dict[str, Any]]:
    """A snapshot that the catalogue gave, made again from its capture record, and what that says; ``stored`` reads a record back.

    The record is held against its leaf, and the leaf against the signed head. Raises DamagedArchive where one of them does not agree, or
    where the catalogue says of the snapshot something else.
    """
    leaf = catalogue.leaf(snapshot.capture_leaf)
    details = proved_details(log, leaf.index)
    if (details.kind, details.sha256) != (CAPTURE, leaf.sha256):
        raise _unlike(snapshot)
    try:
        capture: dict[str, Any] = json.loads(stored(leaf).block)
        signed = snapshot_of(capture, leaf, catalogue.finder(records_of(capture)))
        # a record that was recorded twice may be named by either leaf: then the sums agree, and the values do not
        agrees = signed == snapshot or (signed.id == snapshot.id and _sum(signed) == _sum(snapshot))
    except MISSHAPEN as error:
        raise _unlike(snapshot) from error
    except (DamagedArchive, NotReadable):
        raise
    except ArchiverError as error:  # a record that it names is not in the catalogue
        raise _unlike(snapshot) from error
    if not agrees:
        raise _unlike(snapshot)
    return signed, capture


def _sum(snapshot: Snapshot) -> bytes:
    return sum_of(Rows(snapshots=((snapshot, page_key(snapshot.url)),)))


def _unlike(snapshot: Snapshot) -> DamagedArchive:
    return DamagedArchive(
        f"The catalogue says of {snapshot.short_id} something else than was recorded, so nothing is signed by it; run `archiver rebuild`, "
        "then try again."
    )


def proved_details(log: Log, index: int) -> Details:
    """What a leaf commits to, proved under the signed head as it is now. Raises DamagedArchive."""
    for _ in range(_TRIES):
        head = log.head()
        try:
            return _proved(log, head, index)
        except DamagedArchive:
            if log.head() == head:
                raise  # else others appended meanwhile, and took away what the former head stood on
    return _proved(log, log.head(), index)


def _proved(log: Log, head: Checkpoint, index: int) -> Details:
    if not 0 <= index < head.size:
        raise DamagedArchive(f"The log has no leaf {index}; run `archiver rebuild`.")
    details = log.proved_details(head, index)
    if details is None:
        raise DamagedArchive(f"Leaf {index} is not what the signed head of the log commits to; run `archiver verify`.")
    return details
