"""What stands on records that are damaged or missing, in memory that grows with these and not with the archive."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge
from pathlib import Path

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.verification.bundles import KEY_SIZE
from archiver.verification.columns import Column
from archiver.verification.committed import Committed
from archiver.verification.findings import Page
from archiver.verification.relations import Relation, RelationTask
from archiver.verification.worker import Crew

_MEMBERS = 256  # of one task
_ROWS = 1 << 14  # that are looked through together
_ASKED, _TOUCHED, _REVISITS = 1, 2, 4
_NEAR = (64, 1 << 15)  # leaves between a capture and its response: nearly always, and at most
_URLS = 4096  # that are remembered

_Found = defaultdict[int, "array[int]"]


class Touched:
    """Which pages and quotes stand on the records of ``leaves``. Made only where something is wrong: the crew reads every capture and quote
    that has a place once more, in the order of the log.

    A byte is kept of each leaf, in a temporary file which snapshot each quote and revisit is of, and all else only of what is touched.
    """

    def __init__(self, committed: Committed, crew: Crew, leaves: Iterable[int]) -> None:
        self._committed = committed
        self._flags = bytearray(len(committed))
        self._own = _found()  # captures by their records
        self._shows = _found()  # captures by the records of their assets
        self._revisits = _found()  # captures by the capture that they revisit
        self._quotes = _found()  # quotes by the capture of their snapshot
        self._urls: dict[int, str] = {}
        for leaf in leaves:
            self._flags[leaf] |= _ASKED
            if committed.captures.name_of(leaf) is not None:
                self._flags[leaf] |= _TOUCHED
        revisits, quotes = Column(16), Column(16)
        for relations, _ in crew.run((task, None) for task in self._tasks()):
            for relation in relations:
                of = committed.captures.get(relation.snapshot) if relation.snapshot else None
                if of is not None:
                    column = quotes if self._is_quote(relation.leaf) else revisits
                    column.extend(array("Q", (of, relation.leaf)).tobytes())
                self._take(relation)
        for of, leaf in _pairs(revisits):
            if self._flags[of] & _TOUCHED:
                self._revisits[of].append(leaf)
                self._flags[leaf] |= _REVISITS
        for of, leaf in _pairs(quotes):
            if self._flags[of] & (_TOUCHED | _REVISITS):
                self._quotes[of].append(leaf)

    def _tasks(self) -> Iterator[RelationTask]:
        committed = self._committed
        members: list[tuple[int, int, int, bool]] = []
        path = Path()
        captures = ((leaf, False) for leaf in committed.captures.leaves())
        quotes = ((leaf, True) for leaf in committed.quotes)
        for leaf, is_quote in merge(captures, quotes):
            place = committed.place_of(leaf)
            if place is None:
                continue
            if members and (place[0] != path or len(members) == _MEMBERS):
                yield RelationTask(str(path), members, committed.mark_key)
                members = []
            path = place[0]
            members.append((leaf, place[1], committed.length(leaf), is_quote))
        if members:
            yield RelationTask(str(path), members, committed.mark_key)

    def _take(self, relation: Relation) -> None:
        for keys, captures, flag in ((relation.own, self._own, _TOUCHED), (relation.shown, self._shows, 0)):
            for at in range(0, len(keys), KEY_SIZE):
                for leaf in self._committed.leaves_at(keys[at : at + KEY_SIZE]):
                    if self._flags[leaf] & _ASKED:
                        captures[leaf].append(relation.leaf)
                        self._flags[relation.leaf] |= flag

    def quotes(self, leaves: Iterable[int]) -> tuple[str, ...]:
        """The quotes that stand on the records of the leaves: their own, those of their snapshots, revisits included."""
        found: set[int] = set()
        for leaf in leaves:
            for capture in self._captures(leaf):
                found.update(self._quotes.get(capture, ()))
            if self._is_quote(leaf):
                found.add(leaf)
        return tuple(sorted(f"q-{self._committed.digest(leaf).hex()}" for leaf in found))

    def pages(self, leaves: Iterable[int]) -> tuple[Page, ...]:
        """The snapshots that the records of the leaves belong to, revisits included, and those that have them among their assets (no
        quote stands on these).
        """
        found = {capture for leaf in leaves for capture in (*self._captures(leaf), *self._shows.get(leaf, ()))}
        return tuple(sorted(map(self._page, found), key=lambda page: page.snapshot))

    def _captures(self, leaf: int) -> set[int]:
        captures = set(self._own.get(leaf, ()))
        if self._committed.captures.name_of(leaf) is not None:
            captures.add(leaf)
        captures.update(*(self._revisits.get(capture, ()) for capture in tuple(captures)))
        return captures

    def _is_quote(self, leaf: int) -> bool:
        quotes = self._committed.quotes
        at = bisect_left(quotes, leaf)
        return at < len(quotes) and quotes[at] == leaf

    def _page(self, capture: int) -> Page:
        snapshot = self._committed.captures.name_of(capture) or ""
        if capture not in self._urls:
            if len(self._urls) == _URLS:
                self._urls.clear()
            self._urls[capture] = self._url(capture, snapshot)
        return Page(snapshot, self._urls[capture])

    def _url(self, capture: int, snapshot: str) -> str:
        """Where its capture cannot be read, its response's: the id is the digest of that."""
        committed = self._committed
        try:
            return str(json.loads(committed.block(capture) or b"")["url"])
        except MISSHAPEN:
            pass
        for near in _NEAR:  # not through the whole log, for each of very many
            leaf = committed.leaf_with(snapshot.removeprefix("s-"), capture, max(0, capture - near))
            if leaf is not None:
                try:
                    return committed.details(leaf).uri
                except DamagedArchive:
                    return ""
        return ""


def _found() -> _Found:
    return defaultdict(lambda: array("Q"))


def _pairs(column: Column) -> Iterator[tuple[int, int]]:
    for start in range(0, len(column), _ROWS):
        numbers = array("Q", column.rows(start, start + _ROWS))
        yield from zip(numbers[::2], numbers[1::2], strict=True)
