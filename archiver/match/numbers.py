"""Numbers: values, thousands separators, dates in figures, units beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archiver.match import tokens
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered
from archiver.match.piece import Piece
from archiver.match.spelling import is_slip

_ROMAN = re.compile(r"(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_FULL_DATE = re.compile(r"\d{1,4}[./:]\d{1,2}[./:]\d{1,4}")
_GROUPED = re.compile(r"([-−]?\d{1,3})(?:([.,'٬])\d{3})(?:\2\d{3})*(\D*)")
_NUMBER = re.compile(r"([-−]?)(\d[\d.,:/'٫٬]*\d|\d)(.*)", re.DOTALL)
_RANK = "."  # parts the 13th from 13
_DECIMAL_POINT = {"en", "he", "hi", "ja", "ko", "zh", "th"}


_HAN = frozenset("〇零一二三四五六七八九十百千两兩")
_MAGNITUDES = frozenset("万萬億亿兆")  # one for another is a unit's change
_COUNTED = frozenset("年月日号號時时分秒点點円圆元人名個个回次倍度割件歳岁歲つパ％%")
"""What is counted, behind a number in such characters."""


def _han_number(piece: Piece) -> bool:
    """True where characters for numbers stand for others, or were put in or left out, in a number (十二日/十三日): beside another such
    character, or before what is counted.
    """
    words = piece.quote + piece.source
    if not words or piece.quote == piece.source or not _HAN.issuperset(words):
        return False
    inside = bool(piece.before) and piece.before[-1] in _HAN | _MAGNITUDES
    behind = bool(piece.after) and piece.after[0] in _HAN | _MAGNITUDES | _COUNTED
    return inside or behind if piece.quote and piece.source else inside and behind


def _digits(word: str) -> str:
    match = _NUMBER.match(word)
    return match[1] + match[2] if match else ""


def _value(word: str, lexicon: Lexicon) -> str:
    """A number as written in one way; a number word as its digits; empty for a word that is none."""
    if tokens.is_number(word):
        return _digits(word) + (_RANK if _suffix(word) in lexicon.ordinal_endings else "")
    if word.lower() in lexicon.ordinals:
        return f"{lexicon.ordinals[word.lower()]}{_RANK}"
    value = lexicon.numbers.get(word.lower())
    if value is not None:
        return str(value)
    return word if _ROMAN.fullmatch(word) else ""


def rank_of(word: str, lexicon: Lexicon) -> int:
    """2 for “second” and “2nd”; 0 for a word that is no rank."""
    value = _value(word, lexicon)
    rank = value.removesuffix(_RANK)
    return int(rank) if rank != value and rank.isdecimal() else 0


def values(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The numbers among words, each written in one way, in their order."""
    return [value for value in (_value(word, lexicon) for word in words) if value]


def stays(piece: Piece, lexicon: Lexicon) -> bool:
    """Whether both sides of a piece have the same numbers, none included: what changed of them is how they are written, or what they belong to."""
    return Counter(values(piece.quote, lexicon)) == Counter(values(piece.source, lexicon))


def number(piece: Piece, lexicon: Lexicon) -> str:
    if len(piece.quote) == len(piece.source) == 1 and _same_letters(piece.quote[0], piece.source[0]):
        return "major"
    if _han_number(piece):
        return "major"
    mine, theirs = values(piece.quote, lexicon), values(piece.source, lexicon)
    if mine == theirs:
        if mine and [w for w in piece.quote if not _value(w, lexicon)] == [
            w for w in piece.source if not _value(w, lexicon)
        ]:
            same_suffix = [_suffix(w) for w in piece.quote] == [_suffix(w) for w in piece.source]
            return "minor" if same_suffix or not all(map(tokens.is_number, piece.quote + piece.source)) else ""
        return ""
    if not any(map(tokens.is_number, piece.quote + piece.source)) and len(mine) != len(theirs):
        # "one" and its like are articles as often as numbers: a word beside a word is no number
        if set(lowered(piece.quote + piece.source)) & (lexicon.quantifiers | lexicon.negations):
            return ""
        if not piece.quote or not piece.source:
            return ""
        if len(piece.quote) == len(piece.source) == 1 and is_slip(*lowered(piece.quote + piece.source)):
            return ""  # a misspelt number is no other number
    if _all_dates(mine, theirs):
        return ""
    if _parted_by_spaces(piece.quote, piece.source) or _parted_by_spaces(piece.source, piece.quote):
        return "minor"
    return "minor" if same_number("".join(piece.quote), "".join(piece.source), lexicon) else "major"


def _parted_by_spaces(one: Sequence[str], two: Sequence[str]) -> bool:
    """1250 and 1 250: the thousands parted by blanks, and by nothing."""
    if len(one) != 1 or len(two) < 2 or "".join(two) != one[0]:
        return False
    return 0 < len(two[0]) <= 3 and all(len(word) == 3 for word in two[1:]) and one[0].isdecimal()


def _same_letters(one: str, two: str) -> bool:
    """True for COP30/COP31: the same letters with other digits in or after them."""
    if not one[:1].isalpha() or not two[:1].isalpha():
        return False
    return re.sub(r"\d", "", one) == re.sub(r"\d", "", two) and one != two


def _suffix(word: str) -> str:
    match = _NUMBER.match(word)
    return match[3] if match else ""


def same_number(one: str, two: str, lexicon: Lexicon) -> bool:
    """True where two numbers differ by their thousands separators only, in languages that do not use that sign for decimals."""
    if one == two:
        return False
    plain = []
    for word in (one, two):
        match = _GROUPED.fullmatch(word)
        if match is None:
            plain.append(word)
            continue
        if match[2] in _decimal_signs(lexicon):
            return False
        plain.append(word.replace(match[2], ""))
    return plain[0] == plain[1]


def _decimal_signs(lexicon: Lexicon) -> set[str]:
    signs = {"." if language in _DECIMAL_POINT else "," for language in lexicon.languages}
    return signs or {".", ","}


def _all_dates(mine: list[str], theirs: list[str]) -> bool:
    return bool(mine and theirs) and all(_FULL_DATE.fullmatch(value) for value in (*mine, *theirs))


def date(piece: Piece, lexicon: Lexicon) -> str:
    if any(map(tokens.is_unspaced, piece.quote + piece.source)):
        return _unspaced_date(piece, lexicon)
    sides = [[word for word in words if word.lower() in lexicon.calendar] for words in (piece.quote, piece.source)]
    dated = [
        bool(found) or _is_dated(words, lexicon)
        for found, words in zip(sides, (piece.quote, piece.source), strict=True)
    ]
    if any(sides) and all(dated) and all(word[:1].isupper() or len(word) > 3 for found in sides for word in found):
        return "major"
    numbers = [_digits(word) for word in piece.quote + piece.source if tokens.is_number(word)]
    return "major" if len(numbers) > 1 and all(_FULL_DATE.fullmatch(number) for number in numbers) else ""


def _is_dated(words: Sequence[str], lexicon: Lexicon) -> bool:
    """True for words that say when: “yesterday”, “31”."""
    return any(word in lexicon.deictics or _value(word, lexicon) for word in lowered(words))


def _unspaced_date(piece: Piece, lexicon: Lexicon) -> str:
    """金曜日/土曜日: names of days and months across the changed characters."""
    before, after = "".join(piece.before[-2:]), "".join(piece.after)
    texts = [before + "".join(words) + after for words in (piece.quote, piece.source)]
    found = [{name for name in lexicon.calendar if name in text} for text in texts]
    return "major" if piece.quote and piece.source and found[0] != found[1] and all(found) else ""


def _is_unit(word: str, lexicon: Lexicon) -> bool:
    low = word.lower()
    return low in lexicon.units or low in lexicon.magnitudes or (not word[:1].isalnum() and word != "")


def unit(piece: Piece, lexicon: Lexicon) -> str:
    mine, theirs = list(piece.quote), list(piece.source)
    if mine and theirs and all(map(tokens.is_number, (mine[0], theirs[0]))) and _digits(mine[0]) == _digits(theirs[0]):
        return "major"
    if any(map(tokens.is_unspaced, mine + theirs)):
        return _unspaced_unit(piece, lexicon)
    if not any(_is_unit(word, lexicon) for word in mine + theirs):
        return ""
    if any(not word[:1].isalnum() for word in mine + theirs):
        return "major"
    beside_number = any(_value(word, lexicon) or word in "$€£¥%" for word in (*piece.before[-2:], *piece.after[:1]))
    both = any(_is_unit(word, lexicon) for word in mine) and any(_is_unit(word, lexicon) for word in theirs)
    return (
        "major"
        if both or (beside_number and (mine and theirs)) or (beside_number and "points" in mine + theirs)
        else ""
    )


def _unspaced_unit(piece: Piece, lexicon: Lexicon) -> str:
    before, after = "".join(piece.before[-2:]), "".join(piece.after[:2])
    if not any(char.isdigit() or char in "一二三四五六七八九十百千万億亿兆数几第约約" for char in before):
        return ""
    for words in (piece.quote, piece.source):
        text = "".join(words)
        if any(text + after[:k] in lexicon.units or text + after[:k] in lexicon.magnitudes for k in (0, 1, 2)) and text:
            return "major"
    return ""
