"""HTML manuscripts: pages that people write, and what Pandoc and Word make of theirs.

Read from tokens and not from a tree, so that each letter keeps its place in the file and nothing depends on how deep a page nests
(see `texts.markup`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from archiver.bibliography import Entry
from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import BlockKind, Citation, Link, Manuscript, NoteMark, Opaque, Quoted, Trouble
from archiver.manuscripts.formats.drafting import Assembly, Draft
from archiver.manuscripts.formats.html import notes as htmlnotes
from archiver.manuscripts.formats.html.hiding import STRUCK, is_hidden
from archiver.texts.decode import decode
from archiver.texts.elements import BLOCKS, VOID
from archiver.texts.markup import TOKEN, attributes, lowered, unescape

_KINDS = {
    "blockquote": BlockKind.QUOTE, "li": BlockKind.ITEM, "dd": BlockKind.ITEM, "dt": BlockKind.ITEM, "td": BlockKind.CELL, "th": BlockKind.CELL,
    "figcaption": BlockKind.CAPTION, "caption": BlockKind.CAPTION, "footer": BlockKind.PARAGRAPH,
    **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
}  # fmt: skip
_INLINE = frozenset({"a", "q", "code", "kbd", "samp", "tt", "var", "sup", "span"})
_OPAQUE = frozenset({"code", "kbd", "samp", "tt", "pre"})
_SKIPPED = frozenset(
    {
        "nav",
        "template",
        "noscript",
        "object",
        "svg",
        "select",
        "button",
        "iframe",
        "math",
        "audio",
        "video",
    }
)
_OPEN_ENDED = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "option"})
_HOLDS_NOTE = frozenset({"li", "dd", "aside", "div", "td", "section"})
_REFERENCE = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_YEAR_PAGE = re.compile(r"(?:\bpp?\.\s*|\b(?:1[5-9]|20)\d\d[a-z]?,\s+)(\d+(?:\s*[–-]\s*\d+)?)\)?$")
_REACH = 256
"""How many open elements an end tag is looked for among; keeps the pass linear."""
_ACROSS = 16
"""How many open inline elements go on in the next block: each marks all of its words, and of what is never closed a file may have thousands."""


def read(data: bytes, name: str) -> Manuscript:  # noqa: ARG001 - readers have one form
    """Reads an HTML file. Never raises."""
    source = decode(data, None).text
    page = Page(source)
    page.run()
    return Manuscript("html", page.assembly.finish(), source, page.entries(), (), page.language, tuple(page.troubles))


@dataclass(slots=True)
class _Element:
    """A block element that is open, and what it makes of the text in it."""

    name: str
    kind: BlockKind | None = None
    source: str | None = None
    note: str | None = None
    work: str | None = None
    fresh: int = 0  # how much had been read when it began
    quotes: bool = False  # a figure that shows a quotation


@dataclass(slots=True)
class _Inline:
    """An inline element that is open, and where its words begin."""

    name: str
    draft: Draft
    start: int
    said: dict[str, str]
    at: int
    inner: bool = False  # a quotation within another one, whose words have marks here


@dataclass(slots=True)
class Page:
    """One pass over the tokens of a file: ``run`` once, then read the fields."""

    source: str
    assembly: Assembly = field(default_factory=Assembly)
    language: str | None = None
    troubles: list[Trouble] = field(default_factory=list)
    _draft: Draft = field(default_factory=Draft)
    _elements: list[_Element] = field(default_factory=list)
    _inline: list[_Inline] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)  # of notes, by the name of their place
    _taken: set[str] = field(default_factory=set)
    _skipped: str = ""
    _skipped_inside: Counter[str] = field(default_factory=Counter)  # elements that were begun in it
    _skipped_at: int = 0
    _read: int = 0  # blocks so far
    _works: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)

    def run(self) -> None:
        """Reads the whole file."""
        source = self.source
        self._places = htmlnotes.places(source)
        first = source.find("<")
        self._text(source if first < 0 else source[:first], 0)
        for token in TOKEN.finditer(source, max(first, 0)) if first >= 0 else ():
            name = token["name"]
            if name is not None:
                name = lowered(name)
                if self._skipped and self._skips(name, closing=bool(token["slash"])):
                    pass
                elif token["slash"]:
                    self._end(name, token.end("attributes"))
                else:
                    self._start(name, token["attributes"], token.start())
                    self._skipped_at = token.start() if self._skipped else 0
            elif token["stray"] is not None:
                self._text("<", token.start())
            if token["text"]:
                self._text(token["text"], token.start("text"))
        self._end_block()
        if self._skipped:
            line = source.count("\n", 0, self._skipped_at) + 1
            why = f"<{self._skipped}> hides what stands in it and is never closed: nothing behind it was read"
            self.troubles.append(Trouble(why, line))

    def entries(self) -> dict[str, Entry]:
        """The works of the list at the end, as Pandoc marks it."""
        return {
            key: Entry(
                key,
                next(iter(urls), None),
                {"id": key, "type": "document", "note": " ".join(words), **({"URL": urls[0]} if urls else {})},
            )
            for key, (words, urls) in self._works.items()
        }

    # -- words --

    def _text(self, text: str, at: int) -> None:
        if self._skipped or not text:
            return
        put: Callable[[str, int | None], None] = self._draft.add
        if self._elements and self._elements[-1].name == "pre":
            put = self._draft.put
        last = 0
        for found in _REFERENCE.finditer(text) if "&" in text else ():
            put(text[last : found.start()], at + last)
            put(unescape(found[0]), at + found.start())
            last = found.end()
        put(text[last:] if last else text, at + last)

    def _skips(self, name: str, *, closing: bool) -> bool:
        """Whether a tag stands in what is skipped. That ends where a browser would end it: with its own end tag, with that of an element
        around it, and a paragraph, an item or a cell where the next one begins."""
        inside = self._skipped_inside
        if not closing:
            nested = any(inside[one] for one in ("ul", "ol", "dl", "table"))
            begins = name in BLOCKS or name in _KINDS if self._skipped == "p" else name == self._skipped
            if begins and self._skipped in _OPEN_ENDED and not nested:
                self._skipped = ""
            elif name not in VOID:
                inside[name] += 1
        elif inside[name]:
            inside[name] -= 1
        elif name == self._skipped:
            self._skipped = ""
            return True
        elif any(element.name == name for element in self._elements[-_REACH:]):
            self._skipped = ""
        return bool(self._skipped)

    # -- tags --

    def _start(self, name: str, words: str, at: int) -> None:
        said = attributes(words) if words else {}
        if name in _SKIPPED or name in STRUCK or is_hidden(said):
            if name not in VOID and not words.endswith("/"):
                self._skipped = name
                self._skipped_inside.clear()
            return
        if name == "br":
            self._draft.end_line()
        elif name == "html":
            self.language = said.get("lang") or said.get("xml:lang") or self.language
        elif name in BLOCKS or name in _KINDS:
            self._begin_block(name, said)
        place = next((value for value in (said.get("id"), said.get("name")) if value in self._labels), None)
        if place is not None:
            self._begin_note(name, self._labels[place])
        if name in _INLINE:
            if name == "a":
                self._end("a", at)  # links do not stand in one another
            inner = name == "q" and (
                self._draft.kind is BlockKind.QUOTE or any(one.name == "q" for one in self._inline)
            )
            self._inline.append(_Inline(name, self._draft, self._draft.length, said, at, inner))
            if inner:
                self._draft.put("“", at)
            del self._inline[:-_REACH]

    def _end(self, name: str, at: int) -> None:
        if name in _INLINE:
            for depth in range(len(self._inline) - 1, -1, -1):
                if self._inline[depth].name == name:
                    self._end_inline(self._inline.pop(depth), at)
                    return
        elif name in BLOCKS or name in _KINDS:
            self._end_block()
            for depth in range(len(self._elements) - 1, max(-1, len(self._elements) - _REACH), -1):
                if self._elements[depth].name == name:
                    del self._elements[depth:]
                    self._draft = self._new()
                    return

    def _begin_block(self, name: str, said: dict[str, str]) -> None:
        self._end_block()
        if name in VOID:
            return
        if name in _OPEN_ENDED and self._elements and self._elements[-1].name in ("p", name):
            self._elements.pop()
        element = _Element(name, _KINDS.get(name), fresh=self._read)
        figure = next((one for one in reversed(self._elements[-_REACH:]) if one.name == "figure"), None)
        if name == "blockquote":
            element.source = web_address(said.get("cite", ""))
            if figure is not None:
                figure.quotes = True
        elif name == "figcaption" and figure is not None and figure.quotes:
            element.kind = BlockKind.CREDIT
        identity = said.get("id", "")
        if identity.startswith("ref-") and "csl" in said.get("class", ""):
            element.work, element.kind = identity[4:], BlockKind.REFERENCE
        elif "csl-entry" in said.get("class", ""):
            element.kind = BlockKind.REFERENCE
        self._elements.append(element)
        self._draft = self._new()

    def _begin_note(self, name: str, label: str) -> None:
        """The place of a note: it is the element that has the name, or the smallest one that begins here."""
        if not (name in BLOCKS or name in _KINDS):
            if self._draft.length:
                return
            holder = next(
                (one for one in self._elements[-4:] if one.name in _HOLDS_NOTE and one.fresh == self._read), None
            )
            if holder is None and self._elements:
                holder = self._elements[-1]
            if holder is not None:
                holder.note = label
        elif self._elements:
            self._elements[-1].note = label
        self._draft = self._new()

    def _new(self) -> Draft:
        """A block of what the open elements make of it."""
        kind, note, source, quote = None, None, None, False
        for element in reversed(self._elements[-_REACH:]):
            kind = kind or element.kind
            note = note or element.note
            source = source or element.source
            quote = quote or element.kind is BlockKind.QUOTE
        if quote and kind is BlockKind.ITEM:
            kind = BlockKind.QUOTE
        return Draft(kind or BlockKind.PARAGRAPH, note, source)

    def _end_block(self) -> None:
        old = self._draft
        if not old.length and not old.marks_from(0):
            return
        for one in self._inline:
            self._mark(self._reached(one))
        if self._elements and self._elements[-1].name == "pre":
            old.mark(Opaque(0, old.length))
        work = next((element.work for element in reversed(self._elements[-8:]) if element.work), None)
        if work is not None:
            block = old.finish()
            words, urls = self._works.setdefault(work, ([], []))
            words.append(block.text)
            urls.extend(mark.url for mark in block.marks if isinstance(mark, Link))
        self.assembly.add(old)
        self._read += bool(old.length)
        self._draft = self._new()
        del self._inline[:-_ACROSS]

    def _end_inline(self, one: _Inline, at: int) -> None:
        self._reached(one)
        if one.inner:
            self._draft.put("”", at)
        href = one.said.get("href", "")
        if one.name == "a" and href.startswith("#") and len(href) > 1 and self._local(one, href[1:]):
            return
        self._mark(one)

    def _reached(self, one: _Inline) -> _Inline:
        """What is open, in the block that is read now: that began since, if it is another than it was told of."""
        if one.draft is not self._draft:
            one.draft, one.start = self._draft, 0
        return one

    def _local(self, one: _Inline, place: str) -> bool:
        """A link within the file: whether it is the sign of a note, or the way back from it, which are no words."""
        there = self._places.get(place)
        if there is None or self._draft.length - one.start > 20:
            return False
        words = self._draft.words_from(one.start)
        raised = (
            any(other.name == "sup" for other in self._inline)
            or "sup" in self.source[one.at : one.at + 400].partition("</a")[0]
        )
        if there > one.at and htmlnotes.is_sign(words, one.said, raised=raised):
            self._draft.cut(one.start)
            self._draft.without_blank()
            self._draft.mark(NoteMark(self._draft.length, self._label(words, place)))
            return True
        if there < one.at and self._draft.note is not None and htmlnotes.is_way_back(words):
            before = self._draft.words_from(max(one.start - 12, 0))[: min(one.start, 12)]
            if words.strip().isdigit() and htmlnotes.leads_to_another(before):
                return False
            self._draft.cut(one.start)
            return True
        return False

    def _label(self, words: str, place: str) -> str:
        if place not in self._labels:
            label = htmlnotes.label_of(words, place)
            self._labels[place] = place if label in self._taken else label
            self._taken.add(self._labels[place])
        return self._labels[place]

    def _mark(self, one: _Inline) -> None:
        """What an inline element says of its words."""
        start, end = one.start, one.draft.length
        if end <= start:
            return
        if one.name == "a":
            url = web_address(one.said.get("href", ""))
            if url:
                one.draft.mark(Link(start, end, url))
        elif one.name == "q":
            one.draft.mark(Quoted(start, end, web_address(one.said.get("cite", ""))))
        elif one.name in _OPAQUE and not (self._elements and self._elements[-1].name == "pre"):
            one.draft.mark(Opaque(start, end))
        keys = one.said.get("data-cites", "").split()
        page = _YEAR_PAGE.search(one.draft.words_from(start)) if keys else None
        for number, key in enumerate(keys[:100], 1):
            one.draft.mark(Citation(start, end, key, page[1] if page and number == len(keys) else None))
