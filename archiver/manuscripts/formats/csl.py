"""Citations as Zotero and Mendeley keep them in documents: JSON of the citation, with the works in it as CSL-JSON."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archiver.bibliography import Entry
from archiver.errors import MISSHAPEN
from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.sourcing.pinpoints import locator_of

_LONGEST = 8 << 20
_MOST_ITEMS = 500
_MENDELEY = re.compile(r"MENDELEY_CITATION_v\d_([A-Za-z0-9+/=_-]+)")
_TAIL = 8
_PAGE = frozenset({"", "page"})


@dataclass(frozen=True, slots=True)
class Work:
    """One work of a citation: its key, the place in it that is cited, and what the document says of it."""

    key: str
    locator: str | None
    entry: Entry


def from_code(code: str) -> tuple[Work, ...] | None:
    """The works of a field's code (``ADDIN ZOTERO_ITEM CSL_CITATION {...}``); None where it is no such code, or cannot be read."""
    start = code.find("{")
    if start < 0 or "CSL_CITATION" not in code[:start] or len(code) > _LONGEST:
        return None
    try:
        citation, _ = json.JSONDecoder(strict=False).raw_decode(code, start)
        return tuple(_works(citation))
    except MISSHAPEN:
        return None


def from_tag(tag: str) -> tuple[Work, ...] | None:
    """The works of a content control's tag, as Mendeley Cite writes it; None where it is none, or cannot be read."""
    found = _MENDELEY.match(tag[:_LONGEST])
    if found is None:
        return None
    try:
        packed = found[1].replace("-", "+").replace("_", "/").rstrip("=")
        return tuple(_works(json.loads(base64.b64decode(packed + "=" * (-len(packed) % 4)))))
    except (*MISSHAPEN, binascii.Error):
        return None


def _works(citation: Mapping[str, object]) -> Iterator[Work]:
    items = citation["citationItems"]
    if not isinstance(items, list):
        return
    for item in items[:_MOST_ITEMS]:
        data = item.get("itemData") or {}
        key = _key(item, data)
        if key:
            yield Work(key, _locator(item), entry(key, data))


def _key(item: Mapping[str, object], data: Mapping[str, object]) -> str:
    """The key that people gave a work, else author, year and the end of its key in the library ("Smith2013-3GKMD43T"), as far as known."""
    named = data.get("citation-key")
    if isinstance(named, str) and named:
        return named[:200]
    uris = item.get("uris") or item.get("uri") or ()
    address = uris if isinstance(uris, str) else next(iter(uris), "") if isinstance(uris, list) else ""
    if isinstance(address, str) and address:
        last = address.rstrip("/").rpartition("/")[2].rpartition("uuid=")[2]
    else:
        last = str(item.get("id", data.get("id", "")))
    who = _author_year(data)
    return f"{who}-{last[-_TAIL:]}" if who and last else last[:200]


def _author_year(data: Mapping[str, object]) -> str:
    authors, issued = data.get("author"), data.get("issued")
    first = authors[0] if isinstance(authors, list) and authors else {}
    family = first.get("family") or first.get("literal") if isinstance(first, dict) else ""
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    year = parts[0][0] if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else ""
    return "".join(f"{family}{year}".split())[:80] if isinstance(family, str) and family else ""


def _locator(item: Mapping[str, object]) -> str | None:
    locator, label = item.get("locator"), item.get("label")
    if isinstance(locator, str | int) and str(locator).strip():
        place = " ".join(str(locator).split())[:80]
        return place if not isinstance(label, str) or label in _PAGE else f"{label} {place}"
    suffix = item.get("suffix")
    return locator_of(suffix) if isinstance(suffix, str) else None


_MOST_OF_ONE_KEY = 50


def keep(entries: dict[str, Entry], key: str, work: Entry) -> str:
    """Puts a work that a document brings along to the others, and gives the key that it then has: people give one key to two works, as from
    two libraries, and each must lead to its own address."""
    for number in range(1, _MOST_OF_ONE_KEY):
        name = key if number == 1 else f"{key} ({number})"
        known = entries.get(name)
        if known is None or known.url is None:
            entries[name] = known if known is not None and work.url is None else replace(work, key=name)
            return name
        if work.url is None or known.url == work.url:
            return name
    return key


def entry(key: str, item: Mapping[str, object]) -> Entry:
    """A work of CSL-JSON: its address is its URL, else that of its DOI."""
    for name in ("URL", "DOI"):
        value = item.get(name)
        url = web_address(value) if isinstance(value, str) else None
        if url:
            return Entry(key, url, dict(item))
    return Entry(key, None, dict(item))
