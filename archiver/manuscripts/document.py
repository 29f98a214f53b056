"""A manuscript as its readers give it, the same for every format: blocks of plain text, with marks on them.

Whatever looks at quotations and sources looks at these values only, so that one text gives one report, whether it is written in Markdown,
LaTeX, Word or HTML.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from archiver.bibliography import Entry


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"  # set off from the text as a quotation
    ITEM = "item"
    CELL = "cell"
    CAPTION = "caption"
    CREDIT = "credit"  # the caption of a figure that shows a quotation: whose words these are
    COMMENT = "comment"  # what somebody wrote beside the text, in docx and odt
    REFERENCE = "reference"  # an entry of a list of works at the end


@dataclass(frozen=True, slots=True)
class Link:
    """The words from ``start`` to ``end`` lead to ``url``; none (``start == end``) where only the address or a template stands there.

    ``copy``: to a public archive's copy of the page that the link before it leads to.
    """

    start: int
    end: int
    url: str
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One work is cited at ``start`` to ``end``, by the key of a bibliography; ``locator`` is the page or section as written ("12", "12–14").

    Several works in one pair of brackets are several citations at the same place.
    """

    start: int
    end: int
    key: str
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where the sign of a footnote or an endnote stands; ``label`` is that of the note's blocks."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words from ``start`` to ``end`` are a quotation by the markup's word (``\\enquote``, ``<q>``, ``quote=``), without quotation marks.

    ``url`` and ``key`` name the source where the markup itself does; ``locator`` as in `Citation`.
    """

    start: int
    end: int
    url: str | None = None
    key: str | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Opaque:
    """The text from ``start`` to ``end`` is code, mathematics or the like, where quotation marks do not quote."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unread:
    """At ``start`` (which is ``end``) something is printed that the reader cannot know: a command or a template called ``name``."""

    start: int
    end: int
    name: str


Mark: TypeAlias = Link | Citation | NoteMark | Quoted | Opaque | Unread


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or the like: its text as a reader sees it (no markup; what a markup hides, such as a comment, is not in it).

    ``marks`` stand in the order of where they start; positions are code points of ``text``. ``paragraph`` counts the blocks of a document
    from 1. ``note`` is the label of the footnote or endnote that the block stands in. ``origin`` says where in the file the text comes
    from: (position in the text, position in the decoded file), ascending; between two of them both count on alike. It is empty for files
    that are not text. ``source`` is the address or the key that the markup of a whole quotation names (``<blockquote cite>``).
    """

    kind: BlockKind
    text: str
    paragraph: int
    marks: tuple[Mark, ...] = ()
    note: str | None = None
    origin: tuple[tuple[int, int], ...] = ()
    source: str | None = None

    def in_file(self, position: int) -> int | None:
        """Where a position of the text stands in the decoded file, None where the file is not text."""
        if not self.origin:
            return None
        at = max(bisect_right(self.origin, position, key=lambda pair: pair[0]) - 1, 0)
        start, there = self.origin[at]
        return there + max(position - start, 0)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be read of a manuscript: one sentence, and the line where there is one. The rest is read all the same."""

    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript: its blocks in reading order, those of footnotes and endnotes behind the block that has their first sign.

    ``format`` is the name of its format ("markdown", "latex", "docx", ...). ``source`` is the decoded file, None where it is no text.
    ``entries`` are works that it brings along itself (Zotero's fields, ``\\bibitem``), by key; ``bibliographies`` the names of files that
    it asks for. ``language`` is the one that it says it is in (BCP 47).
    """

    format: str
    blocks: tuple[Block, ...]
    source: str | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    bibliographies: tuple[str, ...] = ()
    language: str | None = None
    troubles: tuple[Trouble, ...] = ()
