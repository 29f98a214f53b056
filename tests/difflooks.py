"""Looks at pages, made of paragraphs."""

from __future__ import annotations

from archiver import texts
from archiver.diffing import PageDiff, PageText
from archiver.model import Layer, Text

STORY = (
    "The bridge over the river Lorn will close on the 13th of May for repairs that cannot wait.",
    "“We will not ask the ferrymen to work at night,” said Ada Voss. “Nobody has been hurt on this bridge, and nobody will be.”",
    "About 4,200 drivers use the bridge each day, and some of them cross it twice before noon.",
    "The repairs are to cost 1.7 million crowns. The council has set aside 2 million for them.",
    "A ferry may carry those who walk, the county says, while the water is low enough for it.",
)


def look(*paragraphs: str, around: tuple[str, ...] = ("Home | News",), name: str = "") -> PageText:
    """A page with an article, and what stands round it in its document layer alone."""
    article = "\n".join(paragraphs)
    document = "\n".join((*around, article))
    return PageText((Text(Layer.ARTICLE, article, "t", "1"), Text(Layer.DOCUMENT, document, "t", "1")), name)


def read(page: bytes) -> PageText:
    """A page of HTML, read as a capture is."""
    return PageText(texts.read(page, content_type="text/html; charset=utf-8").texts)


def kinds(diff: PageDiff) -> list[str]:
    """``moved``, ``changed number name``: what became of each passage."""
    return [
        " ".join([block.kind, *(change.kind for change in block.changes if change.kind is not None)])
        for block in diff.blocks
    ]
