"""Text of strangers, made fit for a terminal, a table or a report: nothing in it steers whoever shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}", re.ASCII)
_QUOTE = '"'
_MARKS = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«", "「": "」", "『": "』"}
"""Quotation marks that open a quotation, and what closes it."""
_ENDS_A_CELL = re.compile(r"[,;|\t\r\n\"]")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def printable(text: str) -> str:
    """The text without control, escape, bidi and other invisible steering characters: each becomes U+FFFD, white space a blank."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        else " "
        if character.isspace()
        else ""
        if character in _INVISIBLE
        else "\ufffd"
        for character in text
        if unicodedata.category(character) != "Cs"
    )


def shorten(text: str, width: int) -> str:
    """At most ``width`` characters, on one line."""
    line = " ".join(printable(text).split())
    return line if len(line) <= width else line[: width - 1] + "…"


def unmarked(text: str) -> str:
    """A quotation without the one pair of quotation marks that was typed around all of it, so that none is printed in two; any other as it is.

    ``“A,” he said, “B”`` has two pairs, and keeps them. Single marks stay, since an apostrophe looks like one.
    """
    words = text.strip()
    inner = words[1:-1]
    if (
        len(words) < 3
        or _MARKS.get(words[0]) != words[-1]
        or words[0] in inner
        or words[-1] in inner
        or not inner.strip()
    ):
        return text
    return inner.strip()


def language_tag(said: str | None) -> str:
    """The language that a page says it is in, as a tag (BCP 47) for a ``lang`` attribute: ``en_US`` gives ``en-US``; empty, which says that it is
    unknown, for what is no tag."""
    tag = (said or "").strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def count(number: int, noun: str, one: str = "", more: str = "") -> str:
    """``1 page``, ``2 pages``, ``1,200 pages``; with ``one`` or ``more`` behind it, as the number is: ``1 page is``, ``2 pages are``."""
    return f"{number:,} {noun} {one}".rstrip() if number == 1 else f"{number:,} {noun}s {more}".rstrip()


def percent(part: float) -> str:
    """A share in per cent, ``46 %``; what is not nothing is not called 0 %."""
    return "under 1 %" if 0 < part < 0.01 else f"{part:.0%}".replace("%", " %")


def some(names: Sequence[str], most: int) -> str:
    """The first of many, and how many more there are: ``a, b and 3 more``."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def harmless_cell(cell: str) -> str:
    """A cell of a table. One that a spreadsheet would take for a formula is quoted with an apostrophe; full-width signs and leading tabs
    count too."""
    shown = printable(cell)
    return f"'{shown}" if cell.startswith(("\t", "\r", "\n")) or shown.lstrip().startswith(_FORMULA) else shown


def csv_row(cells: Sequence[str], separator: str = ",") -> str:
    """A line of a CSV file (RFC 4180), its cells made harmless; ``separator`` is a comma, a semicolon or a tab. Quoted is what holds any of them:
    where commas are for decimals, spreadsheets take a semicolon for the end of a cell, and what stands behind it for a formula."""
    return separator.join(_quoted(harmless_cell(cell)) for cell in cells) + "\n"


def _quoted(cell: str) -> str:
    return f'"{cell.replace(_QUOTE, _QUOTE * 2)}"' if _ENDS_A_CELL.search(cell) else cell
