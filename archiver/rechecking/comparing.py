"""What changed on a page, for who wants to read it: made when it is asked for, and recorded nowhere."""

from __future__ import annotations

from archiver.archive import Archive
from archiver.diffing import PageDiff
from archiver.model import Snapshot
from archiver.quoting.versions import versions
from archiver.rechecking.finding import Recheck


def compared(found: Recheck) -> tuple[str, Snapshot] | None:
    """The id of the snapshot to hold the page against, and the page as it is now: where a quotation is lost, that in which it is anchored, else the
    previous one. None where the page was not seen, or is the same snapshot."""
    if found.snapshot is None or not found.looks or found.looks[-1].met.drift is not None:
        return None
    before = found.lost[0].quote.snapshot if found.lost else found.previous.id if found.previous is not None else None
    return None if before is None or before == found.snapshot.id else (before, found.snapshot)


def diff_of(archive: Archive, found: Recheck) -> PageDiff | None:
    """The difference, quotations first; None where there are no two to compare. Raises UnknownId (it was erased meanwhile), DamagedArchive."""
    pair = compared(found)
    return None if pair is None else versions(archive, pair[0], pair[1].id).diff
