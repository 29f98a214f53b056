"""What a text is found by: its words as the judge folds them, pairs of characters in scripts without spaces, and shingles of three words.

Folding goes a little further than the judge's (no capitals, no accents on Latin, Greek and Cyrillic letters, no vowel signs on Arabic and
Hebrew ones), since what is found is judged afterwards. A shingle is kept as 16 bits: a text is found by many of them at once, so that one
that another shingle shares costs nothing, and an index that stores no keys is half as large.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from archiver.match import tokens
from archiver.match.fold import fold_word
from archiver.match.ranges import MARKS, UNSPACED

SHINGLE = 3  # words, or characters of scripts without spaces
BUCKETS = 1 << 16
LONGEST = 48  # characters of a word that count
_MOST_FORMS = 400_000  # that are remembered; a text in no language must not fill the memory

_WORDS = re.compile(r"\w+")
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_PIECES = re.compile(rf"[\w{MARKS}]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_OTHER_WAY = re.compile(f"[{MARKS}{UNSPACED}\ufffe⁰¹²³⁴-⁹]")  # what only the judge's way of cutting knows
_FIRST_UNSPACED = "\u0e00"
_TORN = re.compile(r"[-‐][ \t\r]*\n")
_BARE = re.compile(r"LATIN|GREEK|CYRILLIC|ARABIC|HEBREW")


class Term(NamedTuple):
    """A folded word, or one character of a script without spaces, and where it stands (code points)."""

    form: str
    start: int
    end: int


def fold(form: str) -> str:
    """A token as the index has it."""
    folded = fold_word.__wrapped__(form).casefold()
    if not folded.isascii():
        parts = unicodedata.normalize("NFD", folded)
        if len(parts) != len(folded) or any(map(unicodedata.combining, parts)):
            folded = unicodedata.normalize("NFC", _without_accents(parts))
    return folded[:LONGEST]


def _without_accents(parts: str) -> str:
    kept, drops = [], False
    for char in parts:
        if not unicodedata.combining(char):
            drops = _BARE.match(unicodedata.name(char, "")) is not None
        elif drops:
            continue
        kept.append(char)
    return "".join(kept)


class _Known(dict[str, tuple[str, bytes]]):
    """Raw form → folded, and three numbers of 16 bits: what it stands for as the first, second and third word of a shingle."""

    def __missing__(self, raw: str) -> tuple[str, bytes]:
        if len(self) > _MOST_FORMS:
            self.clear()
        folded = fold(raw)
        known = self[raw] = (folded, blake2b(folded.encode("utf-8", "replace"), digest_size=2 * SHINGLE).digest())
        return known


_known = _Known()
_plain: set[str] = set()
_MOST_PLAIN = 100_000


def _is_plain(text: str) -> bool:
    """True where a simple search for words cuts a text as the judge does."""
    if "\n" in text and "-" in text.replace("‐", "-") and _TORN.search(text):
        return False
    if text.isascii():
        return True
    unknown = set("".join(_BEYOND.findall(text))) - _plain
    if any(_OTHER_WAY.match(char) for char in unknown):
        return False
    if len(_plain) < _MOST_PLAIN:
        _plain.update(unknown)
    return True


def forms(text: str) -> list[str]:
    """The words of a text in order, not yet folded; one character each in scripts without spaces."""
    if _is_plain(text):
        return _WORDS.findall(text)
    return [piece for token in tokens.split(text)[1::2] for piece in _pieces(token)]


def _pieces(token: str) -> list[str]:
    """A token that the judge keeps whole, such as 1,250, is found by its parts."""
    if token.isalnum():
        return [token]
    folded = fold_word(token)
    return _PIECES.findall(folded) if not folded.isalnum() else [folded]


def placed(text: str) -> list[Term]:
    """The same, folded, with places."""
    if _is_plain(text):
        return [Term(_known[found[0]][0], *found.span()) for found in _WORDS.finditer(text)]
    out: list[Term] = []
    at = 0
    for number, part in enumerate(tokens.split(text)):
        if number % 2:
            out.extend(Term(_known[piece][0], at, at + len(part)) for piece in _pieces(part))
        at += len(part)
    return out


@dataclass(frozen=True, slots=True)
class Reading:
    """``words`` are the terms that a text is found by when one looks for words, ``shingles`` a number below 65,536 for every three forms that
    follow one another, in order: the same three have the same number in every text."""

    words: set[str]
    shingles: array[int]


def read(raw: Sequence[str]) -> Reading:
    """What a text of these forms is found by."""
    # looked up once a form in the large table, whose every row is far away in memory, then in a small one
    different = tuple(set(raw))
    if not different:
        return Reading(set(), array("H"))
    known = [_known[form] for form in different]
    found = {folded for folded, _ in known}
    if max(found) > _FIRST_UNSPACED and any(map(is_unspaced, found)):
        folded_of = dict(zip(different, [folded for folded, _ in known], strict=True))
        found = {form for form in found if not is_unspaced(form)}
        found.update(pairs(list(map(folded_of.__getitem__, raw))))
    found.discard("")
    code_of = dict(zip(different, [code for _, code in known], strict=True))
    return Reading(found, _shingles(b"".join(map(code_of.__getitem__, raw)), len(raw) - SHINGLE + 1))


def pairs(folded: Sequence[str]) -> Iterable[str]:
    """Each character of a script without spaces with the next one; the last of a run by itself."""
    unspaced = {form for form in set(folded) if is_unspaced(form)}
    for form, after in zip(folded, [*folded[1:], ""], strict=True) if unspaced else ():
        if form in unspaced:
            yield form + after if after in unspaced else form


def is_unspaced(form: str) -> bool:
    """True for a character of a script that writes no spaces."""
    return form > _FIRST_UNSPACED and _UNSPACED.match(form) is not None


def _shingles(joined: bytes, count: int) -> array[int]:
    if count < 1:
        return array("H")
    codes = array("H", joined)
    mixed = 0
    for place in range(SHINGLE):  # all at once: what stands first, second and third, as three long numbers
        mixed ^= int.from_bytes(codes[place::SHINGLE][place : place + count].tobytes(), "little")
    return array("H", mixed.to_bytes(2 * count, "little"))


def names(numbers: array[int]) -> str:
    """Shingles as the index is given them: four hex digits each."""
    return numbers.tobytes().hex(" ", -2)
