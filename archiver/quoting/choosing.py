"""Which snapshot answers for a page, and what must be said of the choice."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.archive import Archive
from archiver.model import WHOLE_PAGE, Notice, Snapshot
from archiver.urls import page_key


@dataclass(frozen=True, slots=True)
class Choice:
    """The newest snapshot that shows the page, and ``newer``, one that was taken after it and does not show the page, if any."""

    snapshot: Snapshot
    newer: Snapshot | None = None

    def notices(self) -> tuple[Notice, ...]:
        """That the page is not what it was, where it is known."""
        if self.newer is None:
            return ()
        why = not_the_page(self.newer) or "it could not be read whole"
        if (
            self.snapshot.origin is not None and self.newer.origin is None
        ):  # what was fetched stands before it, newer or not
            detail = f"as it was fetched, {self.newer.short_id} of {self.newer.captured_at}, it does not show the page ({why})"
            return (Notice("fetched-not-the-page", detail),)
        detail = (
            f"the newest snapshot, {self.newer.short_id} of {self.newer.captured_at}, does not show the page ({why}): "
            f"judged against the last one that does, of {self.snapshot.captured_at}"
        )
        return (Notice("newer-not-the-page", detail),)


def choose(archive: Archive, url: str) -> Choice | None:
    """The choice among the snapshots of a URL, None where there is none. Raises InputError."""
    snapshot = archive.latest_snapshot(url)
    if snapshot is None:
        return None
    newest = archive.catalogue.latest(page_key(url))
    return Choice(snapshot, newest if newest is not None and newest.id != snapshot.id else None)


def not_the_page(snapshot: Snapshot) -> str | None:
    """Why a snapshot is not of the page that was asked for but of an error or a wall, in a few words; None where it is."""
    if snapshot.wall is not None:
        return snapshot.wall.detail or snapshot.wall.code
    if snapshot.status not in WHOLE_PAGE:
        return f"the server answered {snapshot.status}"
    return None
