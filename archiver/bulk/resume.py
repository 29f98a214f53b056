"""A list of URLs is captured until each of its URLs is recorded; until then the same list goes on where it stopped.

What makes it the same list is the digest of its URLs. When it began is kept in ``state.db``, what is done is read from the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver import clock
from archiver.archive import Archive
from archiver.bulk.lists import UrlList, Wanted
from archiver.catalogue import State
from archiver.errors import InputError
from archiver.urls import normalise


@dataclass(frozen=True, slots=True)
class ListRun:
    """A run over a list: when it ``began``, and what is recorded since the log had ``first_leaf`` leaves."""

    archive: Archive
    urls: UrlList
    first_leaf: int
    began: str

    @classmethod
    def begin(cls, archive: Archive, wanted: UrlList, *, fresh: bool) -> ListRun:
        """Takes up the unfinished run over this list; a new one where there is none, or a ``fresh`` one is wanted.

        Raises InputError for a list that holds nothing."""
        if not wanted.wanted and not wanted.refused:
            raise InputError("The list holds no URL.")
        with State(archive.root / "state.db") as state:
            first, began = state.begin_run(wanted.digest, archive.head().size, clock.stamp(), fresh=fresh)
        return cls(archive, wanted, first, began)

    def missing(self) -> list[Wanted]:
        """What is not recorded yet, in the list's order."""
        return not_recorded(self.archive, self.urls.wanted, self.first_leaf)

    def finish(self) -> bool:
        """Ends the run where every URL is recorded, so that the same list begins anew next time; says whether it did."""
        if self.missing():
            return False
        with State(self.archive.root / "state.db") as state:
            state.finish_run(self.urls.digest, clock.stamp())
        return True


def not_recorded(archive: Archive, wanted: tuple[Wanted, ...], first_leaf: int) -> list[Wanted]:
    """Those of which no snapshot was recorded from a leaf of the log on."""
    done = {normalise(url) for url in archive.catalogue.captured_since(first_leaf)}
    return [item for item in wanted if normalise(item.url) not in done]
