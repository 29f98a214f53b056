"""Word documents (docx, ECMA-376): what the document says with all changes accepted.

Deleted and moved-away text is left out, inserted text is in. Footnotes and endnotes that the text refers to, text boxes, headers and footers
are in the text, on lines of their own. Hidden text is in it, and marked as unseen. Comments are a layer of their own: `embedded`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archiver.model.text import Reading
from archiver.texts import office, xmlstream
from archiver.texts.docxparts import Part
from archiver.texts.marked import Flow
from archiver.texts.package import Package, Refused
from archiver.texts.payload import Payload
from archiver.texts.xmlstream import attribute

EXTRACTOR = "archiver-docx"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same bytes."""

_MAIN = "word/document.xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MOST_PARTS = 200  # headers and footers


def read(payload: Payload) -> Reading:
    """The layers of a Word document. Never raises."""
    return office.read_package(payload, "Word document", _read)


def _read(package: Package) -> Reading:
    main = next((target for kind, target in _relations(package, "") if kind == "officeDocument"), _MAIN)
    source = package.read(main)
    others = _by_kind(package, main)
    problems: list[str] = []
    hidden = _hidden_styles(package, others, problems)
    body = _parse(source, hidden, problems)
    if body.foreign:
        problems.append("it takes in another file (altChunk), which is not read")
    whole = Flow()
    whole.take(body.flow)
    for kind, references in (("footnotes", body.footnotes), ("endnotes", body.endnotes)):
        if references:
            notes = _part(package, others.get(kind, ()), hidden, problems).notes
            for number in dict.fromkeys(references):
                if number in notes:
                    whole.take(notes[number])
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for name in others.get(kind, ())[:_MOST_PARTS]:
            margin = _part(package, (name,), hidden, problems).flow
            text = margin.settled()
            if text and text not in seen:  # each section of a document has its own, mostly the same
                seen.add(text)
                whole.take(margin)
    comments = _part(package, others.get("comments", ()), hidden, problems).comments if "comments" in others else []
    texts = office.layers(whole, EXTRACTOR, VERSION, problems, comments)
    info, claimed = office.core_properties(package)
    return Reading(texts, info, office.NO_DECODING, None, claimed)


def _parse(source: bytes, hidden: frozenset[str], problems: list[str]) -> Part:
    part = Part(hidden)
    try:
        xmlstream.read(source, office.NAMESPACES, part)
    except Refused as error:
        problems.append(str(error))
    return part


def _part(package: Package, names: tuple[str, ...], hidden: frozenset[str], problems: list[str]) -> Part:
    """The first of some parts; an empty one where it cannot be read, which is said."""
    try:
        return _parse(package.read(names[0]) if names else b"<none/>", hidden, problems)
    except Refused as error:
        problems.append(str(error))
        return Part(hidden)


def _by_kind(package: Package, main: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, target in _relations(package, main):
        found[kind] = (*found.get(kind, ()), target)
    return found


def _relations(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """(last word of its type, name of the member) of each relation of a part; ``""`` for those of the package."""
    folder, name = posixpath.split(part)
    source = package.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
    for attributes in office.elements(source, {_RELATIONS: "r"}, "r:Relationship"):
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if attributes.get("TargetMode", "").lower() != "external" and target:
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield kind.rpartition("/")[2], path


@dataclass(slots=True)
class _Styles:
    """Which styles hide their text."""

    hidden: set[str]
    style: str = ""
    in_run: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:style":
            self.style = attribute(attributes, "styleId") or ""
        elif name == "w:basedOn" and attribute(attributes, "val") in self.hidden:
            self.hidden.add(self.style)
        elif name == "w:vanish":
            if attribute(attributes, "val") in office.OFF:
                self.hidden.discard(self.style)
            elif self.style:
                self.hidden.add(self.style)

    def end(self, name: str) -> None:
        if name == "w:style":
            self.style = ""

    def text(self, _data: str, /) -> None:
        return


def _hidden_styles(package: Package, others: Mapping[str, tuple[str, ...]], problems: list[str]) -> frozenset[str]:
    styles = _Styles(set())
    for name in others.get("styles", ())[:1]:
        try:
            xmlstream.read(package.read(name), office.NAMESPACES, styles)
        except Refused as error:
            problems.append(str(error))
    return frozenset(styles.hidden)
