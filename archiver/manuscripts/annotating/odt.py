"""Notes in odt files, as annotations that LibreOffice shows beside the text (OpenDocument 1.3 part 3, 14.1).

One part is changed, the content, by putting in and never by taking out. A note on a footnote stands at its sign in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archiver.errors import InputError
from archiver.manuscripts.annotating.edits import Insertion, insert
from archiver.manuscripts.annotating.notes import Note
from archiver.manuscripts.annotating.xmlplaces import Found, Letters, Search, listen
from archiver.manuscripts.annotating.zipparts import with_parts
from archiver.manuscripts.document import Manuscript
from archiver.texts.package import Package, Refused

_PART = "content.xml"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_DC = "http://purl.org/dc/elements/1.1/"


def annotate(
    data: bytes, name: str, manuscript: Manuscript, notes: Sequence[Note], at: str
) -> tuple[bytes, list[Note]]:
    """The file with an annotation for each note, and the notes that found no place. Raises InputError."""
    try:
        content = Package(data).read(_PART)
        reader = _Reader()
        listen(content, reader)
    except Refused as error:
        raise InputError(f"{name} cannot be annotated: {error}.") from error
    search = Search(manuscript, reader.paragraphs)
    insertions: list[Insertion] = []
    lost = []
    number = 0
    for note in notes:
        found = search.find(note.finding.passage)
        if found is None:
            lost.append(note)
            continue
        number += 1
        while f'"archiver-{number}"'.encode() in content:
            number += 1
        insertions += _marks(reader, found, f"archiver-{number}", note.words, at)
    return (with_parts(data, name, {_PART: insert(content, insertions)}) if insertions else data), lost


def _marks(reader: _Reader, found: Found, name: str, words: str, at: str) -> list[Insertion]:
    letters = found.paragraph
    if letters.note is not None:
        return [Insertion(reader.signs[letters.note], _annotation(None, words, at))]
    end = f'<office:annotation-end xmlns:office="{_OFFICE}" office:name="{name}"/>'
    return [
        Insertion(letters.starts[found.first], _annotation(name, words, at)),
        Insertion(letters.ends[found.last], end.encode()),
    ]


def _annotation(name: str | None, words: str, at: str) -> bytes:
    """Its namespaces are its own, whatever the document calls them. A date has no zone in LibreOffice's eyes."""
    named = f' office:name="{name}"' if name is not None else ""
    spaces = f'xmlns:office="{_OFFICE}" xmlns:dc="{_DC}" xmlns:text="{_TEXT}"'
    return (
        f"<office:annotation {spaces}{named}><dc:creator>archiver</dc:creator><dc:date>{escape(at)}</dc:date>"
        f"<text:p>{escape(words, quote=False)}</text:p></office:annotation>"
    ).encode("ascii", "xmlcharrefreplace")  # whatever charset the part says that it is in


class _Reader:
    """The paragraphs; those of notes bear the number of their note, whose place in the text is in ``signs``."""

    def __init__(self) -> None:
        self.paragraphs: list[Letters] = []
        self.signs: dict[str, int] = {}
        self._spaces: dict[str, str] = {}
        self._inside: list[Letters] = []
        self._notes: list[str] = []
        self._skipped = 0
        self._body = 0

    def _local(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return {_TEXT: f"text:{local}", _OFFICE: f"office:{local}"}.get(self._spaces.get(prefix, ""), "")

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        for attribute, value in attributes.items():
            if attribute.startswith("xmlns"):
                self._spaces.setdefault(attribute.removeprefix("xmlns").lstrip(":"), value)
        kind = self._local(name)
        if self._skipped or kind in (
            "text:tracked-changes",
            "office:annotation",
            "text:note-citation",
            "text:ruby-text",
        ):
            self._skipped += 1
            return
        if kind == "office:text":
            self._body += 1
        elif kind == "text:note":
            self._notes.append(f"note {len(self.signs)}")
            self.signs[self._notes[-1]] = at
        elif kind in ("text:p", "text:h"):
            self._inside.append(Letters(note=self._notes[-1] if self._notes else None))
            self.paragraphs.append(self._inside[-1])

    def end(self, name: str, at: int, after: int) -> None:
        del at, after
        if self._skipped:
            self._skipped -= 1
            return
        kind = self._local(name)
        if kind == "office:text":
            self._body -= 1
        elif kind == "text:note" and self._notes:
            self._notes.pop()
        elif kind in ("text:p", "text:h") and self._inside:
            self._inside.pop()

    def characters(self, data: str, at: int, after: int) -> None:
        if self._inside and not self._skipped and self._body:
            self._inside[-1].add(data, at, after, 0)
