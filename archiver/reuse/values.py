"""What comparing two texts is given and gives: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

TWO_ADDRESSES = "under two addresses"
"""Stands in the reasons of ``same page later`` where the addresses differ: it may be an edition of the page, or another writer's on the same site."""


class Kind(StrEnum):
    """How two texts stand to one another; docs/reuse.md says by which rules each is told."""

    COPY = "copy"
    PARTIAL_WIRE_COPY = "partial wire copy"
    PRESS_RELEASE = "press release"
    EXCERPT = "excerpt"
    CITES = "cites"
    SHARED_QUOTATION = "shared quotation"
    SAME_PAGE_LATER = "same page later"
    SAME_TOPIC = "same topic, no copy"
    NO_COPY = "no copy"

    @property
    def is_copy(self) -> bool:
        """True where one text has words of the other, or both of a third, that it does not mark as somebody's speech."""
        return self in (Kind.COPY, Kind.PARTIAL_WIRE_COPY, Kind.PRESS_RELEASE, Kind.EXCERPT)


@dataclass(frozen=True, slots=True)
class ReuseText:
    """One text with what is known of it; all but the text may be unknown.

    ``text`` is the article where it could be told from the page, else the whole. ``url`` is the address that answered, ``canonical`` the one
    that the page calls its own. ``agencies`` are those credited (agency, syndication, source), ``outlets`` what the page's own paper is called
    (site name, publisher). ``earliest`` and ``latest`` bound when it was published, None where a bound is not known.
    """

    text: str
    url: str = ""
    canonical: str = ""
    agencies: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are equal in both texts: code points from ``start_a`` to ``end_a`` of one, ``start_b`` to ``end_b`` of the other."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int

    def swapped(self) -> Piece:
        return Piece(self.start_b, self.end_b, self.start_a, self.end_a)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that both texts have, small edits aside: its code points in each, and the ``pieces`` of it that are equal.

    ``words`` counts the equal words (characters in scripts without spaces). ``speech_a`` and ``speech_b`` are the shares of them that stand
    as somebody's speech, in quotation marks or with a verb of saying. ``furniture`` is why it does not count, ``""`` where it does.
    """

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    words: int
    pieces: tuple[Piece, ...]
    speech_a: float = 0.0
    speech_b: float = 0.0
    furniture: str = ""

    def swapped(self) -> Passage:
        pieces = tuple(piece.swapped() for piece in self.pieces)
        spans = (self.start_b, self.end_b, self.start_a, self.end_a)
        return Passage(*spans, self.words, pieces, self.speech_b, self.speech_a, self.furniture)

    def to_json(self) -> dict[str, Any]:
        return {
            "a": {"start": self.start_a, "end": self.end_a},
            "b": {"start": self.start_b, "end": self.end_b},
            "words": self.words,
            "pieces": [[piece.start_a, piece.end_a, piece.start_b, piece.end_b] for piece in self.pieces],
            "speech_a": round(self.speech_a, 3),
            "speech_b": round(self.speech_b, 3),
            "furniture": self.furniture or None,
        }


@dataclass(frozen=True, slots=True)
class Direction:
    """Which text has it from the other: ``source`` and ``taker`` are ``a`` or ``b``. ``weak`` where dates alone say so."""

    source: str
    taker: str
    weak: bool
    reasons: tuple[str, ...]

    def swapped(self) -> Direction:
        return Direction(self.taker, self.source, self.weak, self.reasons)

    def to_json(self) -> dict[str, Any]:
        return {"source": self.source, "taker": self.taker, "weak": self.weak, "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class Reuse:
    """What two texts have in common. ``containment_a`` is the share of the words of the first text's body that the second one has too."""

    kind: Kind
    containment_a: float
    containment_b: float
    passages: tuple[Passage, ...]
    direction: Direction | None
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "containment_a": round(self.containment_a, 4),
            "containment_b": round(self.containment_b, 4),
            "passages": [passage.to_json() for passage in self.passages],
            "direction": self.direction.to_json() if self.direction else None,
            "reasons": list(self.reasons),
        }
