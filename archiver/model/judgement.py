"""What comparing a quotation with a text gave."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archiver.model.notice import Notice
from archiver.model.text import Layer, Span


class Verdict(StrEnum):
    """The grades of a quotation; the meanings are in docs/judge.md."""

    VERBATIM = "verbatim"
    TYPOGRAPHIC = "typographic"
    ELIDED = "elided"
    ALTERED = "altered"
    SPLICED = "spliced"
    ABSENT = "absent"
    UNDECIDED = "undecided"

    @property
    def holds(self) -> bool | None:
        """True, False, or None for ``undecided``."""
        if self is Verdict.UNDECIDED:
            return None
        return self in (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)


class ChangeKind(StrEnum):
    """What sort of difference a change is."""

    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    DATE = "date"
    UNIT = "unit"
    MODAL = "modal"
    QUANTIFIER = "quantifier"
    WORD_ADDED = "word-added"
    WORD_DROPPED = "word-dropped"
    WORD_REPLACED = "word-replaced"
    SPELLING = "spelling"
    PUNCTUATION = "punctuation"
    ORDER = "order"

    @property
    def severity(self) -> str:
        """``minor`` for spelling and punctuation, ``major`` for the rest."""
        return "minor" if self in (ChangeKind.SPELLING, ChangeKind.PUNCTUATION) else "major"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; the words as each side has them (empty where it has none), positions in code points of each side.

    ``severity`` is that of the kind unless the judge knows better (a thousands separator left out is a minor ``number``).
    """

    kind: ChangeKind
    in_quote: str
    in_source: str
    quote_start: int
    source_start: int
    severity: str = "major"

    def to_json(self) -> dict[str, str | int]:
        return {
            "kind": self.kind.value,
            "severity": self.severity,
            "in_quote": self.in_quote,
            "in_source": self.in_source,
            "quote_start": self.quote_start,
            "source_start": self.source_start,
        }


@dataclass(frozen=True, slots=True)
class Match:
    """One passage: its spans in source order, their text joined by " … ", and 32 characters of context either side.

    ``page`` is where it begins and ``last_page`` where it ends, counted from 1; ``page_label`` is what is printed for the first, where the
    source says so; ``begin`` and ``end`` are when its first words are begun and its last ones ended, in
    milliseconds from the start of the recording. None where the source has no pages, or no times.
    """

    spans: tuple[Span, ...]
    exact: str
    prefix: str
    suffix: str
    page: int | None = None
    begin: int | None = None
    end: int | None = None
    last_page: int | None = None
    page_label: str | None = None

    @property
    def time(self) -> tuple[str, str] | None:
        """``begin`` and ``end`` as ``hh:mm:ss.mmm``; None where there are none."""
        if self.begin is None or self.end is None:
            return None
        return _clock(self.begin), _clock(self.end)

    def to_json(self) -> dict[str, object]:
        return {
            "spans": [span.to_json() for span in self.spans],
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "page": self.page,
            "last_page": self.last_page,
            "page_label": self.page_label,
            "time": {"begin": self.time[0], "end": self.time[1]} if self.time else None,
        }


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with everything it rests on. ``layer`` is None where nothing near was found."""

    verdict: Verdict
    layer: Layer | None = None
    matches: tuple[Match, ...] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[Notice, ...] = ()
    ambiguous: bool = False

    @property
    def holds(self) -> bool | None:
        return self.verdict.holds
