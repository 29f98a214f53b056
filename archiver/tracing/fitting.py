"""Words fitted into a width of a picture whose fonts nobody knows: widths of characters as the wider of common sans-serif fonts have them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape

from archiver.printable import printable

_SMALL, _BOLD = 12 / 13, 1.12  # of the width at 13 pixels
_NARROW, _BROAD = frozenset("iljtfrI.,:;'|!()[]/ ‘’·"), frozenset("WMmw@%—…“”")
_ELLIPSIS = 13.0


def fitted(words: str, width: float, *, small: bool = False, bold: bool = False) -> str:
    """As much of the words as the width takes, in pixels, as text of an SVG. The whole stands in a tooltip where it was cut."""
    line = " ".join(printable(words).split())
    scale = (_SMALL if small else 1.0) * (_BOLD if bold else 1.0)
    widths = [scale * _width(character) for character in line]
    if sum(widths) <= width:
        return escape(line)
    used = _ELLIPSIS * scale
    for kept, size in enumerate(widths):
        used += size
        if used > width:
            return f"{escape(line[:kept])}…<title>{escape(line)}</title>"
    return escape(line)


def folded(words: str, width: float) -> Iterator[str]:
    """The words, small ones, in lines that the width takes."""
    line, used = "", 0.0
    for word in words.split():
        size = sum(_SMALL * _width(character) for character in f"{word} ")
        if line and used + size > width:
            yield line
            line, used = "", 0.0
        line, used = f"{line} {word}".strip(), used + size
    if line:
        yield line


def _width(character: str) -> float:
    if character in _NARROW:
        return 5.0
    if character in _BROAD:
        return 13.0
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 14.0
    if character.isupper():
        return 9.6
    return 8.2 if character < "\u0500" else 10.0
