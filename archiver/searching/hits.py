"""What was found: a snapshot, where in it, and in which other captures too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archiver.model import Snapshot, Span
from archiver.quoting import Judged
from archiver.quoting.judged import SCHEMA_VERSION
from archiver.searching.passages import Place


@dataclass(slots=True)
class _Hit:
    """``others`` are more captures with the same passage, newest first."""

    snapshot: Snapshot
    others: list[Snapshot] = field(default_factory=list)

    def _others(self) -> dict[str, Any]:
        return {
            "more_captures": [
                {"snapshot": other.short_id, "url": other.url, "captured_at": other.captured_at}
                for other in self.others
            ]
        }


@dataclass(slots=True)
class QuotationHit(_Hit):
    """A passage that a quotation stands for, or is near to, judged."""

    judged: Judged = field(kw_only=True)

    def to_json(self) -> dict[str, Any]:
        return {**self.judged.to_json(), "mode": "quotation", **self._others()}


@dataclass(slots=True)
class WordsHit(_Hit):
    """The place of a text where most of the words of a query stand together."""

    query: str = field(kw_only=True)
    place: Place = field(kw_only=True)

    @property
    def marks(self) -> list[Span]:
        """The words, as positions in the passage."""
        start = self.place.start
        return [Span(span.start - start, span.end - start) for span in self.place.match.spans]

    def to_json(self) -> dict[str, Any]:
        snapshot, place = self.snapshot, self.place
        return {
            "schema_version": SCHEMA_VERSION,
            "mode": "words",
            "query": self.query,
            "url": snapshot.url,
            "snapshot": snapshot.short_id,
            "captured_at": snapshot.captured_at,
            "title": snapshot.info.title,
            "layer": place.layer.value,
            "source_status": snapshot.status,
            "matches": [place.match.to_json()],
            "passage": {"start": place.start, "end": place.start + len(place.passage), "text": place.passage},
            "text_complete": snapshot.complete,
            **self._others(),
        }
