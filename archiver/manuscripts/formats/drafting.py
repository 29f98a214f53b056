"""How readers put blocks together: words piece by piece, marks on them, and where in the file each piece came from."""

from __future__ import annotations

import re
from dataclasses import replace

from archiver.manuscripts.addresses import addresses_in
from archiver.manuscripts.document import Block, BlockKind, Link, Mark, NoteMark, Opaque, Quoted, Unread
from archiver.manuscripts.formats.building import Pieces, where

_SPACES = re.compile(r"[ \t\n\r\f\v]+")


class Draft(Pieces):
    """A block that is being written, in which a run of white space is one space."""

    def __init__(
        self, kind: BlockKind = BlockKind.PARAGRAPH, note: str | None = None, source: str | None = None
    ) -> None:
        super().__init__()
        self.kind, self.note, self.source = kind, note, source
        self._open = False  # the last character is no white space

    def add(self, words: str, at: int | None = None) -> None:
        """Words, of which each run of white space is one space, and none where the block begins; ``at`` is where in the file they begin."""
        start = 0
        for run in _SPACES.finditer(words):
            if run.start() > start:
                self.put(words[start : run.start()], None if at is None else at + start)
            if self._open:
                self.put(" ", None if at is None else at + run.start())
                self._open = False
            start = run.end()
        if start < len(words):
            self.put(words[start:] if start else words, None if at is None else at + start)

    def put(self, text: str, at: int | None = None) -> None:
        """Words exactly as they are, such as code or the sign that a command stands for, all of it from ``at`` on."""
        if text:
            super().put(text, at)
            self._open = True

    def end_line(self) -> None:
        """A line ends here, within the block."""
        if self.length:
            self.without_blank()
            self.put("\n", None)
            self._open = False

    def without_blank(self) -> None:
        """Takes back a blank at the end: what follows, such as a note's sign, hangs on the word before it."""
        if self.pieces and (not self._open or self.pieces[-1].endswith("\u00a0")):
            self.cut(self.length - 1)

    def mark(self, mark: Mark) -> None:
        """A mark on words that are there by now."""
        self.marks.append(mark)

    def marks_from(self, start: int) -> list[Mark]:
        """The marks that begin at a position or behind it."""
        return [mark for mark in self.marks if where(mark) >= start]

    def words_from(self, start: int) -> str:
        """The text from a position on."""
        found: list[str] = []
        left = self.length - start
        for piece in reversed(self.pieces):
            if left <= 0:
                break
            found.append(piece[-left:])
            left -= len(piece)
        return "".join(reversed(found))

    def cut(self, to: int) -> None:
        """Takes back what was added from a position on."""
        while self.pieces and self.length > to:
            last = self.pieces.pop()
            self.length -= len(last)
            if self.length < to:
                self.pieces.append(last[: to - self.length])
                self.length = to
        while self.origin and self.origin[-1][0] >= to:
            self.origin.pop()
        self._open = bool(self.pieces) and not self.pieces[-1][-1].isspace()

    def finish(self) -> Block:
        """The block, its paragraph not yet counted. Web addresses that stand in the text are links by now."""
        text = "".join(self.pieces).rstrip()
        marks = [_within(mark, text) for mark in self.marks]
        marks.extend(bare_links(text, marks))
        marks.sort(key=where)
        origin = tuple(pair for pair in self.origin if pair[0] <= len(text))
        return Block(self.kind, text, 0, tuple(marks), self.note, origin, self.source)


def bare_links(text: str, marks: list[Mark]) -> list[Mark]:
    """Links for the addresses in a text that stand in no link and in no code."""
    taken = sorted(
        (mark.start, mark.end) for mark in marks if isinstance(mark, Link | Opaque) and mark.end > mark.start
    )
    found: list[Mark] = []
    at = 0
    for start, end, url in addresses_in(text):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at == len(taken) or taken[at][0] >= end:
            found.append(Link(start, end, url))
    return found


def _within(mark: Mark, text: str) -> Mark:
    """A mark without white space at its ends."""
    if isinstance(mark, NoteMark):
        return replace(mark, at=min(mark.at, len(text)))
    start, end = min(mark.start, len(text)), min(mark.end, len(text))
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return replace(mark, start=start, end=end)


def _moved(mark: Mark, by: int) -> Mark:
    if isinstance(mark, NoteMark):
        return replace(mark, at=by)
    return replace(mark, start=by, end=by)


class Assembly:
    """All blocks of a document, which come in the order of the file, and go in that of reading."""

    def __init__(self) -> None:
        self._body: list[tuple[Block, list[Mark]]] = []
        self._notes: dict[str, list[tuple[Block, list[Mark]]]] = {}

    def add(self, draft: Draft) -> None:
        """A block that is done; one without words leaves its marks to the one before it, as a note's sign behind a block quote does."""
        block = draft.finish()
        blocks = self._body if block.note is None else self._notes.setdefault(block.note, [])
        kept = [mark for mark in block.marks if not isinstance(mark, Quoted | Opaque | Unread)]
        if block.text.strip() or (kept and not blocks):
            blocks.append((block, []))
        elif kept:
            last, more = blocks[-1]
            more.extend(_moved(mark, len(last.text)) for mark in kept)

    def retract(self, label: str) -> None:
        """Forgets a note that is no note of the document."""
        self._notes.pop(label, None)

    def finish(self) -> tuple[Block, ...]:
        """The blocks, each note behind the block that has its first sign, then notes that nothing refers to, then comments."""
        ordered: list[Block] = []
        left = dict(self._notes)
        for pair in self._body:
            waiting = [pair]
            while waiting:
                block, more = waiting.pop()
                ordered.append(replace(block, marks=(*block.marks, *more)) if more else block)
                found = [
                    note
                    for mark in ordered[-1].marks
                    if isinstance(mark, NoteMark)
                    for note in left.pop(mark.label, ())
                ]
                waiting.extend(reversed(found))
        for rest in left.values():
            ordered.extend(replace(block, marks=(*block.marks, *more)) for block, more in rest)
        ordered.sort(
            key=lambda block: block.kind is BlockKind.COMMENT
        )  # what was remarked beside the text stands behind it
        return tuple(replace(block, paragraph=number) for number, block in enumerate(ordered, 1))


def lines_of(source: str) -> list[int]:
    """Where each line of a file begins."""
    return [0, *(found.end() for found in re.finditer("\n", source))]
