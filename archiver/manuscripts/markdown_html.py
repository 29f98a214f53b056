"""HTML that stands in Markdown as a block of its own: its text, links and quotations."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from archiver.manuscripts.building import Builder
from archiver.manuscripts.document import Block, BlockKind, Link, Quoted
from archiver.manuscripts.markdown_inline import attributes

_PART = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre)\b.*?(?:</\1\s*>|\Z)|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
_ENDS = frozenset(
    {"p", "div", "blockquote", "li", "ul", "ol", "tr", "td", "th", "table", "section", "aside", "figure", "figcaption", "summary", "details"}
    | {f"h{level}" for level in range(1, 7)}
)  # fmt: skip


def html_blocks(content: str, at: int, note: str | None) -> Iterator[Block]:
    """The blocks of a piece of HTML that begins at ``at`` in the file; numbered by whoever asks."""
    at = max(at, 0)
    out = Builder()
    quotes: list[str | None] = []
    links: list[tuple[int, str]] = []
    quoted: list[tuple[int, str | None]] = []

    def ended() -> Iterator[Block]:
        nonlocal out
        while links:
            start, url = links.pop()
            out.marks.append(Link(start, out.length, url))
        kind = BlockKind.QUOTE if quotes else BlockKind.PARAGRAPH
        block = out.block(kind, 0, note, quotes[-1] if quotes else None)
        out = Builder()
        quoted.clear()
        if block is not None and block.text:
            yield block

    for text, start, tag in _parts(content):
        if tag is None:
            _words(out, text, at + start)
            continue
        name, closing = tag["name"].lower(), bool(tag["close"])
        if name in _ENDS:
            yield from ended()
            if name == "blockquote":
                if not closing:
                    quotes.append(attributes(tag["rest"]).get("cite"))
                elif quotes:
                    quotes.pop()
        elif name == "br":
            out.add("\n", None)
        elif name == "a" and not closing:
            links.append((out.length, attributes(tag["rest"]).get("href", "")))
        elif name == "a" and links:
            begun, url = links.pop()
            out.marks.append(Link(begun, out.length, url))
        elif name == "q" and not closing:
            quoted.append((out.length, attributes(tag["rest"]).get("cite")))
        elif name == "q" and quoted:
            begun, cite = quoted.pop()
            out.marks.append(Quoted(begun, out.length, cite))
    yield from ended()


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


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _words(out: Builder, text: str, at: int) -> None:
    last = 0
    for found in _ENTITY.finditer(text):
        out.add(text[last : found.start()], at + last)
        out.add(html.unescape(found[0]), at + found.start())
        last = found.end()
    out.add(text[last:], at + last)
