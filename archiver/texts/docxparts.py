"""One part of a Word document (its body, its notes, a header, its comments) as text: one pass over its elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archiver.texts.marked import Flow
from archiver.texts.office import OFF
from archiver.texts.xmlstream import attribute

# Deleted, moved elsewhere, reading aids, what older readers would show instead, and how things were before a change.
_LEFT_OUT = frozenset(
    {
        "w:del", "w:moveFrom", "w:delText", "w:instrText", "w:rt", "mc:Fallback", "w:pPrChange", "w:rPrChange", "w:tblPrChange",
        "w:trPrChange", "w:tcPrChange", "w:sectPrChange", "w:numberingChange",
    }
)  # fmt: skip
_WORDS = frozenset({"w:t", "m:t"})
_SIGNS = {
    "w:tab": " ", "w:ptab": " ", "w:br": "\x00", "w:cr": "\x00", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad",
}  # fmt: skip
_LINES = frozenset({"w:tc", "w:tr", "w:tbl", "m:oMathPara", "w:p"})
_APART = frozenset({"w:txbxContent", "w:footnote", "w:endnote", "w:comment"})
MAX_APART = 32
"""Text boxes in text boxes that are kept apart; the words of deeper ones run on."""

_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_GONE_IN_PROPERTIES = frozenset({"w:del", "w:moveFrom"})


@dataclass(slots=True)
class _Row:
    """How much there was before a row of a table, so that a deleted one can be taken back."""

    length: tuple[int, int]
    footnotes: int
    endnotes: int
    deleted: bool = False


@dataclass(slots=True)
class _Paragraph:
    hidden: bool = False
    joined: bool = False  # its mark is deleted: it goes on in the next one
    boxes: list[Flow] = field(default_factory=list)


class Part:
    """What one part says. ``flow`` is its text, ``notes`` its notes by number, ``footnotes`` and ``endnotes`` the numbers of those that
    its shown text refers to, in order, ``comments`` what was remarked. ``foreign`` says that another file is taken in."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self.flow = Flow()
        self.notes: dict[str, Flow] = {}
        self.comments: list[Flow] = []
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.foreign = False
        self._hidden_styles = hidden_styles
        self._left_out = 0  # how many elements are open from the one that is left out on
        self._outer: list[tuple[str, str, Flow]] = []
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[_Row] = []
        self._in_paragraph_properties = False
        self._in_row_properties = False
        self._in_run_properties = False
        self._in_words = False
        self._hidden: bool | None = None  # what the run says; None: nothing

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._left_out:
            self._left_out += 1
        elif self._in_paragraph_properties or self._in_row_properties or self._in_run_properties:
            self._property(name, attributes)
        elif name in _WORDS:
            self._in_words = True
        elif name in _LEFT_OUT:
            self._left_out = 1
        elif name in _SIGNS:
            self._sign(_SIGNS[name])
        else:
            self._structure(name, attributes)

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif name in _WORDS:
            self._in_words = False
        elif name == "w:rPr":
            self._in_run_properties = False
        elif name == "w:r":
            self._hidden = None
        elif name == "w:pPr":
            self._in_paragraph_properties = False
        elif name == "w:p":
            self._end_paragraph()
        elif name == "w:trPr":
            self._in_row_properties = False
        elif name in _APART and self._outer and self._outer[-1][0] == name:
            self._end_apart()
        elif name in _LINES:
            self._end_line(name)

    def text(self, data: str) -> None:
        if self._in_words and not self._left_out:
            self.flow.add(data, hidden=self._is_hidden())

    def _is_hidden(self) -> bool:
        if self._hidden is not None:
            return self._hidden
        return bool(self._paragraphs) and self._paragraphs[-1].hidden

    def _sign(self, sign: str) -> None:
        if sign == "\x00":
            self.flow.end_line()
        else:
            self.flow.add(sign, hidden=self._is_hidden())

    def _structure(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:p":
            self._paragraphs.append(_Paragraph())
        elif name == "w:pPr":
            self._in_paragraph_properties = True
        elif name == "w:rPr":
            self._in_run_properties = True
        elif name == "w:trPr":
            self._in_row_properties = True
        elif name == "w:tr":
            self._rows.append(_Row(self.flow.length, len(self.footnotes), len(self.endnotes)))
        elif name in _APART and len(self._outer) < MAX_APART:
            if attribute(attributes, "type") in _NO_NOTES:
                self._left_out = 1
            else:
                self._outer.append((name, attribute(attributes, "id") or "", self.flow))
                self.flow = Flow()
        elif name == "w:footnoteReference":
            self.footnotes.append(attribute(attributes, "id") or "")
        elif name == "w:endnoteReference":
            self.endnotes.append(attribute(attributes, "id") or "")
        elif name == "w:sym":
            self._symbol(attribute(attributes, "char") or "")
        elif name == "w:altChunk":
            self.foreign = True

    def _symbol(self, number: str) -> None:
        try:
            self.flow.add(chr(int(number, 16)), hidden=self._is_hidden())
        except (ValueError, OverflowError):
            self.flow.add("\ufffd", hidden=self._is_hidden())

    def _property(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val")
        if name in _GONE_IN_PROPERTIES:
            if self._in_row_properties and self._rows:
                self._rows[-1].deleted = True
            elif self._in_paragraph_properties and self._paragraphs:
                self._paragraphs[-1].joined = True
        elif name in _LEFT_OUT:
            self._left_out = 1
        elif name == "w:vanish" and not self._in_paragraph_properties:
            self._hidden = value not in OFF
        elif name == "w:rStyle" and value in self._hidden_styles and self._hidden is None:
            self._hidden = True
        elif name == "w:pStyle" and value in self._hidden_styles and self._paragraphs:
            self._paragraphs[-1].hidden = True

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop() if self._paragraphs else _Paragraph()
        if paragraph.joined and not paragraph.boxes:
            return
        self.flow.end_line()
        for box in paragraph.boxes:
            self.flow.take(box)

    def _end_apart(self) -> None:
        name, number, outer = self._outer.pop()
        inner, self.flow = self.flow, outer
        if name == "w:comment":
            self.comments.append(inner)
        elif name != "w:txbxContent":
            self.notes[number] = inner
        elif self._paragraphs:
            self._paragraphs[-1].boxes.append(inner)  # it must not break the sentence that it hangs on
        else:
            self.flow.take(inner)

    def _end_line(self, name: str) -> None:
        self.flow.end_line()
        if name == "w:tr" and self._rows:
            row = self._rows.pop()
            if row.deleted:
                self.flow.cut(row.length)
                del self.footnotes[row.footnotes :], self.endnotes[row.endnotes :]
