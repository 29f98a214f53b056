"""A text cut into tokens and the gaps between them, nothing lost.

A token is a word (with the marks and invisible characters that stand in it), a number whole with its sign and inner separators,
one character of a script that writes no spaces, or a sign that is heard (``$``, ``%``, ``+``). Everything else is gap.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate

from archiver.match.fold import LINE_HYPHENS
from archiver.match.ranges import MARKS, SYMBOLS, UNSPACED

# A minus belongs to its number where nothing but space, a bracket or an opening mark stands before it; before a currency sign, and behind
# the letters of a rating, a mark or a blood group (AA-, B−), it is a token of its own. Every other dash is gap, whatever its shape. The first
# class of _SIGNED is there for speed: most characters between words are none of these.
_INSIDE_NUMBERS = ".,:/'’٫٬．，："
_SIGNED = r"[^\w\s.,;()'\"’“”](?:(?<=[-−–])(?<![^\s(\[{\"'“‘„«].)"
CURRENCIES = "$€£¥₹₩₽₺₴₪₫฿¢"
_BEFORE_CURRENCY = rf"(?=[{CURRENCIES}][ \u00a0\u202f]?\d)"
_GRADED = (
    r"(?<=[-‐‑–−])(?:(?<=\b[A-FO].)|(?<=\b(?:AA|BB|CC|AB).)|(?<=\b(?:AAA|BBB|CCC).))(?=[ \u00a0,.;:!?)\]\"'”’»]|$)"
)
_RAISED = "⁰¹²³⁴-⁹"
# Raised figures behind a sign, a word or a word in brackets are the mark of a note, and gap; by themselves, or behind a formula, a token.
_POWER = rf"(?<![.,;:!?…”\"'’»›{_RAISED}])(?<![^\W\d_][^\W\d_][^\W\d_][)\]])[{_RAISED}]+"
UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΫЀ-Я"


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    marks, unspaced = ("", "") if kind == "simple" else (MARKS, UNSPACED)
    inner = rf"[^\W{unspaced}]"
    tail = rf"(?:[{marks}]+{inner}*)*" if marks else ""
    word = rf"[^\W\d{unspaced}{_RAISED}]{inner}*{tail}"
    if kind == "torn":
        word += (
            rf"(?:(?:[-‐][ \t\r]*\n|(?<=\u00ad)[ \t\r]*\n|\ufffe)\s*(?=[^\W\d_{unspaced}])(?![{UPPER}]){inner}+{tail})*"
        )
    between = f"[{_INSIDE_NUMBERS}]"
    if marks:
        between = f"(?:[{marks}]+|[{marks}]*{between}[{marks}]*)"  # a place to break the line is no part of a number
    number = rf"\d+(?:{between}\d+)*{inner}*(?:[⁺⁻][{_RAISED}]+)?{tail}"
    single = rf"|[{unspaced}][{marks}\uff9e\uff9f]*" if unspaced else ""
    sign = f"[{marks}]*" if marks else ""
    return re.compile(
        rf"({word}|{_SIGNED}(?:{number}|{_BEFORE_CURRENCY})|{_GRADED}|(?<=[{SYMBOLS}])(?<!−){sign})|{number}{single}|{_POWER})"
    )


LINE_END = re.compile(rf"[{LINE_HYPHENS}][ \t\r]*\n|\ufffe")
"""Where a word may go on behind it, on the next line."""


def split(text: str, *, heal: bool = True) -> list[str]:
    """``[gap, token, gap, …, token, gap]``: joined again they are the text. A word torn at a line end (hyphen, soft hyphen or
    pdfium's U+FFFE before the break, no capital or digit after it) is one token if ``heal``.
    """
    if heal and ("-" in text or not text.isascii()) and LINE_END.search(text):
        return _pattern("torn").split(text)
    if text.isascii() or not any(map(_needs_full, set(text))):
        return _pattern("simple").split(text)
    return _pattern("full").split(text)


@cache
def _one(ranges: str) -> re.Pattern[str]:
    return re.compile(f"[{ranges}]")


@lru_cache(maxsize=8192)
def _needs_full(char: str) -> bool:
    """True for characters that the simple pattern does not know: marks, and scripts without spaces."""
    return char >= "\xad" and _one(MARKS + UNSPACED).match(char) is not None


def ends(parts: list[str]) -> list[int]:
    """Where each part ends; token ``i`` runs from ``ends[2 * i]`` to ``ends[2 * i + 1]``."""
    return list(accumulate(map(len, parts)))


def is_torn(token: str) -> bool:
    """True where the token was healed over a line end."""
    return "\n" in token or "\ufffe" in token


def is_number(form: str) -> bool:
    """True where the token begins with a digit, its sign aside."""
    return form[:1].isdecimal() or (form[:1] in "-−–" and form[1:2].isdecimal())


def is_unspaced(form: str) -> bool:
    """True for a character of a script that writes no spaces."""
    return form > "\u0e00" and _one(UNSPACED).match(form) is not None
