"""The catalogue beside the log. It is only an index: what it lacks is no harm, but where it knows more, the log was cut back."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from archiver.archive import CATALOGUE, config
from archiver.archive.indexing import Indexed, rows_of, stored_leaf
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError, DamagedArchive, UnknownId
from archiver.log import Log
from archiver.model import StoredLeaf
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding


def hints(root: Path) -> Iterator[tuple[int, str, int]]:
    """(leaf, file, offset) as the catalogue says, nothing where it cannot be read: hints, and no more than that."""
    path = root / CATALOGUE
    if not path.is_file():
        return
    with contextlib.suppress(ArchiveError), contextlib.closing(open_catalogue(root)) as catalogue:
        yield from catalogue.places()


def open_catalogue(root: Path) -> Catalogue:
    """Beside a writer, if there can be one: then the newest rows are in a file of their own, which only a writer may read."""
    path = root / CATALOGUE
    beside = path.with_name(path.name + "-wal").exists() and not config.read(root)[0].read_only
    return Catalogue(path, read_only=not (beside and os.access(root, os.W_OK)))


def lost_runs(root: Path, indices: list[int]) -> Iterator[tuple[str, range]]:
    """Leaves whose members are nowhere, neighbouring ones together, with the file where the catalogue knew them (or nothing)."""
    wanted = set(indices)
    files = {index: file for index, file, _ in hints(root) if index in wanted} if wanted else {}
    start = 0
    for at in range(1, len(indices) + 1):
        last = indices[at - 1]
        if at == len(indices) or indices[at] != last + 1 or files.get(indices[at]) != files.get(last):
            yield files.get(last, ""), range(indices[start], last + 1)
            start = at


def check_catalogue(
    root: Path, log: Log, committed: Committed, size: int, expected: Mapping[int, bytes]
) -> Iterator[Finding]:
    """Compares the catalogue leaf by leaf with what the log commits to, and what it says of captures and quotes with ``expected``."""
    path = root / CATALOGUE
    if not path.is_file():
        yield Finding(CATALOGUE, "catalogue", True, "there is none; it is made in memory or by `archiver rebuild`")
        return
    try:
        catalogue = open_catalogue(root)
    except ArchiveError as error:
        yield Finding(CATALOGUE, "catalogue", None, f"{error} The evidence does not depend on it.")
        return
    try:
        yield _compare(root, catalogue, log, committed, size)
        yield from _compare_rows(catalogue, log, committed, expected)
    except ArchiveError as error:
        yield Finding(CATALOGUE, "catalogue", None, f"{error} The evidence does not depend on it.")
    finally:
        catalogue.close()


def _compare(root: Path, catalogue: Catalogue, log: Log, committed: Committed, size: int) -> Finding:
    known = catalogue.size()
    other = moved = there = 0
    paths: dict[str, Path] = {}
    for leaf in catalogue.leaves():
        there += 1
        if leaf.index >= size or not committed.known(leaf.index):
            continue
        other += not committed.agrees(leaf)
        place = committed.place_of(leaf.index)
        if leaf.file not in paths:
            paths[leaf.file] = root / leaf.file
        if place is not None and (place[1] != leaf.offset or place[0] != paths[leaf.file]):
            moved += 1
    if other:
        return Finding(
            CATALOGUE, "catalogue", False,
            f"says of {other} leaves something else than the log: the log was replaced, the catalogue was changed, or it is not "
            "this archive's; `archiver rebuild` makes it again",
        )  # fmt: skip
    if there < known:
        return Finding(
            CATALOGUE, "catalogue", False,
            f"lacks {known - there} leaves before the last that it knows; `archiver rebuild` makes it again",
        )  # fmt: skip
    if known > size and known > _head_now(log):
        return Finding(
            CATALOGUE, "catalogue", False,
            f"knows {known} leaves where the signed head has {size}: the log was cut back, or the catalogue is not this archive's",
        )  # fmt: skip
    if moved:
        return Finding(
            CATALOGUE, "catalogue", True,
            f"{moved} records lie elsewhere than it says (the files were moved?); `archiver rebuild` brings it up to date",
        )  # fmt: skip
    if known < size:
        detail = f"knows {known} of {size} leaves; the next command brings it up to date"
        return Finding(CATALOGUE, "catalogue", True, detail)
    return Finding(CATALOGUE, "catalogue", True, f"knows all {size} leaves")


def _compare_rows(
    catalogue: Catalogue, log: Log, committed: Committed, expected: Mapping[int, bytes]
) -> Iterator[Finding]:
    """Compares what it says of captures and quotes with their records; what cannot be read has a finding of its own."""

    def leaf_of(record_id: str) -> StoredLeaf:
        index = committed.leaf_of(record_id)
        if index is None:
            raise UnknownId(record_id)
        return stored_leaf(index, committed.details(index), "", 0)

    known = catalogue.size()
    own = {
        **committed.captures,
        **{f"q-{committed.digest(index).hex()}": index for index in reversed(committed.quotes)},
    }
    alike = {own[name] for name, total in catalogue.sums() if name in own and expected.get(own[name]) == total}
    for index in sorted({*own.values(), *committed.quotes} - alike):  # few, or none: each is read again
        block = committed.block(index) if index < known else None
        if block is None:
            continue
        item = Indexed(stored_leaf(index, committed.details(index), "", 0), block)
        other = catalogue.unlike(rows_of([item], leaf_of, []), committed.same_record)
        if other is not None:
            detail = f"says of {other} something else than its record; `archiver rebuild` makes the catalogue again"
            yield Finding(CATALOGUE, "catalogue", False, detail)
    newest = max(_head_now(log), len(committed))
    for table, names in (
        ("snapshots", committed.captures.keys()),
        ("texts", committed.captures.keys()),
        ("quotes", {f"q-{committed.digest(index).hex()}" for index in committed.quotes}),
        ("certificates", committed.certificates.keys()),
    ):
        yield from _unfounded(catalogue, table, names, committed, newest)
    yield from _certificates(catalogue, committed, known)


def _unfounded(
    catalogue: Catalogue, table: str, names: Collection[str], committed: Committed, newest: int
) -> Iterator[Finding]:
    """Rows of what no record of the log is; others may have recorded up to leaf ``newest`` while this one was at work."""
    found = {
        name
        for name, leaf in catalogue.named(table)
        if name not in names
        and (committed.known(leaf) if 0 <= leaf < len(committed) else not len(committed) <= leaf < newest)
    }
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
