"""JSON (feeds, answers of services): the words in it, one value a line, in the order of the source.

The strings are cut out by one pass over the source, so neither depth nor a missing end stops it. Keys, numbers and addresses are left out, markup
in a value becomes its text. Of a JSON Feed (https://www.jsonfeed.org/version/1.1/) title and authors are told.
"""

from __future__ import annotations

import json
import re
from typing import Any

from archiver.model.notice import Notice
from archiver.model.text import PageInfo, Reading
from archiver.texts import decode, document, office, walls
from archiver.texts import payload as payload_
from archiver.texts.marked import Flow
from archiver.texts.payload import Payload, incomplete, too_long
from archiver.texts.scalars import join_surrogates

EXTRACTOR = "archiver-json"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same bytes; with it goes the version of the document layer."""

MAX_MARKED = 100_000
"""Pieces of markup that are read: each is a small page."""

_STRING = re.compile(r""""((?:[^"\\]++|\\.|(?!))*+)("?)\s*+(:?)""", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*+)?/?>")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]{2,8});")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*+:)?//\S++|(?:data|mailto|tag|urn|tel):\S++", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_GUARD = re.compile(r"\s*+(?:\)\]\}'?,?|while\s*\(1\);|for\s*\(;;\);)\s*+")
_FEED = "jsonfeed.org/version/"


def read(payload: Payload) -> Reading:
    """The document layer of a JSON text. Never raises."""
    decoded = decode.decode(payload.data, payload.content_type, markup=False)
    source = decoded.text[: payload_.MAX_CHARACTERS]
    guard = _GUARD.match(source)  # against being taken for a script
    source = source[guard.end() :] if guard else source
    flow, left = Flow(), MAX_MARKED
    for found in _STRING.finditer(source):
        if not found[3]:
            left -= _take(flow, _decoded(found[1]), is_read=left > 0)
    value, why = _parsed(source)
    problems = [*([why] if why else []), *([too_marked()] if left < 0 else [])]
    texts = office.layers(flow, EXTRACTOR, f"{VERSION}.{document.VERSION}", problems)
    if len(decoded.text) > payload_.MAX_CHARACTERS:
        texts = tuple(incomplete(text, too_long()) for text in texts)
    info = _info(value)
    wall = walls.status_wall(payload.status) or (None if texts else Notice("empty", "the answer holds no text"))
    return Reading(texts, info, decoded.decoding, wall, (*decoded.notices, *office.claims(info, "published")))


def too_marked() -> str:
    """Why a text of more than `MAX_MARKED` pieces of markup is not whole."""
    return f"only the first {MAX_MARKED} pieces of markup in it were read"


def _take(flow: Flow, value: str, *, is_read: bool) -> bool:
    """Adds the words of a value; whether there is markup in it, which is read as such where ``is_read``, else left out."""
    if not _WORD.search(value) or _ADDRESS.fullmatch(value.strip()):
        return False
    is_marked = _TAG.search(value) is not None or ("<" not in value and _REFERENCE.search(value) is not None)
    if is_marked and is_read:
        found = document.read(value)
        flow.add_settled(found.text, found.unseen)
    elif not is_marked:
        flow.add_settled(value.replace("\r\n", "\n").replace("\r", "\n"))
    return is_marked


def _decoded(literal: str) -> str:
    if "\\" not in literal:
        return literal
    try:
        return join_surrogates(str(json.loads(f'"{literal}"', strict=False)))
    except ValueError:  # it breaks off in an escape
        return literal


def _parsed(source: str) -> tuple[Any, str]:
    """The value, as far as there is one, and why the text is not whole; several values behind one another (JSON lines) are whole."""
    decoder = json.JSONDecoder(strict=False)
    position, value, count = len(source) - len(source.lstrip()), None, 0
    try:
        while position < len(source):
            last, position = decoder.raw_decode(source, position)
            value = last if count == 0 else None
            count += 1
            rest = source[position : position + 10_000]
            position += len(rest) - len(rest.lstrip("\x1e\r\n\t ,"))
    except RecursionError:
        return None, ""  # deep, and nothing against it
    except ValueError as error:
        return None, f"the JSON breaks off or is broken at character {getattr(error, 'pos', position)}"
    return value, ""


def _info(value: Any) -> PageInfo:
    """What a JSON Feed says of itself; nothing for other JSON."""
    if not isinstance(value, dict) or _FEED not in str(value.get("version", "")):
        return PageInfo()
    people = value.get("authors")
    people = people if isinstance(people, list) else [value.get("author")]
    names = [_word(person.get("name")) for person in people[:50] if isinstance(person, dict)]
    items = value.get("items")
    first = items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}
    return PageInfo(
        title=_word(value.get("title")),
        authors=tuple(dict.fromkeys(name for name in names if name)),
        published=office.date(_word(first.get("date_published"))),
        language=_word(value.get("language")),
        canonical=_word(value.get("home_page_url")),
    )


def _word(value: object) -> str | None:
    return join_surrogates(" ".join(value.split()))[:2_000] or None if isinstance(value, str) else None
