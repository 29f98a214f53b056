"""What a PDF claims of itself: the document information dictionary (ISO 32000-1, section 14.3.3) and XMP (ISO 16684-1).

Anybody can write anything there, and programs write what they like: a title that is a file's name, a date that is that of the printer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lxml import etree

MAX_PACKET = 1 << 20
"""Bytes of an XMP packet beyond which it is not read."""

KEYS = ("Title", "Author", "CreationDate", "ModDate")
"""What is read of the information dictionary."""

_LONGEST = 500
_PACKET = re.compile(rb"<x:xmpmeta\b.{1,%d}?</x:xmpmeta>" % MAX_PACKET, re.DOTALL)
_DATE = re.compile(r"(?:D:)?(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)(?:(\d\d))?)?)?)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?")
_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}  # fmt: skip
_NO_TITLE = re.compile(r"(?:untitled|microsoft word - .*|.*\.(?:docx?|tex|dvi|indd|qxd|pdf|ps|rtf|odt))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claims:
    """Dates are ISO 8601, as far as they were given; ``claims`` says in one sentence whose word all of it is, ``""`` where there is none."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    claims: str = ""

    def to_json(self) -> dict[str, Any]:
        value = asdict(self)
        del value["claims"]
        return value


def read(info: Mapping[str, str], data: bytes) -> Claims:
    """The claims of a file: XMP first, then the information dictionary. Never raises."""
    xmp = _xmp(data)
    title: str | None = _first(xmp, "dc:title") or _clean(info.get("Title", ""))
    authors = [name for name in map(_clean, xmp.get("dc:creator", ())) if name]
    if not authors:
        authors = [name for name in map(_clean, re.split(r"\s*[;\n]\s*", info.get("Author", ""))) if name]
    told = _first(xmp, "prism:publicationDate") or _first(xmp, "dc:date")
    created = iso_date(_first(xmp, "xmp:CreateDate") or "") or iso_date(info.get("CreationDate", ""))
    modified = iso_date(_first(xmp, "xmp:ModifyDate") or "") or iso_date(info.get("ModDate", ""))
    published = iso_date(told or "")
    if not title or _NO_TITLE.fullmatch(title):
        title = None
    found = Claims(title, tuple(authors[:100]), published or created, modified, _first(xmp, "dc:language"))
    if found == Claims():
        return found
    source = "its creation date" if created and not published else ""
    words = "title, authors and dates are what the file claims of itself" + (
        f"; as date of publication stands {source}" if source else ""
    )
    return Claims(found.title, found.authors, found.published, found.modified, found.language, words)


def iso_date(text: str) -> str | None:
    """A date of PDF (``D:20200131120000+01'00'``) or XMP in ISO 8601, as exact as it was given; None where it is none."""
    text = text.strip()
    if _ISO.fullmatch(text):
        return text if text > "0001" else None
    found = _DATE.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zulu, sign, off_hours, off_minutes = found.groups()
    if not (
        int(year)
        and 1 <= int(month or 1) <= 12
        and 1 <= int(day or 1) <= 31
        and int(hour or 0) < 24
        and int(minute or 0) < 60
    ):
        return None
    date = "-".join(part for part in (year, month, day) if part)
    if hour is None:
        return date
    zone = "Z" if zulu else f"{sign}{off_hours}:{off_minutes or '00'}" if sign else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"


def _xmp(data: bytes) -> dict[str, list[str]]:
    """The values of the packet that speaks of the whole file; pictures within it may bring packets of their own."""
    found: dict[str, list[str]] = {}
    start = len(data)
    for _ in range(8):  # the newest packet stands last
        start = data.rfind(b"<x:xmpmeta", 0, start)
        if start < 0:
            break
        packet = _PACKET.match(data[start : start + MAX_PACKET + 32])
        if packet is not None and (b"application/pdf" in packet[0] or b"Producer" in packet[0]):
            return _values(packet[0])
    return found


def _values(packet: bytes) -> dict[str, list[str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(packet, parser)
        root.iter()
    except (etree.XMLSyntaxError, ValueError, AttributeError):  # recovering may leave nothing
        return {}
    found: dict[str, list[str]] = {}
    for name in (
        "dc:title",
        "dc:creator",
        "dc:date",
        "dc:language",
        "xmp:CreateDate",
        "xmp:ModifyDate",
        "prism:publicationDate",
    ):
        prefix, _, local = name.partition(":")
        tag = f"{{{_NAMES[prefix]}}}{local}"
        texts: list[str] = []
        for element in root.iter(tag):
            items = [item.text or "" for item in element.iter(f"{{{_NAMES['rdf']}}}li")] or [element.text or ""]
            texts += items
        texts += [value for element in root.iter(f"{{{_NAMES['rdf']}}}Description") if (value := element.get(tag))]
        found[name] = [text for text in texts if text.strip()]
    return found


def _first(values: Mapping[str, list[str]], name: str) -> str | None:
    return next((text for text in map(_clean, values.get(name, ())) if text), None)


def _clean(text: str) -> str:
    """One line of it, without control characters and halves of characters."""
    kept = "".join(c if c.isprintable() else " " for c in text if not "\ud800" <= c <= "\udfff")
    return " ".join(kept.split())[:_LONGEST]
