"""A reader of Atom feeds that takes nothing but what RFC 4287 allows, for the tests: it raises AssertionError for the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # section 3.3
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*")
_FEED = {"author": None, "category": None, "contributor": None, "generator": 1, "icon": 1, "id": 1, "link": None, "logo": 1, "rights": 1,
         "subtitle": 1, "title": 1, "updated": 1, "entry": None}  # fmt: skip
_ENTRY = {"author": None, "category": None, "content": 1, "contributor": None, "id": 1, "link": None, "published": 1, "rights": 1, "source": 1,
          "summary": 1, "title": 1, "updated": 1}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    id: str
    title: str
    updated: str
    content: str
    category: str
    links: dict[str, str]


def read_atom(data: bytes) -> tuple[Entry, ...]:
    """The entries of a feed document (section 4.1.1)."""
    assert data.startswith(b"<?xml")
    root = ElementTree.fromstring(data)  # noqa: S314  # our own feed; what is not well-formed raises
    assert root.tag == f"{ATOM}feed"
    _children(root, _FEED, {"id", "title", "updated"})
    authored = _authored(root)
    _links(root)
    seen: set[tuple[str, str]] = set()
    entries = []
    for element in root.findall(f"{ATOM}entry"):
        _children(element, _ENTRY, {"id", "title", "updated"})
        assert authored or _authored(element), "an entry without an author in a feed without one"
        links = _links(element)
        content = element.find(f"{ATOM}content")
        assert content is not None or "alternate" in links
        name, updated = _text(element, "id"), _text(element, "updated")
        assert (name, updated) not in seen, "an entry twice"
        seen.add((name, updated))
        category = element.find(f"{ATOM}category")
        assert category is None or category.get("term")
        assert content is None or content.get("type", "text") in ("text", "html")
        words = "" if content is None else content.text or ""
        term = "" if category is None else category.get("term", "")
        entries.append(Entry(name, _text(element, "title"), updated, words, term, links))
    return tuple(entries)


def _children(element: ElementTree.Element, known: dict[str, int | None], wanted: set[str]) -> None:
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert all(child.tag.startswith(ATOM) for child in element)
    assert set(names) <= known.keys(), set(names) - known.keys()
    assert wanted <= set(names)
    for name, most in known.items():
        assert most is None or names.count(name) <= most, f"{name} more than once"
    for child in element:
        name = child.tag.removeprefix(ATOM)
        if name in ("updated", "published"):
            assert _DATE.fullmatch(child.text or ""), child.text
        if name == "id":
            assert _URI.fullmatch(child.text or ""), child.text
        if name != "entry":
            assert all(
                key in {"type", "href", "rel", "term", "version", "uri", "scheme", "label"} for key in child.attrib
            )


def _authored(element: ElementTree.Element) -> bool:
    return any(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))


def _links(element: ElementTree.Element) -> dict[str, str]:
    links: dict[str, str] = {}
    for link in element.findall(f"{ATOM}link"):
        relation, address = link.get("rel", "alternate"), link.get("href", "")
        assert _URI.fullmatch(address), address
        assert urlsplit(address).scheme
        assert relation not in links
        links[relation] = address
    return links


def _text(element: ElementTree.Element, name: str) -> str:
    text = element.findtext(f"{ATOM}{name}")
    assert text
    return text
