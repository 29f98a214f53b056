"""Times as they are recorded: UTC, RFC 3339 with ``Z``, whole seconds (what every WARC reader understands)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    """The moment (now, where None) as ``2026-11-20T21:49:00Z``."""
    return (moment or now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that goes on: when it began by the clock, and how long ago that is, whatever was done to the clock meanwhile."""

    at: datetime = field(default_factory=lambda: now())
    _ticks: float = field(default_factory=time.monotonic)

    def end(self) -> datetime:
        """The moment that it is now, counted from the beginning."""
        return self.at + timedelta(seconds=time.monotonic() - self._ticks)
