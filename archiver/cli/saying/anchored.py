"""What a command that records ends with: the time stamps, where authorities are configured, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.errors import ArchiverError
from archiver.urls import for_display

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.anchoring import Asking
    from archiver.archive import Archive
    from archiver.cli.saying.output import Output
    from archiver.timestamps import Roots


def anchored(archive: Archive, out: Output, asking: Callable[[Archive, Roots, float], Asking | None]) -> None:
    """Has what is new stamped, quickly; what does not come is queued and said in one line, and changes no exit code."""
    if not archive.settings.timestamp_authorities or not archive.records:
        return
    from archiver import anchoring  # a tenth of a second that only who configured authorities pays
    from archiver.timestamps import own_roots

    try:
        roots = own_roots(archive.keys.folder)
    except ArchiverError as error:
        out.note(f"No time stamps were taken: {error}")
        return
    results = anchoring.after_run(archive, asking(archive, roots, anchoring.AUTOMATIC))
    stamped = [result for result in results if result.token is not None]
    if stamped:
        times = ", ".join(f"{for_display(item.authority)} at {item.token.stamp}" for item in stamped if item.token)
        out.note(f"Time stamps: the first {stamped[0].size} leaves, by {times}.")
    for result in results:
        if result.refused:
            out.note(f"A time stamp could not be asked for: {result.error}")
        elif result.queued:
            out.note(f"A time stamp is queued: {result.error} The next run, or `archiver timestamp`, asks again.")
