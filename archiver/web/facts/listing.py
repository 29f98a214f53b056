"""Lists: the citations of an archive with their states, and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.archive import Archive
from archiver.catalogue.listing import Counts, SourceRow
from archiver.errors import InputError
from archiver.model import Quote, Snapshot
from archiver.quoting import not_the_page
from archiver.web.facts.citation import VERDICTS, Pages, Standing, State, state_of
from archiver.web.facts.paging import Paging

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with its state, and the snapshot that it stands on (None where the catalogue does not have it any more)."""

    quote: Quote
    state: State
    snapshot: Snapshot | None

    def to_json(self) -> dict[str, Any]:
        return {
            **self.quote.to_json(),
            "state": self.state.to_json(),
            "title": self.snapshot.info.title if self.snapshot else None,
        }


@dataclass(frozen=True, slots=True)
class Citations:
    """A page of the list. ``standings`` counts all citations by their standing, whichever are listed."""

    items: tuple[Citation, ...]
    paging: Paging
    standings: dict[Standing, int]
    counts: Counts


def quotes(archive: Archive, standing: str = "", page: int = 1) -> Citations:
    """Citations of a standing (empty: of any), the last recorded first. Raises InputError, UnknownId for a page that is not there."""
    counts = archive.catalogue.listing.counts()
    standings = {
        each: sum(counts.verdicts.get(verdict, 0) for verdict in verdicts) for each, verdicts in VERDICTS.items()
    }
    if standing and standing not in VERDICTS:
        raise InputError(f"There is no state {standing!r}; there are: {', '.join(VERDICTS)}.")
    wanted = VERDICTS[Standing(standing)] if standing else None
    paging = Paging(page, PER_PAGE, standings[Standing(standing)] if standing else counts.quotes)
    found = archive.catalogue.listing.quotes(wanted, paging.offset, paging.size)
    return Citations(cited(archive, found), paging, standings, counts)


def cited(archive: Archive, quotes: Iterable[Quote]) -> tuple[Citation, ...]:
    """Quotations with their states."""
    listed = tuple(quotes)
    pages = Pages(archive, listed)

    def one(quote: Quote) -> Citation:
        anchor = pages.anchor(quote)
        return Citation(quote, state_of(quote, anchor, pages), anchor)

    return tuple(one(quote) for quote in listed)


@dataclass(frozen=True, slots=True)
class Source:
    """A page of the web with its newest good snapshot, else the newest."""

    row: SourceRow
    newest: Snapshot

    @property
    def amiss(self) -> str | None:
        """Why none of its snapshots is of the page: an error or a wall came instead; None where one is."""
        return not_the_page(self.newest)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.row.key, "url": self.newest.url, "title": self.newest.info.title, "snapshots": self.row.snapshots,
            "quotes": self.row.quotes, "first": self.row.first, "last": self.row.last, "newest": self.newest.short_id,
            "amiss": self.amiss,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """A page of the list of sources; ``before`` and ``after`` are the keys that the pages beside it are asked for with, None where there is
    none."""

    items: tuple[Source, ...]
    before: str | None
    after: str | None


def sources(archive: Archive, after: str = "", before: str = "") -> Sources:
    """Sources in the order of their addresses: those behind one key, else the last ones before another, else the first."""
    listing = archive.catalogue.listing
    if before:
        rows = listing.sources_before(before, PER_PAGE + 1)
        found, first, more = rows[-PER_PAGE:], len(rows) <= PER_PAGE, True
    else:
        rows = listing.sources_after(after, PER_PAGE + 1)
        found, first, more = rows[:PER_PAGE], not after, len(rows) > PER_PAGE
    if not found:
        return Sources((), None, None)
    return Sources(_with_newest(archive, found), None if first else found[0].key, found[-1].key if more else None)


def sources_after(archive: Archive, key: str, limit: int) -> tuple[Source, ...]:
    """Sources behind a key, in the order of their keys; none is passed over but where the catalogue has lost its snapshots."""
    return _with_newest(archive, archive.catalogue.listing.sources_after(key, limit))


def _with_newest(archive: Archive, rows: Sequence[SourceRow]) -> tuple[Source, ...]:
    catalogue = archive.catalogue
    found = ((row, catalogue.latest_good(row.key) or catalogue.latest(row.key)) for row in rows)
    return tuple(Source(row, newest) for row, newest in found if newest is not None)
