"""One look at a page: it is captured, and what came is told in a word. Where nothing can be recorded it is only looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver import clock
from archiver.archive import Archive
from archiver.capture import Along, Draft, Options, Reader, capture
from archiver.errors import NetworkError, Stopped
from archiver.model import SHORT_ID, Exchange, Snapshot, Text
from archiver.rechecking.met import Met, met_by, met_in
from archiver.rechecking.retryafter import seconds_asked_for

Hop = tuple[str, int]
"""An address on the way, and the status that it answered with."""


@dataclass(frozen=True, slots=True)
class Look:
    """``time`` is RFC 3339. ``snapshot`` is what was recorded, None where nothing came or nothing can be recorded; ``id`` is its id, known
    before it is. ``shown`` is what came, recorded or not; ``texts`` and ``body`` are its texts and payload where these are in no archive.
    ``hops`` end with the page; ``retry_after`` are the seconds for which the server wants not to be asked.
    """

    time: str
    met: Met
    snapshot: Snapshot | None = None
    id: str | None = None
    shown: Snapshot | None = None
    texts: tuple[Text, ...] | None = None
    body: bytes | None = None
    hops: tuple[Hop, ...] = ()
    retry_after: float | None = None

    def to_json(self, *, whole: bool = False) -> dict[str, Any]:
        """As records (with ``whole`` ids) and the command line tell it."""
        name = self.id if whole or self.id is None else self.id[:SHORT_ID]
        return {"time": self.time, "snapshot": name, "met": self.met.code, "detail": self.met.detail}


def look_at(
    archive: Archive,
    url: str,
    options: Options,
    read: Reader,
    along: Along | None = None,
    last: Snapshot | None = None,
) -> Look:
    """Captures a page, or looks at it where nothing can be recorded. What the network does is told, not raised. ``last`` is what the archive
    has just said of the page, None where nobody asked.

    Raises BlockedAddress, InputError, Stopped, ArchiveError.
    """
    if not archive.records:
        from archiver.rechecking import glance  # what it imports, only who cannot record needs

        return glance.glance(url, options, read)
    time = clock.stamp()
    drafts: list[Draft] = []

    def hear(draft: Draft) -> Any:
        drafts.append(draft)
        return along(draft) if along is not None else ()

    try:
        snapshot = capture(archive, url, options, read, hear, last)
    except Stopped:
        raise
    except NetworkError as error:
        return Look(time, met_by(error))
    exchanges = drafts[0].exchanges if drafts else ()
    return Look(
        time,
        met_in(snapshot),
        snapshot,
        snapshot.id,
        snapshot,
        hops=hops_of(exchanges) or ((snapshot.final_url, snapshot.status),),
        retry_after=retry_after(exchanges[-1]) if exchanges else None,
    )


def hops_of(exchanges: tuple[Exchange, ...]) -> tuple[Hop, ...]:
    return tuple((exchange.url, exchange.status) for exchange in exchanges)


def retry_after(exchange: Exchange) -> float | None:
    """The seconds for which the server wants not to be asked; None where it does not say so."""
    return seconds_asked_for(exchange.header("retry-after"), exchange.ended)
