"""Which source is meant by each quotation: by its place alone, never further away than the same sentence or the line beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from archiver.manuscripts.document import Block, BlockKind, Manuscript
from archiver.manuscripts.quotations import Form, Part, Passage, Quotations
from archiver.manuscripts.sourcing.anchors import Anchor
from archiver.manuscripts.sourcing.archived import with_copies_marked
from archiver.manuscripts.sourcing.notes import Named, Notes, Reference
from archiver.manuscripts.sourcing.paragraphs import Paragraph
from archiver.manuscripts.sourcing.running import running_references
from archiver.manuscripts.sourcing.setoff import introduces, is_said_of, names_source, neighbour
from archiver.manuscripts.sourcing.tables import Tables
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
    """A source as the manuscript names it, by address or key, with the page as written, and the note through which it is named.

    ``name`` are its words where these are all there is, ``why`` says what keeps a note from naming an address. ``copy``: it is one of the source
    before it, in a public archive.
    """

    how: How
    url: str | None = None
    key: str | None = None
    locator: str | None = None
    note: str | None = None
    name: str | None = None
    why: str | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation and the sources that may be meant; none where it has none. ``direct``: they stand with the quotation itself.

    ``unsure``: they are not cited together for it, and which of them is meant cannot be told from the text.
    """

    passage: Passage
    sources: tuple[Source, ...]
    unsure: bool = False

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
    return _Pairer(replace(manuscript, blocks=with_copies_marked(manuscript.blocks)), quotations).run()


def _source(how: How, named: Named | Anchor, note: str | None) -> Source:
    return Source(how, named.url, named.key, named.locator, note, copy=named.copy)


@dataclass(slots=True)
class _Pairer:
    manuscript: Manuscript
    quotations: Quotations
    notes: Notes = field(init=False)
    running: dict[int, list[Reference]] = field(init=False)
    paragraphs: dict[int, Paragraph] = field(init=False)
    tables: Tables = field(init=False)
    used: set[tuple[int, int]] = field(default_factory=set)
    unsure: bool = False

    def __post_init__(self) -> None:
        blocks = self.manuscript.blocks
        self.notes = Notes(blocks)
        self.running = running_references(blocks, self.notes)
        spans: dict[int, list[tuple[int, int]]] = {}
        titles: dict[int, set[int]] = {}
        for passage in self.quotations.passages:
            for part in passage.parts:
                spans.setdefault(part.block, []).append((part.outer_start, part.outer_end))
                if is_title(passage):
                    titles.setdefault(part.block, set()).add(part.outer_start)
        self.paragraphs = {
            number: Paragraph(
                block,
                number,
                tuple(sorted(spans.get(number, ()))),
                frozenset(titles.get(number, ())),
                self._references(number),
            )
            for number, block in enumerate(blocks)
        }
        naming = {number for number, paragraph in self.paragraphs.items() if paragraph.anchors and number not in spans}
        self.tables = Tables(blocks, spans.keys(), naming)

    def _references(self, number: int) -> Sequence[Reference]:
        note = self.manuscript.blocks[number].note
        return self.notes.references(number, note) if note is not None else self.running.get(number, ())

    def run(self) -> Pairing:
        pairs = tuple(self._pair(passage) for passage in self.quotations.passages)
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

    def _pair(self, passage: Passage) -> Pair:
        self.unsure = False
        sources = self._sources(passage)
        return Pair(passage, sources, self.unsure and sum(not source.copy for source in sources) > 1)

    def _of_sentence(self, passage: Passage) -> tuple[Source, ...]:
        first, last = passage.parts[0], passage.parts[-1]
        on = [
            anchor for part in passage.parts for anchor in self._named_on(part.block, part.outer_start, part.outer_end)
        ]
        if on:
            return self._resolve(on, How.LINK_ON)
        inner = [
            (part.block, anchor)
            for part in passage.parts
            for anchor in self.paragraphs[part.block].within(part.outer_start, part.outer_end)
        ]
        signs = [one for one in inner if one[1].url is None]
        if signs and not self.paragraphs[last.block].attached(last.outer_start, last.outer_end):
            return self._several(
                signs, How.SENTENCE
            )  # whereas links in the midst of a quotation may be those of its source
        return (
            self._beside_words(first, last)
            or self._several(inner, How.SENTENCE)
            or self._of_other_half(first, last)
            or self._introduced(first)
            or self._beside(first)
        )

    def _beside_words(self, first: Part, last: Part) -> tuple[Source, ...]:
        """What the sentence names, nearest first."""
        behind, begin = self.paragraphs[last.block], self.paragraphs[first.block]
        attached = behind.attached(last.outer_start, last.outer_end)
        remarked = begin.remarked(first.outer_start, last.outer_end) if first.block == last.block else []
        if remarked:
            signs = [anchor for anchor in attached if not begin.is_further(last.outer_end, anchor)]
            return self._several([(first.block, one) for one in (*remarked, *signs)], How.BEFORE)
        before = begin.before(first.outer_start)
        if attached and not (before and behind.is_further(last.outer_end, attached[0])):
            return self._resolve([(last.block, anchor) for anchor in attached], How.AFTER)
        if before:
            return self._several([(first.block, anchor) for anchor in before], How.BEFORE)
        later = behind.later(last.outer_start, last.outer_end)
        if later:
            return self._several([(last.block, anchor) for anchor in later], How.SENTENCE)
        return self._several(
            [(first.block, anchor) for anchor in begin.earlier(first.outer_start, last.outer_end)], How.SENTENCE
        )

    def _of_other_half(self, first: Part, last: Part) -> tuple[Source, ...]:
        """The source of the other half of a quotation that is interrupted by who says it."""
        for block, span in (
            (first.block, self.paragraphs[first.block].continues(first.outer_start)),
            (last.block, self.paragraphs[last.block].continued(last.outer_start, last.outer_end)),
        ):
            if span is not None:
                half = Part(block, span[0], span[1], span[0], span[1])
                found = self._beside_words(half, half)
                if found:
                    return tuple(replace(source, how=How.SENTENCE) for source in found)
        return ()

    def _beside(self, first: Part) -> tuple[Source, ...]:
        """What the cell of a table names that stands beside the quotation's."""
        cell = self.tables.source_of(first.block)
        if cell is None:
            return ()
        return self._resolve([(cell, anchor) for anchor in self.paragraphs[cell].anchors], How.CELL)

    def _introduced(self, first: Part) -> tuple[Source, ...]:
        """What is named in the sentence before, where that ends with a colon and the quotation begins a paragraph of its own."""
        before = neighbour(self.manuscript.blocks, first.block, -1) if first.outer_start == 0 else None
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
        blocks, last = self.manuscript.blocks, passage.parts[-1]
        words = None
        if passage.attribution is not None:
            part = passage.attribution
            words = blocks[part.block].text[part.outer_start : part.outer_end]
            inside = self.paragraphs[part.block].between(part.outer_start, part.outer_end + 1)
            if inside:
                return self._resolve([(part.block, anchor) for anchor in inside], How.ATTRIBUTION)
        behind = self.paragraphs[last.block].between(last.end, len(self.paragraphs[last.block].text) + 1)
        if behind:
            return self._resolve([(last.block, anchor) for anchor in behind], How.AFTER)
        following = neighbour(blocks, last.block, 1)
        if following is not None and words is None and names_source(blocks, following):
            words = blocks[following].text
            named = self.paragraphs[following].anchors
            if named:
                return self._resolve([(following, anchor) for anchor in named], How.ATTRIBUTION)
        introduction = neighbour(blocks, passage.parts[0].block, -1)
        if introduction is not None and introduces(blocks, introduction):
            inside = self.paragraphs[introduction].last_sentence()
            if inside and (words is None or is_said_of(words, blocks[introduction].text)):
                return self._several([(introduction, anchor) for anchor in inside], How.INTRODUCTION)
        if words is not None:
            return (
                Source(How.ATTRIBUTION, note=blocks[last.block].note, name=" ".join(words.split()).strip(" —–―~-")),
            )
        inner = [(p.block, a) for p in passage.parts for a in self.paragraphs[p.block].between(p.start, p.end + 1)]
        return self._several(inner, How.AFTER)

    def _several(self, anchors: Sequence[tuple[int, Anchor]], how: How) -> tuple[Source, ...]:
        """As `_resolve`; but where they are not named together, they are not meant together."""
        if len(anchors) > 1 and not self.paragraphs[anchors[0][0]].is_one_place([anchor for _, anchor in anchors]):
            self.unsure = True
        return self._resolve(anchors, how)

    def _resolve(self, anchors: Sequence[tuple[int, Anchor]], how: How) -> tuple[Source, ...]:
        found: dict[tuple[str | None, str | None], Source] = {}
        for block, anchor in anchors:
            self.used.add((block, anchor.number))
            if anchor.reference is not None:
                at = self.manuscript.blocks[block].note
                for named in anchor.reference.sources:
                    found.setdefault((named.url, named.key), _source(how, named, at))
                if not anchor.reference.sources:
                    found.setdefault((None, at), Source(how, note=at, why=anchor.reference.why))
                continue
            if anchor.note is None:
                note = self.manuscript.blocks[block].note
                found.setdefault((anchor.url, anchor.key), _source(how, anchor, note))
                continue
            cited = self.notes.sources(anchor.note)
            for named in cited:
                found.setdefault((named.url, named.key), _source(how, named, anchor.note))
            why = self.notes.why(anchor.note)
            if not cited or why is not None:
                found.setdefault((None, anchor.note), Source(how, note=anchor.note, why=why))
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
                named: Sequence[Named | Anchor] = [anchor]
                if anchor.note is not None:
                    named = self.notes.sources(anchor.note)
                elif anchor.reference is not None:
                    named = anchor.reference.sources
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
