"""The feed of shared sources (RFC 4287): written for followers, and read from peers, who may be hostile.

An entry links to the page (``alternate``), to the proof of the record (C2SP tlog-proof) and to the checkpoint, and names payload and text by
their digests (RFC 6920). An answer to somebody else's entry says so (``in-reply-to``, RFC 4685). Relations that no registry has are URIs, as
RFC 4287 section 4.2.7.2 wants them.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from archiver.errors import BadAnswer, InputError
from archiver.sharing.sighting import Sighting, Told
from archiver.urls import parse_page
from archiver.version import TOOL, __version__

MEDIA_TYPE = "application/atom+xml"
LARGEST = 1 << 20
"""Bytes of a feed at most."""

MOST_ENTRIES = 200

_ATOM = "http://www.w3.org/2005/Atom"
_THREAD = "http://purl.org/syndication/thread/1.0"
_REL = "urn:archiver:rel:"
_CHANGE = "urn:archiver:change"
_NI = re.compile(r"ni:///sha-256;([A-Za-z0-9_-]{43})")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_PROOF = re.compile(r"/proof/(0|[1-9][0-9]{0,14})")
_ID = re.compile(r"[!-~]{1,200}")
_NOT_IN_AN_ADDRESS = re.compile(r'[^!-~]|["<>]')  # browsers leave others as they are: "|" in a path, "{" in a query
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:archiver:sharing:feed")

_WORDS = {
    Told.UNCHANGED: "Seen, and as it was",
    Told.EDITED: "Edited",
    Told.MOVED: "Another address answers",
    Told.GONE: "Gone",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """What a peer's feed says: ``hub`` and ``topic`` (its own address) as it names them, None where it does not; entries newest first.

    ``passed_over`` is how many entries were not such as `write_feed` writes.
    """

    hub: str | None
    topic: str | None
    entries: tuple[Sighting, ...]
    passed_over: int = 0


def write_feed(sightings: Sequence[Sighting], origin: str, base: str) -> bytes:
    """The feed over these sightings, newest first, of the archive whose log is ``origin``; ``base`` is where it is served, no slash behind.

    The same sightings always give the same bytes.
    """
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "thr": _THREAD})
    _add(root, "id", uuid.uuid5(_SPACE, origin).urn)
    _add(root, "title", f"Shared sources of {origin}")
    _add(root, "updated", max((item.time for item in sightings), default="1970-01-01T00:00:00Z"))
    _add(_add(root, "author"), "name", origin)
    _add(root, "generator", TOOL, version=__version__)
    _link(root, "self", topic_of(base), MEDIA_TYPE)
    _link(root, "hub", f"{base}/hub")
    for item in sightings[:MOST_ENTRIES]:
        _write_entry(_add(root, "entry"), item, base)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def topic_of(base: str) -> str:
    """The address of the feed of whoever serves at ``base``."""
    return f"{base}/shared.atom"


def _write_entry(entry: etree._Element, item: Sighting, base: str) -> None:
    words = _WORDS[item.told]
    _add(entry, "id", item.id)
    _add(entry, "title", f"{words}: {item.url}")
    _add(entry, "updated", item.time)
    _add(entry, "category", scheme=_CHANGE, term=item.told.value)
    _link(entry, "alternate", item.url)
    _link(entry, f"{_REL}proof", f"{base}/proof/{item.leaf}", "text/plain")
    if item.text_leaf is not None:
        _link(entry, f"{_REL}text-proof", f"{base}/proof/{item.text_leaf}", "text/plain")
    _link(entry, f"{_REL}checkpoint", f"{base}/checkpoint", "text/plain")
    for name, digest in (("payload", item.payload), ("text", item.text)):
        if digest:
            _link(entry, _REL + name, _ni(digest))
    if item.answers:
        etree.SubElement(entry, f"{{{_THREAD}}}in-reply-to", ref=item.answers)
    _add(entry, "summary", f"{words}, as seen at {item.time}.")


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    element.text = text
    return element


def _link(parent: etree._Element, rel: str, href: str, media_type: str = "") -> None:
    _add(parent, "link", rel=rel, href=href, **({"type": media_type} if media_type else {}))


def _ni(digest: str) -> str:
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def read_feed(data: bytes, base: str) -> Feed:
    """Reads the feed of the peer that serves at ``base``. Nothing in it is believed yet.

    An entry counts only where everything that it links to lies under ``base``, so that no peer can have anything else asked for. Raises
    BadAnswer for what is no Atom feed, or too large.
    """
    if len(data) > LARGEST:
        raise BadAnswer("The feed is too large.")
    if b"<!" in data.replace(b"<![CDATA[", b"").replace(b"<!--", b""):
        raise BadAnswer("The feed has a document type declaration, which no feed needs.")
    # as UTF-8, whatever it says of itself: in UTF-16 the declaration would not have been seen above
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadAnswer("What came is no XML.") from error
    if root.tag != f"{{{_ATOM}}}feed":
        raise BadAnswer("What came is no Atom feed.")
    links = dict(_links(root))
    found: list[Sighting] = []
    passed_over = 0
    for entry in root.iterfind(f"{{{_ATOM}}}entry"):
        sighting = _read_entry(entry, base) if len(found) < MOST_ENTRIES else None
        if sighting is None:
            passed_over += 1
        else:
            found.append(sighting)
    return Feed(links.get("hub"), links.get("self"), tuple(found), passed_over)


def _links(element: etree._Element) -> Iterator[tuple[str, str]]:
    for link in element.iterfind(f"{{{_ATOM}}}link"):
        yield link.get("rel", "alternate"), link.get("href", "")


def _read_entry(entry: etree._Element, base: str) -> Sighting | None:
    """None for an entry that is none of ours, or not whole."""
    links = dict(_links(entry))
    change = next(
        (item.get("term", "") for item in entry.iterfind(f"{{{_ATOM}}}category") if item.get("scheme") == _CHANGE), ""
    )
    reply = entry.find(f"{{{_THREAD}}}in-reply-to")
    name, time = (_text(entry, tag) for tag in ("id", "updated"))
    answers = "" if reply is None else reply.get("ref", "")
    leaf = _leaf(links.get(f"{_REL}proof", ""), base)
    try:
        url = links["alternate"]
        if parse_page(url).had_credentials or _NOT_IN_AN_ADDRESS.search(url):
            return None
        told = Told(change)
        payload, text = (_digest(links.get(_REL + kind, "")) for kind in ("payload", "text"))
    except (KeyError, ValueError, InputError):
        return None
    if leaf is None or not _ID.fullmatch(name) or not _is_time(time) or (answers and not _ID.fullmatch(answers)):
        return None
    text_leaf = _leaf(links.get(f"{_REL}text-proof", ""), base) if text else None
    return Sighting(name, url, time, told, leaf, payload, text, text_leaf, answers)


def _is_time(words: str) -> bool:
    try:
        return bool(_TIME.fullmatch(words) and datetime.fromisoformat(words))
    except ValueError:
        return False


def _text(entry: etree._Element, tag: str) -> str:
    return (entry.findtext(f"{{{_ATOM}}}{tag}") or "").strip()


def _leaf(address: str, base: str) -> int | None:
    found = _PROOF.fullmatch(address.removeprefix(base)) if address.startswith(base) else None
    return int(found[1]) if found else None


def _digest(name: str) -> str:
    """The digest in hex; empty for none. Raises ValueError for what is none."""
    if not name:
        return ""
    found = _NI.fullmatch(name)
    if not found:
        raise ValueError("no digest")
    raw = base64.urlsafe_b64decode(found[1] + "=")
    if len(raw) != 32 or _ni(raw.hex()) != name:
        raise ValueError("no digest")
    return raw.hex()
