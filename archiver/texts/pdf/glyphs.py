"""The characters of a page as PDFium gives them, each with its box, in coordinates in which its writing runs to the right and down."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from archiver.texts.pdf.fonts import Fonts

MAX_CHARACTERS = 200_000
"""Characters of one page beyond which the rest of the page is not read; the fullest newspaper page has some 40,000."""

_HYPHEN = 0x02  # what PDFium puts for a hyphen at a line end
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304",
    "˘": "\u0306", "˙": "\u0307", "˚": "\u030a", "ˇ": "\u030c", "˝": "\u030b", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_NOT = "\u0338"  # the stroke through a sign, set before it
_CELL = 12.0  # points
_MOST_NEAR = 60  # letters of a cell that are looked at
_INVISIBLE = 3  # text render mode 3 of ISO 32000-1, table 106
_QUARTER = math.pi / 2


class Glyph(NamedTuple):
    """One character: its box (``left``, ``top``, ``right``, ``bottom``; ``top`` is the smaller), its base line, the size of its font, all in
    points; ``turn`` in quarters that the writing is turned, ``brk`` where PDFium ended a line or a run before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    turn: int
    brk: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object share."""

    size: float
    turn: int
    hidden: bool
    corrections: Any


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """``glyphs`` in PDFium's order, ``cut`` where there were more than are read."""

    glyphs: list[Glyph]
    cut: bool


def read(textpage: Any, fonts: Fonts) -> PageGlyphs:
    """The characters of one page. White space is kept as glyphs of a blank; line ends are marked on what follows them."""
    raw = textpage.raw
    count = max(0, pdfium.FPDFText_CountChars(raw))
    reader = _Reader(raw, fonts)
    for index in range(min(count, MAX_CHARACTERS)):
        reader.take(index)
    glyphs = _accented(reader.glyphs)
    return PageGlyphs(_upright_japanese(glyphs), count > MAX_CHARACTERS)


class _Reader:
    def __init__(self, raw: Any, fonts: Fonts) -> None:
        self.glyphs: list[Glyph] = []
        self._raw, self._fonts = raw, fonts
        self._styles: dict[int, _Style] = {}
        self._break = True
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._refs = (ctypes.byref(self._box), ctypes.byref(self._x), ctypes.byref(self._y))

    def take(self, index: int) -> None:
        raw = self._raw
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (10, 13):
            self._break = True
            return
        thing = pdfium.FPDFText_GetTextObject(raw, index)
        if not thing:  # a blank that PDFium saw in a gap
            if self.glyphs and not self._break:
                self._blank()
            return
        style = self._style(thing, index)
        text = "-" if code in (_HYPHEN, 0xFFFE) and "\x02" not in style.corrections else _character(code)
        if text.isspace() or not text:
            if text and self.glyphs and not self._break:
                self._blank()
            return
        text = style.corrections.get(text, text)
        box, x, y = self._refs
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, box) or not pdfium.FPDFText_GetCharOrigin(raw, index, x, y):
            return
        left, top, right, bottom, base = _turned(style.turn, self._box, self._x.value, self._y.value)
        if not all(map(math.isfinite, (left, top, right, bottom, base))):
            return
        self.glyphs.append(
            Glyph(text, left, top, right, bottom, base, style.size, style.turn, self._break, style.hidden)
        )
        self._break = False

    def _blank(self) -> None:
        last = self.glyphs[-1]
        if last.text != " ":
            self.glyphs.append(last._replace(text=" ", left=last.right, brk=False))

    def _style(self, thing: Any, index: int) -> _Style:
        key = ctypes.addressof(thing.contents)
        style = self._styles.get(key)
        if style is None:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self._raw, index, matrix)
            size = pdfium.FPDFText_GetFontSize(self._raw, index) * math.hypot(matrix.c, matrix.d)
            turn = -round(pdfium.FPDFText_GetCharAngle(self._raw, index) / _QUARTER) % 4  # PDFium counts clockwise
            hidden = pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
            corrections = self._fonts.corrections(pdfium.FPDFTextObj_GetFont(thing))
            size = abs(size) if math.isfinite(size) and 0.1 < abs(size) < 5000 else 10.0
            style = self._styles[key] = _Style(size, turn, hidden, corrections)
        return style


def _character(code: int) -> str:
    """A code point as text; ``""`` for what stands for nothing, surrogates included."""
    if code <= 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return ""
    return chr(code)


def _turned(turn: int, box: Any, x: float, y: float) -> tuple[float, float, float, float, float]:
    """Left, top, right, bottom and base line with the writing turned so that it runs to the right, lines downwards."""
    if turn == 1:
        return box.bottom, box.left, box.top, box.right, x
    if turn == 2:
        return -box.right, box.bottom, -box.left, box.top, y
    if turn == 3:
        return -box.top, -box.right, -box.bottom, -box.left, -x
    return box.left, -box.top, box.right, -box.bottom, -y


def _accented(glyphs: list[Glyph]) -> list[Glyph]:
    """Accents that were set over a letter, put onto it: TeX sets ´ and then e, in the same place; PDFium may give them far apart."""
    accents = [k for k, glyph in enumerate(glyphs) if glyph.text in _ACCENTS or _is_mark(glyph.text)]
    if not accents:
        return _stroked(glyphs)
    cells: dict[tuple[int, int], list[int]] = {}
    for k, glyph in enumerate(glyphs):
        if glyph.text[:1].isalpha():
            cells.setdefault(_cell((glyph.left + glyph.right) / 2, glyph.base), []).append(k)
    out: list[Glyph | None] = list(glyphs)
    for k in accents:
        accent = glyphs[k]
        column, row = _cell((accent.left + accent.right) / 2, accent.base)
        near = [n for x in (-1, 0, 1) for y in (-1, 0, 1) for n in cells.get((column + x, row + y), ())[:_MOST_NEAR]]
        under = [n for n in near if n != k and _over(accent, glyphs[n])]
        if under:
            n = min(under, key=lambda n: (abs(glyphs[n].base - accent.base), abs(n - k)))
            letter = out[n] or glyphs[n]
            mark = _ACCENTS.get(accent.text, accent.text)
            out[n] = letter._replace(text=unicodedata.normalize("NFC", _base(letter.text) + mark))
            out[k] = None
    return _stroked(_without_false_blanks(out))


def _without_false_blanks(glyphs: list[Glyph | None]) -> list[Glyph]:
    """What is left where accents were taken away: what followed one follows what stood before it, without the blank PDFium saw there."""
    out: list[Glyph] = []
    brk = False
    for glyph in glyphs:
        if glyph is None or (glyph.text == " " and out and out[-1].text == " "):
            continue
        if glyph.text != " " and len(out) > 1 and out[-1].text == " ":
            last = out[-2]
            if (
                max(glyph.left - last.right, last.left - glyph.right) < 0.05 * glyph.size
                and abs(glyph.base - last.base) < 1
            ):
                out.pop()
        out.append(glyph._replace(brk=glyph.brk or brk))
        brk = False
    return out


def _stroked(glyphs: list[Glyph]) -> list[Glyph]:
    """Strokes through the sign that follows them put onto it, and arrows put together."""
    out: list[Glyph] = []
    for glyph in glyphs:
        last = out[-1].text if out and not glyph.brk else ""
        if last == _NOT and not glyph.text[:1].isalnum():
            out[-1] = glyph._replace(text=unicodedata.normalize("NFC", glyph.text + _NOT), brk=out[-1].brk)
        elif last == "↦" and glyph.text == "→":
            continue  # the foot and the shaft of one arrow
        else:
            out.append(glyph)
    return out


def _is_mark(text: str) -> bool:
    return len(text) == 1 and text != _NOT and text >= "\u0300" and unicodedata.combining(text) > 0


def _cell(x: float, y: float) -> tuple[int, int]:
    return round(x / _CELL), round(y / _CELL)


def _base(letter: str) -> str:
    return {"ı": "i", "ȷ": "j"}.get(letter, letter)


def _over(accent: Glyph, letter: Glyph) -> bool:
    if accent.turn != letter.turn or abs(accent.base - letter.base) > 0.7 * letter.size:
        return False
    middle = (accent.left + accent.right) / 2
    inset = 0.1 * (letter.right - letter.left)
    return letter.left + inset <= middle <= letter.right - inset


def _upright_japanese(glyphs: list[Glyph]) -> list[Glyph]:
    """Vertical writing turned: its columns become lines, the rightmost first."""
    steps: Counter[bool] = Counter()
    for one, two in pairwise(glyphs):
        if one.turn == two.turn == 0 and _is_cjk(one.text) and _is_cjk(two.text):
            below = two.base - one.base
            if 0.5 * one.size < below < 2.5 * one.size and abs(two.left - one.left) < 0.6 * one.size:
                steps[True] += 1
            elif abs(below) < 0.3 * one.size:
                steps[False] += 1
    if steps[True] <= steps[False] or steps[True] < 3:
        return glyphs
    # downwards becomes to the right, to the left becomes downwards
    return [
        glyph._replace(
            left=glyph.top, right=glyph.bottom, top=-glyph.right, bottom=-glyph.left, base=-glyph.left, turn=4
        )
        if glyph.turn == 0
        else glyph
        for glyph in glyphs
    ]


def _is_cjk(text: str) -> bool:
    return "\u3000" <= text[:1] <= "\u9fff" or "\uac00" <= text[:1] <= "\ud7af" or "\uf900" <= text[:1] <= "\uffef"
