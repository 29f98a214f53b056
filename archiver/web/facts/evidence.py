"""What proves a record: its leaf under the signed head, held against it now, and the outside anchors around it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.archive import Archive
from archiver.archive.attested import proved_details
from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint

if TYPE_CHECKING:
    from archiver.timestamps import Window


@dataclass(frozen=True, slots=True)
class Proof:
    """Leaf ``index`` of the log ``origin``, of ``size`` leaves under the root ``root`` (hex), signed with the key of ``fingerprint``.

    ``fault`` says why the record is not what the head commits to, None where it is: the digest of the bytes on disk, the leaf and the path
    to the root were held against each other just now. ``anchors`` is a sentence on the time stamps around it.
    """

    index: int
    kind: str
    sha256: str
    record_id: str
    time: str
    file: str
    offset: int
    length: int
    origin: str
    size: int
    root: str
    key: str
    fingerprint: str
    anchors: str
    fault: str | None

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Proof.__slots__}


def of_leaf(archive: Archive, index: int) -> Proof:
    """The proof of a leaf. Raises UnknownId where the log has no such leaf."""
    leaf, head, key = archive.catalogue.leaf(index), archive.head(), archive.key
    return Proof(
        leaf.index, leaf.kind, leaf.sha256, leaf.record_id, leaf.time, leaf.file, leaf.offset, leaf.length, head.origin, head.size,
        head.root.hex(), key.vkey, key.fingerprint, _anchors(archive, index), _fault(archive, index),
    )  # fmt: skip


def _fault(archive: Archive, index: int) -> str | None:
    try:
        leaf = archive.catalogue.leaf(index)
        details = proved_details(archive.log, index)
        if details.sha256 != leaf.sha256 or details.kind != leaf.kind:
            return "the catalogue names another record than the log commits to; run `archiver verify`"
        archive.stored_record(leaf)
    except DamagedArchive as error:
        return str(error)
    return None


def window_now(archive: Archive) -> Window | None:
    """The outside anchors of the log as it is; None where it has none. They are judged once for each head. Raises ArchiverError."""
    if archive.catalogue.newest_of("timestamp") is None:
        return None
    from archiver import anchoring  # a tenth of a second that only archives with time stamps pay
    from archiver.timestamps import own_roots

    key = (archive.root, archive.head())
    with _lock:
        found = _judged.get(key)
    if found is None:
        found = anchoring.window_of(archive, own_roots(archive.keys.folder))
        with _lock:
            _judged.clear()
            _judged[key] = found
    return found


_lock = threading.Lock()
_judged: dict[tuple[Path, Checkpoint], Window] = {}


def _anchors(archive: Archive, index: int) -> str:
    try:
        window = window_now(archive)
    except ArchiverError as error:
        return f"the time stamps could not be read: {error}"
    if window is None:
        return "no time stamp of an outside authority yet: the date rests on this machine's clock and whoever holds the key"
    return window.words_of(index)
