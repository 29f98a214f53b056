"""A change between a quotation and its source in a few words: terminal, tables and the web page say it alike."""

from __future__ import annotations

import unicodedata

from archiver.model import ChangeKind
from archiver.printable import shorten


def change_words(
    kind: str, in_quote: str, in_source: str, *, became: bool = False, width: int = 60, isolated: bool = False
) -> str:
    """``13th → 31st``: the source's words, then what the quotation has in their place; of words in another order, which they are.
    ``(nothing)`` stands where something was put in, ``(left out)`` where nothing is left.

    With ``became`` what was quoted, and held, then what the page has in its place by now. ``isolated`` is for pages that a browser lays out: words
    that run from right to left stand in an isolate (UAX #9), else a reader saw what was put in where the arrow comes from.
    """
    quoted, source = (_shown(words, width, isolated=isolated) for words in (in_quote, in_source))
    if kind == ChangeKind.ORDER:
        return f"“{quoted}” stands elsewhere {'now' if became else 'in the source'}"
    before, after = (quoted, source) if became else (source, quoted)
    return f"{before or '(nothing)'} → {after or '(left out)'}"


def _shown(words: str, width: int, *, isolated: bool) -> str:
    words = shorten(words, width)
    turned = isolated and any(unicodedata.bidirectional(char) in ("R", "AL") for char in words)
    return f"\u2068{words}\u2069" if turned else words
