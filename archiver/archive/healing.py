"""Bringing an archive back to its last signed head after a crash, and its catalogue up to the log."""

from __future__ import annotations

import os
from collections import defaultdict, deque
from pathlib import Path

from archiver import clock, durable
from archiver.archive.indexing import INDEXED_KINDS, Indexed, rows_of
from archiver.catalogue import Catalogue
from archiver.errors import DamagedArchive
from archiver.log import Log, LoggedLeaf
from archiver.model import StoredLeaf
from archiver.warc import (
    FoundMember,
    Locks,
    Segment,
    abandoned,
    file_name,
    inflate,
    open_record,
    read_span,
    scan,
    segment_files,
)

LOG = "log"
_BATCH = 2000


def catch_up(root: Path, log: Log, catalogue: Catalogue) -> int:
    """Adds to the catalogue what the log has beyond it; returns how many leaves. The caller holds the log's lock.

    Members are found by their digest wherever they lie, so WARC files may have been moved or renamed.
    """
    start, size = catalogue.size(), log.head().size
    if start >= size:
        return 0
    ends = catalogue.ends()
    places: defaultdict[str, deque[tuple[str, FoundMember]]] = defaultdict(deque)
    for path in segment_files(root):
        name = file_name(root, path)
        for member in scan(path, ends.get(name, 0)):
            places[member.sha256.hex].append((name, member))
    batch: list[Indexed] = []
    for logged in log.leaves(start, size):
        batch.append(_placed(root, logged, places))
        if len(batch) == _BATCH:
            catalogue.add(rows_of(batch, catalogue.leaf_of_record))
            batch = []
    if batch:
        catalogue.add(rows_of(batch, catalogue.leaf_of_record))
    return size - start


def _placed(root: Path, logged: LoggedLeaf, places: defaultdict[str, deque[tuple[str, FoundMember]]]) -> Indexed:
    details = logged.details
    if details is None:
        return Indexed(StoredLeaf(logged.index, "erased"), None)
    found = places[details.sha256]
    file, offset, length = "", 0, 0
    block = None
    if found:
        file, member = found.popleft()
        offset, length = member.offset, member.length
        if details.kind in INDEXED_KINDS:
            block = open_record(inflate(read_span(root / file, offset, length))).block
    leaf = StoredLeaf(
        logged.index,
        details.kind,
        details.sha256,
        details.record_id,
        details.warc_type,
        details.uri,
        details.time,
        file,
        offset,
        length,
    )
    return Indexed(leaf, block)


def heal(root: Path, locks: Locks, log: Log, catalogue: Catalogue) -> list[str]:
    """Mends what a dead writer left; the caller holds the log's lock. Returns one sentence for each thing done."""
    done: list[str] = []
    if locks.mark(LOG).exists():
        done += log.heal()
        locks.mark(LOG).unlink(missing_ok=True)
    added = catch_up(root, log, catalogue)
    if added:
        done.append(f"The catalogue lacked {added} leaves of the log; they are added.")
    ends = catalogue.ends()
    for segment in abandoned(root, locks):
        sentence = _set_aside(root, segment, ends.get(segment.name, 0))
        if sentence:
            done.append(sentence)
        segment.release(clean=True)
    return done


def _set_aside(root: Path, segment: Segment, end: int) -> str | None:
    """Moves what lies behind the last recorded member to ``quarantine/``; None where there is nothing."""
    size = segment.path.stat().st_size
    if size < end:
        raise DamagedArchive(
            f"{segment.name} ends at byte {size}, before its last recorded member does ({end}); run `archiver verify`."
        )
    if size == end:
        if size == 0:
            segment.path.unlink()
        return None
    tail = read_span(segment.path, end, size - end)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
    place = root / "quarantine" / f"{segment.path.name}.{end}-{size}.{stamp}"
    durable.write_file(place, tail)
    if end == 0:
        segment.path.unlink()
    else:
        with segment.path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
    durable.sync_folder(segment.path.parent)
    return (
        f"A run that was interrupted left {size - end} bytes behind the last record of {segment.name}; "
        f"they were never acknowledged and are set aside as {place.relative_to(root).as_posix()}."
    )
