"""Headers, footers and page numbers: lines at the edge of the page that come again on other pages, or count them.

They stand between the halves of a sentence that runs over two pages, so they are taken out of the flow; they are kept, at the end of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.texts.pdf.lines import Line

_EDGE = 0.14  # share of the page's height in which furniture stands, above and below
_GAP = 1.7  # font sizes from furniture to the text
_MOST = 6  # lines of furniture at one edge
_REPEATED = 3  # pages on which a line must stand in the same place
_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|pagina|página|стр\.?|第)\s*)?(?:\d{1,4}|[ivxlcdm]{1,8}|[A-Z]{0,3}[-.]?\d{1,4})"
    r"\s*(?:(?:of|/|von|de|из|页|頁|ページ)\s*\d{0,4})?[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"^[ivxlcdm]+\b|\b[ivxlcdm]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its lines in reading order, its height, and the number that is printed for it (``""`` where the file has none)."""

    lines: tuple[Line, ...]
    top: float
    bottom: float
    label: str = ""


def furniture(sheets: Sequence[Sheet]) -> list[frozenset[int]]:
    """For each page, the places in ``lines`` of what is furniture."""
    edges = [_edge_lines(sheet) for sheet in sheets]
    seen: Counter[tuple[str, int, int]] = Counter()
    for sheet, places in zip(sheets, edges, strict=True):
        seen.update({key for place in places for key in _keys(sheet, sheet.lines[place])})
    needed = min(_REPEATED, max(2, len(sheets) - 1))
    found = []
    for sheet, places in zip(sheets, edges, strict=True):
        taken: set[int] = set()
        for place in places:  # from the edge inwards
            line = sheet.lines[place]
            repeated = len(sheets) > 1 and any(seen[key] >= needed for key in _keys(sheet, line))
            if repeated or _counts(line, sheet):
                taken.add(place)
        found.append(frozenset(taken))
    return found


def _edge_lines(sheet: Sheet) -> list[int]:
    """Lines that may be furniture: the outermost at either edge, as far as white space parts them from the text."""
    height = sheet.bottom - sheet.top
    down = sorted(range(len(sheet.lines)), key=lambda k: sheet.lines[k].base)
    upper = [k for k in down if sheet.lines[k].bottom < sheet.top + _EDGE * height]
    lower = [k for k in reversed(down) if sheet.lines[k].top > sheet.bottom - _EDGE * height]
    return _parted(sheet.lines, upper, down) + _parted(sheet.lines, lower, down[::-1])


def _parted(lines: Sequence[Line], edge: Sequence[int], inwards: Sequence[int]) -> list[int]:
    """Those of ``edge`` (from outside to inside) that stand before the first gap; where none is near, the outermost row alone."""
    taken: list[int] = []
    for place, k in enumerate(edge):
        taken.append(k)
        following = inwards[place + 1] if place + 1 < len(inwards) else None
        if following is None or abs(lines[following].base - lines[k].base) > _GAP * lines[k].size:
            return taken
        if len(taken) >= _MOST:
            break
    outermost = lines[edge[0]].base if edge else 0.0
    return [k for k in taken if abs(lines[k].base - outermost) < 0.5 * lines[k].size]


def _keys(sheet: Sheet, line: Line) -> list[tuple[str, int, int]]:
    """What is the same where a line comes again: its words without numbers, its height on the page; near heights count."""
    words = _ROMAN.sub("#", _DIGITS.sub("#", line.text)).strip()
    height = round((line.base - sheet.top) / 4)
    return [(words, height + near, line.turn) for near in (0, 1)] if words not in ("", "#") else []


def _counts(line: Line, sheet: Sheet) -> bool:
    """True for a page number that stands alone."""
    text = line.text.strip()
    if sheet.label and text.strip(" -–—|[]()") == sheet.label:
        return True
    return len(text) <= 20 and _NUMBER.fullmatch(text) is not None and any(character.isdigit() for character in text)
