"""Where in its file a passage of a manuscript stands."""

from __future__ import annotations

import re
from bisect import bisect_right

from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.quotations import Passage
from archiver.manuscripts.report import Where

_LINE_END = re.compile(r"\r\n?|\n")


class Places:
    """The places of one manuscript; its lines are counted once."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        source = manuscript.source or ""
        self._paragraphs = _paragraphs(manuscript)
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(source))]

    def of(self, passage: Passage) -> Where:
        """Where a quotation begins, and its span with the marks."""
        first, last = passage.parts[0], passage.parts[-1]
        place = self.at(first.block, first.outer_start)
        begin = self._manuscript.blocks[first.block].in_file(first.outer_start)
        end = None
        if last.outer_end > 0:
            end = self._manuscript.blocks[last.block].in_file(last.outer_end - 1)
        span = (begin, end + 1) if begin is not None and end is not None else None
        return Where(place.paragraph, place.line, place.column, place.footnote, None, span)

    def at(self, number: int, position: int) -> Where:
        """Where a position of a block's text stands."""
        block, paragraph = self._manuscript.blocks[number], self._paragraphs[number]
        there = block.in_file(position)
        if there is None or self._manuscript.source is None:
            return Where(paragraph, footnote=block.note)
        line = bisect_right(self._starts, there)
        return Where(paragraph, line, there - self._starts[line - 1] + 1, block.note, None, (there, there))


def _paragraphs(manuscript: Manuscript) -> list[int]:
    """The paragraph that each block is, as a reader counts them: those of a note, which stand behind its sign, are none of their own."""
    found, count = [], 0
    for block in manuscript.blocks:
        count += block.note is None
        found.append(max(count, 1))
    return found
