"""The catalogue beside the log. It is only an index: what it lacks is no harm, but where it knows more, the log was cut back."""

from __future__ import annotations

import contextlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.archive.indexing import Indexed, rows_of, stored_leaf
from archiver.archive.unfinished import CATALOGUE
from archiver.catalogue import Catalogue
from archiver.catalogue.aside import looking_into, undisturbed
from archiver.errors import ArchiveError, DamagedArchive, UnknownId
from archiver.log import Log
from archiver.model import StoredLeaf
from archiver.verification.catalogue_portions import Portion, tasks
from archiver.verification.columns import ByLeaf
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding
from archiver.verification.worker import Crew

_NOWHERE, _ELSEWHERE = 0xFFFF_FFFF, 0xFFFF_FFFE  # numbers of no file, and of one that is not there
_UNDER_SUMS = ("snapshots", "texts", "quotes", "rechecks", "corroborations", "cohorts")


def hints(root: Path) -> Iterator[tuple[int, str, int]]:
    """(leaf, file, offset) as the catalogue says, nothing where it cannot be read: hints, and no more than that."""
    path = root / CATALOGUE
    if not path.is_file():
        return
    with contextlib.suppress(ArchiveError), looking_into(path) as catalogue:
        yield from catalogue.places()


def lost_runs(root: Path, indices: Sequence[int]) -> Iterator[tuple[str, range]]:
    """Leaves (in order) whose members are nowhere, neighbouring ones together, with the file where the catalogue knew them (or nothing)."""
    places = hints(root) if indices else iter(())
    place, start, before = next(places, None), 0, ""
    for at, index in enumerate(indices):
        while place is not None and place[0] < index:
            place = next(places, None)
        file = place[1] if place is not None and place[0] == index else ""
        if at and (index != indices[at - 1] + 1 or file != before):
            yield before, range(indices[start], indices[at - 1] + 1)
            start = at
        before = file
    if indices:
        yield before, range(indices[start], indices[-1] + 1)


class CatalogueCheck:
    """Compares the catalogue leaf by leaf with what the log commits to, and what it says of captures and quotes with their records."""

    def __init__(self, root: Path, log: Log, committed: Committed, crew: Crew) -> None:
        self._root = root
        self._log = log
        self._committed = committed
        self._crew = crew

    def findings(self, expected: ByLeaf) -> Iterator[Finding]:
        """``expected`` is what it should have of each capture and quote, as a sum."""
        if not (self._root / CATALOGUE).is_file():
            yield Finding(CATALOGUE, "catalogue", True, "there is none; it is made in memory or by `archiver rebuild`")
            return
        try:
            yield from undisturbed(self._root / CATALOGUE, lambda catalogue: list(self._looked_at(catalogue, expected)))
        except ArchiveError as error:
            yield Finding(CATALOGUE, "catalogue", None, f"{error} The evidence does not depend on it.")

    def _looked_at(self, catalogue: Catalogue, expected: ByLeaf) -> Iterator[Finding]:
        alike = bytearray(len(self._committed))  # 1 for a leaf of which it says what the record does
        reading = self._read_together(catalogue, expected, alike) or self._read(catalogue, expected, alike)
        yield reading.finding(self._log, len(self._committed))
        yield from _compare_rows(catalogue, self._log, self._committed, alike, founded=reading.founded)

    def _read_together(self, catalogue: Catalogue, expected: ByLeaf, alike: bytearray) -> _Reading | None:
        """What it says, read by the crew; None where a part of it cannot be read."""
        known, path = catalogue.size(), catalogue.connection.path
        if path is None:
            return None
        committed, counts = self._committed, Counter[str]()
        files = {path: number for number, path in enumerate(committed.paths)}
        rows, founded = Counter[str](), True
        for said, _ in self._crew.run((task, None) for task in tasks(path, known, committed.mark_key)):
            if said is None:
                return None
            self._compare(said, files, counts)
            founded &= _hold(said.sums, expected, alike)
            rows.update(said.rows)
        founded = founded and all(catalogue.count(table) == rows[table] for table in _UNDER_SUMS)
        return _Reading(known, counts["there"], counts["other"], counts["moved"], founded)

    def _compare(self, said: Portion, files: Mapping[Path, int], counts: Counter[str]) -> None:
        """Holds what it says of leaves against what was committed to: all at once, and one by one where that is not the same."""
        committed, numbers = self._committed, array("I")
        for name, count in said.files:
            number = files.get(self._root / name, _ELSEWHERE) if name else _NOWHERE
            numbers.extend(array("I", [number]) * count)
        counts["there"] += len(said.indices)
        if isinstance(said.indices, range) and committed.same(
            said.indices, said.marks, said.lengths, numbers, said.offsets
        ):
            return
        columns = zip(said.indices, said.marks, said.lengths, numbers, said.offsets, strict=True)
        for index, mark, length, number, offset in columns:
            if index < len(committed) and committed.known(index):
                counts["other"] += not committed.says(index, mark, length, in_file=number != _NOWHERE)
                counts["moved"] += committed.placed(index) and committed.lies(index) != (number, offset)

    def _read(self, catalogue: Catalogue, expected: ByLeaf, alike: bytearray) -> _Reading:
        """The same, leaf by leaf; raises ArchiveError with what is amiss."""
        committed, paths, counts = self._committed, dict[str, Path](), Counter[str]()
        known = catalogue.size()
        for leaf in catalogue.leaves():
            counts["there"] += 1
            if leaf.index >= len(committed) or not committed.known(leaf.index):
                continue
            counts["other"] += not committed.agrees(leaf)
            place = committed.place_of(leaf.index)
            if leaf.file not in paths:
                paths[leaf.file] = self._root / leaf.file
            counts["moved"] += place is not None and (place[1] != leaf.offset or place[0] != paths[leaf.file])
        _hold(catalogue.sums_by_leaf(), expected, alike)
        return _Reading(known, counts["there"], counts["other"], counts["moved"], founded=False)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How many leaves the catalogue knows and has, and of how many it says something else or another place; ``founded`` where each row under a
    sum is known to be of a record (where it is not, that is not known)."""

    known: int
    there: int
    other: int
    moved: int
    founded: bool

    def finding(self, log: Log, size: int) -> Finding:
        if self.other:
            return Finding(
                CATALOGUE, "catalogue", False,
                f"says of {self.other} leaves something else than the log: the log was replaced, the catalogue was changed, or it is not "
                "this archive's; `archiver rebuild` makes it again",
            )  # fmt: skip
        if self.there < self.known:
            return Finding(
                CATALOGUE, "catalogue", False,
                f"lacks {self.known - self.there} leaves before the last that it knows; `archiver rebuild` makes it again",
            )  # fmt: skip
        if self.known > size and self.known > _head_now(log):
            return Finding(
                CATALOGUE, "catalogue", False,
                f"knows {self.known} leaves where the signed head has {size}: the log was cut back, or the catalogue is not this archive's",
            )  # fmt: skip
        if self.moved:
            return Finding(
                CATALOGUE, "catalogue", True,
                f"{self.moved} records lie elsewhere than it says (the files were moved?); `archiver rebuild` brings it up to date",
            )  # fmt: skip
        if self.known < size:
            detail = f"knows {self.known} of {size} leaves; the next command brings it up to date"
            return Finding(CATALOGUE, "catalogue", True, detail)
        return Finding(CATALOGUE, "catalogue", True, f"knows all {size} leaves")


def _hold(sums: Iterable[tuple[int, bytes]], expected: ByLeaf, alike: bytearray) -> bool:
    """Notes the leaves of which rows say what the record does, and gives whether all do. Which leaf they are of is their own word, and under
    the sum."""
    every = True
    for leaf, total in sums:
        if 0 <= leaf < len(alike) and expected.get(leaf) == total:
            alike[leaf] = 1
        else:
            every = False
    return every


class _Ids:
    """The ids of records that are named after the digests of their members; ``leaves`` are theirs, in order."""

    def __init__(self, committed: Committed, prefix: str, leaves: Sequence[int]) -> None:
        self._committed = committed
        self._prefix = prefix
        self._leaves = leaves

    def are(self, name: str, leaf: int) -> bool:
        """Whether the record of a leaf has this id: true of what a sound catalogue says."""
        at = bisect_left(self._leaves, leaf)
        return at < len(self._leaves) and self._leaves[at] == leaf and self._name(leaf) == name

    def __iter__(self) -> Iterator[str]:
        return map(self._name, self._leaves)

    def _name(self, leaf: int) -> str:
        return self._prefix + self._committed.digest(leaf).hex()


def _compare_rows(
    catalogue: Catalogue, log: Log, committed: Committed, alike: bytearray, *, founded: bool
) -> Iterator[Finding]:
    """Compares what it says of captures and quotes with their records; what cannot be read has a finding of its own. ``founded`` where no row
    under a sum can be without a record: then names are not looked at one by one, which one process has to do alone."""

    def leaf_of(record_id: str) -> StoredLeaf:
        index = committed.leaf_of(record_id)
        if index is None:
            raise UnknownId(record_id)
        return stored_leaf(index, committed.details(index), "", 0)

    known = catalogue.size()
    for index in sorted(
        {
            index
            for leaves in (
                committed.captures.leaves(),
                committed.quotes,
                committed.rechecks,
                committed.corroborations,
                committed.cohorts,
            )
            for index in leaves
            if index < known and not alike[index]
        }
    ):  # few, or none: each is read again
        block = committed.block(index)
        if block is None:
            continue
        item = Indexed(stored_leaf(index, committed.details(index), "", 0), block)
        other = catalogue.unlike(rows_of([item], leaf_of, []), committed.same_record)
        if other is not None:
            detail = f"says of {other} something else than its record; `archiver rebuild` makes the catalogue again"
            yield Finding(CATALOGUE, "catalogue", False, detail)
    newest = max(_head_now(log), len(committed))
    for table, names in (
        ("snapshots", committed.captures),
        ("texts", committed.captures),
        ("quotes", _Ids(committed, "q-", committed.quotes)),
        ("rechecks", _Ids(committed, "r-", committed.rechecks)),
        ("corroborations", _Ids(committed, "c-", committed.corroborations)),
        ("cohorts", _Ids(committed, "h-", committed.cohorts)),
        ("certificates", committed.certificates),
    ):
        if not (founded and table in _UNDER_SUMS):
            yield from _unfounded(catalogue, table, names, committed, newest)
    if catalogue.assets.unlisted():
        detail = "has assets that none of its captures lists; `archiver rebuild` makes the catalogue again"
        yield Finding(CATALOGUE, "catalogue", False, detail)
    yield from _certificates(catalogue, committed, known)


def _unfounded(
    catalogue: Catalogue, table: str, names: Container[str] | _Ids, committed: Committed, newest: int
) -> Iterator[Finding]:
    """Rows of what no record of the log is; others may have recorded up to leaf ``newest`` while this one was at work."""
    found = {
        name
        for name, leaf in catalogue.named(table)
        if not (names.are(name, leaf) if isinstance(names, _Ids) else name in names)
        and (committed.known(leaf) if 0 <= leaf < len(committed) else not len(committed) <= leaf < newest)
    }
    if found and isinstance(names, _Ids):
        found.difference_update(names)
    if found and table == "texts":
        # the text of a revisit is an old one: what was recorded meanwhile is known by the leaf of its snapshot
        found.difference_update(name for name, leaf in catalogue.named("snapshots") if len(committed) <= leaf < newest)
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        detail = (
            f"has {min(found)}{more} among its {table}, of which the log knows no record; "
            "`archiver rebuild` makes the catalogue again"
        )
        yield Finding(CATALOGUE, "catalogue", False, detail)


def _certificates(catalogue: Catalogue, committed: Committed, known: int) -> Iterator[Finding]:
    stored = dict(catalogue.named("certificates"))
    for digest, index in committed.certificates.items():
        there = stored.get(digest)
        if index >= known or not committed.placed(index) or (there is not None and committed.same_record(there, index)):
            continue
        detail = (
            f"does not place the certificate {digest} at leaf {index}; `archiver rebuild` makes the catalogue again"
        )
        yield Finding(CATALOGUE, "catalogue", False, detail)


def _head_now(log: Log) -> int:
    """The size of the head as it is by now: others may have recorded since it was read first."""
    try:
        return Log(log.folder, log.key).head().size
    except DamagedArchive:
        return 0
