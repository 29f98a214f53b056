"""What a recheck found, before and after it is recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from archiver import clock
from archiver.model import SHORT_ID, Drift, Snapshot
from archiver.model.kinds import RECHECK
from archiver.model.recheckuri import recheck_uri
from archiver.quoting import Judged
from archiver.rechecking.deciding import Decision
from archiver.rechecking.known import Known
from archiver.rechecking.look import Look
from archiver.rechecking.standings import Standing
from archiver.urls import without_fragment
from archiver.version import TOOL
from archiver.warc import Member, Record, new_record_id, seal

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Recheck:
    """A finished recheck.

    ``previous`` answered for the page before, None where nothing did; ``snapshot`` is what this look recorded, None where nothing came. ``looks``
    are one or two, the last decided. ``changed`` says that this is news: False where the last recheck found the same. ``note`` is what the
    page has come to say of itself, that it was corrected or withdrawn. ``id`` is ``r-`` and the digest of its record, None where nothing can
    be recorded.
    """

    url: str
    previous: Snapshot | None
    snapshot: Snapshot | None
    drift: Drift
    reason: str
    time: str
    moved_to: str | None
    revision: str | None
    standings: tuple[Standing, ...]
    looks: tuple[Look, ...]
    changed: bool
    id: str | None = None
    note: str | None = None

    @property
    def quotes(self) -> tuple[Judged, ...]:
        """The quotations that were judged again."""
        return tuple(standing.judged for standing in self.standings if standing.judged is not None)

    @property
    def lost(self) -> tuple[Standing, ...]:
        """The quotations that held and do not any more."""
        return tuple(standing for standing in self.standings if standing.drift is not None)

    @property
    def exit_code(self) -> int:
        """1 where a quotation or the page is gone or altered, 3 where nothing could be decided, else 0."""
        if self.lost or self.drift is Drift.GONE:
            return 1
        undecided = self.drift.undecided or (self.drift is Drift.MOVED and any(item.open for item in self.standings))
        return 3 if undecided else 0

    def to_json(self) -> dict[str, Any]:
        """The line of the command line."""
        return {
            "schema_version": SCHEMA_VERSION,
            "url": self.url,
            "snapshot": self.snapshot.short_id if self.snapshot else None,
            "previous": self.previous.short_id if self.previous else None,
            "drift": self.drift.value,
            "reason": self.reason,
            "moved_to": self.moved_to,
            "revision": self.revision,
            "changed": self.changed,
            "note": self.note,
            "checked_at": self.time,
            "id": self.id and self.id[:SHORT_ID],
            "looks": [look.to_json() for look in self.looks],
            "quotes": [standing.to_json(self.snapshot) for standing in self.standings],
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and is to be recorded."""

    known: Known
    looks: tuple[Look, ...]
    decision: Decision
    standings: tuple[Standing, ...]
    changed: bool
    revision: str | None = None

    def member(self) -> Member:
        """The sealed record; the id of the recheck is ``r-`` and the digest of this member."""
        record_id = new_record_id()
        time = clock.stamp()
        told = {
            "v": 1,
            "url": self.known.url,
            "time": time,
            "previous": self.known.previous.id if self.known.previous else None,
            "snapshot": self.looks[-1].id,
            "drift": self.decision.drift.value,
            "reason": self.decision.reason,
            "moved_to": self.decision.moved_to,
            "revision": self.revision,
            "changed": self.changed,
            "looks": [look.to_json(whole=True) for look in self.looks],
            "quotes": [standing.record() for standing in self.standings],
            "tool": TOOL,
        }
        if self.decision.note is not None:
            told["note"] = self.decision.note
        block = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        uri = recheck_uri(record_id.strip("<>").removeprefix("urn:uuid:"), without_fragment(self.known.url))
        return seal(Record(RECHECK, "metadata", uri, time, "application/json", block, record_id=record_id))

    def recheck(self, name: str | None, time: str, snapshot: Snapshot | None) -> Recheck:
        """The finished recheck; ``snapshot`` is that of the last look, once it is recorded."""
        return Recheck(
            self.known.url, self.known.previous, snapshot, self.decision.drift, self.decision.reason, time, self.decision.moved_to,
            self.revision, self.standings, self.looks, self.changed, name, self.decision.note,
        )  # fmt: skip
