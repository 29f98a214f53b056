"""Which source is meant by each quotation: by its place alone, never further away than the same sentence or the line beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from archiver.manuscripts.document import Block, BlockKind, Manuscript
from archiver.manuscripts.notes import Notes
from archiver.manuscripts.paragraphs import Anchor, Paragraph
from archiver.manuscripts.quotations import Form, Part, Passage, Quotations, is_attribution
from archiver.manuscripts.tables import Tables
from archiver.manuscripts.worth import is_title


class How(StrEnum):
    """By what a source is known to be that of a quotation; the first that gives one counts."""

    MARKUP = "markup"  # the markup of the quotation names it
    LINK_ON = "link-on"  # the quotation itself is the words of a link
    ATTRIBUTION = "attribution"  # the line of a block quote that says whose words these are
    AFTER = "after"  # directly behind the quotation or its sentence
    BEFORE = "before"  # earlier in the sentence
    SENTENCE = "sentence"  # elsewhere in the sentence
    CELL = "cell"  # in the cell of a table beside the quotation's
    INTRODUCTION = (
        "introduction"  # in the sentence before a block quote, or before a paragraph that it leads to with a colon
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the manuscript names it, by address or key, with the page as written, and the note through which it is named."""

    how: How
    url: str | None = None
    key: str | None = None
    locator: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation and the sources that may be meant; none where it has none. ``direct``: they stand with the quotation itself."""

    passage: Passage
    sources: tuple[Source, ...]

    @property
    def direct(self) -> bool:
        return bool(self.sources) and self.sources[0].how in (How.MARKUP, How.LINK_ON, How.AFTER, How.ATTRIBUTION)


@dataclass(frozen=True, slots=True)
class Lone:
    """A source that is cited with no quotation, once for each: where it stands first."""

    block: int
    at: int
    url: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """All pairs in the order of the text, the sources without a quotation, and how many sentences cite a source and quote nothing."""

    pairs: tuple[Pair, ...]
    lone: tuple[Lone, ...]
    sentences: int


def pair(manuscript: Manuscript, quotations: Quotations) -> Pairing:
    """Pairs every quotation with what may be its source."""
    return _Pairer(manuscript, quotations).run()


@dataclass(slots=True)
class _Pairer:
    manuscript: Manuscript
    quotations: Quotations
    notes: Notes = field(init=False)
    paragraphs: dict[int, Paragraph] = field(init=False)
    tables: Tables = field(init=False)
    used: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        blocks = self.manuscript.blocks
        self.notes = Notes(blocks)
        spans: dict[int, list[tuple[int, int]]] = {}
        titles: dict[int, set[int]] = {}
        for passage in self.quotations.passages:
            for part in passage.parts:
                spans.setdefault(part.block, []).append((part.outer_start, part.outer_end))
                if is_title(passage):
                    titles.setdefault(part.block, set()).add(part.outer_start)
        self.paragraphs = {
            number: Paragraph(block, number, tuple(sorted(spans.get(number, ()))), frozenset(titles.get(number, ())))
            for number, block in enumerate(blocks)
        }
        naming = {number for number, paragraph in self.paragraphs.items() if paragraph.anchors and number not in spans}
        self.tables = Tables(blocks, spans.keys(), naming)

    def run(self) -> Pairing:
        pairs = tuple(Pair(passage, self._sources(passage)) for passage in self.quotations.passages)
        return Pairing(pairs, *self._without_quotation(pairs))

    def _sources(self, passage: Passage) -> tuple[Source, ...]:
        named = passage.named
        if named is not None and (named.url or named.key):
            self._use_same_place(passage)
            return (Source(How.MARKUP, named.url, named.key, named.locator, self._block(passage).note),)
        if passage.form is Form.BLOCK:
            return self._of_block(passage)
        return self._of_sentence(passage)

    def _block(self, passage: Passage) -> Block:
        return self.manuscript.blocks[passage.parts[0].block]

    def _use_same_place(self, passage: Passage) -> None:
        """What stands where the markup names the source already is that source."""
        part = passage.parts[0]
        for anchor in self.paragraphs[part.block].attached(part.outer_start, part.outer_end):
            self.used.add((part.block, anchor.number))

    def _of_sentence(self, passage: Passage) -> tuple[Source, ...]:
        first, last = passage.parts[0], passage.parts[-1]
        behind, begin = self.paragraphs[last.block], self.paragraphs[first.block]
        on = [
            anchor for part in passage.parts for anchor in self._named_on(part.block, part.outer_start, part.outer_end)
        ]
        if on:
            return self._resolve(on, How.LINK_ON)
        attached = behind.attached(last.outer_start, last.outer_end)
        if attached:
            return self._resolve([(last.block, anchor) for anchor in attached], How.AFTER)
        signs = [one for one in self._within(passage) if one[1].url is None]
        if signs:  # of notes and works in the midst of a quotation, whereas links there may be those of its source
            return self._resolve(signs, How.SENTENCE)
        before = begin.before(first.outer_start)
        if before:
            return self._resolve([(first.block, anchor) for anchor in before], How.BEFORE)
        sentence = behind.later(last.outer_end) or begin.earlier(first.outer_start)
        if sentence:
            return self._resolve([(last.block, anchor) for anchor in sentence], How.SENTENCE)
        return self._resolve(self._within(passage), How.SENTENCE) or self._introduced(first) or self._beside(first)

    def _within(self, passage: Passage) -> list[tuple[int, Anchor]]:
        """What is named inside a quotation."""
        return [
            (part.block, anchor)
            for part in passage.parts
            for anchor in self.paragraphs[part.block].within(part.outer_start, part.outer_end)
        ]

    def _beside(self, first: Part) -> tuple[Source, ...]:
        """What the cell of a table names that stands beside the quotation's."""
        cell = self.tables.source_of(first.block)
        if cell is None:
            return ()
        return self._resolve([(cell, anchor) for anchor in self.paragraphs[cell].anchors], How.CELL)

    def _introduced(self, first: Part) -> tuple[Source, ...]:
        """What is named in the sentence before, where that ends with a colon and the quotation begins a paragraph of its own."""
        before = self._neighbour(first.block, -1) if first.outer_start == 0 else None
        if before is None or not self.manuscript.blocks[before].text.endswith((":", "：")):
            return ()
        return self._resolve([(before, anchor) for anchor in self.paragraphs[before].last_sentence()], How.INTRODUCTION)

    def _named_on(self, block: int, start: int, end: int) -> list[tuple[int, Anchor]]:
        return [(block, anchor) for anchor in self.paragraphs[block].covering(start, end)]

    def _of_block(self, passage: Passage) -> tuple[Source, ...]:
        block = self._block(passage)
        if block.source is not None:
            is_address = "://" in block.source
            return (Source(How.MARKUP, block.source if is_address else None, None if is_address else block.source),)
        if passage.attribution is not None:
            part = passage.attribution
            inside = self.paragraphs[part.block].between(part.outer_start, part.outer_end + 1)
            if inside:
                return self._resolve([(part.block, anchor) for anchor in inside], How.ATTRIBUTION)
        last = passage.parts[-1]
        behind = self.paragraphs[last.block].between(last.end, len(self.paragraphs[last.block].text) + 1)
        if behind:
            return self._resolve([(last.block, anchor) for anchor in behind], How.AFTER)
        following = self._neighbour(last.block, 1)
        if following is not None and is_attribution(self.manuscript.blocks[following]):
            named = self.paragraphs[following].anchors
            if named:
                return self._resolve([(following, anchor) for anchor in named], How.ATTRIBUTION)
        introduction = self._neighbour(passage.parts[0].block, -1)
        if introduction is not None and not self._is_of_another(introduction):
            inside = self.paragraphs[introduction].last_sentence()
            if inside:
                return self._resolve([(introduction, anchor) for anchor in inside], How.INTRODUCTION)
        inner = [(p.block, a) for p in passage.parts for a in self.paragraphs[p.block].between(p.start, p.end + 1)]
        return self._resolve(inner, How.AFTER)

    def _is_of_another(self, number: int) -> bool:
        """Whether a paragraph before a block quote is the line that says whose words the block quote before it are."""
        blocks = self.manuscript.blocks
        if not is_attribution(blocks[number]):
            return False
        before = next((at for at in range(number - 1, -1, -1) if blocks[at].note == blocks[number].note), None)
        return before is not None and blocks[before].kind is BlockKind.QUOTE

    def _neighbour(self, number: int, step: int) -> int | None:
        """The block beside one, notes in between left out; none beyond a heading or another block quote."""
        note = self.manuscript.blocks[number].note
        at = number + step
        while 0 <= at < len(self.manuscript.blocks):
            block = self.manuscript.blocks[at]
            if block.note == note and block.kind is not BlockKind.COMMENT:
                return at if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION) else None
            if note is not None:
                return None
            at += step
        return None

    def _resolve(self, anchors: Sequence[tuple[int, Anchor]], how: How) -> tuple[Source, ...]:
        found: dict[tuple[str | None, str | None], Source] = {}
        for block, anchor in anchors:
            self.used.add((block, anchor.number))
            if anchor.note is None:
                source = Source(how, anchor.url, anchor.key, anchor.locator, self.manuscript.blocks[block].note)
                found.setdefault((source.url, source.key), source)
                continue
            cited = self.notes.sources(anchor.note)
            for named in cited:
                found.setdefault((named.url, named.key), Source(how, named.url, named.key, named.locator, anchor.note))
            if not cited:
                found.setdefault((None, anchor.note), Source(how, note=anchor.note))
        return tuple(found.values())

    def _without_quotation(self, pairs: Sequence[Pair]) -> tuple[tuple[Lone, ...], int]:
        quoted = {(source.url, source.key) for pair in pairs for source in pair.sources}
        lone: dict[tuple[str | None, str | None], Lone] = {}
        sentences = 0
        for number, paragraph in self.paragraphs.items():
            block = paragraph.block
            if block.kind in (BlockKind.COMMENT, BlockKind.REFERENCE) or block.note is not None:
                continue
            unused = [anchor for anchor in paragraph.anchors if (number, anchor.number) not in self.used]
            for anchor in unused:
                named = self.notes.sources(anchor.note) if anchor.note is not None else [anchor]
                for one in named:
                    if (one.url, one.key) not in quoted:
                        lone.setdefault((one.url, one.key), Lone(number, anchor.start, one.url, one.key))
            if block.kind is not BlockKind.HEADING:
                used = [anchor for anchor in paragraph.anchors if (number, anchor.number) in self.used]
                sentences += len(
                    {paragraph.sentence_of(anchor.start) for anchor in unused}
                    - {paragraph.sentence_of(anchor.start) for anchor in used}
                )
        return tuple(lone.values()), sentences
