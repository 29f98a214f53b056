"""OpenDocument texts (odt, ISO/IEC 26300): what the document says as it stands now.

Deleted text (tracked changes) is left out. Notes, text boxes, headers and footers are in the text, on lines of their own; hidden text is in it,
marked as unseen. Comments (annotations) are a layer of their own: `embedded`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archiver.model.text import PageInfo, Reading
from archiver.texts import office, xmlstream
from archiver.texts.marked import Flow
from archiver.texts.package import Package, Refused
from archiver.texts.payload import Payload
from archiver.texts.xmlstream import attribute

EXTRACTOR = "archiver-odt"
VERSION = "1"
"""Counted up whenever another text would be drawn from the same bytes."""

_PARAGRAPHS = frozenset({"text:p", "text:h"})
_LINES = frozenset({"table:table-cell", "table:table-row", "table:table", "text:list-item", "text:section"})
# What was deleted, reading aids, numbers of notes, alternative texts, and what no reader is shown as text.
_LEFT_OUT = frozenset(
    {
        "text:tracked-changes", "text:ruby-text", "text:note-citation", "svg:title", "svg:desc", "office:forms", "office:scripts",
        "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:dde-connection-decls", "office:event-listeners",
        "dc:creator", "dc:date", "meta:date-string", "meta:creator-initials", "office:binary-data",
    }
)  # fmt: skip
_APART = frozenset({"text:note-body", "draw:text-box", "office:annotation"})
MAX_APART = 32
"""Text boxes in text boxes that are kept apart; the words of deeper ones run on."""

_HIDDEN = frozenset({"text:hidden-text", "text:hidden-paragraph"})
_MAY_HIDE = frozenset({"text:section", "text:span", "text:a"})
_MARGINS = frozenset(
    {
        "style:header",
        "style:footer",
        "style:header-left",
        "style:footer-left",
        "style:header-first",
        "style:footer-first",
    }
)
_MOST_SPACES = 1_000
_META = frozenset({"dc:title", "meta:initial-creator", "dc:creator", "meta:creation-date", "dc:date", "dc:language"})


def read(payload: Payload) -> Reading:
    """The layers of an OpenDocument text. Never raises."""
    return office.read_package(payload, "OpenDocument text", _read)


def _read(package: Package) -> Reading:
    if b"encryption-data" in package.optional("META-INF/manifest.xml"):
        raise Refused("it is encrypted")
    hidden: set[str] = set()
    problems: list[str] = []
    margins = _parse(package, "styles.xml", hidden, problems) if "styles.xml" in package else _Content(hidden)
    content = _Content(hidden)
    source = package.read("content.xml")
    try:
        xmlstream.read(source, office.NAMESPACES, content)
    except Refused as error:
        problems.append(str(error))
    whole = Flow()
    whole.take(content.flow)
    for note in content.notes:
        whole.take(note)
    seen: set[str] = set()
    for margin in margins.margins:
        text = margin.settled()
        if text not in seen:
            seen.add(text)
            whole.take(margin)
    texts = office.layers(whole, EXTRACTOR, VERSION, problems, content.comments)
    info = _info(package)
    return Reading(texts, info, office.NO_DECODING, None, office.claims(info, "created"))


def _parse(package: Package, name: str, hidden: set[str], problems: list[str]) -> _Content:
    content = _Content(hidden)
    try:
        xmlstream.read(package.read(name), office.NAMESPACES, content)
    except Refused as error:
        problems.append(str(error))
    return content


def _info(package: Package) -> PageInfo:
    said = office.values(package.optional("meta.xml"), _META)
    authors = [name for kind in ("meta:initial-creator", "dc:creator") for name in said.get(kind, ())[:1]]
    return PageInfo(
        title=office.first(said, "dc:title"),
        authors=tuple(dict.fromkeys(authors)),
        published=office.date(office.first(said, "meta:creation-date")),
        modified=office.date(office.first(said, "dc:date")),
        language=office.first(said, "dc:language"),
    )


@dataclass(slots=True)
class _Paragraph:
    hidden: bool
    boxes: list[Flow] = field(default_factory=list)


class _Content:
    """One part as text: one pass over its elements. ``hidden`` are the styles that hide their text, and grows."""

    def __init__(self, hidden: set[str]) -> None:
        self.flow = Flow()
        self.notes: list[Flow] = []
        self.comments: list[Flow] = []
        self.margins: list[Flow] = []
        self._hidden_styles = hidden
        self._style = ""
        self._left_out = 0
        self._outer: list[tuple[str, Flow]] = []
        self._paragraphs: list[_Paragraph] = []
        self._hiding: list[str] = []  # open elements that hide what is in them

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._left_out:
            self._left_out += 1
        elif name in _LEFT_OUT:
            self._left_out = 1
        elif name in _PARAGRAPHS:
            self._paragraphs.append(_Paragraph(self._is_hidden(attributes)))
        elif name == "text:s":
            self._add(" " * _spaces(attributes))
        elif name == "text:tab":
            self._add(" ")
        elif name == "text:line-break":
            self.flow.end_line()
        elif (name in _APART or name in _MARGINS) and len(self._outer) < MAX_APART:
            self._outer.append((name, self.flow))
            self.flow = Flow()
        else:
            self._other(name, attributes)

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif name in _PARAGRAPHS:
            self._end_paragraph()
        elif self._outer and self._outer[-1][0] == name:
            self._end_apart()
        elif name in _LINES:
            self.flow.end_line()
        if self._hiding and self._hiding[-1] == name:
            self._hiding.pop()

    def text(self, data: str) -> None:
        if self._paragraphs and not self._left_out:
            self._add(data)

    def _add(self, words: str) -> None:
        if self._paragraphs:
            self.flow.add(words, hidden=bool(self._hiding) or self._paragraphs[-1].hidden)

    def _is_hidden(self, attributes: Mapping[str, str]) -> bool:
        return attribute(attributes, "style-name") in self._hidden_styles

    def _other(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:style":
            self._style = attribute(attributes, "name") or ""
            if attribute(attributes, "parent-style-name") in self._hidden_styles:
                self._hidden_styles.add(self._style)
        elif name == "style:text-properties":
            self._text_properties(attribute(attributes, "display"))
        elif name in _HIDDEN and attribute(attributes, "is-hidden") != "false":
            self._hiding.append(name)
            if name == "text:hidden-paragraph" and self._paragraphs:
                self._paragraphs[-1].hidden = True
        elif name in _MAY_HIDE and self._hides(name, attributes):
            self._hiding.append(name)
        elif self._hiding and self._hiding[-1] == name:
            self._hiding.append(name)  # its end tag must not be taken for that of the one outside

    def _hides(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "text:section":
            return attribute(attributes, "display") == "none" or attribute(attributes, "is-hidden") == "true"
        return self._is_hidden(attributes)

    def _text_properties(self, display: str | None) -> None:
        if display == "none" and self._style:
            self._hidden_styles.add(self._style)
        elif display is not None:
            self._hidden_styles.discard(self._style)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop() if self._paragraphs else _Paragraph(hidden=False)
        self.flow.end_line()
        for box in paragraph.boxes:
            self.flow.take(box)

    def _end_apart(self) -> None:
        name, outer = self._outer.pop()
        inner, self.flow = self.flow, outer
        if name == "text:note-body":
            self.notes.append(inner)
        elif name == "office:annotation":
            self.comments.append(inner)
        elif name in _MARGINS:
            self.margins.append(inner)
        elif self._paragraphs:
            self._paragraphs[-1].boxes.append(inner)  # it must not break the sentence that it hangs on
        else:
            self.flow.take(inner)


def _spaces(attributes: Mapping[str, str]) -> int:
    count = attribute(attributes, "c") or "1"
    return min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() and len(count) < 9 else 1
