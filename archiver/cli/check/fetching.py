"""What a check will fetch, said before it does."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.archive import Archive
from archiver.bulk import Wanted
from archiver.cli.saying.words import ago, count
from archiver.cli.session import Session
from archiver.model import Snapshot
from archiver.urls import for_display

_SHOWN = 20  # of the addresses; a long list of them hides what comes after


def announce(session: Session, archive: Archive, missing: Sequence[Wanted], known: Sequence[Snapshot]) -> None:
    """What will be fetched, before it is, and what will not."""
    note = session.out.note
    if known:
        oldest = min(snapshot.captured_at for snapshot in known)
        note(
            f"{count(len(known), 'source')} captured before, the oldest {ago(oldest)}: not asked again (`archiver snapshot` does that)."
        )
    if not missing:
        return
    what = "will be fetched"
    if session.shared.offline:
        what = "would have to be fetched, which --offline forbids"
    elif not archive.records:
        what = "would have to be fetched, but nothing can be recorded here"
    note(f"{count(len(missing), 'source')} not in the archive {what}:")
    for wanted in missing[:_SHOWN]:
        note(f"  {for_display(wanted.url)}")
    if len(missing) > _SHOWN:
        note(f"  and {len(missing) - _SHOWN:,} more")
