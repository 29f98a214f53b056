"""The ``embedded`` layer: text that stands in a page's scripts, data blocks and descriptions, and not in its document.

Some sites send their article only as JSON for their own script, and many send sentences there that the page does not
show. Every string literal that reads like prose is taken, in the order of the source: escapes decoded, HTML inside
turned into text, JSON inside a string looked through in turn. What already stands in the document, or was found
before, is left out, line by line, which keeps the layer small; so the whole of it is text that a reader is not shown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from archiver.model.notice import Notice
from archiver.model.text import Layer, Text
from archiver.texts import document
from archiver.texts.document import Document
from archiver.texts.markup import unescape
from archiver.texts.scalars import join_surrogates
from archiver.texts.walk import Script

EXTRACTOR = "archiver-embedded"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same page (the document layer's own version counts too)."""

MAX_CHARACTERS = 1_000_000
"""The most that the layer holds; beyond it, it is incomplete."""

_SHORTEST = 40  # characters of a literal
_SHORTEST_DENSE = 12  # in scripts that write no spaces
_SHORTEST_LINE = 20
_DEEPEST = 4  # JSON in a string in JSON ...
_SEARCHED = 500_000_000  # characters of document looked through for lines that it has already: bounds the time
_DESCRIPTIONS = frozenset(
    {"description", "og:description", "twitter:description", "dc.description", "dcterms.description"}
)

# A literal may lack its end, so that no source makes this look at a character more than twice.
_JSON_STRINGS = re.compile(r""""(?:[^"\\]++|\\.|(?!))*+"?""", re.DOTALL)
_QUOTED = r""""(?:[^"\\\n]++|\\.|(?!))*+"?|'(?:[^'\\\n]++|\\.|(?!))*+'?"""
_STRINGS = re.compile(_QUOTED, re.DOTALL)
_STRINGS_AND_TEMPLATES = re.compile(_QUOTED + r"|`(?:[^`\\]++|\\.|(?!))*+`?", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": " ", "v": " ", "0": "", "\n": "", "\r\n": ""}
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")
_DATA = re.compile(r"\s*(?:\w{1,6}:)?[\[{]")
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]{2,}|[\u1100-\uffff]")
_CODE = re.compile(r"[{};=<>\\|_]|\)\.|\w\(|://|\w[:,]\w")
_JUDGED = 400  # characters of a line
_CODE_SHARE = 30  # one such sign in this many characters
_ESCAPED_TWICE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|/|n|\")")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]{2,8});")
_BLANKS = re.compile(r"[ \t\r\f\u2028\u2029]+")


def extract(page: Document) -> tuple[Text | None, tuple[Notice, ...]]:
    """The layer of a page; None where there is nothing in it. Never raises."""
    collector = _Collector(page.text)
    for meta in page.metas:
        if (meta.get("name") or meta.get("property", "")).lower() in _DESCRIPTIONS:
            collector.take(meta.get("content", ""))
    for script in page.scripts:
        collector.look_through(script)
    content = "\n".join(collector.lines)
    if not content:
        return None, ()
    why = f"more than {MAX_CHARACTERS} characters of text in scripts" if collector.full else ""
    notices = (Notice("lone-surrogates", "half characters in scripts are read as U+FFFD"),) if collector.broken else ()
    return Text(Layer.EMBEDDED, content, EXTRACTOR, f"{VERSION}.{document.VERSION}", complete=not why, why=why), notices


@dataclass(slots=True)
class _Collector:
    """Lines of prose that the document has not."""

    known: str
    lines: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    size: int = 0
    searched: int = 0
    full: bool = False
    broken: bool = False

    def look_through(self, script: Script) -> None:
        if script.kind == "text/html" or "template" in script.kind or "tmpl" in script.kind:
            self.take(script.source)
        elif "json" in script.kind or script.source.lstrip().startswith(("{", "[")):
            self.strings(_JSON_STRINGS, script.source, 1)
        else:
            # One backtick too many, in a comment or a regular expression, would swallow the rest of the script.
            even = script.source.count("`") % 2 == 0
            self.strings(_STRINGS_AND_TEMPLATES if even else _STRINGS, script.source, 1)

    def strings(self, pattern: re.Pattern[str], source: str, depth: int) -> None:
        for literal in [found for found in pattern.findall(source) if len(found) > _SHORTEST_DENSE]:
            if literal.isascii() and (len(literal) < _SHORTEST or not (" " in literal or "\\u" in literal)):
                continue
            self.literal(literal[1:].removesuffix(literal[0]), depth)
            if self.full:
                return

    def literal(self, literal: str, depth: int) -> None:
        value = self.decoded(literal) if "\\" in literal else literal
        if '"' in value and _DATA.match(value):
            if depth < _DEEPEST:
                self.strings(_JSON_STRINGS, value, depth + 1)
        elif _may_be_prose(value):
            self.take(value)

    def decoded(self, literal: str) -> str:
        """The value of a string literal of JSON or JavaScript; half of a surrogate pair becomes U+FFFD."""
        try:
            value = json.loads(f'"{literal}"', strict=False)
        except ValueError:
            value = _ESCAPE.sub(_escape, literal)
        joined = join_surrogates(value)
        self.broken = self.broken or joined.count("\ufffd") > value.count("\ufffd")
        return joined

    def take(self, value: str) -> None:
        """Keep the lines of one string that are prose and new."""
        if "\\" in value and _ESCAPED_TWICE.search(value):
            value = self.decoded(value)
        if "&" in value:
            value = unescape(value)
        if "<" in value and _TAG.search(value):
            value = document.read(value).text
        if "&" in value and _REFERENCE.search(value):
            value = unescape(value)
        for line in value.split("\n"):
            line = _BLANKS.sub(" ", line).strip()
            if len(line) < (_SHORTEST_LINE if line.isascii() else _SHORTEST_DENSE) or line in self.seen:
                continue
            self.seen.add(line)
            if _is_prose(line) and not self.is_known(line):
                if self.size + len(line) > MAX_CHARACTERS:
                    self.full = True
                    return
                self.size += len(line) + 1
                self.lines.append(line)

    def is_known(self, line: str) -> bool:
        self.searched += len(self.known)
        return self.searched < _SEARCHED and line in self.known


def _escape(match: re.Match[str]) -> str:
    braced, four, two, simple = match.groups()
    if simple is not None:
        return _SIMPLE.get(simple, simple)
    number = int(braced or four or two, 16)
    return chr(number) if number < 0x110000 else "\ufffd"


def _may_be_prose(value: str) -> bool:
    """A quick look: some spaces, or letters of a script that writes none."""
    return value.count(" ") >= 4 or (not value.isascii() and len(_DENSE.findall(value)) >= _SHORTEST_DENSE)


def _is_prose(line: str) -> bool:
    """Words, and little of what code, style sheets and addresses are made of."""
    line = line[:_JUDGED]
    letters = sum(map(len, _WORD.findall(line)))
    if letters < 0.6 * len(line) or _CODE_SHARE * len(_CODE.findall(line)) > len(line):
        return False
    return line.count(" ") >= 3 or len(_DENSE.findall(line)) >= _SHORTEST_DENSE
