"""RSS and Atom: titles, summaries and contents of the entries, in the order of the source.

One pass over the tokens, as for pages, since feeds are often no XML that a strict parser takes. Markup inside an element, escaped or in a CDATA
section, becomes its text.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

from archiver.model.notice import Notice
from archiver.model.text import PageInfo, Reading
from archiver.texts import decode, document, office, walls
from archiver.texts import payload as payload_
from archiver.texts.jsontext import MAX_MARKED, too_marked
from archiver.texts.marked import Flow
from archiver.texts.markup import XML_TOKEN, unescape, unmarked_source, without_empty_raw
from archiver.texts.payload import Payload, incomplete, too_long

EXTRACTOR = "archiver-feed"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same bytes; with it goes the version of the document layer."""

# local names of elements whose content people read
_READ = frozenset(
    {"title", "subtitle", "description", "summary", "content", "encoded", "tagline", "copyright", "rights", "plot"}
)
_PEOPLE = frozenset({"name", "creator", "author"})
_NAMED = _PEOPLE | {"pubdate", "published", "updated", "date", "language", "lastbuilddate"}
_ENTRIES = frozenset({"item", "entry"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]{2,8});")
_MOST_NAMES = 50


def read(payload: Payload) -> Reading:
    """The document layer of a feed. Never raises."""
    decoded = decode.decode(payload.data, payload.content_type)
    feed = _Feed()
    feed.run(without_empty_raw(unmarked_source(decoded.text[: payload_.MAX_CHARACTERS])))
    problems = [too_marked()] if feed.marked > MAX_MARKED else []
    texts = office.layers(feed.flow, EXTRACTOR, f"{VERSION}.{document.VERSION}", problems)
    if len(decoded.text) > payload_.MAX_CHARACTERS:
        texts = tuple(incomplete(text, too_long()) for text in texts)
    info = PageInfo(
        title=next(iter(feed.titles), None),
        authors=tuple(dict.fromkeys(feed.names)),
        published=next((date for date in map(_date, feed.dates) if date), None),
        language=feed.language or None,
    )
    wall = walls.status_wall(payload.status) or (None if texts else Notice("empty", "the feed holds no text"))
    return Reading(texts, info, decoded.decoding, wall, (*decoded.notices, *office.claims(info, "published")))


class _Feed:
    """What one pass over a feed finds. ``name`` is the element that is being read, ``""`` between those."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.titles: list[str] = []
        self.names: list[str] = []
        self.dates: list[str] = []
        self.language = ""
        self.marked = 0
        self._name = ""
        self._pieces: list[str] = []
        self._depth = 0
        self._in_entry = False

    def run(self, source: str) -> None:
        for token in XML_TOKEN.finditer(source):
            if token["raw"]:  # <title> and the like hold no markup in HTML; in a feed, they are elements as any other
                if self._name:
                    self._pieces.append(source[token.start() : token.start("text")])
                else:
                    self._take(token["raw"].lower(), _content(token["content"] or ""))
            elif token["cdata"] is not None:
                self._pieces.append(token["cdata"])
            elif token["stray"] is not None:
                self._pieces.append("<")
            elif token["name"]:
                self._tag(token, token["name"].lower().rpartition(":")[2], source)
            if self._name:
                self._pieces.append(unescape(token["text"]))
        if self._name:
            self._take(self._name, "".join(self._pieces))

    def _tag(self, token: re.Match[str], local: str, source: str) -> None:
        opens = 0 if token["attributes"].endswith("/") else -1 if token["slash"] else 1
        if not self._name:
            if local in _ENTRIES:
                self._in_entry = opens > 0
            elif opens > 0 and local in _READ | _NAMED:
                self._name, self._pieces, self._depth = local, [], 1
            return
        if local == self._name:
            self._depth += opens
            if not self._depth:
                name, self._name = self._name, ""
                self._take(name, "".join(self._pieces))
                return
        self._pieces.append(source[token.start() : token.start("text")])

    def _take(self, name: str, value: str) -> None:
        if name in _READ:
            self.marked += (is_marked := _TAG.search(value) is not None)
            if is_marked and self.marked > MAX_MARKED:
                return
            found = document.read(value) if is_marked else None
            text = found.text if found else value
            self.flow.add_settled(text, found.unseen if found else ())
            if name == "title" and not (self._in_entry or self.titles):
                self.titles.append(" ".join(text.split())[:2_000])
        elif name in _PEOPLE:
            if (
                not self._in_entry
                and len(self.names) < _MOST_NAMES
                and (words := " ".join(document.read(value).text.split()))
            ):
                self.names.append(words[:200])
        elif name == "language":
            self.language = self.language or value.strip()[:40]
        elif name in _NAMED and len(self.dates) < _MOST_NAMES:
            self.dates.append(value.strip()[:60])


def _content(source: str) -> str:
    """The content of an element that the tokens take for raw: CDATA sections opened, references decoded."""
    parts = re.split(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", source, flags=re.DOTALL)
    return "".join(part if index % 2 else unescape(part) for index, part in enumerate(parts))


def _date(value: str) -> str | None:
    """A date of Atom as it is, one of RSS (RFC 5322) in the same form; None for what is none."""
    if office.date(value):
        return value
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
