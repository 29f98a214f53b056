"""Notes in manuscripts that are text: a comment behind each quotation, in LaTeX in the line before it.

Whether a comment changes what the text says is found out, not assumed: the annotated copy is read again, and a note without which it reads
as before is left out and told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.errors import InputError
from archiver.manuscripts.annotating import comments
from archiver.manuscripts.annotating.edits import Insertion, insert
from archiver.manuscripts.annotating.notes import Note
from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.readers import is_manuscript, read_manuscript

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WRAPPED: dict[str, Callable[[str], str]] = {
    "markdown": comments.html_comment,
    "html": comments.html_comment,
    "wikitext": comments.html_comment,
    "plain": comments.bracketed,
    "latex": comments.latex_comment,
}
FORMATS = frozenset(_WRAPPED)
"""The formats that are annotated here."""

_LINE_END = re.compile(r"\r\n?|\n")
_MOST_READINGS = 40
_MOST_READ = 40_000_000  # bytes, over all readings of one file


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file as text: its letters, the codec, and the mark that it begins with."""

    text: str
    codec: str
    bom: bytes

    @classmethod
    def of(cls, data: bytes, name: str) -> Encoded:
        """Raises InputError where the bytes are no text that could be written again as they are."""
        bom, codec = next(((bom, codec) for bom, codec in _BOMS if data.startswith(bom)), (b"", ""))
        if not codec:
            from archiver.texts import decode  # 80 ms that a file in UTF-8 with its mark does not pay
            from archiver.texts.charsets import codec_of

            markup = name.lower().endswith(("html", "htm"))
            codec = codec_of(decode.decode(data, None, markup=markup).decoding.used or "utf-8")
        try:
            text = data[len(bom) :].decode(codec)
            again = bom + text.encode(codec)
        except (UnicodeError, LookupError):
            again = b""
        if again != data or codec.startswith(("iso2022", "iso-2022")):  # whose letters are no bytes by themselves
            raise InputError(f"{name} holds bytes that are no text in {codec}; save it as UTF-8 to have it changed.")
        return cls(text, codec, bom)

    def insertions(self, wished: Sequence[tuple[int, str]]) -> list[Insertion]:
        """Words before letters, as (place, words) in any order; letters that the charset has not become ``?``."""
        made: dict[int, Insertion] = {}
        last, offset = 0, len(self.bom)
        for number in sorted(range(len(wished)), key=lambda number: wished[number][0]):
            at, words = wished[number]
            offset += len(self.text[last:at].encode(self.codec))
            last = at
            made[number] = Insertion(offset, words.encode(self.codec, "replace"))
        return [made[number] for number in range(len(wished))]


def annotate(data: bytes, name: str, manuscript: Manuscript, notes: Sequence[Note]) -> tuple[bytes, list[Note]]:
    """The annotated file, and the notes that found no place in it. Raises InputError."""
    encoded = Encoded.of(data, name)
    if manuscript.source is None or len(manuscript.source) != len(encoded.text):
        raise InputError(f"{name} could not be read as the text that it is; save it as UTF-8 to have it annotated.")
    known = [note for note in notes if note.finding.where.span is not None]
    lost = [note for note in notes if note.finding.where.span is None]
    wished = [_wish(encoded.text, manuscript.format, note) for note in known]
    placed = list(zip(known, encoded.insertions(wished), strict=True))
    if manuscript.format == "plain":
        return insert(data, [one for _, one in placed]), lost
    # an article of a wiki has no file, whose ending would say how it is read
    settled = _Settling(data, name if is_manuscript(name) else "article.wikitext", manuscript)
    kept = settled.run(placed)
    found = {id(note) for note, _ in kept}
    lost += [note for note in known if id(note) not in found]
    return insert(data, [one for _, one in kept]), lost


def _wish(text: str, kind: str, note: Note) -> tuple[int, str]:
    start, end = note.finding.where.span or (0, 0)
    words = _WRAPPED[kind](note.words)
    if kind != "latex":
        return end, words
    begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    ending = _LINE_END.search(text)
    return begin, words + (ending[0] if ending else "\n")


@dataclass(slots=True)
class _Settling:
    """Finds the notes that can be put in without a word of the text being read otherwise."""

    data: bytes
    name: str
    manuscript: Manuscript
    readings: int = 0

    def run(self, placed: Sequence[tuple[Note, Insertion]]) -> list[tuple[Note, Insertion]]:
        return self._add([], list(placed))

    def _add(
        self, kept: list[tuple[Note, Insertion]], more: list[tuple[Note, Insertion]]
    ) -> list[tuple[Note, Insertion]]:
        if not more or self._reads_as_before([*kept, *more]):
            return [*kept, *more]
        if len(more) == 1 or self.readings >= max(2, min(_MOST_READINGS, _MOST_READ // (len(self.data) + 1))):
            return kept
        half = len(more) // 2
        return self._add(self._add(kept, more[:half]), more[half:])

    def _reads_as_before(self, placed: Sequence[tuple[Note, Insertion]]) -> bool:
        self.readings += 1
        again = read_manuscript(self.name, insert(self.data, [one for _, one in placed]))
        return _said(again) == _said(self.manuscript)


def _said(manuscript: Manuscript) -> list[tuple[str, str | None, str]]:
    return [(block.kind.value, block.note, block.text) for block in manuscript.blocks]
