"""Markdown, as CommonMark, GitHub and Pandoc write it: paragraphs, block quotes, footnotes, links, citations by key.

A file is parsed in pieces, cut where a new paragraph surely begins, so that one of 50 MB takes its time and not the machine's memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from time import process_time
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from archiver.manuscripts.document import Block, BlockKind, Manuscript, NoteMark, Opaque, Trouble
from archiver.manuscripts.formats.building import where
from archiver.manuscripts.formats.markdown import inline as markdown_inline
from archiver.manuscripts.formats.markdown.html import html_blocks
from archiver.manuscripts.formats.markdown.inline import Inline, Lines
from archiver.manuscripts.formats.markdown.pandoc import front_matter
from archiver.texts import decode

PIECE = 400_000
"""Characters that are parsed at once, at least, where a file is longer."""

MAX_SECONDS = 240.0
"""Of processor time for one file; 50 MB of prose take less than half of it."""

_LINE = re.compile(r"\r\n?|\n")
_DIVISION = re.compile(r"^[ ]{0,3}:{3,}.*$", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]{1,999})\]:[ \t]*<?([^\s<>]+)>?", re.MULTILINE)
_BEGINS = re.compile(r"[^\W\d_]|#{1,6} ")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ALERT = re.compile(r"\s*\[!\w+\]")


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])
    footnote_plugin(md, move_to_end=False, always_match_refs=True)
    markdown_inline.prepare(md)
    return md


def read(data: bytes, name: str) -> Manuscript:
    """Reads Markdown, Quarto and R Markdown. Code is in no block, or is `Opaque`."""
    del name
    source = decode.decode(data, None, markup=False).text.replace("\x00", "\ufffd")
    front = front_matter(source)
    blanked = re.sub(r"[^\r\n]", " ", source[: front.length]) + source[front.length :]
    blanked = _DIVISION.sub(lambda found: " " * len(found[0]), blanked)
    blanked = _without_bars(blanked)
    reader = _Reader(blanked, _definitions(blanked))
    blocks = tuple(reader.blocks())
    return Manuscript(
        "markdown", _in_order(blocks), source, {}, front.bibliographies, front.language, tuple(reader.troubles)
    )


def _definitions(source: str) -> dict[str, dict[str, str]]:
    """Where the names of links lead: they may be defined in another piece than they are used in. The first one counts."""
    found: dict[str, dict[str, str]] = {}
    for start, end in _outside_code(source):
        match = _DEFINITION.match(source, start, end)
        if match:
            found.setdefault(normalizeReference(match[1]), {"title": "", "href": match[2]})
    return found


def _without_bars(source: str) -> str:
    """The source without the bars that begin the lines of a verse or an address (Pandoc's line blocks), a blank in the place of each."""
    bars: list[int] = []
    run: list[int] = []
    inside = is_block = False
    for start, end in _outside_code(source) if "| " in source else ():
        line = source[start:end]
        if not inside:
            run, is_block = [], line.startswith("| ")
        inside = bool(line.strip())
        if not inside:
            bars += run if is_block else []
            run = []
        elif line.startswith("|") and line.count("|") == 1:
            run.append(start)
        elif not line.startswith(" "):  # which goes on with the line before
            is_block = False
    bars += run if is_block else []
    signs = list(source)
    for at in bars:
        signs[at] = " "
    return "".join(signs) if bars else source


def _outside_code(source: str) -> Iterator[tuple[int, int]]:
    """The lines that stand in no fenced code."""
    fence = ""
    for start, end in _lines(source):
        mark = _FENCE.match(source, start, end)
        if fence:
            if mark and mark[1].startswith(fence) and not source[mark.end() : end].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield start, end


def _pieces(source: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the pieces: each begins with a paragraph or heading at the edge of the page, behind a blank line, outside of code."""
    begin, blank, fence = 0, False, ""
    for start, end in _lines(source):
        line = source[start:end]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif blank and start - begin >= PIECE and _BEGINS.match(line):
            yield begin, start
            begin = start
        blank = not line.strip()
    yield begin, len(source)


def _lines(source: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _LINE.finditer(source):
        yield start, found.start()
        start = found.end()
    yield start, len(source)


@dataclass(slots=True)
class _Reader:
    source: str
    references: dict[str, dict[str, str]]
    troubles: list[Trouble] = field(default_factory=list)
    _paragraph: int = 0
    _labels: set[str] = field(default_factory=set)

    def blocks(self) -> Iterator[Block]:
        began = process_time()
        for start, end in _pieces(self.source):
            if process_time() - began > MAX_SECONDS:
                line = len(_LINE.findall(self.source, 0, start)) + 1
                why = f"reading took more than {MAX_SECONDS:.0f} seconds: nothing behind this line was read"
                self.troubles.append(Trouble(why, line))
                return
            yield from self._piece(start, end)

    def _piece(self, start: int, end: int) -> Iterator[Block]:
        text = self.source[start:end]
        env: dict[str, Any] = {"references": dict(self.references)}
        tokens = _parser().parse(text, env)
        notes: dict[int, dict[str, Any]] = env.get("footnotes", {}).get("list", {})
        lines = [(start + one, start + other) for one, other in _lines(text)]
        self._told_twice(tokens, start)
        for placed in _placed(tokens):
            yield from self._block(placed, lines, notes)

    def _told_twice(self, tokens: list[Token], start: int) -> None:
        """Programs differ in which of two notes of one label counts."""
        for token in tokens:
            if token.type != "footnote_reference_open":
                continue
            label = token.meta["label"]
            if label in self._labels:
                line = len(_LINE.findall(self.source, 0, start)) + (token.map or [0])[0] + 1
                self.troubles.append(
                    Trouble(f"there are two notes {label}; what either cites counts as a source", line)
                )
            self._labels.add(label)

    def _block(
        self, placed: _Placed, lines: list[tuple[int, int]], notes: dict[int, dict[str, Any]]
    ) -> Iterator[Block]:
        token = placed.token
        if token.type == "html_block":
            for drawn in html_blocks(token.content, Lines(self._places(token, lines, 0)), placed.note):
                self._paragraph += 1
                yield replace(drawn, paragraph=self._paragraph)
            return
        places = self._places(token, lines, placed.column)
        kind = placed.kind
        if kind is BlockKind.QUOTE and _ALERT.match(token.content):
            kind = BlockKind.PARAGRAPH  # GitHub's way of setting a remark off
        inline = Inline(token.content, Lines(places), notes, set_off=kind is BlockKind.QUOTE)
        block = inline.walk(token.children or []).block(kind, self._paragraph + 1, placed.note)
        if block is None:
            return
        self._paragraph += 1
        yield _with_mathematics(block)
        for note in inline.inner:
            within = Inline(note.content, Lines(places), notes, base=note.at)
            made = within.walk(note.tokens).block(BlockKind.PARAGRAPH, self._paragraph + 1, note.label)
            if made is not None:
                self._paragraph += 1
                yield made

    def _places(self, token: Token, lines: list[tuple[int, int]], column: int) -> tuple[tuple[int, int], ...]:
        """Where each line of a paragraph stands in the file: the markup before it is not in what was parsed."""
        first = (token.map or [0, 0])[0]
        places, at = [], 0
        for number, words in enumerate(token.content.split("\n")):
            start, end = lines[min(first + number, len(lines) - 1)]
            found = self.source.find(words.strip(), start + (column if number == 0 else 0), end)
            there = found - (len(words) - len(words.lstrip())) if found >= 0 else start
            places.append((at, there))
            at += len(words) + 1
        return tuple(places)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A token with words in it, what it stands in, and for a cell of a table where in its line it may begin."""

    token: Token
    kind: BlockKind
    note: str | None
    column: int = 0


def _placed(tokens: list[Token]) -> Iterator[_Placed]:
    quotes = items = 0
    heading = cell = False
    note: str | None = None
    row, column = -1, 0
    for token in tokens:
        name = token.type
        if name in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif name in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif name in ("heading_open", "heading_close"):
            heading = token.nesting > 0
        elif name in ("th_open", "td_open", "th_close", "td_close"):
            cell = token.nesting > 0
        elif name == "footnote_reference_open":
            note = token.meta["label"]
        elif name == "footnote_reference_close":
            note = None
        elif name == "html_block":
            yield _Placed(token, BlockKind.PARAGRAPH, note)
        elif name == "inline":
            line = (token.map or [0])[0]
            column = column if cell and line == row else 0
            yield _Placed(token, _kind(quotes, items, heading, cell), note, column)
            row, column = line, column + len(token.content) + 1 if cell else 0


def _kind(quotes: int, items: int, heading: bool, cell: bool) -> BlockKind:
    if heading:
        return BlockKind.HEADING
    if cell:
        return BlockKind.CELL
    if quotes:
        return BlockKind.QUOTE
    return BlockKind.ITEM if items else BlockKind.PARAGRAPH


_MATHEMATICS = re.compile(r"\$\$[^$]{1,2000}\$\$|(?<![\w$\\])\$(?=[^\s\d$])[^$\n“”\"«»]{0,200}(?<=\S)\$(?!\w)")


def _with_mathematics(block: Block) -> Block:
    """Formulas are marked as such: a prime in one opens no quotation."""
    if block.text.count("$") < 2:
        return block
    found = tuple(Opaque(match.start(), match.end()) for match in _MATHEMATICS.finditer(block.text))
    return replace(block, marks=tuple(sorted((*block.marks, *found), key=where))) if found else block


def _in_order(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of notes stand behind the block that has their first sign, as `Manuscript` says; those without a sign at the end."""
    notes: dict[str, list[Block]] = {}
    for block in blocks:
        if block.note is not None:
            notes.setdefault(block.note, []).append(block)
    if not notes:
        return blocks
    made: list[Block] = []

    def put(block: Block) -> None:
        waiting = [block]
        while waiting:
            one = waiting.pop(0)
            made.append(one)
            signs = [mark.label for mark in one.marks if isinstance(mark, NoteMark)]
            waiting[:0] = [behind for label in signs for behind in notes.pop(label, [])]

    for block in blocks:
        if block.note is None:
            put(block)
    for label in list(notes):
        made.extend(notes.get(label, []))
    return tuple(replace(block, paragraph=number) for number, block in enumerate(made, 1))
