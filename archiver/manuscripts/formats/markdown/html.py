"""HTML that stands in Markdown as a block of its own: its text, links and quotations."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.manuscripts.document import Block, BlockKind, Link, Quoted
from archiver.manuscripts.formats.building import Builder
from archiver.manuscripts.formats.html.hiding import STRUCK, is_hidden
from archiver.manuscripts.formats.markdown.inline import Lines, attributes
from archiver.texts import markup
from archiver.texts.elements import VOID

_PART = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre)\b.*?(?:</\1\s*>|\Z)|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
_ENDS = frozenset(
    {"p", "div", "blockquote", "li", "ul", "ol", "tr", "td", "th", "table", "section", "aside", "figure", "figcaption", "summary", "details"}
    | {f"h{level}" for level in range(1, 7)}
)  # fmt: skip


def html_blocks(content: str, lines: Lines, note: str | None) -> Iterator[Block]:
    """The blocks of a piece of HTML whose lines stand in the file at ``lines``; numbered by whoever asks."""
    drawing = _Drawing(note)
    for text, start, tag in _parts(content):
        if drawing.is_gone(tag):
            continue
        if tag is None:
            _words(drawing.out, text, start, lines)
            continue
        name, closing = tag["name"].lower(), bool(tag["close"])
        if name in _ENDS:
            yield from drawing.ended()
            if name == "blockquote":
                drawing.quote(closing, attributes(tag["rest"]).get("cite"))
        else:
            at = lines.in_file(tag.end() - 1 if closing else tag.start())
            drawing.inline(name, closing, attributes(tag["rest"]), at)
    yield from drawing.ended()


@dataclass(slots=True)
class _Drawing:
    """The block that is being drawn, and what is open in it."""

    note: str | None
    out: Builder = field(default_factory=Builder)
    quotes: list[str | None] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    quoted: list[tuple[int, str | None]] = field(default_factory=list)
    gone: str = ""
    depth: int = 0

    def is_gone(self, tag: re.Match[str] | None) -> bool:
        """Whether this stands in what is struck out or hidden, up to its end tag."""
        if tag is None:
            return bool(self.gone)
        name, closing = tag["name"].lower(), bool(tag["close"])
        if self.gone:
            if name == self.gone:
                self.depth += -1 if closing else 1
                self.gone = self.gone if self.depth else ""
            return True
        if closing or name in VOID or not (name in STRUCK or is_hidden(markup.attributes(tag["rest"]))):
            return False
        self.gone, self.depth = name, 1
        return True

    def ended(self) -> Iterator[Block]:
        """The block, which ends here; what is open in it ends with it."""
        while self.links:
            start, url = self.links.pop()
            self.out.marks.append(Link(start, self.out.length, url))
        kind = BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH
        block = self.out.block(kind, 0, self.note, self.quotes[-1] if self.quotes else None)
        self.out = Builder()
        self.quoted.clear()
        if block is not None and block.text:
            yield block

    def quote(self, closing: bool, cite: str | None) -> None:
        if not closing:
            self.quotes.append(cite)
        elif self.quotes:
            self.quotes.pop()

    def inline(self, name: str, closing: bool, values: dict[str, str], at: int) -> None:
        if name == "br":
            self.out.put("\n", None)
        elif name == "a" and not closing:
            self.links.append((self.out.length, values.get("href", "")))
        elif name == "a" and self.links:
            begun, url = self.links.pop()
            self.out.marks.append(Link(begun, self.out.length, url))
        elif name == "q" and not closing:
            self.quoted.append((self.out.length, values.get("cite")))
            self.out.put("“" if self.quotes or len(self.quoted) > 1 else "", at)
        elif name == "q" and self.quoted:
            start, cite = self.quoted.pop()
            self.out.put("”" if self.quotes or self.quoted else "", at)
            self.out.marks.append(Quoted(start, self.out.length, cite))


def _parts(content: str) -> Iterator[tuple[str, int, re.Match[str] | None]]:
    last = 0
    for found in _PART.finditer(content):
        if found.start() > last:
            yield content[last : found.start()], last, None
        if found["name"]:
            yield "", found.start(), found
        last = found.end()
    if last < len(content):
        yield content[last:], last, None


_BREAK = re.compile(r"\n|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _words(out: Builder, text: str, at: int, lines: Lines) -> None:
    last = 0
    for found in _BREAK.finditer(text):
        out.put(text[last : found.start()], lines.in_file(at + last))
        shown = "\n" if found[0] == "\n" else html.unescape(found[0])
        out.put(shown, lines.in_file(at + found.start()))
        last = found.end()
    out.put(text[last:], lines.in_file(at + last))
