"""The catalogue read portion by portion, as worker processes do it: what it says of leaves in columns, and sums over all else."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from archiver.catalogue.portions import portions
from archiver.errors import ArchiveError
from archiver.verification.bundles import mark

_LEAVES = 8192
_PARTS = 1 << 16  # of the room of ids, which are digests: as many parts of it as there are portions hold about the same


@dataclass(frozen=True, slots=True)
class PortionTask:
    """The leaves from ``first`` on and before ``end``, and what has an id whose digest (hex) lies behind ``low`` up to ``high``; ``mark_key``
    goes into the marks of the leaves."""

    path: str
    first: int
    end: int
    low: str
    high: str
    mark_key: bytes


@dataclass(frozen=True, slots=True)
class Portion:
    """What the catalogue says: of leaves, in columns, and a sum over all else that it has under each id.

    ``sums`` are given with the leaf that it says that they are of; ``files`` are the names of the WARC files of the leaves (empty for none),
    each with how many in a row lie there. ``rows`` is how many rows of each table are under those sums.
    """

    indices: Sequence[int]
    marks: array[int]
    lengths: array[int]
    offsets: array[int]
    files: Sequence[tuple[str, int]]
    sums: Sequence[tuple[int, bytes]]
    rows: Mapping[str, int]


def read_portion(task: PortionTask) -> Portion | None:
    """What the catalogue says; None where it cannot be read, or holds what `archiver` never writes."""
    try:
        with portions(Path(task.path)) as reading:
            leaves, rows = reading.leaves(task.first, task.end), Counter[str]()
            sums = list(reading.sums_by_leaf(task.low, task.high, rows))
    except ArchiveError:
        return None
    indices, kinds, digests, record_ids, warc_types, uris, times, files, offsets, lengths = leaves
    said = zip(kinds, digests, record_ids, warc_types, uris, times, strict=True)
    return Portion(
        range(task.first, task.end) if len(indices) == task.end - task.first else indices,
        array("Q", [mark(words, task.mark_key) for words in said]),
        array("Q", lengths),
        array("Q", offsets),
        [(file, sum(1 for _ in run)) for file, run in groupby(files)],
        sums,
        rows,
    )


def tasks(path: Path, size: int, mark_key: bytes) -> Iterator[PortionTask]:
    """The whole of a catalogue that knows ``size`` leaves; an id that is not made of a digest is in none."""
    count = -(-size // _LEAVES)
    for number in range(count):
        low, high = (f"{part * _PARTS // count:04x}" for part in (number, number + 1))
        first = number * _LEAVES
        yield PortionTask(
            str(path), first, min(first + _LEAVES, size), low, high if number + 1 < count else "g", mark_key
        )
