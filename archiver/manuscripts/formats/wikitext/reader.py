"""Wikitext, as Wikipedia's articles are written: prose, references, cite templates with ``quote=``, short references led to their works.

A template that is not known shows nothing, but the references in it are read. Nothing is fetched from a wiki, and nothing is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archiver.bibliography import Entry
from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import Block, BlockKind, Link, Manuscript, Mark, NoteMark
from archiver.manuscripts.formats.drafting import Assembly, Draft
from archiver.manuscripts.formats.wikitext.scan import Node, Scan, scan
from archiver.manuscripts.formats.wikitext.tags import tag
from archiver.manuscripts.formats.wikitext.templates import template
from archiver.manuscripts.formats.wikitext.words import CATEGORIES, FILES
from archiver.texts.decode import decode
from archiver.texts.markup import unescape

Steps = Iterator[tuple[int, int]]
"""Stretches of the file that are to be read as wikitext, one after the other; what is done between them is in the generator."""

_TOKEN = re.compile(
    r"(?P<words>[^\[\]{}<'\n|!&_]++)|(?P<node>\{\{|\[\[|<!--)|(?P<link>\[(?=(?:https?:)?//|ftp://|mailto:))|(?P<apostrophes>'{2,5}+)|(?P<line>\n)"
    r"|<(?P<slash>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>[^<>]{0,2000})>|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<cell>\|\||!!)|__[A-Z]{2,30}__|(?P<other>.)"
)
_ADDRESS = re.compile(r"\[((?:https?:)?//[^\s\]<>\"\[]+|ftp://[^\s\]<>\"\[]+|mailto:[^\s\]]+)[ \t]*")
_LINE = re.compile(
    r"(?P<blank>[ \t]*(?=\n|\Z))|(?P<heading>={1,6})(?=[^\n]*=[ \t]*(?:<!--[^\n]*-->[ \t]*)?(?:\n|\Z))|(?P<list>[*#:;]+)[ \t]*|-{4,}"
    r"|[ \t:]*(?P<table>\{\|)[^\n]*|[ \t]*(?P<row>\|-)[^\n]*|[ \t]*(?P<caption>\|\+)|[ \t]*(?P<end>\|\})|[ \t]*(?P<cell>[|!])"
)
_CELL_STYLE = re.compile(r"[^\[\]{}|\n<!]*\|(?!\|)")


def read(data: bytes, name: str) -> Manuscript:  # noqa: ARG001 - readers have one form
    """Reads wikitext. Never raises: what is broken is told in ``troubles``, and the rest is read."""
    source = decode(data, None, markup=False).text
    found = scan(source)
    reader = Reader(source, found)
    reader.run()
    blocks = _with_lost_names(reader.assembly.finish(), reader.labels)
    return Manuscript("wikitext", blocks, source, reader.entries, (), None, found.all_troubles())


def _with_lost_names(blocks: tuple[Block, ...], labels: Mapping[tuple[str, str], str]) -> tuple[Block, ...]:
    """The signs of notes that are nowhere, by the names that their writer gave them: the numbers are ours, and nobody finds them."""
    there = {block.note for block in blocks}
    lost = {label: name for (_, name), label in labels.items() if label not in there and not name.startswith("\x00")}
    if not lost:
        return blocks

    def named(mark: Mark) -> Mark:
        return replace(mark, label=lost[mark.label]) if isinstance(mark, NoteMark) and mark.label in lost else mark

    return tuple(replace(block, marks=tuple(named(mark) for mark in block.marks)) for block in blocks)


@dataclass(slots=True)
class _Frame:
    """Something that is being read in several stretches."""

    steps: Steps
    after: int
    until: int


class Reader:
    """One pass over a file. ``at`` is how far it has come, ``until`` where the stretch that is read now ends."""

    def __init__(self, source: str, found: Scan) -> None:
        self.source, self.scan = source, found
        self.assembly = Assembly()
        self.entries: dict[str, Entry] = {}
        self.told: set[str] = set()  # short references whose note is written
        self.labels: dict[tuple[str, str], str] = {}
        self.written: dict[str, str] = {}  # what references say, by label
        self.at, self.until = 0, len(source)
        self.note: str | None = None
        self.kinds = [BlockKind.PARAGRAPH]
        self.draft = Draft()
        self.muted = False
        self.tables = 0
        self.after_quote = False
        self.lists = False  # a list item ends with its line
        self._frames: list[_Frame] = []
        self.quotes: list[int] = []

    def run(self) -> None:
        """Reads the whole file."""
        self.line_start()
        while True:
            if self.at >= self.until:
                if not self._frames:
                    break
                self._next_stretch()
                continue
            token = _TOKEN.match(self.source, self.at, self.until)
            if token is None:
                break
            at, self.at = self.at, token.end()
            if token["words"]:
                self.draft.add(token[0], at)
            elif token["line"]:
                self.draft.add("\n", at)
                self.line_start()
            else:
                self._sign(token, at)
        self.end_block()

    def _sign(self, token: re.Match[str], at: int) -> None:
        if token["node"]:
            self._node(at, token["node"])
        elif token["tag"]:
            tag(self, token, at)
        elif token["entity"]:
            self.draft.add(unescape(token["entity"]), at)
        elif token["link"]:
            self._external(at)
        elif token["cell"] and self.tables:
            self._cell()
        elif token["cell"] or token["other"]:
            self.draft.put(token[0], at)

    # -- stretches --

    def play(self, steps: Steps, after: int) -> None:
        """Reads what a generator yields, and goes on at ``after``."""
        self._frames.append(_Frame(steps, after, self.until))
        self.until = self.at

    def _next_stretch(self) -> None:
        frame = self._frames[-1]
        stretch = next(frame.steps, None)
        if stretch is None:
            self._frames.pop()
            self.at, self.until = frame.after, frame.until
        else:
            self.at, self.until = stretch

    # -- blocks --

    def end_block(self) -> None:
        """A block ends here."""
        old = self.draft
        self.draft = self.fresh()
        if not self.muted:
            if old.length:
                self.after_quote = old.kind is BlockKind.QUOTE
            self.assembly.add(old)

    def fresh(self) -> Draft:
        """A new block of the kind that is due here."""
        return Draft(self.kinds[-1], self.note)

    def block(self, kind: BlockKind, steps: Steps) -> Steps:
        """What is read is a block of its own in the text."""
        self.end_block()
        self.kinds.append(kind)
        self.draft = self.fresh()
        yield from steps
        self.end_block()
        self.kinds.pop()
        self.draft = self.fresh()

    def aside(self, kind: BlockKind, note: str | None, steps: Steps) -> Steps:
        """What is read stands beside the text, which goes on behind it."""
        saved = (self.draft, self.note, self.kinds, self.tables, self.muted, self.lists)
        self.note, self.kinds, self.tables, self.muted, self.lists = note, [kind], 0, False, False
        self.draft = self.fresh()
        yield from steps
        self.end_block()
        self.draft, self.note, self.kinds, self.tables, self.muted, self.lists = saved

    def silently(self, steps: Steps) -> Steps:
        """Nothing of it is shown; references in it are read."""
        saved = (self.draft, self.muted, self.tables, self.kinds, self.lists)
        self.draft, self.muted, self.tables, self.kinds, self.lists = Draft(), True, 0, list(self.kinds), False
        yield from steps
        self.draft, self.muted, self.tables, self.kinds, self.lists = saved

    # -- lines --

    def line_start(self) -> None:
        """A line of the file begins here: what it is, is told by its first signs."""
        line = _LINE.match(self.source, self.at, self.until)
        if self.lists and not (line and line["list"]):
            self.lists = False
            self.end_block()
        if line is None:
            return
        kind = line.lastgroup
        if kind in ("row", "caption", "end", "cell") and not self.tables:
            return
        if kind == "blank":
            self.end_block()
            return
        self.at = line.end()
        self.end_block()
        if kind == "heading":
            self._heading(line["heading"])
        elif kind == "list":
            self.lists = True
            self.draft.kind = (
                BlockKind.QUOTE
                if self.kinds[-1] is BlockKind.QUOTE
                else BlockKind.PARAGRAPH
                if set(line["list"]) == {":"}
                else BlockKind.ITEM
            )
        elif kind == "table":
            self.tables += 1
        elif kind == "end":
            self.tables -= 1
        elif kind == "caption":
            self.draft.kind = BlockKind.CAPTION
        elif kind == "cell":
            self._cell()

    def _heading(self, sign: str) -> None:
        end = self.source.find("\n", self.at, self.until)
        end = self.until if end < 0 else end
        last = self.source.rfind("=", self.at, end)
        start = self.at
        while last > start and self.source[last - 1] == "=" and len(sign) > 1:
            last -= 1

        def steps() -> Steps:
            yield start, max(start, last)

        self.play(self.block(BlockKind.HEADING, steps()), end)

    def _cell(self) -> None:
        self.end_block()
        self.draft.kind = BlockKind.CELL
        style = _CELL_STYLE.match(self.source, self.at, self.until)
        if style:
            self.at = style.end()

    # -- inline --

    def _node(self, at: int, sign: str) -> None:
        node = self.scan.nodes.get(at)
        if node is None or node.after > self.until:
            self.draft.put(sign if sign != "<!--" else "", at)
        elif node.kind == "comment":
            self.at = node.after
            if self.source[at - 1 : at] in ("\n", "") and self.source.startswith("\n", self.at):
                self.at += 1  # a line with nothing but a comment is none
                self.line_start()
        elif node.kind == "{{":
            template(self, node, at)
        else:
            self._internal(node)

    def _internal(self, node: Node) -> None:
        target = self.source[node.start : node.start + 200]
        last = node.parts[-1]

        def steps() -> Steps:
            yield last

        if FILES.match(target):
            self.play(
                self.aside(BlockKind.CAPTION, self.note, steps()) if len(node.parts) > 1 else iter(()), node.after
            )
        elif CATEGORIES.match(target) and len(node.parts) == 1:
            self.at = node.after
        else:
            start = last[0] + self.source.startswith(":", last[0])
            last = (start, last[1])
            self.play(steps(), node.after)

    def _external(self, at: int) -> None:
        address = _ADDRESS.match(self.source, at, self.until)
        end = self._closing(address.end()) if address else -1
        if address is None or end < 0:
            self.draft.put("[", at)
            return
        url = web_address(unescape(address[1]))
        words = (address.end(), end)

        def steps() -> Steps:
            start, draft = self.draft.length, self.draft
            yield words
            if url and draft is self.draft:
                draft.mark(Link(start, draft.length, url))

        self.play(steps(), end + 1)

    def _closing(self, at: int) -> int:
        """Where the bracket of an external link closes, in the same line; -1 where it does not."""
        line = self.source.find("\n", at, min(self.until, at + 3_000))
        line = min(self.until, at + 3_000) if line < 0 else line
        while True:
            end = self.source.find("]", at, line)
            inner = self.source.find("[[", at, line)
            node = self.scan.nodes.get(inner) if 0 <= inner < end else None
            if node is None:
                return end
            at = node.after

    # -- notes --

    def label(self, name: str, group: str = "", prefix: str = "") -> str:
        """The label of a note by its name; a new one where it has none."""
        key = (group, name or f"\x00{len(self.labels)}")
        if key not in self.labels:
            self.labels[key] = f"{prefix or (group + ' ' if group else '')}{len(self.labels) + 1}"
        return self.labels[key]

    def note_sign(self, label: str) -> None:
        """The sign of a note stands here, or at the end of the quotation that is set off just before."""
        if not self.draft.length and self.after_quote and not self.muted and not self.draft.marks_from(0):
            sign = Draft(note=self.note)
            sign.mark(NoteMark(0, label))
            self.assembly.add(sign)
        else:
            self.draft.without_blank()
            self.draft.mark(NoteMark(self.draft.length, label))
