"""What is known of a page that the newest look at it did not show: then older snapshots say nothing of what it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver.archive import Archive
from archiver.model import SHORT_ID, Drift
from archiver.rechecking.met import met_in
from archiver.urls import page_key


@dataclass(frozen=True, slots=True)
class Away:
    """``drift`` is GONE, RESTRICTED or UNREACHABLE, ``reason`` says it in words; ``at`` is the time of the look (RFC 3339), ``snapshot`` the id
    of what came, None where nothing did. ``shown`` is the id of the last snapshot that shows the page, None where none does. ``confirmed``: a
    recheck says so, which looks twice before it says GONE.
    """

    drift: Drift
    reason: str
    at: str
    snapshot: str | None
    shown: str | None
    confirmed: bool

    @property
    def holds(self) -> bool | None:
        """False for a page that is gone; None where one look alone found none, or nothing is known of the text."""
        return False if self.drift is Drift.GONE and self.confirmed else None

    def to_json(self) -> dict[str, Any]:
        return {
            "drift": self.drift.value,
            "reason": self.reason,
            "confirmed": self.confirmed,
            "checked_at": self.at,
            "snapshot": self.snapshot and self.snapshot[:SHORT_ID],
            "last_shown": self.shown and self.shown[:SHORT_ID],
        }


def away_of(archive: Archive, url: str) -> Away | None:
    """None where the newest look shows the page, or nobody has looked. Raises InputError where that is no address of a page."""
    key = page_key(url)
    catalogue = archive.catalogue
    good, newest, last = catalogue.latest_good(key), catalogue.latest(key), catalogue.rechecks.last(key)
    shown, since = (good.id, good.capture_leaf) if good is not None else (None, -1)
    if last is not None and last.unseen and last.leaf > since and (newest is None or newest.capture_leaf <= last.leaf):
        return Away(last.drift, str(last.told["reason"]), last.time, last.snapshot, shown, confirmed=True)
    if newest is None or newest.capture_leaf <= since:
        return None
    met = met_in(newest)
    if met.drift is None:
        return None
    return Away(met.drift, met.detail, newest.captured_at, newest.id, shown, confirmed=False)
