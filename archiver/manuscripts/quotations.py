"""The quotations of a manuscript: between marks, set off as a block, or called so by the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from archiver.manuscripts.document import (
    Block,
    BlockKind,
    Citation,
    Link,
    Manuscript,
    NoteMark,
    Opaque,
    Quoted,
)
from archiver.manuscripts.quotationmarks import Pair, find_pairs, goes_on, opens_with, title_spans
from archiver.manuscripts.sourcing.backreferences import IN_BRACKETS


class Form(StrEnum):
    """By what a passage is known to be a quotation."""

    MARKS = "marks"
    BLOCK = "block"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Part:
    """The piece of a quotation that stands in one block (by its number among the manuscript's blocks, from 0): the words from ``start``
    to ``end``, with their marks from ``outer_start`` to ``outer_end``."""

    block: int
    start: int
    end: int
    outer_start: int
    outer_end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation as the manuscript has it: its words, paragraphs joined by line breaks, without the outer marks.

    ``named`` is the markup that calls it a quotation, where it may name the source. ``attribution`` is the line within a block quote
    that says whose words these are. ``closed`` is False where the closing mark is missing.
    """

    form: Form
    text: str
    parts: tuple[Part, ...]
    named: Quoted | None = None
    attribution: Part | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Quotations:
    """All quotations in the order of the text."""

    passages: tuple[Passage, ...]


_LEAST_OPEN = 2
"""Words of a paragraph behind a single mark that the next one opens again; a single word is an elision (‘nineties)."""

_UNREAD = (BlockKind.HEADING, BlockKind.COMMENT, BlockKind.REFERENCE)


def find_quotations(manuscript: Manuscript) -> Quotations:
    """Finds them. Headings, comments and lists of works hold none but what their markup calls one."""
    finder = _Finder(manuscript.blocks)
    finder.run()
    passages = sorted(finder.passages, key=lambda passage: (passage.parts[0].block, passage.parts[0].start))
    return Quotations(tuple(passages))


@dataclass(slots=True)
class _Finder:
    blocks: Sequence[Block]
    passages: list[Passage] = field(default_factory=list)
    naming: set[str] = field(init=False)  # notes that name a source

    def __post_init__(self) -> None:
        self.naming = {
            block.note
            for block in self.blocks
            if block.note is not None and any(isinstance(mark, Link | Citation | Quoted) for mark in block.marks)
        }

    def run(self) -> None:
        number = 0
        while number < len(self.blocks):
            block = self.blocks[number]
            if block.kind is BlockKind.QUOTE:
                end = self._end_of_quote(number)
                self._set_off(number, end)
                number = end
                continue
            self._marked_up(number)
            if block.kind in _UNREAD:
                number += 1
                continue
            number = self._between_marks(number)

    def _end_of_quote(self, number: int) -> int:
        first, end = self.blocks[number], number + 1
        named = attribution_of(first, number) is not None or self._has_own_source(number)
        while end < len(self.blocks):
            block = self.blocks[end]
            if block.note != first.note and first.note is None and block.note is not None:
                end += 1  # the note of a sign within the quotation stands between its paragraphs
                continue
            if block.kind is not BlockKind.QUOTE or block.note != first.note or block.source != first.source or named:
                break
            end += 1
            named = is_attribution(block) or attribution_of(block, end - 1) is not None or self._has_own_source(end - 1)
        while end > number + 1 and self.blocks[end - 1].note != first.note:
            end -= 1
        return end

    def _has_own_source(self, number: int) -> bool:
        """Whether a block ends with a source, and what is quoted behind it with another: these are two quotations."""
        first = self.blocks[number]
        if not self._ends_with_source(first):
            return False
        for block in self.blocks[number + 1 :]:
            if block.note is not None and first.note is None:
                continue
            if block.kind is not BlockKind.QUOTE or block.note != first.note or block.source != first.source:
                return False
            if is_attribution(block):
                return False  # it says of both whose words they are
            if self._ends_with_source(block) or attribution_of(block, 0) is not None:
                return True
        return False

    def _ends_with_source(self, block: Block) -> bool:
        end = len(block.text.rstrip(" .,;:!?)]”’\"'»«"))
        return any(
            mark.at >= end and mark.label in self.naming
            if isinstance(mark, NoteMark)
            else isinstance(mark, Link | Citation) and mark.end >= end and mark.start > 0
            for mark in block.marks
        )

    def _set_off(self, first: int, end: int) -> None:
        note = self.blocks[first].note
        numbers = [n for n in range(first, end) if self.blocks[n].note == note]
        for number in range(first, end):
            if self.blocks[number].note != note:
                self._marked_up(number)
                self._between_marks(number, alone=True)
        attribution = attribution_of(self.blocks[numbers[-1]], numbers[-1], alone=len(numbers) > 1)
        parts = []
        for number in numbers:
            limit = len(self.blocks[number].text)
            if attribution is not None and attribution.block == number:
                limit = attribution.outer_start
            part = _bare(self.blocks[number], number, limit)
            if part.end > part.start:
                parts.append(part)
        if not parts:
            return
        text = "\n".join(self._words(part) for part in parts)
        named = next((mark for n in numbers for mark in _quoted(self.blocks[n]) if mark.url or mark.key), None)
        self.passages.append(Passage(Form.BLOCK, text, tuple(parts), named, attribution))

    def _words(self, part: Part) -> str:
        return self.blocks[part.block].text[part.start : part.end]

    def _marked_up(self, number: int) -> None:
        block = self.blocks[number]
        last = -1
        for mark in sorted(_quoted(block), key=lambda mark: (mark.start, -mark.end)):  # the outermost first
            if mark.start >= last and block.text[mark.start : mark.end].strip():
                last = mark.end
                start, end = _stripped(block.text, mark.start, mark.end)
                part = Part(number, start, end, mark.start, mark.end)
                self.passages.append(Passage(Form.MARKUP, block.text[start:end], (part,), mark))

    def _between_marks(self, number: int, *, alone: bool = False) -> int:
        """The quotations between marks that begin in a block; gives back the number of the next block to look at."""
        block = self.blocks[number]
        following = None if alone else self._next(number)
        single = following is not None and self.blocks[following].text.startswith("‘")
        pairs = _pairs(block, open_single=single)
        for pair in pairs[:-1]:
            if pair.closed or pair.opener != "‘":
                self._take(number, pair)
        if not pairs:
            return number + 1
        last = pairs[-1]
        if last.closed or alone or last.end < len(block.text):
            if last.closed or last.opener != "‘":
                self._take(number, last)
            return number + 1
        return self._across(number, last)

    def _take(self, number: int, pair: Pair) -> None:
        part = _part(self.blocks[number], number, pair)
        if part.end > part.start:
            self.passages.append(Passage(Form.MARKS, self._words(part), (part,), closed=pair.closed))

    def _across(self, number: int, pair: Pair) -> int:
        """A quotation that goes on in the next paragraphs, each of which opens it again."""
        first = self.blocks[number]
        parts, at, closed = [_part(first, number, pair)], number, False
        behind: list[tuple[int, Pair]] = []
        while not closed:
            following = self._next(at)
            if following is None or not goes_on(pair.opener, self.blocks[following].text):
                break
            at = following
            again = self.blocks[at]
            forced = replace(again, text=pair.opener + again.text[len(pair.opener) :])
            pairs = _pairs(forced, open_single=pair.opener == "‘")
            if not pairs or pairs[0].outer_start != 0:
                break
            parts.append(_part(self.blocks[at], at, pairs[0]))
            closed = pairs[0].closed
            behind += [(at, pair_behind) for pair_behind in pairs[1:]]
        if pair.opener == "‘" and (not closed or len(self._words(parts[0]).split()) < _LEAST_OPEN):
            return number + 1  # it was an apostrophe, and by chance a quotation begins the next paragraph
        text = "\n".join(self._words(part) for part in parts)
        self.passages.append(Passage(Form.MARKS, text, tuple(parts), closed=closed))
        for block, pair_behind in behind:
            self._take(block, pair_behind)
        return at + 1

    def _next(self, number: int) -> int | None:
        """The paragraph behind a block, notes in between left out."""
        first = self.blocks[number]
        for later in range(number + 1, min(number + 50, len(self.blocks))):
            block = self.blocks[later]
            if block.note == first.note:
                return later if block.kind is first.kind else None
            if first.note is not None:
                return None
        return None


def _quoted(block: Block) -> Iterator[Quoted]:
    return (mark for mark in block.marks if isinstance(mark, Quoted))


def _pairs(block: Block, *, open_single: bool = False) -> list[Pair]:
    skipped = [(mark.start, mark.end) for mark in block.marks if isinstance(mark, Opaque | Quoted)]
    skipped += [
        (mark.start, mark.end)
        for mark in block.marks
        if isinstance(mark, Link) and "://" in block.text[mark.start : mark.end]
    ]
    skipped += title_spans(block.text)
    pairs = find_pairs(block.text, skipped, open_single=open_single)
    whole = list(_quoted(block))
    return [pair for pair in pairs if not any(mark.start <= pair.start and pair.end <= mark.end for mark in whole)]


def _part(block: Block, number: int, pair: Pair) -> Part:
    start, end = _stripped(block.text, pair.start, pair.end)
    return Part(number, start, end, pair.outer_start, pair.outer_end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _bare(block: Block, number: int, limit: int) -> Part:
    """A paragraph of a block quote without the marks that stand around the whole of it, or open it again."""
    text = block.text[:limit].rstrip()
    start, end = 0, len(text)
    opener = opens_with(text)
    if opener is not None and opener not in "'‘":
        pairs = find_pairs(text)
        first = pairs[0] if pairs else None
        if first is not None and first.outer_start == 0 and (first.outer_end >= len(text) or not first.closed):
            start, end = first.start, first.end if first.closed else len(text)
    start, end = _stripped(text, start, end)
    return Part(number, start, end, 0, limit)


_DASHED = re.compile(r"\s*(?:[—–―~]|-{1,3})\s*(?=\S)")
_NAMED = re.compile(
    r"\s*[(\[]?\s*(?:source|quelle|fuente|fonte|bron|källa|kilde|from|aus|via|источник|出典|来源)\s*:", re.IGNORECASE
)
_TAIL = re.compile(r"(?:\n\s*|(?<=[.!?…”’\"»」。])[ \t]*)(?:[—–―]|-{2,3})[ \t\u00a0]*(?=\S)[^\n]{2,240}\Z")
_LAST_LINE = re.compile(r"\n[^\n]{1,240}\Z")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]\n]{2,240}(?:\([^()]*\)[^()\[\]\n]{0,200})?[)\]][.]?\Z")
_SAME = re.compile(rf"\s*[(\[]\s*(?:vgl\.\s*)?(?:{IN_BRACKETS})", re.IGNORECASE)


def attribution_of(block: Block, number: int, *, alone: bool = False) -> Part | None:
    """The line in a block quote that says where it is from: behind a dash, in brackets with a link or citation, or a last line of nothing
    but a link. ``alone``: the whole block may be one."""
    text = block.text
    if alone and is_attribution(block):
        return Part(number, 0, len(text), 0, len(text))
    behind = _behind_marks(block)
    if behind is not None:
        start, end = _stripped(text, behind, len(text))
        return Part(number, start, end, behind, end)
    linked = _link_behind_sentence(block)
    if linked is not None:
        return Part(number, linked, len(text), linked, len(text))
    for pattern in (_TAIL, _LAST_LINE, _BRACKETED):
        found = pattern.search(text)
        if found is None or not text[: found.start()].strip():
            continue
        start, end = _stripped(text, found.start(), found.end())
        marked = _is_marked(block, start, end)
        broken = "\n" in found[0]
        short = end - start <= 80 and _is_names(text[start:end])
        if pattern is _TAIL:
            good = marked or (short and broken) or (short and end - start <= 60)
        elif pattern is _LAST_LINE:
            good = _is_only_marks(block, start, end)
        else:
            good = _is_marked(block, start, end, signs=False) or _SAME.match(found[0]) is not None
        if good:
            return Part(number, start, end, found.start(), end)
    return None


def _behind_marks(block: Block) -> int | None:
    """Where the words in quotation marks end of a block of nothing but these and a link; None where it is another."""
    opener = opens_with(block.text)
    if opener is None or opener in "'‘":
        return None
    first = next(iter(find_pairs(block.text)), None)
    if first is None or first.outer_start or not first.closed or not block.text[first.outer_end :].strip():
        return None
    start, end = _stripped(block.text, first.outer_end, len(block.text))
    return first.outer_end if _is_only_marks(block, start, end) else None


def _link_behind_sentence(block: Block) -> int | None:
    """Where a link begins that ends a block and stands behind a whole sentence: it is the source and none of the words quoted."""
    end = len(block.text.rstrip(" ."))
    links = [mark for mark in block.marks if isinstance(mark, Link | Citation) and mark.start < mark.end]
    start = next((mark.start for mark in links if mark.end >= end), None)
    if start is None or not block.text[start - 1 : start].isspace() or not _ENDED.search(block.text[:start]):
        return None
    short = end - start <= _MOST_IN_NAME
    return start if short and not any(mark.start < start < mark.end for mark in links) else None


_MOST_IN_NAME = 80  # characters of a link that is the name of a source; a longer one may be words of it
_ENDED = re.compile(r"[.!?…。！？][”’\"'»」)\]]*\s+\Z")


def is_attribution(block: Block) -> bool:
    """Whether a whole paragraph is such a line; one behind a dash without a link or citation only where it is names rather than speech."""
    text = block.text
    if len(text) > 300:
        return False
    if _NAMED.match(text):
        return True
    if _DASHED.match(text):
        return _is_marked(block, 0, len(text)) or _is_names(text)
    return _is_only_marks(block, 0, len(text)) or (
        _BRACKETED.match(text) is not None and _is_marked(block, 0, len(text))
    )


def _is_names(text: str) -> bool:
    """Most of its longer words are capitalised: ``— Ada Voss, Minutes of the County Council, 1931``."""
    words = [word for word in re.findall(r"[^\W_]{4,}|\d+", text) if not word.isdigit()]
    if not words and not text.rstrip().endswith(("!", "?")):
        words = re.findall(r"[^\W\d_]+", text)  # short names alone: — Ada
    return bool(words) and 2 * sum(word[0].isupper() for word in words) > len(words) and len(words) <= 15


def _is_marked(block: Block, start: int, end: int, *, signs: bool = True) -> bool:
    """Whether a source is named there; by the sign of a note too, if ``signs``."""
    return any(
        (start <= mark.start and mark.end <= end)
        if isinstance(mark, Link | Citation)
        else signs and start < mark.at <= end
        for mark in block.marks
        if isinstance(mark, Link | Citation | NoteMark)
    )


def _is_only_marks(block: Block, start: int, end: int) -> bool:
    """Nothing but links stands there, and a word such as "in" or a comma between them."""
    links = [
        mark for mark in block.marks if isinstance(mark, Link | Citation) and start <= mark.start and mark.end <= end
    ]
    if not links:
        return False
    covered = sum(mark.end - mark.start for mark in links)
    return covered >= 0.6 * (end - start)
