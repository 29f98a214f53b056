"""When what writers bring may have been recorded: what a time stamp in the log would contradict for good is not acknowledged, and not signed.

A stamp says that what gets its number behind it was not there before. In a folder that is so by itself; here a record waits for its number.
So whoever stamps signs first what waits, a writer acknowledges only what is young, and what is left lies within the hour that every
verifier allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from archiver import clock
from archiver.catalogue import Catalogue
from archiver.errors import ArchiveError, DamagedArchive
from archiver.model import StoredLeaf
from archiver.model.kinds import TIMESTAMP
from archiver.timestamps.window import TOLERANCE, parse_time

FRESH = timedelta(minutes=30)
"""From the oldest record of a segment to its announcement. The other half of the hour is for the stamp, and for clocks that differ."""

_TOKENS = 16
"""The newest tokens, of which the latest counts: authorities' clocks differ, but not by more of them than that."""


def check_fresh(leaves: Iterable[StoredLeaf]) -> None:
    """Raises ArchiveError where a writer has had something in hand for so long that it must not acknowledge it any more."""
    oldest = min((moment for leaf in leaves if (moment := parse_time(leaf.time)) is not None), default=None)
    if oldest is not None and clock.now() - oldest > FRESH:
        raise ArchiveError(
            f"What was captured at {clock.stamp(oldest)} could not be handed to the sequencer within {FRESH.seconds // 60} minutes (did this "
            "machine sleep?), so it is not recorded; capture it again."
        )


class Timeliness:
    """What the signed log, and the clock of the machine that signs, allow. ``catalogue`` is the index over what is signed."""

    def __init__(self, catalogue: Catalogue) -> None:
        times = [parse_time(leaf.time) for leaf in catalogue.last_leaves((TIMESTAMP,), 0, _TOKENS)]
        self._stamped: datetime | None = max((time for time in times if time is not None), default=None)

    def check(self, leaves: Iterable[StoredLeaf]) -> None:
        """Raises DamagedArchive for what may not be signed, or not yet."""
        now = clock.now()
        for leaf in leaves:
            moment = parse_time(leaf.time)
            if moment is None:
                raise DamagedArchive(f"It holds a {leaf.kind} record whose time cannot be read.")
            if moment > now + TOLERANCE:
                raise DamagedArchive(
                    f"It holds a {leaf.kind} record of {clock.stamp(moment)}, which is yet to come; it is looked at again then."
                )
            if self._stamped is not None and moment < self._stamped - TOLERANCE:
                raise DamagedArchive(
                    f"It holds a {leaf.kind} record of {clock.stamp(moment)}, and the log was stamped at {clock.stamp(self._stamped)} without it; "
                    "signed behind that it would be taken for backdated: capture it again."
                )
