"""Tags in wikitext: references, code, line breaks, quotations that are set off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import BlockKind, Opaque, Quoted, Trouble
from archiver.manuscripts.formats.html.hiding import STRUCK, is_hidden
from archiver.manuscripts.formats.wikitext.scan import MOST_TROUBLES, Node
from archiver.printable import shorten
from archiver.texts.markup import attributes

if TYPE_CHECKING:
    from archiver.manuscripts.formats.wikitext.reader import Reader, Steps

_BREAKING = frozenset("p div li ul ol table tr td th center poem hr section onlyinclude dd dl dt".split())  # noqa: SIM905
_GONE = STRUCK | {"includeonly"}


def tag(reader: Reader, token: re.Match[str], at: int) -> None:
    """Reads the tag that a token is."""
    name, closing = token["tag"].lower(), bool(token["slash"])
    node = reader.scan.nodes.get(at)
    if node is not None and node.after > reader.until:
        node = None
    if node is not None and node.kind in ("ref", "ref/"):
        _reference(reader, node)
    elif node is not None:
        _raw(reader, node)
    elif name == "br":
        reader.draft.end_line()
    elif name in ("blockquote", "q", "poem") or name in _BREAKING:
        _block_tag(reader, name, attributes(token["attributes"]), closing=closing)
    elif not closing and (name in _GONE or ("=" in token["attributes"] and is_hidden(attributes(token["attributes"])))):
        end = reader.source.find(f"</{name}>", reader.at, min(reader.until, reader.at + 5_000))
        reader.at = reader.at if end < 0 else end


def _block_tag(reader: Reader, name: str, said: dict[str, str], *, closing: bool) -> None:
    if name == "q":
        if not closing:
            reader.quotes.append(reader.draft.length)
            if _is_inner(reader, len(reader.quotes) - 1):
                reader.draft.put("“", reader.at - 1)
        elif reader.quotes:
            start = reader.quotes.pop()
            if _is_inner(reader, len(reader.quotes)):
                reader.draft.put("”", reader.at - 1)
            if start < reader.draft.length:
                reader.draft.mark(Quoted(start, reader.draft.length, web_address(said.get("cite", ""))))
        return
    reader.end_block()
    if name == "blockquote":
        if not closing:
            reader.kinds.append(BlockKind.QUOTE)
        elif len(reader.kinds) > 1:
            reader.kinds.pop()
    reader.draft = reader.fresh()
    reader.after_quote = reader.after_quote or (name == "poem" and closing)  # a note's sign behind it is its own
    if reader.source.startswith("\n", reader.at):
        reader.at += 1
    reader.line_start()


def _is_inner(reader: Reader, around: int) -> bool:
    """Whether what the markup quotes stands within a quotation: then it has marks in the words of that."""
    return around > 0 or reader.draft.kind is BlockKind.QUOTE


def _raw(reader: Reader, node: Node) -> None:
    """Code, a formula, or words in which nothing is markup."""
    if node.kind == "gallery":
        reader.play(_gallery(reader, node), node.after)
        return
    if node.kind == "pre":
        reader.end_block()
    start = reader.draft.length
    reader.draft.put(reader.source[node.start : node.end], node.start)
    if node.kind != "nowiki":
        reader.draft.mark(Opaque(start, reader.draft.length))
    if node.kind == "pre":
        reader.end_block()
    reader.at = node.after


def _gallery(reader: Reader, node: Node) -> Steps:
    at = node.start
    while at < node.end:
        end = reader.source.find("\n", at, node.end)
        end = node.end if end < 0 else end
        bar = reader.source.find("|", at, end)
        if bar >= 0:
            yield from reader.aside(BlockKind.CAPTION, reader.note, iter([(bar + 1, end)]))
        at = end + 1


def _told_twice(reader: Reader, node: Node, label: str, name: str) -> None:
    """Of two references of one name a wiki shows the first; which one was meant is not known."""
    words = reader.source[node.start : node.end].strip()
    if reader.written.setdefault(label, words) != words:
        line = reader.scan.line(node.start)
        why = f"there are two references named {shorten(name, 60)}; what either cites counts as a source"
        if len(reader.scan.troubles) < MOST_TROUBLES:
            reader.scan.troubles.append(Trouble(why, line))


def _reference(reader: Reader, node: Node) -> None:
    said = attributes(node.attributes)
    name, group = said.get("name", "").strip(), said.get("group", "").strip()
    label = reader.label(name, group)
    reader.note_sign(label)
    if node.end > node.start:
        _told_twice(reader, node, label, name)
        reader.play(reader.aside(BlockKind.PARAGRAPH, label, iter([(node.start, node.end)])), node.after)
    else:
        reader.at = node.after
