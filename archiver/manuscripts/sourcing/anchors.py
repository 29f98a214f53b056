"""The places in a block of text at which sources are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.manuscripts.document import Block, Citation, Link, NoteMark
from archiver.manuscripts.sourcing.notes import Reference


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place where a source is named: by an address, by a key, by the sign of a note, or, in a note, by a ``reference`` to another.
    ``number`` counts those of the paragraph. ``copy``: of the page before it, in a public archive."""

    number: int
    start: int
    end: int
    url: str | None = None
    key: str | None = None
    locator: str | None = None
    note: str | None = None
    reference: Reference | None = None
    copy: bool = False


def find_anchors(block: Block, references: Sequence[Reference]) -> Iterator[Anchor]:
    """Its links to web addresses, citations, signs of notes, and the ``references`` of a note."""
    for number, reference in enumerate(references):
        yield Anchor(number, reference.start, reference.end, reference=reference)
    number = len(references)
    for mark in block.marks:
        if isinstance(mark, Link):
            if not mark.url.lower().startswith(("http://", "https://")):
                continue
            made = Anchor(number, mark.start, mark.end, url=mark.url, copy=mark.copy)
        elif isinstance(mark, Citation):
            made = Anchor(number, mark.start, mark.end, key=mark.key, locator=mark.locator)
        elif isinstance(mark, NoteMark):
            made = Anchor(number, mark.at, mark.at, note=mark.label)
        else:
            continue
        yield made
        number += 1
