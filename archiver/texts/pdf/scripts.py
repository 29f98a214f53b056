"""Raised and lowered figures, written as such: 10² is not 102, and a note's mark is no part of its word.

Raised figures become the superscripts of Unicode, but for those of signed powers of units (km s−1), which are written on the line by
everybody who copies them. Lowered figures (H₂O) stay plain, but beside other figures. Letters (13th) stay plain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archiver.texts.pdf.glyphs import Glyph

_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SMALLER = 0.86  # of the line's letters
_UP = 0.12  # of the line's letters
_DOWN = 0.06
_SIGNS = "+-−–"
_FRACTION = ("/", "⁄")
_MARKS = ",;–-"  # between the marks of several notes


class Main(NamedTuple):
    """Size and base line of most of the letters of a line."""

    size: float
    base: float


def written(glyphs: Sequence[Glyph], main: Main) -> Iterator[str]:
    """The characters of a line, raised and lowered figures as such."""
    at = 0
    while at < len(glyphs):
        level = _level(glyphs[at], main)
        end = at + 1
        while level and end < len(glyphs) and _level(glyphs[end], main) == level:
            end += 1
        piece = "".join(glyph.text for glyph in glyphs[at:end])
        before = glyphs[at - 1].text[-1:] if at else ""
        after = glyphs[end].text[:1] if end < len(glyphs) else ""
        yield _raised(piece, before, after) if level > 0 else _lowered(piece, before, after) if level < 0 else piece
        at = end


def _level(glyph: Glyph, main: Main) -> int:
    """1 for what is raised, -1 for what is lowered, 0 for the rest; a blank is neither."""
    if glyph.size >= _SMALLER * main.size or glyph.text == " ":
        return 0
    up = main.base - glyph.base
    return 1 if up > _UP * main.size else -1 if up < -_DOWN * main.size else 0


def _raised(piece: str, before: str, after: str) -> str:
    figures = piece.translate({ord(sign): None for sign in _SIGNS + _MARKS})
    if not figures.isdecimal() or not figures.isascii() or after in _FRACTION:
        return piece
    if piece[0] in _SIGNS and not before.isdecimal():
        return piece
    return piece.translate(_RAISED)


def _lowered(piece: str, before: str, after: str) -> str:
    return piece.translate(_LOWERED) if before.isdecimal() or after.isdecimal() else piece
