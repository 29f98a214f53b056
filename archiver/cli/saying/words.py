"""Numbers and times as a person says them."""

from __future__ import annotations

from datetime import datetime

from archiver import clock
from archiver.printable import count as count
from archiver.printable import some as some

JUST_NOW = "just now"
_TWO_YEARS = 731  # days from which nobody counts days any more


def ago(stamp: str, now: datetime | None = None) -> str:
    """How long a recorded time is past: ``5 minutes ago``, ``3 days ago``; ``just now`` under a minute, and up to an hour ahead."""
    seconds = ((now or clock.now()) - datetime.fromisoformat(stamp)).total_seconds()
    if seconds < -3600:
        return (
            f"{ago(clock.stamp(now), datetime.fromisoformat(stamp)).removesuffix(' ago')} ahead of this machine's clock"
        )
    if seconds < 60:
        return JUST_NOW
    for unit, length, most in (("minute", 60, 90), ("hour", 3600, 36)):
        if seconds < most * length:
            return f"{count(int(seconds // length), unit)} ago"
    days = int(seconds // 86400)
    return f"{count(days, 'day')} ago" if days < _TWO_YEARS else f"{int(days // 365.25)} years ago"
