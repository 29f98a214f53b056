"""Word's own list of works, and properties of a document in which Zotero keeps citations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from archiver.bibliography import Entry
from archiver.manuscripts.formats import csl
from archiver.texts import xmlstream
from archiver.texts.package import Package, Refused
from archiver.texts.xmlstream import attribute

_NAMESPACES = {
    "http://schemas.openxmlformats.org/officeDocument/2006/bibliography": "b",
    "http://purl.oclc.org/ooxml/officeDocument/bibliography": "b",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "p",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt",
}
_CUSTOM = re.compile(r"customXml/item\d+\.xml")
_PIECE = re.compile(r"(ZOTERO_\w+?)_(\d+)")
_CSL = {"b:Title": "title", "b:URL": "URL", "b:DOI": "DOI", "b:Year": "issued", "b:Publisher": "publisher", "b:JournalName": "container-title",
        "b:InternetSiteTitle": "container-title", "b:Pages": "page"}  # fmt: skip
_MOST_PARTS = 100
_LONGEST = 4_000


class _Sources:
    """The works of ``b:Sources``."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._item: dict[str, object] = {}
        self._tag = ""
        self._open = ""
        self._last: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "b:Source":
            self._item, self._tag, self._last = {}, "", []
        self._open = name

    def text(self, data: str, /) -> None:
        if self._open == "b:Tag":
            self._tag += data
        elif self._open == "b:Last":
            self._last.append(data)
        elif self._open in _CSL:
            name = _CSL[self._open]
            self._item[name] = (str(self._item.get(name, "")) + data)[:_LONGEST]

    def end(self, name: str) -> None:
        self._open = ""
        if name == "b:Source" and self._tag:
            item = {key: value.strip() if isinstance(value, str) else value for key, value in self._item.items()}
            if "issued" in item:
                item["issued"] = {"raw": item["issued"]}
            if self._last:
                item["author"] = [{"family": last} for last in self._last]
            self.entries.append(csl.entry(self._tag.strip(), {"id": self._tag.strip(), **item}))


class _Properties:
    """Properties of a document by name."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p:property":
            self._name = attribute(attributes, "name") or ""

    def text(self, data: str, /) -> None:
        if self._name:
            self.values[self._name] = self.values.get(self._name, "") + data

    def end(self, name: str) -> None:
        if name == "p:property":
            self._name = ""


_H = TypeVar("_H", _Sources, _Properties)


def own_works(package: Package) -> dict[str, Entry]:
    """The works that a document has in Word's own list, by tag."""
    found: dict[str, Entry] = {}
    for name in [name for name in package.names if _CUSTOM.fullmatch(name)][:_MOST_PARTS]:
        for entry in _told(package, name, _Sources()).entries:
            found.setdefault(entry.key, entry)
    return found


def kept_codes(package: Package) -> dict[str, str]:
    """The codes of citations that Zotero keeps in properties, by the name of the bookmark that they are of. Long ones come in pieces."""
    pieces: dict[str, dict[int, str]] = {}
    for name, value in _told(package, "docProps/custom.xml", _Properties()).values.items():
        part = _PIECE.fullmatch(name)
        if part:
            pieces.setdefault(part[1], {})[int(part[2][:6])] = value
    return {name: "".join(values[number] for number in sorted(values)) for name, values in pieces.items()}


def _told(package: Package, name: str, handler: _H) -> _H:
    """The handler, told of a part as far as it can be read."""
    try:
        if name in package:
            xmlstream.read(package.read(name), _NAMESPACES, handler)
    except Refused:
        return handler
    return handler
