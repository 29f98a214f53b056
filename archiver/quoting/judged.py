"""A quotation judged against a snapshot: the judge's finding, and what the snapshot lets it mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver import match
from archiver.model import SHORT_ID, Judgement, Notice, Snapshot, Verdict

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """The line that `quote` and `check` print. ``id`` is the quote's, None where it was not recorded; ``location`` is where the
    quotation stands in a table or manuscript; ``input`` is passed through. ``tolerate_minor`` is the reader's wish: the verdict stays.
    """

    quotation: str
    url: str
    snapshot: Snapshot | None
    judgement: Judgement
    id: str | None = None
    speaker: str | None = None
    location: dict[str, Any] | None = None
    input: dict[str, Any] | None = None
    tolerate_minor: bool = False

    @property
    def holds(self) -> bool | None:
        """As the verdict says; with ``tolerate_minor`` also where only spelling or punctuation is changed."""
        return match.holds(self.judgement, tolerate_minor=self.tolerate_minor)

    @property
    def tolerated(self) -> bool:
        """Whether it holds by the reader's wish alone."""
        return self.holds is True and self.judgement.holds is not True

    def to_json(self) -> dict[str, Any]:
        snapshot, judgement = self.snapshot, self.judgement
        value: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "quote": self.quotation,
            "url": self.url,
            "snapshot": snapshot.short_id if snapshot else None,
            "captured_at": snapshot.captured_at if snapshot else None,
            "id": self.id[:SHORT_ID] if self.id else None,
            "verdict": judgement.verdict.value,
            "holds": self.holds,
            "layer": judgement.layer.value if judgement.layer else None,
            "ambiguous": judgement.ambiguous,
            "source_status": snapshot.status if snapshot else None,
            "matches": [item.to_json() for item in judgement.matches],
            "changes": [change.to_json() for change in judgement.changes],
            "text_complete": snapshot.complete if snapshot else False,
            "location": self.location,
            "warnings": [notice.to_json() for notice in judgement.warnings],
        }
        if snapshot is not None and snapshot.origin is not None and snapshot.origin.memento is not None:
            value["origin"] = snapshot.origin.to_json()
        if self.holds is not judgement.holds:
            value["tolerated"] = "minor"
        if self.speaker is not None:
            value |= {"speaker": self.speaker, "speaker_checked": False}
        if self.input:
            value["input"] = self.input
        return value


def undecided(code: str, detail: str) -> Judgement:
    """The verdict where there is no snapshot to judge against."""
    return Judgement(Verdict.UNDECIDED, warnings=(Notice(code, detail),))
