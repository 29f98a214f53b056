"""What a text is found by: its words as the judge folds them, pairs of characters in scripts without spaces, and shingles of three words.

Folding goes a little further than the judge's (no capitals, no accents on Latin, Greek and Cyrillic letters, no vowel signs on Arabic and
Hebrew ones), since what is found is judged afterwards. A whole text is folded at once, a character at a time, as UTF-8: most of the time that
an index costs is spent here. A shingle is kept as 18 bits: a text is found by many of them at once, so that one that another shingle shares
costs nothing, and an index that stores no keys is half as large. They are written as six octal digits, which the hash function of FTS5 (three
bits a sign) spreads without a collision: as hexadecimal digits they cost half as much again.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, overload
from zlib import crc32

from archiver.match import tokens
from archiver.match.fold import fold_word
from archiver.match.ranges import MARKS, UNSPACED

SHINGLE = 3  # words, or characters of scripts without spaces
BUCKETS = 1 << 18
LONGEST = 48  # characters of a word that count

_WORD = re.compile(r"\w")
_MARK = re.compile(f"[{MARKS}]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_FIRST_UNSPACED = "\u0e00"
_PIECES = re.compile(rf"[{UNSPACED}][{MARKS}]*|(?:[^\W{UNSPACED}]|[{MARKS}])+")
_RAISED = "⁰¹²³⁴-⁹"
_LOWERED = "₀-₉"  # CO₂ is CO2 to the judge, and m² is m2; that 10² is not 102 it says itself
_LETTERS = r"[^\W\d_][^\W\d_][^\W\d_]"
_NOTE = re.compile(  # the mark of one, no number; what stands before it is asked last, since that is slow
    rf"[{_RAISED}](?:(?<={_LETTERS}.)|(?<={_LETTERS}[)\]].)|(?<=[.,;:!?…”\"'’»›].))[{_RAISED}]*"
)
_LINE_END = re.compile(r"-[ \t\r]*\n")
_TORN = re.compile(
    rf"(?:[-‐\u00ad](?=[ \t\r]*\n)(?<=(?:[^\W\d_]|[{MARKS}]).)[ \t\r]*\n|\ufffe)\s*(?=[^\W\d_{UNSPACED}])(?![{tokens.UPPER}])"
)
_DROPPED = re.compile(r"COMBINING|ARABIC|HEBREW")  # signs on letters; those of other scripts make words
_BARE = re.compile(r"LATIN|GREEK|CYRILLIC|ARABIC|HEBREW")
_MIXERS = (
    0x9E3779B1,
    0x85EBCA77,
    0xC2B2AE3D,
)  # for the first, second and third word; odd numbers of 32 bits without a pattern
_DIGITS, _SIGNS = bytes((0, 0, 7, 7, 7, 7, 7, 7)), b"  000000"
_FEW = 12  # characters that are replaced one after another; many at once


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


# what a character asks for before a text can be folded a character at a time
_MAY_JOIN = 1  # it may belong to the letter before it
_NO_SPACES = 2
_IS_RAISED = 4
_MAY_TEAR = 8  # a word may go on behind it, on the next line


class _Kinds(dict[str, int]):
    def __missing__(self, char: str) -> int:
        kind = 0
        if (
            _MARK.match(char)
            or "\u1100" <= char <= "\u11ff"
            or "\ua960" <= char <= "\ua97f"
            or "\ud7b0" <= char <= "\ud7ff"
        ):
            kind |= _MAY_JOIN
        if _UNSPACED.match(char):
            kind |= _NO_SPACES
        if re.match(f"[{_RAISED}]", char):
            kind |= _IS_RAISED
        if char in "‐\u00ad\ufffe":
            kind |= _MAY_TEAR
        self[char] = kind
        return kind


class _Folded(dict[int, str]):
    """Code point → what stands for it: folded letters, nothing, or a blank where a word ends."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if _MARK.match(char):
            dropped = unicodedata.category(char) == "Cf" or _DROPPED.match(unicodedata.name(char, "")) or not fold(char)
            folded = "" if dropped else char
        elif _WORD.match(char):
            folded = str(unicodedata.digit(char)) if re.match(f"[{_RAISED}{_LOWERED}]", char) else fold(char)
            if len(folded) > 1 and _UNSPACED.match(char):  # Thai ำ: taken apart it would be cut in another place
                folded = char
            # Catalan ŀ has a dot in it. Nothing may come out that would be folded once more, since characters are replaced one after another
            folded = "".join(part if part == char or part in "_0123456789" else self[ord(part)] for part in folded)
        else:
            folded = " "
        self[code] = folded
        return folded


_kinds = _Kinds()
_folded = _Folded()
_ASCII = bytes(code if code >= 0x80 else ord(_folded[code]) for code in range(0x100))
_ASCII_LINES = _ASCII[:0x0A] + b"\n" + _ASCII[0x0B:]
_ALL_ASCII = bytes(range(0x80))


class Cut(NamedTuple):
    """The words of a text in order, folded, in UTF-8; one character each in scripts without spaces, where ``unspaced`` says that there are any."""

    words: list[bytes]
    unspaced: bool


def cut(text: str) -> Cut:
    """Cuts a text into words."""
    if _LINE_END.search(text):
        text = _TORN.sub("", text)
    data = text.encode("utf-8", "replace")
    if text.isascii():
        return Cut(data.translate(_ASCII).split(), False)
    text, data, beyond, kinds = _prepared(text, data)
    if kinds & _NO_SPACES:
        folded = unicodedata.normalize("NFC", text.translate(_folded))
        return Cut([piece.encode() for piece in _PIECES.findall(folded)], True)
    return Cut(_replaced(text, data, beyond).translate(_ASCII).split(), False)


def folded_lines(text: str) -> bytes | None:
    """A text folded as `cut` folds it, in UTF-8, with a blank or a line end where a word ends, and its lines as they are; None where they
    cannot be told apart: a word goes on in the next line, or the script has no spaces."""
    if tokens.LINE_END.search(text) and _TORN.search(text):
        return None
    data = text.encode("utf-8", "replace")
    if text.isascii():
        return data.translate(_ASCII_LINES)
    text, data, beyond, kinds = _prepared(text, data)
    return None if kinds & _NO_SPACES else _replaced(text, data, beyond).translate(_ASCII_LINES)


def _replaced(text: str, data: bytes, beyond: set[str]) -> bytes:
    """What `_prepared` gave, with all beyond ASCII folded."""
    other = _to_replace(beyond)
    if len(other) > _FEW:  # mostly capitals
        data = text.casefold().encode("utf-8", "replace")
        other = _to_replace(_beyond(data))
    for char in other:
        data = data.replace(char.encode(), _folded[ord(char)].encode())
    return data


def _beyond(data: bytes) -> set[str]:
    """The characters of a text that are not ASCII."""
    return set(data.translate(None, _ALL_ASCII).decode())


def _to_replace(chars: Iterable[str]) -> list[str]:
    return [char for char in chars if _folded[ord(char)] != char]


def _prepared(text: str, data: bytes) -> tuple[str, bytes, set[str], int]:
    """A text in which nothing depends any more on what stands beside it, in UTF-8 too, the characters beyond ASCII and what they ask for."""
    beyond = _beyond(data)
    kinds = 0
    for char in beyond:
        kinds |= _kinds[char]
    if kinds & ~_NO_SPACES:
        if kinds & _MAY_JOIN:
            text = unicodedata.normalize("NFC", text)
        if kinds & _MAY_TEAR:
            text = _TORN.sub("", text)
        if kinds & _IS_RAISED:
            text = _NOTE.sub("", text)
        data = text.encode("utf-8", "replace")
        beyond = _beyond(data)
    return text, data, beyond, kinds


def forms(text: str) -> list[str]:
    """The words of a text in order, as `read` takes them."""
    return [word.decode()[:LONGEST] for word in cut(text).words]


@lru_cache(maxsize=100_000)
def _forms(token: str) -> tuple[str, ...]:
    return tuple(forms(token))


class Placed(Sequence[Term]):
    """The words of a text in columns: of thousands only those are looked at that are looked for."""

    __slots__ = ("ends", "forms", "starts")

    def __init__(self, forms: list[str], starts: list[int], ends: list[int]) -> None:
        self.forms, self.starts, self.ends = forms, starts, ends

    def __len__(self) -> int:
        return len(self.forms)

    @overload
    def __getitem__(self, at: int) -> Term: ...
    @overload
    def __getitem__(self, at: slice) -> list[Term]: ...
    def __getitem__(self, at: int | slice) -> Term | list[Term]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        return Term(self.forms[at], self.starts[at], self.ends[at])


def placed(text: str) -> Placed:
    """The same with places; what stands for one letter (ﷺ) or is one number (1,250) has one place."""
    parts = tokens.split(text)
    ends = tokens.ends(parts)
    found = list(map(_forms, parts[1::2]))
    starts, stops = ends[:-1:2], ends[1::2]
    if set(map(len, found)) - {1}:
        starts = [start for start, each in zip(starts, found, strict=True) for _ in each]
        stops = [stop for stop, each in zip(stops, found, strict=True) for _ in each]
    return Placed(list(chain.from_iterable(found)), starts, stops)


@dataclass(frozen=True, slots=True)
class Reading:
    """``words`` are the terms that a text is found by when one looks for words, ``shingles`` a number for every three forms that follow one
    another, in order: the same three have the same number in every text. Its eight bytes are two blanks and six octal digits."""

    words: set[bytes]
    shingles: array[int]


def read(text: Cut) -> Reading:
    """What a text of these words is found by."""
    words, found = text.words, set(text.words)
    if not found:
        return Reading(set(), array("Q"))
    if max(map(len, found)) > LONGEST:
        words = [word if len(word) <= LONGEST else word.decode()[:LONGEST].encode() for word in words]
        found = set(words)
    if text.unspaced:
        folded = [word.decode() for word in words]
        found = {word.encode() for word in set(folded) if not is_unspaced(word)}
        found.update(pair.encode() for pair in set(pairs(folded)))
    return Reading(found, _shingles(words))


def pairs(folded: Sequence[str]) -> Iterable[str]:
    """Each character of a script without spaces with the next one; the last of a run by itself."""
    unspaced = {form for form in set(folded) if is_unspaced(form)}
    for form, after in zip(folded, [*folded[1:], ""], strict=True) if unspaced else ():
        if form in unspaced:
            yield form + after if after in unspaced else form


def is_unspaced(form: str) -> bool:
    """True for a character of a script that writes no spaces."""
    return form > _FIRST_UNSPACED and _UNSPACED.match(form) is not None


def _shingles(words: Sequence[bytes]) -> array[int]:
    count = len(words) - SHINGLE + 1
    if count < 1:
        return array("Q")
    # all at once, as one long number with lanes of 64 bits: the checksums of the words, multiplied, so that in the upper part of each lane
    # every bit depends on many; those of the second and third word moved down to the lane of the first; three bits of each byte kept
    sums = int.from_bytes(struct.pack(f"<{len(words)}Q", *map(crc32, words)), "little")
    mixed = 0
    for place, mixer in enumerate(_MIXERS):
        mixed ^= sums * mixer >> 64 * place
    mixed = mixed & int.from_bytes(_DIGITS * count, "little") | int.from_bytes(_SIGNS * count, "little")
    return array("Q", mixed.to_bytes(8 * count, "little"))


def names(numbers: array[int]) -> str:
    """Shingles as the index is given them."""
    return numbers.tobytes().decode("ascii")
