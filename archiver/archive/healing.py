"""Bringing an archive back to its last signed head after a crash, and its catalogue up to the log."""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from archiver import clock, durable
from archiver.archive import removal
from archiver.archive.indexing import INDEXED_KINDS, Indexed, rows_of, stored_leaf
from archiver.archive.inorder import InOrder
from archiver.archive.settings import finish_read_only
from archiver.catalogue import Catalogue
from archiver.digests import Digest
from archiver.errors import DamagedArchive
from archiver.log import Details, Log, LoggedLeaf
from archiver.model import StoredLeaf
from archiver.warc import (
    LOG,
    FoundMember,
    Locks,
    Segment,
    abandoned,
    inflate,
    limit_of,
    open_record,
    read_span,
    search,
)

_BATCH = 2000

Progress = Callable[[int, int], None]
"""Told how many leaves of how many are done."""


def heal(root: Path, locks: Locks, log: Log, catalogue: Catalogue) -> list[str]:
    """Mends what a dead writer left; the caller holds the log's lock. Returns one sentence for each thing done.

    Where the catalogue knows more than the signed head has, the log was cut back by something else than a crash: then nothing is
    touched, so that what is left of the newer leaves can still be looked at.
    """
    size = log.head().size
    if catalogue.size() > size:
        return [cut_back(catalogue, size)]
    done: list[str] = []
    dead = list(abandoned(root, locks))
    mended = False
    left: set[str] = set()
    try:
        # a mark of the log may not have outlived a power cut; those of the segments have
        if dead or locks.mark(LOG).exists():
            done += log.heal()
            locks.mark(LOG).unlink(missing_ok=True)
        done += catch_up(root, log, catalogue)
        done += finish_read_only(root, locks, catalogue)
        done += removal.resume(root, locks, log, catalogue, dead)
        waiting = bool(catalogue.erasures.unfinished())  # then where members lie is not to be relied on yet
        for segment in dead:
            if waiting:
                left.add(segment.name)
                continue
            last = catalogue.last_of(segment.name)
            if last is not None and not _stands(segment, log, last):
                # its mark stays: nothing is written behind it, and the next open looks again
                left.add(segment.name)
                done.append(
                    f"{segment.name} does not hold at byte {last.offset} what the log has for its last record; nothing was cut "
                    "off there. Run `archiver rebuild`, and `archiver verify` to see whether the file is damaged."
                )
            else:
                done += _set_aside(root, log, segment, catalogue.end_of(segment.name))
        mended = True
    finally:
        for segment in dead:
            segment.release(clean=mended and segment.name not in left)
    return done


def cut_back(catalogue: Catalogue, size: int) -> str:
    """The sentence for a catalogue that is ahead of the log."""
    return (
        f"The catalogue knows {catalogue.size()} leaves where the signed head has {size}: "
        "the log was cut back, or the catalogue belongs to another archive; run `archiver verify`."
    )


def catch_up(root: Path, log: Log, catalogue: Catalogue, progress: Progress | None = None) -> list[str]:
    """Adds to the catalogue what the log has beyond it; returns a sentence for each thing done. The caller holds the log's lock.

    Members are found by their digest wherever they lie, so WARC files may have been moved or renamed, or be damaged in between.
    """
    start, size = catalogue.size(), log.head().size
    if start >= size:
        return []
    skipped: list[DamagedArchive] = []
    batch: list[Indexed] = []
    lost = 0
    with _Places(root, catalogue.end_of) as places:
        for logged in log.leaves(start):
            batch.append(_placed(root, logged, places))
            lost += logged.details is not None and not batch[-1].leaf.file
            if len(batch) == _BATCH:
                catalogue.add(rows_of(batch, catalogue.leaf_of_record, skipped))
                batch = []
                if progress is not None:
                    progress(logged.index + 1 - start, size - start)
    if batch:
        catalogue.add(rows_of(batch, catalogue.leaf_of_record, skipped))
        if progress is not None:
            progress(size - start, size - start)
    said = [f"The catalogue lacked {size - start} leaves of the log; they are added.", *map(str, skipped)]
    if lost:
        records = "1 record of the log is" if lost == 1 else f"{lost:,} records of the log are"
        said.append(f"{records} in no WARC file here, or damaged there; `archiver verify` says which.")
    return said


class _Places:
    """Where members lie: in the order of the log, and from the first on that is not there, wherever their digests are found."""

    def __init__(self, root: Path, end_of: Callable[[str], int]) -> None:
        self._root = root
        self._in_order = InOrder(root, end_of)
        self._anywhere: _Anywhere | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._in_order.close()

    def take(self, details: Details) -> tuple[str, int] | None:
        """File and offset of a member that was not taken yet; None where there is none."""
        if self._anywhere is None:
            place = self._in_order.take(details)
            if place is not None:
                return place
            self._anywhere = _Anywhere(self._root, self._in_order.ends())
        return self._anywhere.take(details.sha256)


class _Anywhere:
    """Where members lie, by their digests: behind what is placed already, and where that does not do, before it. All of them are kept."""

    def __init__(self, root: Path, ends: dict[str, int]) -> None:
        self._root = root
        self._found: defaultdict[str, deque[tuple[str, int]]] = defaultdict(deque)
        self._starts = ends
        for name, end in ends.items():
            self._take(name, search(root / name, end))

    def take(self, digest: str) -> tuple[str, int] | None:
        """A place of a member that was not taken yet; None where there is none."""
        if not self._found[digest] and any(self._starts.values()):
            for name, end in self._starts.items():
                self._take(name, (found for found in search(self._root / name) if found.offset < end))
            self._starts = {}
        return self._found[digest].popleft() if self._found[digest] else None

    def _take(self, name: str, members: Iterator[FoundMember]) -> None:
        with suppress(FileNotFoundError):  # gone meanwhile: see `InOrder`
            for member in members:
                self._found[member.sha256.hex].append((name, member.offset))


def _placed(root: Path, logged: LoggedLeaf, places: _Places) -> Indexed:
    details = logged.details
    if details is None:
        return Indexed(StoredLeaf(logged.index, "erased"), None)
    found = places.take(details)
    if found is None:
        return Indexed(replace(stored_leaf(logged.index, details, "", 0), length=0), None)
    file, offset = found
    block = None
    if details.kind in INDEXED_KINDS:
        try:
            data = inflate(read_span(root / file, offset, details.size), limit_of(details.warc_type))
            block = open_record(data).block
        except DamagedArchive:
            block = None  # what was recorded is no record; `archiver verify` says so
    return Indexed(stored_leaf(logged.index, details, file, offset), block)


def _stands(segment: Segment, log: Log, last: StoredLeaf) -> bool:
    """Whether nothing is to be cut, or the last member that the catalogue places ends where the log's own digest bears it out."""
    size, end = segment.path.stat().st_size, last.offset + last.length
    if size <= end and last.length > 0:
        return True
    logged = next(log.leaves(last.index), None)
    if logged is None or logged.details is None or logged.details.size != last.length:
        return False
    return Digest.of(read_span(segment.path, last.offset, last.length)).hex == logged.details.sha256


def _set_aside(root: Path, log: Log, segment: Segment, end: int) -> list[str]:
    """Moves what lies behind the last recorded member to ``quarantine/``; says what it did."""
    size = segment.path.stat().st_size
    if size < end:
        return [
            f"{segment.name} ends at byte {size}, before its last recorded member does ({end}); run `archiver verify`."
        ]
    if size == end:
        if size == 0:
            segment.path.unlink()
        return []
    behind = {member.sha256.hex for member in search(segment.path, end)}
    if log.known_digests(behind):
        # the catalogue is wrong about this file: never cut on its word
        return [
            f"{segment.name} holds records behind byte {end} that the catalogue does not place there; run `archiver rebuild`."
        ]
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
    sentence = (
        f"A run that was interrupted left {size - end} bytes behind the last record of {segment.name}; "
        f"they were never acknowledged and are set aside as {place.relative_to(root).as_posix()}."
    )
    return [sentence]
