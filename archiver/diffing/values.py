"""What comparing two looks at a page is given and gives: plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from archiver.model import ChangeKind, Judgement, Layer, Notice, Text, Verdict
from archiver.printable import count


@dataclass(frozen=True, slots=True)
class PageText:
    """One look at a page: all its layers. ``name`` is what stands at the head of the comparison; it is printed and never read."""

    texts: tuple[Text, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that rests on the older text.

    ``was`` and ``now`` are its judgements against the older and the newer text, where they are known (settled: what a wall or a cut text lets
    them mean is the caller's to know); None: the comparison judges it by itself.
    """

    text: str
    id: str | None = None
    was: Judgement | None = None
    now: Judgement | None = None


class Outcome(StrEnum):
    """How the two texts stand to one another, in a word."""

    SAME = "same"
    FURNITURE = "furniture"
    EDITED = "edited"
    REPLACED = "replaced"


class BlockKind(StrEnum):
    """What became of a stretch of sentences. ``moved`` ones may be changed too: then they have changes."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class QuoteState(StrEnum):
    """What became of a quotation. ``never-held`` are those that did not hold, or could not be decided, in the older text either; ``holds-now``
    those that hold in the newer alone: recorded by another look, or by an older page that was edited back."""

    HOLDS = "holds"
    ALTERED = "altered"
    REMOVED = "removed"
    UNDECIDED = "undecided"
    NEVER_HELD = "never-held"
    HOLDS_NOW = "holds-now"

    @property
    def broken(self) -> bool:
        """True where it held in the older text and does not hold in the newer one."""
        return self in (QuoteState.ALTERED, QuoteState.REMOVED)


_GRAVEST = (
    QuoteState.ALTERED, QuoteState.REMOVED, QuoteState.UNDECIDED, QuoteState.HOLDS_NOW, QuoteState.HOLDS, QuoteState.NEVER_HELD,
)  # fmt: skip
"""In this order a person reads them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of both texts as printed; joined again, all ``old`` are the one passage and all ``new`` the other.

    ``kind`` is None where they say the same (their print may differ). ``old_start`` and ``new_start`` are code points of the two texts.
    """

    old: str
    new: str
    old_start: int
    new_start: int
    kind: ChangeKind | None = None
    severity: str = ""

    def to_json(self) -> dict[str, str | int | None]:
        return {
            "kind": self.kind.value if self.kind else None,
            "severity": self.severity or None,
            "old": self.old,
            "new": self.new,
            "old_start": self.old_start,
            "new_start": self.new_start,
        }


def changes_of(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Those that say something else."""
    return tuple(stretch for stretch in stretches if stretch.kind is not None)


@dataclass(frozen=True, slots=True)
class Side:
    """A passage of one of the texts: its code points in a layer, its words, its first paragraph and sentence, counted from 1, and how many
    of each it has."""

    layer: Layer
    start: int
    end: int
    text: str
    paragraph: int
    sentence: int
    sentences: int = 1
    paragraphs: int = 1

    def to_json(self) -> dict[str, Any]:
        return {
            "layer": self.layer.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "paragraph": self.paragraph,
        }


@dataclass(frozen=True, slots=True)
class Block:
    """Whole sentences that were changed, added, removed or moved; ``old`` or ``new`` is None where that side has none.

    ``stretches`` lays the two over each other; empty where one side is missing or nothing but the place changed. ``before`` and ``after`` are
    the unchanged sentences beside it in the newer text, empty where there is none.
    """

    kind: BlockKind
    old: Side | None
    new: Side | None
    stretches: tuple[Stretch, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def changes(self) -> tuple[Stretch, ...]:
        return changes_of(self.stretches)

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "old": self.old.to_json() if self.old else None,
            "new": self.new.to_json() if self.new else None,
            "changes": [change.to_json() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class QuoteDiff:
    """A quotation and what became of the whole sentences that it rests on; ``new`` is None where nothing near is left, ``old`` where
    nothing near ever was."""

    text: str
    id: str | None
    state: QuoteState
    was: Verdict
    now: Verdict
    old: Side | None = None
    new: Side | None = None
    stretches: tuple[Stretch, ...] = ()

    @property
    def altered(self) -> bool:
        """True where it held in the older text and does not hold in the newer one."""
        return self.state.broken

    @property
    def changes(self) -> tuple[Stretch, ...]:
        """What differs between the sentences; of a quotation that holds, this is round it."""
        return changes_of(self.stretches)

    def to_json(self) -> dict[str, Any]:
        return {
            "quote": self.text,
            "id": self.id,
            "state": self.state.value,
            "was": self.was.value,
            "now": self.now.value,
            "old": self.old.to_json() if self.old else None,
            "new": self.new.to_json() if self.new else None,
            "changes": [change.to_json() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class PageDiff:
    """Two looks at a page compared. ``blocks`` are in the order of the newer text, quotations in the order given. ``kept`` is the share
    (0 to 1) of the older article's words that the newer has too, ``more`` counts the blocks that are not listed, ``furniture`` the lines
    outside of the article that differ, ``layer`` is the layer that was compared, None where a side has no text."""

    old: str
    new: str
    outcome: Outcome
    quotes: tuple[QuoteDiff, ...] = ()
    blocks: tuple[Block, ...] = ()
    furniture: int = 0
    kept: float = 1.0
    more: int = 0
    layer: Layer | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def same(self) -> bool:
        """True where the article text is the same."""
        return self.outcome in (Outcome.SAME, Outcome.FURNITURE)

    @property
    def gravest_first(self) -> tuple[QuoteDiff, ...]:
        """The quotations as a person reads them: what is broken before what is not; those of one state in the order given."""
        return tuple(sorted(self.quotes, key=lambda quote: _GRAVEST.index(quote.state)))

    @property
    def broken(self) -> tuple[QuoteDiff, ...]:
        """The quotations that held in the older text and do not hold in the newer one."""
        return tuple(quote for quote in self.quotes if quote.altered)

    @property
    def sentence(self) -> str:
        """What became of the page, in one sentence."""
        others = f"{count(self.furniture, 'line')} of page furniture {'differs' if self.furniture == 1 else 'differ'}"
        if self.outcome is Outcome.SAME:
            return "the article text is the same"
        if self.outcome is Outcome.FURNITURE:
            return f"the article text is the same; {others}"
        if self.outcome is Outcome.REPLACED:
            return f"the whole text was replaced: {self.kept:.0%} of the older article's words are still there"
        found = ", ".join(self._counts())
        return f"the article text changed: {found}" + (f"; {others}" if self.furniture else "")

    def _counts(self) -> Iterator[str]:
        for kind in BlockKind:
            number = sum(block.kind is kind for block in self.blocks)
            if number:
                yield f"{count(number, 'passage')} {kind.value}"
        if self.more:
            yield f"{self.more:,} more"

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": 1,
            "old": self.old,
            "new": self.new,
            "outcome": self.outcome.value,
            "same": self.same,
            "sentence": self.sentence,
            "layer": self.layer.value if self.layer else None,
            "quotes": [quote.to_json() for quote in self.quotes],
            "blocks": [block.to_json() for block in self.blocks],
            "more": self.more,
            "furniture": self.furniture,
            "kept": round(self.kept, 4),
            "warnings": [notice.to_json() for notice in self.notices],
        }
