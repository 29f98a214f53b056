"""Texts of the index read back from the archive, with the captures that have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.catalogue import UnusableCatalogue
from archiver.errors import ArchiveError, InputError
from archiver.fulltext import MOST_CAPTURES, Filter, Fulltext
from archiver.model import Snapshot, StoredLeaf, Text
from archiver.store.objects import StoreFailed
from archiver.urls import page_key

_AHEAD = 20  # captures of one text that are asked for ahead; nearly all texts have fewer


@dataclass(frozen=True, slots=True)
class Read:
    """A text read back: ``pages`` are the newest capture of each page, and its others, all with these layers."""

    pages: list[tuple[Snapshot, list[Snapshot]]]
    layers: Sequence[Text]


class Reader:
    """Reads texts by their numbers in the index. ``more`` where a text has more captures than are told, ``damaged`` are texts that could not be
    read back."""

    def __init__(self, archive: Archive, index: Fulltext, where: Filter) -> None:
        self._archive, self._index, self._where = archive, index, where
        self._names: dict[int, list[str]] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._leaves: dict[int, StoredLeaf] = {}
        self.more = False
        self.damaged = 0

    def ahead(self, numbers: Iterable[int]) -> None:
        """Asks the catalogue for what reading these texts takes, in a few questions: where others search beside it, each question is waited
        for."""
        self._names = {number: self._index.captures(number, self._where) for number in numbers}
        together = self._archive.catalogue.together
        try:
            self._snapshots = together.snapshots([name for names in self._names.values() for name in names[:_AHEAD]])
            first = (self._snapshots.get(names[0]) for names in self._names.values() if names)
            self._leaves = together.leaves([text.leaf for snapshot in first if snapshot for text in snapshot.texts])
        except UnusableCatalogue:  # which of them it is turns out one by one
            self._snapshots, self._leaves = {}, {}

    def read(self, number: int) -> Read | None:
        """The captures of a text, a page at a time, and its layers; None where they cannot be read back. Raises StoreFailed."""
        pages: dict[tuple[str, bool], list[Snapshot]] = {}
        try:
            names = self._names.get(number)
            if names is None:
                names = self._index.captures(number, self._where)
            self.more |= len(names) == MOST_CAPTURES
            for name in names:
                snapshot = self._snapshots.get(name) or self._archive.catalogue.snapshot(name)
                if snapshot.id != name:
                    return None
                pages.setdefault((page_of(snapshot), snapshot.bears_verdicts), []).append(snapshot)
            groups = [(group[0], group[1:]) for group in pages.values()]
            return Read(groups, self._archive.texts(groups[0][0], self._leaves)) if groups else None
        except InputError:  # erased since, or an index that somebody made up
            return None
        except StoreFailed:
            raise
        except ArchiveError:  # `verify` tells of it
            self.damaged += 1
            return None


def page_of(snapshot: Snapshot) -> str:
    """What tells its page from others."""
    try:
        return page_key(snapshot.url)
    except InputError:
        return snapshot.url
