"""The parts of a Word document that hold text (its body, notes, comments) as blocks with marks: one pass over the elements of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from archiver.bibliography import Entry
from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import BlockKind, Citation, Link, NoteMark
from archiver.manuscripts.formats import csl
from archiver.manuscripts.formats.csl import Work
from archiver.manuscripts.formats.docx.fields import field_data, is_contents, is_references, read_instruction
from archiver.manuscripts.formats.drafting import Assembly, Draft
from archiver.manuscripts.formats.stylenames import kind_of
from archiver.texts.office import OFF
from archiver.texts.xmlstream import attribute

_LEFT_OUT = frozenset(
    {
        "w:del", "w:moveFrom", "w:delText", "w:delInstrText", "w:rt", "mc:Fallback", "w:pPrChange", "w:rPrChange", "w:tblPrChange", "w:trPrChange",
        "w:tcPrChange", "w:sectPrChange", "w:numberingChange", "w:sectPr",
    }
)  # fmt: skip
_SIGNS = {
    "w:tab": " ",
    "w:ptab": " ",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_GALLERIES = frozenset({"Bibliographies"})
_ZOTERO = "ZOTERO_BREF_"


@dataclass(slots=True)
class Shared:
    """What all parts of a document have together, and what is found in them."""

    kinds: Mapping[str, BlockKind]
    hidden: frozenset[str]
    codes: Mapping[str, str]
    own: Mapping[str, Entry]
    assembly: Assembly = field(default_factory=Assembly)
    entries: dict[str, Entry] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)  # of notes, by kind and number in the file
    counts: Counter[str] = field(default_factory=Counter)
    broken: int = 0


@dataclass(slots=True)
class _Range:
    """A field, a link or a content control that is open, and where its words begin."""

    draft: Draft | None
    start: int
    url: str | None = None
    instruction: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)  # what a field keeps beside it
    shown: bool = False  # a field is in its result
    works: tuple[Work, ...] = ()
    references: bool = False
    contents: bool = False


@dataclass(slots=True)
class _Paragraph:
    draft: Draft
    hidden: bool = False
    joined: bool = False
    style: bool = False


class Body:
    """One part. ``notes`` is the kind of the notes in it ("footnote"), "" for the body."""

    def __init__(self, shared: Shared, targets: Mapping[str, str], notes: str = "") -> None:
        self._shared, self._targets, self._notes = shared, targets, notes
        self._left_out = 0
        self._paragraphs: list[_Paragraph] = []
        self._fields: list[_Range] = []
        self._untold = (
            0  # of these, how many are in their instructions: what stands there is no text, a field's result neither
        )
        self._links: list[_Range] = []
        self._controls: list[_Range] = []
        self._bookmarks: dict[str, tuple[str, _Range]] = {}
        self._note: str | None = None
        self._comment = False
        self._cells = 0
        self._properties = ""  # of what element they are that are told now
        self._row_gone = False
        self._run_hidden: bool | None = None
        self._words = ""  # "w:t" or "w:instrText" while in one
        self._joined: Draft | None = None

    # -- what the stream tells --

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._left_out:
            self._left_out += 1
        elif self._properties:
            self._property(name, attributes)
        elif name in ("w:t", "m:t", "w:instrText", "w:fldData"):
            self._words = name
        elif name in _LEFT_OUT:
            self._left_out = 1
        elif name in _SIGNS:
            self._sign(_SIGNS[name])
        elif name in ("w:pPr", "w:rPr", "w:sdtPr", "w:trPr"):
            self._properties = name
        elif name == "w:p":
            self._begin_paragraph()
        else:
            self._other(name, attributes)

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif name == self._words:
            self._words = ""
        elif name == self._properties:
            self._properties = ""
            if name == "w:trPr" and self._row_gone:
                self._row_gone, self._left_out = False, 1  # up to the end of the row
        elif name == "w:r":
            self._run_hidden = None
        elif name == "w:p":
            self._end_paragraph()
        elif name == "w:tc":
            self._cells = max(0, self._cells - 1)
        elif name in ("w:hyperlink", "w:fldSimple") and self._links:
            self._end_range(self._links.pop())
        elif name == "w:sdt" and self._controls:
            self._end_range(self._controls.pop())
        elif name in ("w:footnote", "w:endnote", "w:comment"):
            self._note, self._comment = None, False

    def text(self, data: str, /) -> None:
        if self._left_out or not self._words:
            return
        if self._words == "w:instrText":
            if self._fields and not self._fields[-1].shown:
                self._fields[-1].instruction.append(data)
        elif self._words == "w:fldData":
            if self._fields:
                self._fields[-1].data.append(data)
        elif self._is_shown():
            self._draft().add(data)

    # -- paragraphs --

    def _begin_paragraph(self) -> None:
        draft = self._joined or Draft(note=self._note)
        self._joined = None
        if self._comment:
            draft.kind = BlockKind.COMMENT
        elif self._cells:
            draft.kind = BlockKind.CELL
        if any(one.references for one in (*self._fields[-3:], *self._controls[-3:])):
            draft.kind = BlockKind.REFERENCE
        self._paragraphs.append(_Paragraph(draft))

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        for open_field in reversed(self._fields):  # one whose instruction never ends would hide all that follows
            if not self._untold:
                break
            self._untold -= not open_field.shown
            open_field.shown = True
        if paragraph.joined:
            self._joined = paragraph.draft
        else:
            self._shared.assembly.add(paragraph.draft)

    def finish(self) -> None:
        """Nothing more comes of this part; what is open ends, as in a file that is cut."""
        while self._paragraphs:
            self._end_paragraph()
        if self._joined:
            self._shared.assembly.add(self._joined)

    def _draft(self) -> Draft:
        if not self._paragraphs:
            self._begin_paragraph()
        return self._paragraphs[-1].draft

    def _is_shown(self) -> bool:
        if self._run_hidden or (self._run_hidden is None and self._paragraphs and self._paragraphs[-1].hidden):
            return False
        return not self._untold and not any(one.contents for one in self._fields[-3:])

    def _sign(self, sign: str) -> None:
        if not self._is_shown():
            return
        if sign == "\n":
            self._draft().end_line()
        else:
            self._draft().add(sign)

    def _property(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val") or ""
        last = self._paragraphs[-1] if self._paragraphs else None
        if name in ("w:del", "w:moveFrom") and last and self._properties == "w:pPr":
            last.joined = True
        elif name in ("w:del", "w:moveFrom") and self._properties == "w:trPr":
            self._row_gone = True
        elif name in _LEFT_OUT:
            self._left_out = 1
        elif name == "w:pStyle" and last:
            self._style(last, value)
        elif name == "w:numPr" and last and last.draft.kind is BlockKind.PARAGRAPH and not last.style:
            last.draft.kind = BlockKind.ITEM
        elif name == "w:vanish" and self._properties == "w:rPr":
            self._run_hidden = value not in OFF
        elif name in ("w:strike", "w:dstrike") and self._properties == "w:rPr" and value not in OFF:
            self._run_hidden = True  # struck out by hand, as deleted text is
        elif name == "w:rStyle" and value in self._shared.hidden and self._run_hidden is None:
            self._run_hidden = True
        elif name == "w:tag" and self._controls:
            self._control(self._controls[-1], value)
        elif name == "w:docPartGallery" and self._controls and value in _GALLERIES:
            self._controls[-1].references = True

    def _style(self, paragraph: _Paragraph, style: str) -> None:
        paragraph.hidden = style in self._shared.hidden
        kind = self._shared.kinds.get(style) or kind_of(style)
        if kind is not None and paragraph.draft.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL):
            paragraph.draft.kind = kind
            paragraph.style = True

    # -- everything else --

    def _other(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:tc":
            self._cells += 1
        elif name == "w:hyperlink":
            target = self._targets.get(attribute(attributes, "id") or "", "")
            self._links.append(self._range(web_address(target)))
        elif name == "w:fldSimple":
            found = self._range()
            found.instruction.append(attribute(attributes, "instr") or "")
            self._links.append(found)
        elif name == "w:fldChar":
            self._field(attribute(attributes, "fldCharType") or "")
        elif name == "w:sdt":
            self._controls.append(self._range())
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            self._note_sign(name[2:].removesuffix("Reference"), attribute(attributes, "id") or "")
        elif name in ("w:footnote", "w:endnote", "w:comment"):
            self._begin_note(name, attributes)
        elif name == "w:bookmarkStart":
            self._begin_bookmark(attribute(attributes, "id") or "", attribute(attributes, "name") or "")
        elif name == "w:bookmarkEnd":
            self._end_bookmark(attribute(attributes, "id") or "")
        elif name == "w:sym" and self._is_shown():
            self._draft().add(_symbol(attribute(attributes, "char") or ""))

    def _range(self, url: str | None = None) -> _Range:
        draft = self._paragraphs[-1].draft if self._paragraphs else None
        return _Range(draft, draft.length if draft else 0, url)

    def _end_range(self, found: _Range) -> None:
        """What a range is, is marked on its words, as far as they are in this paragraph."""
        if found.instruction:
            instruction = "".join(found.instruction)
            if found.data and "<EndNote" not in instruction:
                instruction += field_data("".join(found.data))
            read = read_instruction(instruction)
            found.url, found.works = read.url, read.works
            self._shared.broken += read.broken
        if not (found.url or found.works) or self._left_out:
            return
        draft = self._draft()
        start = found.start if found.draft is draft else 0
        if found.url:
            draft.mark(Link(start, draft.length, found.url))
        for work in found.works:
            key = csl.keep(self._shared.entries, work.key, self._shared.own.get(work.key) or work.entry)
            draft.mark(Citation(start, draft.length, key, work.locator))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(self._range())
            self._untold += 1
        elif kind == "separate" and self._fields:
            field_ = self._fields[-1]
            self._untold -= not field_.shown
            field_.shown = True
            here = self._range()
            field_.draft, field_.start = here.draft, here.start
            instruction = "".join(field_.instruction)
            field_.references, field_.contents = is_references(instruction), is_contents(instruction)
            if field_.references and self._paragraphs:
                self._paragraphs[-1].draft.kind = BlockKind.REFERENCE
        elif kind == "end" and self._fields:
            found = self._fields.pop()
            self._untold -= not found.shown
            if self._fields and not self._fields[-1].shown:
                self._fields[-1].instruction.extend(found.instruction)  # EndNote keeps its data in a field inside
                self._fields[-1].data = self._fields[-1].data or found.data
            else:
                self._end_range(found)

    def _control(self, control: _Range, tag: str) -> None:
        if tag.startswith("MENDELEY_CITATION_"):
            works = csl.from_tag(tag)
            self._shared.broken += works is None
            control.works = works or ()
        elif tag.startswith("MENDELEY_BIBLIOGRAPHY"):
            control.references = True

    def _begin_bookmark(self, number: str, name: str) -> None:
        if name.startswith(_ZOTERO):
            self._bookmarks[number] = (name, self._range())

    def _end_bookmark(self, number: str) -> None:
        name, found = self._bookmarks.pop(number, ("", None))
        if found is not None and name in self._shared.codes:
            works = csl.from_code(self._shared.codes[name])
            self._shared.broken += works is None
            found.works = works or ()
            self._end_range(found)

    def _note_sign(self, kind: str, number: str) -> None:
        labels, counts = self._shared.labels, self._shared.counts
        if (kind, number) not in labels:
            counts[kind] += 1
            labels[kind, number] = f"{'e' if kind == 'endnote' else ''}{counts[kind]}"
        draft = self._draft()
        draft.without_blank()
        draft.mark(NoteMark(draft.length, labels[kind, number]))

    def _begin_note(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:comment":
            self._comment = True
            return
        label = self._shared.labels.get((self._notes, attribute(attributes, "id") or ""))
        if label is None or attribute(attributes, "type") in _NO_NOTES:
            self._left_out = 1  # nothing that is there refers to it
        self._note = label


def _symbol(number: str) -> str:
    try:
        return chr(int(number, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
