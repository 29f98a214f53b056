"""What a page, an archive or a server says about when: intervals, since a day without a zone is no moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from archiver.clock import stamp

EAST, WEST = timedelta(hours=14), timedelta(hours=12)
"""How far the clocks of the world are ahead of UTC and behind it."""

PUBLIC = "public archive"
"""The place of a date that a public archive gave of its copy, where that was fetched from it."""


class What(StrEnum):
    """What is said to have happened then. ``served`` is the server's clock, ``archived`` a public archive's, or what a server or an
    imported file says of one, ``captured`` our own."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    EVENT = "event"
    SERVED = "served"
    ARCHIVED = "archived"
    CAPTURED = "captured"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as far as some words give it: between ``earliest`` and ``latest`` (UTC). ``local`` is the time as it is written where no zone
    stands beside it, to the precision of ``unit`` (``year``, ``month``, ``day``, ``hour``, ``minute``, ``second``)."""

    earliest: datetime
    latest: datetime
    unit: str
    local: datetime | None = None


@dataclass(frozen=True, slots=True)
class DateClaim:
    """One statement about one time.

    It was not before ``earliest`` and not after ``latest`` (UTC), if the statement is true. ``evidence`` are the exact words,
    ``where`` names the place (``json-ld datePublished``, ``url``, ``header last-modified``, ``text, Unix time``), ``start`` is where the
    evidence begins in the text, in code points, None where it does not stand there. ``local`` is the time as written where it has no zone.
    """

    what: What
    earliest: datetime
    latest: datetime
    evidence: str
    where: str
    start: int | None = None
    local: datetime | None = None

    @property
    def exact(self) -> bool:
        """True where it is known to the minute."""
        return self.latest - self.earliest <= timedelta(minutes=1)

    @property
    def seen(self) -> bool:
        """True where we had it then, or a public archive that was asked for its copy: no word of the page, of its server or of a file."""
        return self.what is What.CAPTURED or (self.what is What.ARCHIVED and self.where == PUBLIC)

    @property
    def bounds(self) -> bool:
        """True where the page was there by then, if the statement is true, whoever makes it."""
        return self.what in (What.ARCHIVED, What.CAPTURED, What.SERVED)

    def to_json(self) -> dict[str, Any]:
        return {
            "what": self.what.value,
            "earliest": stamp(self.earliest),
            "latest": stamp(self.latest),
            "evidence": self.evidence,
            "where": self.where,
            "start": self.start,
        }


def claim(what: What, moment: Moment, evidence: str, where: str, start: int | None = None) -> DateClaim:
    """A statement made of a moment."""
    return DateClaim(what, moment.earliest, moment.latest, evidence[:200], where, start, moment.local)
