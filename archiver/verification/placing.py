"""Finding every member that the log knows in the WARC files, and every byte that it does not know.

The catalogue is asked where members lie, and believed in nothing: a place counts once the bytes there hash to a leaf.
"""

from __future__ import annotations

import mmap
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.digests import Digest
from archiver.log import Details
from archiver.model import StoredLeaf
from archiver.warc import scan

_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Place:
    """Bytes of a WARC file that are, or should be, the member of leaf ``index``."""

    index: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class FilePlan:
    """The members to look for in one file, by offset, and the spans (offset, end) that no leaf accounts for."""

    path: Path
    name: str
    places: tuple[Place, ...]
    unknown: tuple[tuple[int, int], ...] = ()


def plan_from_hints(path: Path, name: str, hints: list[StoredLeaf], details: dict[int, Details]) -> FilePlan | None:
    """The plan that the catalogue suggests, where it covers the file without a gap; None where it does not."""
    at, places = 0, []
    for hint in hints:
        if hint.offset != at or hint.index not in details or hint.length <= 0:
            return None
        places.append(Place(hint.index, hint.offset, hint.length))
        at += hint.length
    return FilePlan(path, name, tuple(places)) if at == path.stat().st_size and places else None


class Searcher:
    """Plans files by looking at their bytes alone; each leaf is placed once."""

    def __init__(self, details: dict[int, Details], placed: set[int]) -> None:
        self._free: defaultdict[str, deque[int]] = defaultdict(deque)
        for index, item in details.items():
            if index not in placed:
                self._free[item.sha256].append(index)

    def plan(self, path: Path, name: str) -> FilePlan:
        """Members are recognised by their digest, wherever they lie; behind damage the search goes on at the next gzip header."""
        size = path.stat().st_size
        places: list[Place] = []
        unknown: list[tuple[int, int]] = []
        at = 0
        while at < size:
            for member in scan(path, at):
                free = self._free.get(member.sha256.hex)
                if free:
                    places.append(Place(free.popleft(), member.offset, member.length))
                else:
                    unknown.append((member.offset, member.offset + member.length))
                at = member.offset + member.length
            if at < size:
                following = _next_header(path, at + 1)
                unknown.append((at, following))
                at = following
        return FilePlan(path, name, tuple(places), tuple(_joined(unknown)))


def _next_header(path: Path, start: int) -> int:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        found = view.find(_MAGIC, start)
        return len(view) if found < 0 else found


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbouring spans as one."""
    start, end = -1, -1
    for low, high in spans:
        if low == end:
            end = high
            continue
        if start >= 0:
            yield start, end
        start, end = low, high
    if start >= 0:
        yield start, end


def digest_of(path: Path, place: Place) -> Digest:
    with path.open("rb") as file:
        file.seek(place.offset)
        return Digest.of(file.read(place.length))
