"""What documents in zip files have in common: namespaces, what they say of themselves, and how one that cannot be read is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from archiver.model.notice import UNREADABLE_DOCUMENT, Notice
from archiver.model.text import Decoding, Layer, PageInfo, Reading, Text
from archiver.texts import payload as payload_
from archiver.texts import walls, xmlstream
from archiver.texts.marked import Flow
from archiver.texts.package import Package, Refused
from archiver.texts.payload import Payload, incomplete, too_long

NO_DECODING = Decoding(None, None, None)
OFF = frozenset({"0", "false", "off", "none"})
"""Values of a property that is switched off."""

NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.idpf.org/2007/opf": "opf",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
}
"""Prefixes by which elements are called here, whatever a document calls them."""

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ][0-9:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_MOST_VALUES = 50
_LONGEST_VALUE = 2_000


def read_package(payload: Payload, kind: str, read: Callable[[Package], Reading]) -> Reading:
    """Reads a document in a zip file; ``kind`` is what people call it. One that cannot be read gives no text, and the reason."""
    wall = walls.status_wall(payload.status)
    try:
        reading = read(Package(payload.data))
    except Refused as error:
        notice = Notice(UNREADABLE_DOCUMENT, f"the {kind} cannot be read: {error}")
        return Reading((), PageInfo(), NO_DECODING, wall, (notice,))
    notices = reading.notices
    if not reading.texts and all(notice.code != UNREADABLE_DOCUMENT for notice in notices):
        notices = (*notices, Notice(UNREADABLE_DOCUMENT, f"the {kind} holds no text"))
    return Reading(reading.texts, reading.info, reading.decoding, reading.wall or wall, notices)


def layers(
    flow: Flow, extractor: str, version: str, problems: Sequence[str] = (), comments: Iterable[Flow] = ()
) -> tuple[Text, ...]:
    """The document layer, and the embedded layer: what is not shown, and what was remarked beside it.

    ``problems`` are why they are not whole.
    """
    why = "; ".join(dict.fromkeys(problems))
    beside = Flow()
    beside.add_settled(flow.settled_hidden())
    for comment in comments:
        beside.take(comment)
    drawn = ((Layer.DOCUMENT, flow.settled()), (Layer.EMBEDDED, beside.settled()))
    return tuple(
        _bounded(Text(layer, content, extractor, version, not why, why)) for layer, content in drawn if content.strip()
    )


def _bounded(text: Text) -> Text:
    most = payload_.MAX_CHARACTERS
    return text if len(text.content) <= most else incomplete(replace(text, content=text.content[:most]), too_long())


class _Elements:
    """The attributes and the text of each element of a name."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.found: list[tuple[str, Mapping[str, str], list[str]]] = []
        self._wanted = wanted
        self._open = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in self._wanted:
            self.found.append((name, dict(attributes), []))
            self._open = name

    def end(self, name: str) -> None:
        if name == self._open:
            self._open = ""

    def text(self, data: str) -> None:
        if self._open:
            self.found[-1][2].append(data)


def elements(source: bytes, namespaces: Mapping[str, str], name: str) -> Iterator[Mapping[str, str]]:
    """The attributes of each element of a name, as far as the XML can be read."""
    for _, attributes, _ in _found(source, namespaces, frozenset({name})):
        yield attributes


def values(source: bytes, names: frozenset[str]) -> dict[str, list[str]]:
    """The texts of elements by name, white space settled, as far as the XML can be read."""
    found: dict[str, list[str]] = {}
    for name, _, pieces in _found(source, NAMESPACES, names):
        value = " ".join("".join(pieces).split())[:_LONGEST_VALUE]
        if value and len(found.setdefault(name, [])) < _MOST_VALUES:
            found[name].append(value)
    return found


def _found(
    source: bytes, namespaces: Mapping[str, str], names: frozenset[str]
) -> list[tuple[str, Mapping[str, str], list[str]]]:
    handler = _Elements(names)
    if source:
        try:
            xmlstream.read(source, namespaces, handler)
        except Refused:
            return handler.found
    return handler.found


_CORE = frozenset({"dc:title", "dc:creator", "dc:language", "dcterms:created", "dcterms:modified"})


def core_properties(package: Package) -> tuple[PageInfo, tuple[Notice, ...]]:
    """What a document of the Open Packaging Conventions says of itself in ``docProps/core.xml``."""
    said = values(package.optional("docProps/core.xml"), _CORE)
    info = PageInfo(
        title=first(said, "dc:title"),
        authors=tuple(dict.fromkeys(said.get("dc:creator", ()))),
        published=date(first(said, "dcterms:created")),
        modified=date(first(said, "dcterms:modified")),
        language=first(said, "dc:language"),
    )
    return info, claims(info, "created")


def first(said: Mapping[str, Sequence[str]], *names: str) -> str | None:
    """The first value of the first name that has one."""
    return next((value for name in names for value in said.get(name, ())), None)


def date(value: str | None) -> str | None:
    """A date of ISO 8601; None for anything else."""
    return value if value and _DATE.fullmatch(value) else None


def claims(info: PageInfo, began: str) -> tuple[Notice, ...]:
    """The notice that what a file says of itself is its own word; ``began`` says what its first date is the date of."""
    said = [
        f"title “{info.title[:80]}”" if info.title else "",
        f"by {', '.join(info.authors[:5])[:120]}" if info.authors else "",
        f"{began} {info.published}" if info.published else "",
        f"changed {info.modified}" if info.modified else "",
    ]
    said = [word for word in said if word]
    if not said:
        return ()
    return (Notice("claimed-metadata", f"the file says of itself: {', '.join(said)}; nobody has checked it"),)
