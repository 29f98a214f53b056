"""What a command that records ends with: the time stamps, where authorities are configured, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.errors import ArchiverError
from archiver.urls import for_display

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.cli.session import Session


def anchored(session: Session, archive: Archive) -> None:
    """Has what is new stamped, quickly; what does not come is queued and said in one line, and changes no exit code."""
    if not archive.settings.timestamp_authorities or not archive.records:
        return
    from archiver import anchoring  # a tenth of a second that only who configured authorities pays
    from archiver.timestamps import own_roots

    try:
        roots = own_roots(archive.keys.folder)
    except ArchiverError as error:
        session.out.note(f"No time stamps were taken: {error}")
        return
    results = anchoring.after_run(archive, session.asking(archive, roots, anchoring.AUTOMATIC))
    stamped = [result for result in results if result.token is not None]
    if stamped:
        times = ", ".join(f"{for_display(item.authority)} at {item.token.stamp}" for item in stamped if item.token)
        session.out.note(f"Time stamps: the first {stamped[0].size} leaves, by {times}.")
    for result in results:
        if result.refused:
            session.out.note(f"A time stamp could not be asked for: {result.error}")
        elif result.queued:
            session.out.note(
                f"A time stamp is queued: {result.error} The next run, or `archiver timestamp`, asks again."
            )
