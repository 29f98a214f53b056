"""What differs in print only: the shapes of letters, digits, quotation marks, dashes and dots.

``fold_word`` brings a token, ``fold_gap`` what stands between two tokens, to the form in which they are compared. Both are
functions of the one string they are given, so a table of them may be kept. Nothing is folded that a reader would hear: numbers
are never taken apart (10² is not 102), case is kept (US is not us), diacritics are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

QUOTE, DASH, ELLIPSIS = '"', "-", "…"

QUOTE_MARKS = "\"'`´‘’‚‛“”„‟′″‴«»‹›「」『』﹁﹂﹃﹄〝〞〟＂＇｀״׳ʼ｢｣❛❜❝❞"
DASHES = "-‐‑‒–—―−⁃﹘﹣－"
QUESTION_MARKS = "?？؟"
LINE_HYPHENS = "-‐\u00ad\ufffe"

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u0640\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# Letters that nothing is done to, beside one another too: no marks, no shapes of others, none that join; those of most words beyond ASCII.
_KEPT = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0391-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0671-\u0674\u0679-\u06d3\u0905-\u0939\u0e01-\u0e30\u0e40-\u0e45\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]+"
)
_LINE_BREAK = re.compile(r"[-‐\u00ad]*\s*\n\s*|\ufffe\s*")
_SPACE = re.compile(r"[\s\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe]+")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_][^\W\d_][^\W\d_])[⁰¹²³⁴-⁹]+$")
_UNIT = re.compile(r"(?:[kcdmnµμ]?m|ft|in|yd|mi)[²³]")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_POWERS = str.maketrans("²³", "23")
_RAISED = re.compile("[⁰¹²³⁴-⁹]+")
_DOTS = re.compile(r"\.{3,}|[…⋯]+\.*|\.+[…⋯]+|・{3,}")
_SHAPES = {"<compat>", "<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>", "<font>", "<vertical>"}
_NUMBER_SIGNS = str.maketrans({"’": "'", "．": ".", "，": ",", "：": ":", "−": "-", "–": "-"})
_WAVES = frozenset("~〜～")  # the wave dash of Japanese, and what Windows and keyboards write for it
_GAP_SIGNS = str.maketrans(
    {
        **dict.fromkeys(QUOTE_MARKS, QUOTE),
        **dict.fromkeys(DASHES, DASH),
        "。": ".",
        "｡": ".",
        "．": ".",
        "，": ",",
        "！": "!",
        "？": "?",
        "：": ":",
        "；": ";",
        "（": "(",
        "）": ")",
        "［": "[",
        "］": "]",
        **dict.fromkeys(_WAVES, "~"),
        "､": "、",
        "·": "・",
        "•": "・",
        "･": "・",
    }
)
_REPEATED = re.compile(r"([-\"])\1+")


@lru_cache(maxsize=4096)
def _shape(char: str) -> str:
    """The plain letter or digit behind a ligature, a full-width, half-width or presentation form; otherwise the character."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char)[0] != "L":
        return char
    tag = unicodedata.decomposition(char).partition(" ")[0]
    return unicodedata.normalize("NFKC", char) if tag in _SHAPES else char


@lru_cache(maxsize=8192)
def fold_word(form: str) -> str:
    """A token as it is compared: canonical form, plain letters and digits, no invisible characters, a line-end hyphen healed.

    The mark of a note behind a word (law¹) is no part of it; m² is m2 and CO₂ is CO2, but 10² stays 10², and x² stays x²."""
    if form.isascii():
        return _LINE_BREAK.sub("", form) if "\n" in form else form
    if _KEPT.fullmatch(form):
        return form
    if form in DASHES:
        return DASH
    folded = _LINE_BREAK.sub("", form)
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFC", folded))
    if folded[:1].isalpha():
        folded = _NOTE_MARK.sub("", folded.translate(_LOWERED))
        folded = folded.translate(_POWERS) if _UNIT.fullmatch(folded) else folded
    folded = "".join([char if char < "\x80" else _shape(char) for char in folded])
    if any(char.isdigit() for char in folded):
        folded = folded.translate(_NUMBER_SIGNS)
    return unicodedata.normalize("NFC", folded)


@lru_cache(maxsize=2048)
def fold_gap(gap: str) -> str:
    """What stands between two tokens as it is compared: its signs without white space, in one shape each."""
    if gap == " ":
        return ""
    if gap in _WAVES:
        return DASH  # between two words: 10〜20
    folded = _SPACE.sub("", gap)
    if not folded.isascii():
        folded = _RAISED.sub("", folded)
    if not folded:
        return ""
    folded = _DOTS.sub(ELLIPSIS, folded.translate(_GAP_SIGNS))
    return _REPEATED.sub(r"\1", folded)


def toggled(form: str) -> str:
    """The form with the case of its first letter turned (``The``/``the``); the same where it has none."""
    head = form[:1]
    turned = head.lower() if head != head.lower() else head.upper()
    return turned + form[1:] if len(turned) == 1 else form


def same_but_first_case(one: str, two: str) -> bool:
    """True where only the case of the first letter differs, the Turkish pairs i/İ and ı/I included."""
    if one[1:] != two[1:] or not one or not two:
        return False
    return one[0] == two[0] or one[0].lower() == two[0].lower() or {one[0], two[0]} in ({"i", "İ"}, {"ı", "I"})


def bare(form: str) -> str:
    """Letters without their diacritics, for telling a slip of spelling; never for holding two texts equal."""
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))
