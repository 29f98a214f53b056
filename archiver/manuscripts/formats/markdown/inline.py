"""What stands within a paragraph of Markdown: its words, each with its place in the file, and the marks on them."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from archiver.manuscripts.document import Citation, Link, NoteMark, Opaque, Quoted
from archiver.manuscripts.formats.building import Builder
from archiver.manuscripts.formats.drafting import bare_links
from archiver.manuscripts.formats.html.hiding import STRUCK, is_hidden
from archiver.manuscripts.formats.markdown.pandoc import citations_at, raised, span
from archiver.texts import markup

_WITH_ENDS = ("autolink", "html_inline", "footnote_ref", "backticks")
_BRACKETED = ("link", "image", "footnote_inline", "pandoc_span")
_SIGN = re.compile(r"\[\^[^\] \n]{1,200}\]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def prepare(md: MarkdownIt) -> None:
    """Adds Pandoc's citations to a parser, and lets its tokens say where they stand in what was parsed."""
    md.inline.ruler.before("link", "pandoc_citation", _citation)
    md.inline.ruler.before("link", "pandoc_span", span)
    md.inline.ruler.before("link", "pandoc_raised", raised)
    rules = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    rules["footnote_inline"] = _unless_raised(rules["footnote_inline"])
    rules["footnote_ref"] = _if_a_sign(rules["footnote_ref"])
    for name in _WITH_ENDS:
        md.inline.ruler.at(name, _telling_ends(rules[name]))
    for name in _BRACKETED:
        md.inline.ruler.at(name, _if_closed(_telling_ends(rules[name])))
    md.disable("text_join")  # else escapes and entities are put into the words, and these have no place any more


def _citation(state: StateInline, silent: bool) -> bool:
    sign = state.src[state.pos]
    if sign not in "[@-" or (sign == "-" and not state.src.startswith("-@", state.pos)):
        return False
    found = citations_at(state.src, state.pos)
    if found is None or found[0] > state.posMax:
        return False
    end, works, hidden = found
    if not silent:
        token = state.push("pandoc_citation", "", 0)
        token.meta = {"start": state.pos, "end": end, "works": works, "hidden": hidden}
    state.pos = end
    return True


def _unless_raised(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """``[^1]^,^[^2]``: a raised comma between two signs, and no note within the text."""

    def checked(state: StateInline, silent: bool) -> bool:
        return not state.src.startswith("^[^", state.pos) and rule(state, silent)

    return checked


def _if_a_sign(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """``[^1]``, looked for no further than a label reaches."""

    def checked(state: StateInline, silent: bool) -> bool:
        return _SIGN.match(state.src, state.pos, state.posMax) is not None and rule(state, silent)

    return checked


def _if_closed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule for what ends with "]", asked only where one is still to come: it would look through all that is left, for each "[" anew."""

    def checked(state: StateInline, silent: bool) -> bool:
        key = -1 - state.posMax  # the cache has positions otherwise, from 0
        last = state.cache.get(key)
        if last is None:
            last = state.cache[key] = state.src.rfind("]", 0, state.posMax)
        return state.pos < last and rule(state, silent)

    return checked


def _telling_ends(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def told(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            made = [token for token in state.tokens[before:] if token.type not in ("text", "text_special")]
            if made:
                made[0].meta = {**made[0].meta, "start": start}
                made[-1].meta = {**made[-1].meta, "end": state.pos}
        return done

    return told


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of what was parsed stand in the file: (position there, position in the file), ascending."""

    places: tuple[tuple[int, int], ...]

    def in_file(self, at: int) -> int:
        number = max(bisect_right(self.places, at, key=lambda pair: pair[0]) - 1, 0)
        start, there = self.places[number]
        return there + max(at - start, 0)


@dataclass(frozen=True, slots=True)
class InlineNote:
    """A note written within the text, ``^[...]``: its label, its content, and where that begins in what was parsed."""

    label: str
    content: str
    tokens: list[Token]
    at: int


@dataclass(slots=True)
class _Gone:
    """Something that is struck out or hidden, its tags of one name that are open, and how much there was before it."""

    name: str
    lengths: tuple[int, ...]
    depth: int = 1


@dataclass(slots=True)
class Inline:
    """Walks through the tokens of one paragraph."""

    content: str
    lines: Lines
    notes: dict[int, dict[str, Any]]
    base: int = 0  # where the content begins in what `lines` counts
    set_off: bool = (
        False  # in a block quote: what the markup quotes in it is quoted within a quotation, and needs marks
    )
    out: Builder = field(default_factory=Builder)
    inner: list[InlineNote] = field(default_factory=list)
    _cursor: int = 0
    _links: list[tuple[int, str]] = field(default_factory=list)
    _quoted: list[tuple[int, str | None]] = field(default_factory=list)
    _gone: list[_Gone] = field(default_factory=list)

    def walk(self, tokens: list[Token]) -> Builder:
        """The paragraph as it is read; what was opened and not closed ends with it."""
        for token in tokens:
            handler = getattr(self, f"_{token.type}", None)
            if handler is not None:
                handler(token)
            elif token.content:
                self._text(token)
        while self._links:
            self._end_link()
        while self._quoted:
            self._end_quoted()
        self._bare_addresses()
        return self.out

    def _find(self, raw: str) -> int:
        """Where a piece stands from here on; the cursor goes behind it."""
        if not self.content.startswith(raw, self._cursor):
            found = self.content.find(raw, self._cursor)
            if found < 0:
                return self._cursor
            self._cursor = found
        at = self._cursor
        self._cursor += len(raw)
        return at

    def _put(self, text: str, at: int) -> None:
        self.out.put(text, self.lines.in_file(self.base + at))

    def _text(self, token: Token) -> None:
        if token.content:
            self._put(token.content, self._find(token.content))

    def _text_special(self, token: Token) -> None:
        self._put(token.content, self._find(token.markup or token.content))

    def _softbreak(self, token: Token) -> None:
        del token
        at = self._find("\n")
        self._put("\n", at)
        while self.content[self._cursor : self._cursor + 1] in (" ", "\t"):
            self._cursor += 1

    _hardbreak = _softbreak

    def _markup(self, token: Token) -> None:
        self._find(token.markup)

    _em_open = _em_close = _strong_open = _strong_close = _markup

    def _s_open(self, token: Token) -> None:
        self._find(token.markup)
        self._begin_gone("~~")

    def _s_close(self, token: Token) -> None:
        self._find(token.markup)
        self._end_gone("~~")

    def _begin_gone(self, name: str) -> None:
        if self._gone and self._gone[-1].name == name:
            self._gone[-1].depth += 1
        else:
            self._gone.append(_Gone(name, (self.out.length, *map(len, self._lists()))))

    def _lists(self) -> tuple[list[Any], ...]:
        return (self.out.pieces, self.out.marks, self.out.origin, self.inner, self._links, self._quoted)

    def _end_gone(self, name: str) -> None:
        """What was struck out or hidden is taken back; where its end is missing, it stays."""
        if not self._gone or self._gone[-1].name != name:
            return
        self._gone[-1].depth -= 1
        if self._gone[-1].depth:
            return
        out = self.out
        out.length, *lengths = self._gone.pop().lengths
        for found, length in zip(self._lists(), lengths, strict=True):
            del found[length:]

    def _pandoc_span_close(self, token: Token) -> None:
        self._cursor = token.meta["end"]

    def _pandoc_raised(self, token: Token) -> None:
        self._put(token.content, token.meta["start"] + 1)
        self._cursor = token.meta["end"]

    def _code_inline(self, token: Token) -> None:
        at = token.meta.get("start", self._cursor)
        start = self.out.length
        self._put(token.content, at + len(token.markup))
        self.out.marks.append(Opaque(start, self.out.length))
        self._cursor = token.meta.get("end", self._cursor)

    def _image(self, token: Token) -> None:
        self._cursor = token.meta.get("end", self._cursor)

    def _link_open(self, token: Token) -> None:
        self._cursor = token.meta.get("start", self._cursor) + 1
        self._links.append((self.out.length, str(token.attrGet("href") or "")))

    def _link_close(self, token: Token) -> None:
        self._end_link()
        self._cursor = token.meta.get("end", self._cursor)

    def _end_link(self) -> None:
        if self._links:
            start, url = self._links.pop()
            self.out.marks.append(Link(start, self.out.length, html.unescape(url)))

    def _pandoc_citation(self, token: Token) -> None:
        meta = token.meta
        if meta["hidden"]:
            self.out.without_blank()
        start = self.out.length
        if not meta["hidden"]:
            self._put(self.content[meta["start"] : meta["end"]].partition("[")[0].rstrip(), meta["start"])
        for work in meta["works"]:
            self.out.marks.append(Citation(start, self.out.length, work.key, work.locator))
        self._cursor = meta["end"]

    def _footnote_ref(self, token: Token) -> None:
        label = token.meta.get("label")
        if label is None:
            number = int(token.meta["id"])
            label = f"^{number + 1}"
            note = self.notes.get(number, {})
            at = token.meta.get("start", self._cursor) + 2
            self.inner.append(InlineNote(label, note.get("content", ""), note.get("tokens", []), self.base + at))
        self.out.marks.append(NoteMark(self.out.length, label))
        self._cursor = token.meta.get("end", self._cursor)

    def _html_inline(self, token: Token) -> None:
        self._cursor = token.meta.get("end", self._cursor)
        tag = _TAG.match(token.content)
        if tag is None:
            return  # a comment, or the like
        closing, name = bool(tag[1]), tag[2].lower()
        if closing:
            self._end_gone(name)
        elif name in STRUCK or is_hidden(markup.attributes(tag[3])) or (self._gone and self._gone[-1].name == name):
            self._begin_gone(name)
        if name == "br":
            self.out.put("\n", None)
        elif name == "a" and closing:
            self._end_link()
        elif name == "a":
            self._links.append((self.out.length, attributes(tag[3]).get("href", "")))
        elif name in ("q", "blockquote") and closing:
            if self._quoted and (self.set_off or len(self._quoted) > 1):
                self._put("”", self._cursor - 1)
            self._end_quoted()
        elif name in ("q", "blockquote"):
            self._quoted.append((self.out.length, attributes(tag[3]).get("cite")))
            if self.set_off or len(self._quoted) > 1:
                self._put("“", max(self._cursor - len(token.content), 0))

    def _end_quoted(self) -> None:
        if self._quoted:
            start, url = self._quoted.pop()
            self.out.marks.append(Quoted(start, self.out.length, url))

    def _bare_addresses(self) -> None:
        """Addresses that are written out are links too, except in a link or in code."""
        self.out.marks.extend(bare_links("".join(self.out.pieces), self.out.marks))


def attributes(words: str) -> dict[str, str]:
    """The attributes of an HTML tag, names in lower case."""
    return dict(_attributes(words))


def _attributes(words: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(words):
        yield found[1].lower(), html.unescape(found[2] or found[3] or found[4] or "")
