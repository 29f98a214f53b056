"""The content of an OpenDocument text as blocks with marks: one pass over its elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.bibliography import Entry
from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import BlockKind, Citation, Link, NoteMark
from archiver.manuscripts.formats import csl
from archiver.manuscripts.formats.drafting import Assembly, Draft
from archiver.manuscripts.formats.stylenames import kind_of
from archiver.manuscripts.sourcing.pinpoints import locator_of
from archiver.texts.xmlstream import attribute

_LEFT_OUT = frozenset(
    {
        "text:tracked-changes", "text:ruby-text", "text:note-citation", "svg:title", "svg:desc", "office:forms", "office:scripts",
        "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:dde-connection-decls", "office:event-listeners", "dc:creator",
        "dc:date", "meta:date-string", "meta:creator-initials", "office:binary-data", "text:table-of-content", "text:alphabetical-index",
        "text:illustration-index", "text:table-index", "text:hidden-text", "text:script", "text:bibliography-source", "office:automatic-styles",
    }
)  # fmt: skip
_HOLDING = {
    "table:table-cell": BlockKind.CELL,
    "text:list-item": BlockKind.ITEM,
    "text:bibliography": BlockKind.REFERENCE,
}


@dataclass(slots=True)
class _Range:
    """Something that is open, and where its words begin."""

    draft: Draft
    start: int
    url: str | None = None
    code: str = ""
    key: str = ""
    locator: str | None = None


class Content:
    """Told of the content. ``hidden`` and ``kinds`` are styles, ``codes`` citations that are kept elsewhere, by the name of their bookmark."""

    def __init__(self, kinds: Mapping[str, BlockKind], hidden: frozenset[str], codes: Mapping[str, str]) -> None:
        self.assembly = Assembly()
        self.entries: dict[str, Entry] = {}
        self.broken = 0
        self._kinds, self._hidden, self._codes = kinds, hidden, codes
        self._left_out = 0
        self._paragraphs: list[Draft] = []
        self._holding: list[tuple[str, BlockKind]] = []
        self._notes: list[str] = []
        self._note_class = ""
        self._counts: Counter[str] = Counter()
        self._links: list[_Range] = []
        self._ranges: dict[str, _Range] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._left_out:
            self._left_out += 1
        elif name in _LEFT_OUT or self._is_hidden(name, attributes):
            self._left_out = 1
        elif name in ("text:p", "text:h"):
            self._begin_paragraph(name, attribute(attributes, "style-name") or "")
        elif name == "text:s" or name == "text:tab":
            self._add(" ")
        elif name == "text:line-break":
            if self._paragraphs:
                self._paragraphs[-1].end_line()
        else:
            self._other(name, attributes)

    def end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif name in ("text:p", "text:h"):
            if self._paragraphs:
                self.assembly.add(self._paragraphs.pop())
        elif name == "text:note-body":
            if self._notes:
                self._notes.pop()
        elif (name == "text:a" and self._links) or (name == "text:bibliography-mark" and self._links):
            self._end_range(self._links.pop())
        if self._holding and self._holding[-1][0] == name and not self._left_out:
            self._holding.pop()

    def text(self, data: str, /) -> None:
        if not self._left_out:
            self._add(data)

    def finish(self) -> None:
        """Nothing more comes; what is open ends, as in a file that is cut."""
        while self._paragraphs:
            self.assembly.add(self._paragraphs.pop())

    def _add(self, words: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].add(words)

    def _is_hidden(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "text:section":
            return attribute(attributes, "display") == "none" or attribute(attributes, "is-hidden") == "true"
        if name == "text:hidden-paragraph":
            return False
        return bool(self._hidden) and attribute(attributes, "style-name") in self._hidden and name.startswith("text:")

    def _begin_paragraph(self, name: str, style: str) -> None:
        kind = self._holding[-1][1] if self._holding else BlockKind.PARAGRAPH
        named = self._kinds.get(style) or kind_of(style)
        if name == "text:h":
            kind = BlockKind.HEADING
        elif named is not None and kind not in (BlockKind.COMMENT, BlockKind.REFERENCE):
            kind = named
        self._paragraphs.append(Draft(kind, self._notes[-1] if self._notes else None))

    def _other(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _HOLDING:
            self._holding.append((name, _HOLDING[name]))
        elif name == "office:annotation":
            self._holding.append((name, BlockKind.COMMENT))
        elif name == "text:section" and (attribute(attributes, "name") or "").lstrip().startswith("ZOTERO_BIBL"):
            self._holding.append((name, BlockKind.REFERENCE))
        elif name == "text:note":
            self._note_class = attribute(attributes, "note-class") or "footnote"
        elif name == "text:note-body":
            self._begin_note()
        elif not self._paragraphs:
            if self._holding and self._holding[-1][0] == name:
                self._holding.append((name, self._holding[-1][1]))
        else:
            self._inline(name, attributes)

    def _begin_note(self) -> None:
        kind = self._note_class
        self._counts[kind] += 1
        label = f"{'e' if kind == 'endnote' else ''}{self._counts[kind]}"
        if self._paragraphs:
            draft = self._paragraphs[-1]
            draft.without_blank()
            draft.mark(NoteMark(draft.length, label))
        self._notes.append(label)
        self._holding.append(("text:note-body", BlockKind.PARAGRAPH))

    def _inline(self, name: str, attributes: Mapping[str, str]) -> None:
        draft = self._paragraphs[-1]
        if name == "text:a":
            self._links.append(_Range(draft, draft.length, web_address(attribute(attributes, "href") or "")))
        elif name == "text:bibliography-mark":
            self._links.append(_Range(draft, draft.length))
            self._own(attributes)
        elif name in ("text:reference-mark-start", "text:bookmark-start"):
            named = attribute(attributes, "name") or ""
            code = named if "CSL_CITATION" in named[:100] else self._codes.get(named, "")
            if code:
                self._ranges[named] = _Range(draft, draft.length, code=code)
        elif name in ("text:reference-mark-end", "text:bookmark-end"):
            found = self._ranges.pop(attribute(attributes, "name") or "", None)
            if found:
                self._end_range(found)

    def _own(self, attributes: Mapping[str, str]) -> None:
        """A mark of ODF's own bibliography: its attributes say all about the work."""
        key = attribute(attributes, "identifier") or ""
        if not key:
            return
        names = {"title": "title", "url": "URL", "publisher": "publisher", "year": "issued", "author": "author"}
        item: dict[str, object] = {"id": key}
        for theirs, ours in names.items():
            value = attribute(attributes, theirs)
            if value:
                item[ours] = [{"literal": value}] if ours == "author" else {"raw": value} if ours == "issued" else value
        self.entries.setdefault(key, csl.entry(key, item))
        self._links[-1].key = key
        self._links[-1].locator = locator_of(attribute(attributes, "pages") or "")

    def _end_range(self, found: _Range) -> None:
        draft = self._paragraphs[-1] if self._paragraphs else found.draft
        start = found.start if found.draft is draft else 0
        if found.key:
            draft.mark(Citation(start, draft.length, found.key, found.locator))
        elif found.code:
            works = csl.from_code(found.code)
            self.broken += works is None
            for work in works or ():
                key = csl.keep(self.entries, work.key, work.entry)
                draft.mark(Citation(start, draft.length, key, work.locator))
        elif found.url:
            draft.mark(Link(start, draft.length, found.url))
