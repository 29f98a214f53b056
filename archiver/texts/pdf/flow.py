"""Lines to one text: paragraphs put together over lines, columns and pages.

A line end within a paragraph becomes a blank (nothing in scripts without blanks). A hyphen at a line end stays where it is sure to be one
(before a figure or a capital, behind a figure); elsewhere it may be the word's own or the typesetter's, so the line end stays behind it
and whoever compares must take both readings. A paragraph ends with a line end.

What stands between the halves of a sentence (a note, a figure's caption, furniture) is put behind it. Nothing is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archiver.model.text import Place, Span
from archiver.texts.pdf.furniture import Sheet, furniture
from archiver.texts.pdf.lines import Line

HYPHENS = "-‐\u00ad"

_STOPS = re.compile(r"[.!?:;。！？：；؟…]['\"”’»)\]]*(?:\s*\[?[\d,\s–-]{1,9}\]?)?$")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle|scheme|box|图|圖|表|図|рис\.?|табл\.?|tableau|figura|tabla)\s*[A-Z]?\d",
    re.IGNORECASE,
)
_SAME = 0.06  # share by which the sizes of letters of one paragraph may differ
_SMALLER = 0.96  # share of the text's size below which a paragraph may be a note
_LEADING = 1.45  # distances of lines from which on a paragraph ends
_INDENT = 0.7  # font sizes
_SHORT = 0.75  # share of the column's width that a last line leaves free at least a quarter of
_BETWEEN = 14  # paragraphs between the halves of a sentence
_SMALL_WORD = re.compile(r"^[^\w]*[a-zß-öø-ÿа-яα-ω]")


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together, each with its page (from 0)."""

    lines: list[tuple[int, Line]] = field(default_factory=list)
    furniture: bool = False

    @property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for _, line in self.lines:
            sizes[line.size] += len(line.text)
        return max(sizes, key=lambda size: sizes[size])

    @property
    def last(self) -> Line:
        return self.lines[-1][1]

    @property
    def first(self) -> Line:
        return self.lines[0][1]


@dataclass(frozen=True, slots=True)
class Flow:
    """The text, the page of each part of it, and what of it a reader of the page is not shown."""

    content: str
    places: tuple[Place, ...]
    unseen: tuple[Span, ...]


def flow(sheets: Sequence[Sheet], numbers: Sequence[int]) -> Flow:
    """One text out of the pages; ``numbers`` are those of the pages, from 1."""
    taken = furniture(sheets)
    paragraphs: list[_Paragraph] = []
    aside: list[_Paragraph] = []
    for page, (sheet, out) in enumerate(zip(sheets, taken, strict=True)):
        lines = [line for k, line in enumerate(sheet.lines) if k not in out]
        aside += [_Paragraph([(page, sheet.lines[k])], furniture=True) for k in sorted(out)]
        paragraphs += [_Paragraph([(page, line) for line in part]) for part in _paragraphs(lines)]
    joined = _joined(paragraphs, _body_size(paragraphs))
    return _written([*joined, *aside], [sheet.label for sheet in sheets], numbers)


def _body_size(paragraphs: Sequence[_Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        for _, line in paragraph.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    leading = _leading(lines)
    out: list[list[Line]] = []
    for line in lines:
        if out and not _breaks(out[-1], line, leading):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance of two lines, in font sizes."""
    steps = sorted(
        (two.base - one.base) / one.size
        for one, two in pairwise(lines)
        if one.size and abs(one.size - two.size) <= _SAME * one.size and 0.8 < (two.base - one.base) / one.size < 3
    )
    return steps[len(steps) // 2] if steps else 1.2


def _breaks(paragraph: list[Line], line: Line, leading: float) -> bool:
    """True where a line begins a paragraph of its own."""
    last = paragraph[-1]
    if line.turn != last.turn or abs(line.size - last.size) > _SAME * max(line.size, last.size):
        return True
    step = line.base - last.base
    ended = _STOPS.search(last.text) is not None
    if not 0 < step < _LEADING * leading * last.size or not _one_column(last, line):
        # another column, or a gap: the sentence may go on there
        return ended or (step > 0 and _one_column(last, line)) or not _may_go_on(last, line)
    right = max(part.right for part in paragraph)
    left = min(part.left for part in paragraph)
    if last.right < left + _SHORT * (max(right, line.right) - left) and ended:
        return True
    indent = line.left - last.left
    if indent > _INDENT * line.size:
        return len(paragraph) > 1 or ended
    return indent < -_INDENT * line.size and len(paragraph) > 1 and ended


def _one_column(one: Line, two: Line) -> bool:
    return min(one.right, two.right) - max(one.left, two.left) > 0.3 * min(one.width, two.width)


def _may_go_on(one: Line, two: Line) -> bool:
    return one.text[-1:] in HYPHENS or _SMALL_WORD.match(two.text) is not None or one.text[-1:] in ",("


def _joined(paragraphs: list[_Paragraph], body: float) -> list[_Paragraph]:
    """Paragraphs that go on behind what stands between their halves."""
    out: list[_Paragraph] = []
    waiting = list(paragraphs)
    at = 0
    moved: set[int] = set()
    while at < len(waiting):
        if at in moved:
            at += 1
            continue
        paragraph = waiting[at]
        out.append(paragraph)
        here = at
        while (after := _continued(waiting, here, paragraph, moved, body)) is not None:
            paragraph.lines.extend(waiting[after].lines)
            moved.add(after)
            here = after
        at += 1
    return out


def _continued(
    paragraphs: Sequence[_Paragraph], at: int, paragraph: _Paragraph, moved: set[int], body: float
) -> int | None:
    """Where the sentence goes on that a paragraph leaves open, None where it does not."""
    if _STOPS.search(paragraph.last.text) or abs(paragraph.size - body) > _SAME * body or not body:
        return None
    page = paragraph.lines[-1][0]
    for after in range(at + 1, min(len(paragraphs), at + _BETWEEN)):
        if after in moved:
            continue
        other = paragraphs[after]
        if other.lines[0][0] > page + 1:
            return None
        if abs(other.last.size - paragraph.last.size) <= _SAME * body and other.first.turn == paragraph.last.turn:
            if _CAPTION.match(other.first.text):
                continue
            if _may_go_on(paragraph.last, other.first) or (other.lines[0][0] > page and _is_full(paragraph)):
                return after
            if other.size >= _SMALLER * body and other.first.width > 12 * body:
                return None  # other running text
        elif other.size > body * (1 + _SAME) and not _CAPTION.match(other.first.text):
            return None  # a heading
    return None


def _is_full(paragraph: _Paragraph) -> bool:
    """True where the last line goes as far as the others, so that the sentence was broken off by the end of the column."""
    page = paragraph.lines[-1][0]
    lines = [line for number, line in paragraph.lines if number == page]
    right = max(line.right for line in lines)
    return len(lines) > 1 and paragraph.last.right > right - 1.5 * paragraph.last.size


def _written(paragraphs: Sequence[_Paragraph], labels: Sequence[str], numbers: Sequence[int]) -> Flow:
    ends = [line for paragraph in paragraphs for _, line in paragraph.lines if _is_hangul(line.text[-1:])]
    blanks = any(line.spaced for line in ends)  # the file says itself where a word ends with its line
    pieces: list[str] = []
    places: list[Place] = []
    unseen: list[Span] = []
    length = 0
    for paragraph in paragraphs:
        text = ""
        for k, (page, line) in enumerate(paragraph.lines):
            following = paragraph.lines[k + 1][1] if k + 1 < len(paragraph.lines) else None
            text = line.text + (_seam(line, following, blanks=blanks) if following is not None else "\n")
            if not places or places[-1].page != numbers[page]:
                places.append(Place(length, numbers[page], label=labels[page] or None))
            if line.hidden:
                unseen.append(Span(length, length + len(line.text)))
            pieces.append(text)
            length += len(text)
    return Flow("".join(pieces).rstrip("\n"), tuple(places), tuple(unseen))


def _seam(line: Line, following: Line, *, blanks: bool) -> str:
    """What goes between two lines of a paragraph."""
    last, first = line.text[-1:], following.text[:1]
    if last in HYPHENS and len(line.text) > 1 and line.text[-2].isalnum():
        before = line.text[-2]
        return "\n" if last == "\u00ad" or (before.isalpha() and first.isalpha() and not first.isupper()) else ""
    if _is_unspaced(last) and _is_unspaced(first):
        return ""
    return "" if blanks and _is_hangul(last) and _is_hangul(first) and not line.spaced else " "


def _is_unspaced(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF" and not _is_hangul(character)


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"
