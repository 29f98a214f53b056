"""Notes in docx files, as comments that Word and LibreOffice show beside the text (ECMA-376 part 1, 17.13.4).

Four parts are changed, by putting in and never by taking out: the document (ranges), the comments (existing ones stay), and, where the file
had no comments, the lists of content types and relationships. A note on a footnote stands at its sign in the text, since a comment cannot
stand in a note.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from archiver.errors import InputError
from archiver.manuscripts.annotating.docxplaces import Story, read_story
from archiver.manuscripts.annotating.edits import Insertion, insert
from archiver.manuscripts.annotating.notes import Note
from archiver.manuscripts.annotating.xmlplaces import Found, Search
from archiver.manuscripts.annotating.zipparts import with_parts
from archiver.manuscripts.document import Manuscript
from archiver.texts import office
from archiver.texts.package import Package, Refused

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "[Content_Types].xml"
_RELATIONS = {
    "http://schemas.openxmlformats.org/package/2006/relationships": "r",
}
_ID = re.compile(
    rb"<[\w.-]*:?comment\s[^>]*?\bid\s*=\s*[\"'](-?\d{1,9})[\"']|<[\w.-]*:?comment\s[^>]*?:id\s*=\s*[\"'](-?\d{1,9})[\"']"
)
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass(frozen=True, slots=True)
class _Related:
    """A part that another refers to: its path in the file, by the last word of the relationship's type."""

    kind: str
    path: str


def annotate(
    data: bytes, name: str, manuscript: Manuscript, notes: Sequence[Note], at: str
) -> tuple[bytes, list[Note]]:
    """The file with a comment for each note, and the notes that found no place. Raises InputError."""
    try:
        package = Package(data)
        return _annotated(data, name, package, manuscript, notes, at)
    except Refused as error:
        raise InputError(f"{name} cannot be annotated: {error}.") from error


def _annotated(
    data: bytes, name: str, package: Package, manuscript: Manuscript, notes: Sequence[Note], at: str
) -> tuple[bytes, list[Note]]:
    main = next((one.path for one in _related(package, "") if one.kind == "officeDocument"), "word/document.xml")
    related = _related(package, main)
    story = read_story(package.read(main))
    paragraphs = list(story.paragraphs)
    for kind in ("footnote", "endnote"):
        for one in related:
            if one.kind == f"{kind}s" and one.path in package:
                paragraphs += read_story(package.read(one.path), kind).paragraphs
    comments = next((one.path for one in related if one.kind == "comments" and one.path in package), None)
    written = package.read(comments) if comments is not None else _empty(story)
    number = max([int(one or two) for one, two in _ID.findall(written)] or [-1]) + 1
    search = Search(manuscript, paragraphs)
    insertions: list[Insertion] = []
    placed, lost = [], []
    for note in notes:
        found = search.find(note.finding.passage)
        marks = _marks(story, found, number) if found is not None else []
        if not marks:
            lost.append(note)
            continue
        insertions += marks
        placed.append(_comment(_prefix_in(written, story), number, note.words, at))
        number += 1
    if not placed:
        return data, lost
    parts = {main: insert(story.source, insertions)}
    parts[comments or _beside(main, package)] = _appended(written, "".join(placed))
    if comments is None:
        parts |= _registered(package, main, _beside(main, package), story)
    return with_parts(data, name, parts), lost


def _marks(story: Story, found: Found, number: int) -> list[Insertion]:
    """The range of a comment and its sign; nothing where the place cannot bear one."""
    prefix = story.prefix
    begin = f'<{prefix}commentRangeStart {prefix or "w:"}id="{number}"/>'.encode()
    end = f'<{prefix}commentRangeEnd {prefix or "w:"}id="{number}"/>'.encode()
    sign = f'<{prefix}r><{prefix}commentReference {prefix or "w:"}id="{number}"/></{prefix}r>'.encode()
    letters = found.paragraph
    if letters.note is not None:
        place = story.signs.get(letters.note)
        if place is None:
            return []
        return [Insertion(place[0], begin), Insertion(place[1], end + sign)]
    first, last = letters.pieces[found.first], letters.pieces[found.last]
    opening = story.parted(first, letters.starts[found.first], begin) or [
        Insertion(story.stretches[first].run.at, begin)
    ]
    closing = story.parted(last, letters.ends[found.last], end + sign) or [
        Insertion(story.stretches[last].run.after, end + sign)
    ]
    return [*opening, *closing]


def _comment(prefix: str, number: int, words: str, at: str) -> str:
    named = prefix or "w:"
    attributes = f'{named}id="{number}" {named}author="archiver" {named}date="{escape(at)}" {named}initials="A"'
    text = f'<{prefix}p><{prefix}r><{prefix}t xml:space="preserve">{escape(words, quote=False)}</{prefix}t></{prefix}r></{prefix}p>'
    return f"<{prefix}comment {attributes}>{text}</{prefix}comment>"


def _empty(story: Story) -> bytes:
    declared = f'xmlns:w="{story.namespace}"'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments {declared}></w:comments>'.encode()


def _prefix_in(comments: bytes, story: Story) -> str:
    """By which prefix the part of the comments calls the elements of Word."""
    found = re.search(rb"xmlns(?::([\w.-]+))?\s*=\s*[\"']" + story.namespace.encode() + rb"[\"']", comments)
    if found is None:
        raise Refused("its part of comments is of another kind than its document")
    return f"{found[1].decode()}:" if found[1] else ""


_EMPTY_ROOT = re.compile(rb"<([\w.-]++(?::[\w.-]++)?)((?:\s[^<>]*)?)/>\s*+\Z")


def _appended(part: bytes, what: str) -> bytes:
    """A part with something put at the end of its root, which may have been empty. Raises Refused where it has no root."""
    empty = _EMPTY_ROOT.match(part, max(part.rfind(b"<"), 0))
    if empty is not None and b"<" not in part[: empty.start()].partition(b"?>")[2]:
        return part[: empty.start()] + b"<%s%s>%s</%s>" % (
            empty[1],
            empty[2].rstrip(),
            what.encode("ascii", "xmlcharrefreplace"),
            empty[1],
        )
    at = part.rfind(b"</")
    if at < 0:
        raise Refused("a part of it has no root")
    return insert(part, [Insertion(at, what.encode("ascii", "xmlcharrefreplace"))])


def _registered(package: Package, main: str, comments: str, story: Story) -> dict[str, bytes]:
    """The lists of content types and relationships with the new part in them."""
    types = package.read(_TYPES)
    prefix = _root_prefix(types)
    override = f'<{prefix}Override PartName="/{comments}" ContentType="{_TYPE}"/>'
    parts = {_TYPES: _appended(types, override)}
    path = _relations_of(main)
    relations = package.optional(path)
    if not relations:
        space = next(iter(_RELATIONS))
        relations = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{space}"></Relationships>'.encode()
    name = next(
        name for number in range(1, 1_000_000) if (name := f"archiverComments{number}").encode() not in relations
    )
    kind = _STRICT if "purl.oclc.org" in story.namespace else _TRANSITIONAL
    target = posixpath.relpath(comments, posixpath.dirname(main) or ".")
    relation = f'<{_root_prefix(relations)}Relationship Id="{name}" Type="{kind}/comments" Target="{escape(target)}"/>'
    parts[path] = _appended(relations, relation)
    return parts


def _root_prefix(part: bytes) -> str:
    found = re.search(rb"</([\w.-]+:)?[\w.-]+\s*>\s*$", part)
    return found[1].decode() if found is not None and found[1] else ""


def _relations_of(part: str) -> str:
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def _beside(main: str, package: Package) -> str:
    """A name for the part of the comments that no other part has."""
    folder = posixpath.dirname(main)
    for number in range(1_000):
        path = posixpath.join(folder, f"comments{number or ''}.xml")
        if path not in package:
            return path
    raise Refused("it has a thousand parts of comments")


def _related(package: Package, part: str) -> list[_Related]:
    """What a part refers to within the file; the file itself for ``""``."""
    path = _relations_of(part) if part else "_rels/.rels"
    folder = posixpath.dirname(part)
    found = []
    for attributes in office.elements(package.optional(path), _RELATIONS, "r:Relationship"):
        if attributes.get("TargetMode") == "External":
            continue
        target = attributes.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found.append(_Related(attributes.get("Type", "").rpartition("/")[2], full))
    return found
