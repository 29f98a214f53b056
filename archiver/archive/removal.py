"""Taking erased members out of an archive, in steps that can be broken off anywhere and gone through again.

First the tombstone is recorded, by `Recorder`. Then, all under the lock of the log: the details become ``-``; each WARC file that held
such a member is written anew without it; the catalogue forgets the members and learns where the others lie now; last go the places
where copies may linger. Each step finds out by itself what is left to do: nothing is cut out of a file but bytes that hash to what a
tombstone names, or a damaged stretch that can be nothing else.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver import durable
from archiver.archive import kept, unfinished
from archiver.catalogue import Catalogue, forget_pages, forget_runs, forget_watched
from archiver.errors import ArchiveError, DamagedArchive
from archiver.fulltext import empty
from archiver.log import Log, blank_details
from archiver.log.merkle import TILE_WIDTH, leaf_hash
from archiver.log.proofs import Prover, included
from archiver.model import ERASURE, LASTING, StoredLeaf, Tombstone
from archiver.warc import (
    LOG,
    Locks,
    Segment,
    cut_out,
    drop_unfinished,
    file_name,
    hold,
    inflate,
    limit_of,
    open_record,
    read_span,
    search,
    segment_files,
)

MARK = "erasure"
QUARANTINE = "quarantine"
STATE = "state.db"
_WAIT_SECONDS = 30.0
_READER_SECONDS = 20.0
_TAKEN_OUT = b"taken out\n"  # what the mark says once only copies may linger


@dataclass(slots=True)
class _Layout:
    """What lies in a file from its first byte on: (leaf, start, end) of members, the leaf None for bytes that are none that is known."""

    spans: list[tuple[StoredLeaf | None, int, int]] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.spans[-1][2] if self.spans else 0

    def reach(self, at: int) -> None:
        """What lies before this place and is not in it yet is no member."""
        if at > self.end:
            self.spans.append((None, self.end, at))

    def put(self, leaf: StoredLeaf, start: int, length: int) -> None:
        """A member that lies behind all that are in it."""
        self.reach(start)
        self.spans.append((leaf, start, start + length))

    def neighbours(self, at: int) -> tuple[int, int]:
        """The leaves of the members next to the span of this number, before and behind; where there is none, what is less or more than any."""
        before = next((leaf.index for leaf, _, _ in reversed(self.spans[:at]) if leaf), -1)
        return before, next((leaf.index for leaf, _, _ in self.spans[at:] if leaf), 1 << 62)


class Removal:
    """Takes the members of ``leaves`` (number and digest) out. Make it with `holding`."""

    def __init__(
        self, root: Path, locks: Locks, log: Log, catalogue: Catalogue, leaves: Mapping[int, str], files: Sequence[str]
    ) -> None:
        self._root = root
        self._locks = locks
        self._log = log
        self._catalogue = catalogue
        self._leaves = dict(leaves)
        self._doomed = {digest: index for index, digest in leaves.items()}
        self._files = files
        self._found: set[int] = set()

    def run(self, spare: Callable[[Path], bool] | None = None) -> list[str]:
        """Goes through all steps; returns sentences about what could not be done. The caller holds the log's lock.

        ``spare`` says of a file in the quarantine that it holds nothing of what goes: only who made the plan can tell.
        """
        self._locks.mark(LOG).touch()
        mark = self._locks.mark(MARK)
        mark.write_bytes(b"")
        durable.sync_folder(self._locks.folder)
        blank_details(self._log.folder, self._leaves)
        drop_unfinished(self._root)
        places: dict[int, tuple[str, int]] = {}
        notices: list[str] = []
        for name in self._files:
            if (self._root / name).is_file():
                notices += self._rewrite(name, places)
        forget_pages(self._root / STATE, self._catalogue.erasures.pages_of(self._leaves))
        self._catalogue.erasures.apply(self._leaves, places)
        durable.write_file(mark, _TAKEN_OUT)
        self._locks.mark(LOG).unlink(missing_ok=True)
        return notices + clear_remains(self._root, self._locks, self._log, self._catalogue, spare)

    @property
    def found(self) -> int:
        """How many members were found and taken out in this run."""
        return len(self._found)

    def _rewrite(self, name: str, places: dict[int, tuple[str, int]]) -> list[str]:
        """Writes a file anew where it holds something to be erased; notes where its other members lie."""
        path = self._root / name
        layout = self._layout(name, path)
        cuts, notices = self._cuts(name, layout)
        if cuts:
            cut_out(path, cuts)
        removed = 0
        for leaf, start, end in layout.spans:
            if (start, end) in cuts:
                removed += end - start
            elif leaf is not None and (leaf.file, leaf.offset) != (name, start - removed):
                places[leaf.index] = (name, start - removed)
        return notices

    def _layout(self, name: str, path: Path) -> _Layout:
        """As the catalogue has it where its digests bear that out from the first byte to the last, else as the file itself shows."""
        layout = _Layout()
        for leaf in self._catalogue.erasures.members_of(name):
            wanted = self._leaves.get(
                leaf.index, leaf.sha256
            )  # what is to go is what the tombstone says, whatever the catalogue does
            if leaf.offset != layout.end or leaf.sha256 != wanted or not _is_there(path, leaf):
                return self._searched(name, path)
            layout.put(leaf, leaf.offset, leaf.length)
        return layout if layout.end == path.stat().st_size else self._searched(name, path)

    def _searched(self, name: str, path: Path) -> _Layout:
        """As the file itself shows: the members that are found in it, by their digests."""
        layout, taken = _Layout(), set[int]()
        for member in search(path):
            leaf = self._leaf_of(member.sha256.hex, name, taken)
            if leaf is None:
                continue
            taken.add(leaf.index)
            layout.put(leaf, member.offset, member.length)
        layout.reach(path.stat().st_size)
        return layout

    def _leaf_of(self, digest: str, name: str, taken: set[int]) -> StoredLeaf | None:
        """The leaf of a member by its digest; of several the one that the catalogue puts into this file."""
        found = [leaf for leaf in self._catalogue.erasures.leaves_of_digest(digest) if leaf.index not in taken]
        doomed = self._doomed.get(digest)
        # every copy of it goes, but for those that were recorded again and are leaves of their own
        if doomed is not None and all(leaf.index in self._leaves for leaf in found):
            return StoredLeaf(doomed, "", digest)
        found = [leaf for leaf in found if leaf.index not in self._leaves]
        return next((leaf for leaf in found if leaf.file == name), found[0] if found else None)

    def _cuts(self, name: str, layout: _Layout) -> tuple[list[tuple[int, int]], list[str]]:
        """What is to be left out: members to be erased, and what is left of damaged ones where it can be nothing else."""
        cuts, notices = [], []
        present = {leaf.index for leaf, _, _ in layout.spans if leaf is not None}
        lost = [leaf for leaf in self._catalogue.erasures.members_of(name) if leaf.index not in present]
        for at, (leaf, start, end) in enumerate(layout.spans):
            if leaf is not None:
                if leaf.index in self._leaves:
                    self._found.add(leaf.index)
                    cuts.append((start, end))
                continue
            # bytes between two members can only be what the log has between their leaves
            before, after = layout.neighbours(at)
            were_here = {item.index for item in lost if before < item.index < after}
            erased = were_here & self._leaves.keys()
            if erased and erased == were_here:
                self._found.update(erased)
                cuts.append((start, end))
            elif erased:
                notices.append(
                    f"{name} is damaged from byte {start} to {end}, where an erased record lay beside one that stays: what is left "
                    "of the two cannot be told apart and is still there. `archiver verify` names the damage."
                )
        return cuts, notices


def _is_there(path: Path, leaf: StoredLeaf) -> bool:
    try:
        return hashlib.sha256(read_span(path, leaf.offset, leaf.length)).hexdigest() == leaf.sha256
    except DamagedArchive:
        return False


def clear_remains(
    root: Path, locks: Locks, log: Log, catalogue: Catalogue, spare: Callable[[Path], bool] | None = None
) -> list[str]:
    """Empties the places where copies may linger: freed pages of the catalogue, the search index, ``state.db``, ``quarantine/``; then the
    erasure is over.

    Where another process keeps the catalogue's log from being emptied, the mark stays, and the next open tries again.
    """
    folder = root / QUARANTINE
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if not path.is_dir() and not (spare is not None and spare(path)):
                path.unlink()
        durable.sync_folder(folder)
    forget_watched(root / STATE, catalogue.erasures.is_erased, lambda key: catalogue.latest(key) is not None)
    forget_runs(root / STATE)
    unfinished.sweep(root)
    kept.forget(log)
    if not (empty(root) and catalogue.erasures.compact()):
        return [
            (
                "Another process reads the catalogue or the search index just now, which may still hold what was erased; the next command that may "
                "write to this archive clears it."
            )
        ]
    locks.mark(MARK).unlink(missing_ok=True)
    return []


def refuse_beside_readers(locks: Locks) -> None:
    """Raises ArchiveError where a verification goes on and does not end soon: it would take for lost what is taken out."""
    end = time.monotonic() + _READER_SECONDS
    while locks.is_read():
        if time.monotonic() > end:
            raise ArchiveError(
                "The archive is being verified, and must not lose records meanwhile; nothing was changed. Try again when that has ended."
            )
        time.sleep(0.05)


def moved(locks: Locks, catalogue: Catalogue, leaf: StoredLeaf) -> StoredLeaf | None:
    """Where the member of a leaf lies now that was not there: another process may have erased it, or what lay before it.

    None where it was not moved. Waits half a minute for an erasure that is under way: until then the catalogue may not know.
    """
    end = time.monotonic() + _WAIT_SECONDS
    while locks.mark(MARK).exists() and time.monotonic() < end:
        time.sleep(0.02)
    now = catalogue.leaf(leaf.index)
    return now if (now.file, now.offset) != (leaf.file, leaf.offset) else None


@contextmanager
def holding(
    root: Path, locks: Locks, log: Log, catalogue: Catalogue, leaves: Mapping[int, str], own: Sequence[Segment]
) -> Iterator[Removal]:
    """The removal of some leaves, with every WARC file that it may write to held. ``own`` are held already,
    and told their new size.

    Raises ArchiveError where another process has one of them; nothing is changed then. Where the work within fails, the crash marks
    stay, so that nobody writes to those files before the next open has gone on with it.
    """
    files = _files(root, catalogue, leaves)
    held: list[Segment] = []
    clean = True
    try:
        for name in files:
            if name in {segment.name for segment in own} or not (root / name).is_file():
                continue
            segment = hold(root, locks, root / name)
            if segment is None:
                raise ArchiveError(
                    f"Another process is recording into {name}, where something lies that is to be erased; nothing was changed. "
                    "Try again when it has ended."
                )
            held.append(segment)
        clean = False
        yield Removal(root, locks, log, catalogue, leaves, files)
        for segment in own:
            segment.size = segment.path.stat().st_size if segment.path.exists() else 0
        clean = True
    finally:
        for segment in held:
            segment.release(clean=clean)


def _files(root: Path, catalogue: Catalogue, leaves: Mapping[int, str]) -> list[str]:
    """The files that hold the members; all there are, where the catalogue cannot tell."""
    names: dict[str, None] = {}
    for index in leaves:
        name = catalogue.leaf(index).file
        if not name or not (root / name).is_file():
            return [file_name(root, path) for path in segment_files(root)]
        names[name] = None
    return list(names)


def resume(root: Path, locks: Locks, log: Log, catalogue: Catalogue, held: Sequence[Segment]) -> list[str]:
    """Goes on with erasures that broke off; the caller holds the log's lock and the segments that dead writers left."""
    leaves = catalogue.erasures.unfinished()
    mark = locks.mark(MARK)
    if not leaves and not mark.exists():
        return []
    if not leaves and mark.read_bytes() == _TAKEN_OUT:
        return clear_remains(root, locks, log, catalogue)
    done = again(root, locks, log, catalogue, held)
    if leaves and not done:
        return [
            "The catalogue names erasures that the log does not bear out; nothing was taken out. Run `archiver rebuild`."
        ]
    if not done:
        mark.unlink(missing_ok=True)
    return done


def proven_leaves(root: Path, log: Log, catalogue: Catalogue) -> dict[int, str]:
    """The leaves that recorded erasures name, with the digests of their members.

    The catalogue only says where tombstones may lie. Each is believed once its bytes are those of a leaf that is proven to stand under
    the signed head: else a changed catalogue could have anything erased.
    """
    head = log.head()
    prover = Prover(log.tile, head.size)
    leaves: dict[int, str] = {}
    for index in catalogue.erasures.tombstones():
        stone = _proven(root, log, prover, catalogue, index, head.root) if index < head.size else None
        for leaf, digest in stone.leaves if stone else ():
            entry = log.bundle(leaf // TILE_WIDTH, TILE_WIDTH, head.size)[leaf % TILE_WIDTH] if leaf < index else b""
            if entry and not any(b'"kind":"%b"' % kind.encode() in entry for kind in LASTING):
                leaves.setdefault(leaf, digest)
    return leaves


def _proven(
    root: Path, log: Log, prover: Prover, catalogue: Catalogue, index: int, head_root: bytes
) -> Tombstone | None:
    logged = next(log.leaves(index), None)
    if logged is None or logged.details is None or logged.details.kind != ERASURE:
        return None
    if not included(leaf_hash(logged.entry), index, prover.size, prover.inclusion(index), head_root):
        return None
    details = logged.details
    for found in _places_of(root, catalogue, index, details.sha256):
        record = open_record(inflate(found, limit_of(details.warc_type)))
        try:
            return Tombstone.parse(record.block)
        except ValueError:
            return None
    return None


def _places_of(root: Path, catalogue: Catalogue, index: int, digest: str) -> Iterator[bytes]:
    """The bytes of a member: from where the catalogue says, else from wherever they lie."""
    leaf = catalogue.leaf(index)
    if leaf.file and _is_there(root / leaf.file, replace(leaf, sha256=digest)):
        yield read_span(root / leaf.file, leaf.offset, leaf.length)
        return
    for path in segment_files(root):
        for member in search(path):
            if member.sha256.hex == digest:
                yield read_span(path, member.offset, member.length)
                return


def again(root: Path, locks: Locks, log: Log, catalogue: Catalogue, held: Sequence[Segment]) -> list[str]:
    """Goes through the steps for all recorded erasures; says what it did, nothing where there is none. The caller holds the log's lock."""
    broken_off = locks.mark(MARK).exists() or bool(catalogue.erasures.unfinished())
    try:
        leaves = proven_leaves(root, log, catalogue)
        if not leaves:
            return []
        with holding(root, locks, log, catalogue, leaves, held) as removal:
            notices = removal.run()
    except (ArchiveError, OSError) as error:  # it must not keep anybody from the rest of the archive
        return [f"An erasure broke off and cannot be brought to its end yet: {error}"]
    return [_said(removal.found, broken_off=broken_off), *notices]


def _said(found: int, *, broken_off: bool) -> str:
    """What going through recorded erasures came to."""
    if broken_off:
        return f"An erasure that broke off was brought to its end: {found} records were still there and are gone."
    if found:
        return (
            f"All recorded erasures were gone through once more: {found} records that had been put back are gone again."
        )
    return "All recorded erasures were gone through once more: nothing of them was there."
