"""A source with its timeline: every snapshot, what changed in it, and what later looks found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archiver.archive import Archive, is_id
from archiver.errors import InputError, UnknownId
from archiver.model import WHOLE_PAGE, Snapshot, StoredRecheck
from archiver.urls import for_display, page_key
from archiver.web.facts.listing import Citation, Source, cited
from archiver.web.facts.paging import Paging

PER_PAGE = 40
MOST_QUOTES = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """A snapshot in the timeline. ``change`` is ``first``, ``same``, ``changed`` (its texts differ from those of the one before), ``gone``,
    ``not-the-page`` or ``earlier`` (the one before is on the next page of the list); ``before`` is the one that it is held against.
    """

    snapshot: Snapshot
    change: str
    before: Snapshot | None
    quotes: int
    rechecks: tuple[StoredRecheck, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "snapshot": self.snapshot.short_id, "captured_at": self.snapshot.captured_at, "status": self.snapshot.status,
            "title": self.snapshot.info.title, "change": self.change, "before": self.before.short_id if self.before else None,
            "quotes": self.quotes, "rechecks": [item.to_json() for item in self.rechecks],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timeline:
    """``moments`` newest first; ``checked`` is the last recheck of the page, None where it was never looked at again."""

    source: Source
    moments: tuple[Moment, ...]
    paging: Paging
    citations: tuple[Citation, ...]
    checked: StoredRecheck | None


def key_of(archive: Archive, name: str) -> str:
    """The key of a source that is named by its key, its address, or a snapshot of it. Raises UnknownId."""
    if is_id(name, "s-"):
        return archive.catalogue.listing.key_of(archive.catalogue.snapshot(name).id) or name
    if archive.catalogue.listing.source(name) is None and "://" in name:
        return page_key(name)
    return name


def timeline(archive: Archive, key: str, page: int = 1) -> Timeline:
    """Raises UnknownId where nothing is recorded of it."""
    catalogue = archive.catalogue
    row = catalogue.listing.source(key)
    newest = (catalogue.latest_good(key) or catalogue.latest(key)) if row else None
    if row is None or newest is None:
        raise UnknownId(
            f"There is no snapshot of {for_display(key, 100)}; `archiver snapshot`, or “Add” above, takes one."
        )
    paging = Paging(page, PER_PAGE, row.snapshots)
    names = catalogue.listing.snapshot_ids(key, paging.offset, paging.size + 1)
    found = [catalogue.snapshot(name) for name in names]
    quoted = catalogue.listing.quote_counts(names)
    rechecks = catalogue.listing.rechecks_at(key, names)
    moments = tuple(
        _moment(snapshot, found[at + 1] if at + 1 < len(found) else None, quoted.get(snapshot.id, 0), rechecks)
        for at, snapshot in enumerate(found[: paging.size])
    )
    citations = cited(archive, catalogue.listing.quotes_of(key, 0, MOST_QUOTES))
    return Timeline(Source(row, newest), moments, paging, citations, catalogue.rechecks.last(key))


def _moment(snapshot: Snapshot, before: Snapshot | None, quotes: int, rechecks: Sequence[StoredRecheck]) -> Moment:
    looks = tuple(item for item in rechecks if item.snapshot == snapshot.id)
    return Moment(snapshot, _change(snapshot, before), before, quotes, looks)


def _change(snapshot: Snapshot, before: Snapshot | None) -> str:
    if snapshot.status in (404, 410):
        return "gone"
    if snapshot.status not in WHOLE_PAGE or snapshot.wall is not None:
        return "not-the-page"
    if before is None:
        return "first"
    return "same" if _texts(snapshot) == _texts(before) else "changed"


def _texts(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(text.sha256 for text in snapshot.texts)


def key_or_none(url: str) -> str | None:
    """The key of an address; None for what is none."""
    try:
        return page_key(url)
    except InputError:
        return None
