"""The captures of a page as states of it in time, for Memento clients (RFC 7089)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from archiver.archive import Archive
from archiver.catalogue.listing import CaptureRow
from archiver.errors import MISSHAPEN, ArchiverError, UnknownId
from archiver.model import WHOLE_PAGE, Snapshot
from archiver.model.origin import MEMENTO, SUPPLIED, Origin
from archiver.urls import for_display, page_key

_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Capture:
    """A state of a page: the id of its snapshot, the second (UTC) from which it is, and whether the archive got that ``from_others``: then the
    second is the other archive's word. ``told`` is whether it says something of the page: it is the page, or says that the page is gone."""

    id: str
    moment: datetime
    told: bool
    from_others: str | None = None

    @property
    def digits(self) -> str:
        """The 14 digits of the second."""
        return f"{self.moment:%Y%m%d%H%M%S}".zfill(14)


def captures(archive: Archive, url: str) -> tuple[Capture, ...]:
    """The states of a page that are on record, oldest first, one a second (the last recorded of it). What a person handed in is none: nobody
    fetched it from the address. Raises InputError for what is no address, UnknownId where there is none.
    """
    found: dict[datetime, Capture] = {}
    for row in archive.catalogue.listing.captures(page_key(url)):
        capture = _capture(row)
        if capture is not None:
            found[capture.moment] = capture
    if not found:
        erased = " What was erased leaves no address." if archive.catalogue.erasures.tombstones() else ""
        raise UnknownId(f"There is no capture of {for_display(url, 200)} in this archive.{erased}")
    return tuple(sorted(found.values(), key=lambda capture: capture.moment))


def nearest(found: Sequence[Capture], wished: datetime | None) -> Capture:
    """The state nearest to a date, the newest where there is none; walls and errors only where there is nothing else."""
    able = [capture for capture in found if capture.told] or found
    if wished is None:
        return able[-1]
    at = bisect_left(able, wished, key=lambda capture: capture.moment)
    beside = able[max(0, at - 1) : at + 1]
    return min(beside, key=lambda capture: abs(capture.moment - wished))


def moment_of(snapshot: Snapshot) -> datetime | None:
    """The second from which a snapshot is; None for what a person handed in."""
    capture = _moment(snapshot.captured_at, snapshot.origin)
    return None if capture is None else capture[0]


def _capture(row: CaptureRow) -> Capture | None:
    try:
        origin = Origin.from_json(row.origin) if row.origin else None
        found = _moment(row.captured_at, origin)
    except (ArchiverError, *MISSHAPEN):
        return None  # an index that is wrong: `archiver verify` says so
    if found is None:
        return None
    told = (row.status in WHOLE_PAGE and not row.wall) or row.status in _GONE
    return Capture(row.id, found[0], told, found[1])


def _moment(captured_at: str, origin: Origin | None) -> tuple[datetime, str | None] | None:
    said, others = captured_at, None
    if origin is not None:
        if SUPPLIED in (origin.kind, origin.claims):
            return None
        others = origin.kind
        if origin.kind == MEMENTO and origin.memento is not None:
            said, others = origin.memento.datetime, origin.memento.archive
    moment = datetime.fromisoformat(said)
    return (moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).replace(microsecond=0), others)
