"""Plain text drawn from a snapshot, and what else its reading gave."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archiver.model.notice import Notice
from archiver.model.reference import References


class Layer(StrEnum):
    """Where a text was drawn from; the order is the order in which ties between layers are settled.

    ``rendered`` is all the text of the page as a browser held it at the end of a capture; the others are from the bytes that came.
    """

    ARTICLE = "article"
    DOCUMENT = "document"
    RENDERED = "rendered"
    EMBEDDED = "embedded"
    PDF = "pdf"


NOT_SHOWN = "archiver-hidden"
"""The attribute that elements have in a written-out page which the browser did not show."""

_WHOLE = (Layer.DOCUMENT, Layer.RENDERED, Layer.PDF)


@dataclass(frozen=True, slots=True)
class Span:
    """``start`` and ``end`` in code points of a text, end excluded."""

    start: int
    end: int

    def to_json(self) -> dict[str, int]:
        return {"start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text from ``start`` (code points) up to the next place stands in its source: on ``page``, counted from 1, or spoken from
    ``begin`` to ``end``, in milliseconds from the start of the recording. ``label`` is what is printed for the page (``xii``), where the
    source says so. None what does not apply."""

    start: int
    page: int | None = None
    begin: int | None = None
    end: int | None = None
    label: str | None = None

    def to_json(self) -> list[int | str | None]:
        known: list[int | str | None] = [self.start, self.page, self.begin, self.end]
        return known if self.label is None else [*known, self.label]


@dataclass(frozen=True, slots=True)
class Text:
    """One layer of a page.

    ``complete`` is False where the reader knows that it did not see everything (``why`` says so). ``unseen`` are the spans that
    a reader of the page is not shown: hidden elements and readers' comments (the embedded layer is unseen as a whole).
    ``places`` are in the order of their starts; empty where the source has neither pages nor times.
    """

    layer: Layer
    content: str
    extractor: str
    version: str
    complete: bool = True
    why: str = ""
    unseen: tuple[Span, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What the page says of itself; dates are ISO 8601 as far as they were given, None where nothing was found."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    site_name: str | None = None
    language: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Decoding:
    """Which charset the page declared, which was detected, and which was used (WHATWG names, lower case)."""

    declared: str | None
    detected: str | None
    used: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one payload. ``wall`` is set where the page is not the content asked for, ``references`` where they were
    asked for too."""

    texts: tuple[Text, ...]
    info: PageInfo
    decoding: Decoding
    wall: Notice | None = None
    notices: tuple[Notice, ...] = ()
    references: References | None = None

    @property
    def complete(self) -> bool:
        """True where some layer that holds the whole page was read to its end."""
        return any(text.complete for text in self.texts if text.layer in _WHOLE)
