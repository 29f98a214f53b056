"""What sort of difference two pieces of text are. Names only: that they differ was settled before, and whatever differs is altered."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.match import tokens
from archiver.match.fold import bare, same_but_first_case
from archiver.match.lexicon import Lexicon
from archiver.model import ChangeKind

MOST_CELLS = 6000  # of one alignment table; longer pieces are told as one change

_ROMAN = re.compile(r"(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_FULL_DATE = re.compile(r"\d{1,4}[./:-]\d{1,2}[./:-]\d{1,4}")
_GROUPED = re.compile(r"([-−]?\d{1,3})(?:([.,'٬])\d{3})(?:\2\d{3})*(\D*)")
_NUMBER = re.compile(r"([-−]?)(\d[\d.,:/'٫٬]*\d|\d)(.*)", re.DOTALL)
_HARMLESS_ACCENTS = {"\u0300", "\u0301", "\u0302", "\u0304"}
_TONAL = {"vi", "zh", "yo"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A changed piece: the words of either side, folded, and some words before and after it in the source."""

    quote: tuple[str, ...]
    source: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sentence_start: bool = False


def align(quote: Sequence[str], source: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The differing stretches ``(quote from, to, source from, to)`` of two short word lists, fewest words changed."""
    head = 0
    while head < len(quote) and head < len(source) and quote[head] == source[head]:
        head += 1
    tail = 0
    while tail < min(len(quote), len(source)) - head and quote[-1 - tail] == source[-1 - tail]:
        tail += 1
    q, s = quote[head : len(quote) - tail], source[head : len(source) - tail]
    if not q and not s:
        return []
    if not q or not s or len(q) * len(s) > MOST_CELLS or len(q) == len(s) == 1:
        return [(head, head + len(q), head, head + len(s))]
    return [(head + a, head + b, head + c, head + d) for a, b, c, d in _stretches(q, s)]


def _stretches(q: Sequence[str], s: Sequence[str]) -> list[tuple[int, int, int, int]]:
    table = _costs(q, s)
    out: list[tuple[int, int, int, int]] = []
    i = j = 0
    start: tuple[int, int] | None = None
    while i < len(q) or j < len(s):
        if i < len(q) and j < len(s) and q[i] == s[j] and table[i][j] == table[i + 1][j + 1]:
            if start is not None:
                out.append((start[0], i, start[1], j))
                start = None
            i, j = i + 1, j + 1
            continue
        if start is None:
            start = (i, j)
        if i < len(q) and j < len(s) and table[i][j] == table[i + 1][j + 1] + _REPLACED:
            i, j = i + 1, j + 1
        elif i < len(q) and table[i][j] == table[i + 1][j] + _MOVED:
            i += 1
        else:
            j += 1
    if start is not None:
        out.append((start[0], len(q), start[1], len(s)))
    return out


_REPLACED, _MOVED = 3, 2


def _costs(q: Sequence[str], s: Sequence[str]) -> list[list[int]]:
    width = len(s)
    table = [[0] * (width + 1) for _ in range(len(q) + 1)]
    table[len(q)] = [_MOVED * (width - j) for j in range(width + 1)]
    for i in range(len(q) - 1, -1, -1):
        row, below, word = table[i], table[i + 1], q[i]
        row[width] = below[width] + _MOVED
        for j in range(width - 1, -1, -1):
            if word == s[j]:
                row[j] = below[j + 1]
            else:
                row[j] = min(below[j + 1] + _REPLACED, below[j] + _MOVED, row[j + 1] + _MOVED)
    return table


def classify(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> tuple[ChangeKind, str]:
    """Kind and severity of a changed piece. ``known`` says whether the page has a word."""
    for kind, test in _TESTS:
        severity = test(piece, lexicon, known)
        if severity:
            return kind, severity
    if not piece.quote:
        return ChangeKind.WORD_DROPPED, "major"
    if not piece.source:
        return ChangeKind.WORD_ADDED, "major"
    return ChangeKind.WORD_REPLACED, "major"


def lowered(words: Sequence[str]) -> list[str]:
    """Lower case as the word lists have it."""
    return [word.lower() for word in words]


def negation_count(words: Sequence[str], lexicon: Lexicon, before: Sequence[str] = ()) -> int:
    """How many negations these words hold; ``t`` after ``n`` (don't) is one, as are the negating parts of joined scripts."""
    count = 0
    last = before[-1].lower() if before else ""
    low = lowered(words)
    for word in low:
        if word in lexicon.negations or (word == "t" and last.endswith("n") and "en" in lexicon.languages):
            count += 1
        elif lexicon.negating_starts and word.startswith(lexicon.negating_starts):
            count += len(word) > 3 and not (lexicon.harmless_starts and word.startswith(lexicon.harmless_starts))
        last = word
    if lexicon.negating_parts:
        count += _parts(words if any(map(tokens.is_unspaced, words)) else low, lexicon)
    return count


def _parts(words: Sequence[str], lexicon: Lexicon) -> int:
    """Negations inside words or between characters (않, ない, 没, -medi), words that only look so (非常, 잘못) left aside."""
    text = "".join(words) if any(map(tokens.is_unspaced, words)) else " ".join(words)
    for harmless in lexicon.harmless:
        text = text.replace(harmless, "＿")
    tails = text if "tr" not in lexicon.languages else " ".join(word[2:] for word in text.split(" "))
    return sum(tails.count(part) for part in lexicon.negating_parts)


def negates(one: str, two: str, lexicon: Lexicon) -> bool:
    """True where one word is the other with a negating prefix, suffix or infix (lawful/unlawful, harmful/harmless)."""
    long, short = (one, two) if len(one) >= len(two) else (two, one)
    if len(short) > 2:
        for prefix in lexicon.negating_prefixes:
            if long.startswith(prefix) and long[len(prefix) :].lstrip("-") == short:
                return True
        for infix in lexicon.negating_infixes:
            at = long.find(infix, 2)
            if at > 0 and len(long) - len(infix) <= len(short) + 2 and long[:at] == short[:at]:
                rest = long[at + len(infix) :]
                if rest == short[at:] or (rest and short.endswith(rest[-1]) and at >= len(short) - 4):
                    return True
    for bad, good in lexicon.negating_suffixes:
        for a, b in ((one, two), (two, one)):
            if a.endswith(bad) and len(a) > len(bad) + 2 and b == a[: len(a) - len(bad)] + good:
                return True
    return False


def _negation(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    if any(map(tokens.is_unspaced, piece.quote + piece.source)):
        before, after = piece.before[-2:], piece.after[:2]
        mine = negation_count((*before, *piece.quote, *after), lexicon)
        theirs = negation_count((*before, *piece.source, *after), lexicon)
    else:
        mine = negation_count(piece.quote, lexicon, piece.before)
        theirs = negation_count(piece.source, lexicon, piece.before)
    if mine != theirs:
        return "major"
    pairs = zip(lowered(piece.quote), lowered(piece.source), strict=False)
    return "major" if any(one != two and negates(one, two, lexicon) for one, two in pairs) else ""


def _digits(word: str) -> str:
    match = _NUMBER.match(word)
    return match[1] + match[2] if match else ""


def _value(word: str, lexicon: Lexicon) -> str:
    """A number as written in one way; a number word as its digits; empty for a word that is none."""
    if tokens.is_number(word):
        return _digits(word)
    value = lexicon.numbers.get(word.lower())
    if value is not None:
        return str(value)
    return word if _ROMAN.fullmatch(word) else ""


def _number(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    if len(piece.quote) == len(piece.source) == 1 and _same_letters(piece.quote[0], piece.source[0]):
        return "major"
    mine = [value for value in (_value(word, lexicon) for word in piece.quote) if value]
    theirs = [value for value in (_value(word, lexicon) for word in piece.source) if value]
    if not (mine or theirs) or Counter(mine) == Counter(theirs):
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
    if _all_dates(mine, theirs):
        return ""
    return "minor" if same_number("".join(piece.quote), "".join(piece.source), lexicon) else "major"


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


_DECIMAL_POINT = {"en", "he", "hi", "ja", "ko", "zh", "th"}


def _decimal_signs(lexicon: Lexicon) -> set[str]:
    signs = {"." if language in _DECIMAL_POINT else "," for language in lexicon.languages}
    return signs or {".", ","}


def _all_dates(mine: list[str], theirs: list[str]) -> bool:
    return bool(mine and theirs) and all(_FULL_DATE.fullmatch(value) for value in (*mine, *theirs))


def _date(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    both = [word for word in piece.quote + piece.source if word.lower() in lexicon.calendar]
    if both and piece.quote and piece.source and all(word[:1].isupper() or len(word) > 3 for word in both):
        return "major"
    numbers = [_digits(word) for word in piece.quote + piece.source if tokens.is_number(word)]
    return "major" if len(numbers) > 1 and all(_FULL_DATE.fullmatch(number) for number in numbers) else ""


def _is_unit(word: str, lexicon: Lexicon) -> bool:
    low = word.lower()
    return low in lexicon.units or low in lexicon.magnitudes or (not word[:1].isalnum() and word != "")


def _unit(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
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


def _spelling(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    if len(piece.quote) != 1 or len(piece.source) != 1:
        return _joined_spelling(piece)
    one, two = piece.quote[0], piece.source[0]
    if not one.isalpha() and not bare(one).isalpha():
        return ""
    low = (one.lower(), two.lower())
    if one != two and low[0] == low[1]:
        both_known = known(one) and known(two)
        special = (
            {low[0]} & (lexicon.calendar | lexicon.modals)
            or (one.isupper() and len(one) > 1)
            or (two.isupper() and len(two) > 1)
        )
        return (
            "" if both_known or (special and not same_but_first_case(one, two)) else ("major" if special else "minor")
        )
    if bare(one) == bare(two):
        return _accent_severity(one, two, lexicon, known)
    if low in lexicon.confusable or known(one) or _listed(low[0], lexicon):
        return ""
    if _slip(low[0], low[1]) and min(len(one), len(two)) >= 4:
        return "minor"
    return ""


def _joined_spelling(piece: Piece) -> str:
    """multi-planetary/multiplanetary: the same letters, joined or not."""
    if not piece.quote or not piece.source or len(piece.quote) + len(piece.source) > 4:
        return ""
    one, two = "".join(piece.quote), "".join(piece.source)
    return "minor" if one == two and min(map(len, piece.quote + piece.source)) > 3 else ""


def _listed(word: str, lexicon: Lexicon) -> bool:
    return any(
        word in words
        for words in (lexicon.modals, lexicon.quantifiers, lexicon.units, lexicon.magnitudes, lexicon.calendar)
    )


def _accent_severity(one: str, two: str, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    if known(one) or (one.lower(), two.lower()) in lexicon.confusable:
        return ""
    if len(bare(one)) < 4 or set(lexicon.languages) & _TONAL:
        return "major"
    marks = {mark for word in (one, two) for mark in _marks(word)}
    ends = _marks(one[-1]) != _marks(two[-1]) or one[-1] != two[-1]
    return "minor" if marks <= _HARMLESS_ACCENTS and not ends else "major"


def _marks(word: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", word) if unicodedata.combining(c)]


def _slip(one: str, two: str) -> bool:
    """One letter more, less or other, or two exchanged; a letter doubled or ß for ss counts as one."""
    one, two = one.replace("ß", "ss"), two.replace("ß", "ss")
    if one == two:
        return True
    if abs(len(one) - len(two)) > 1:
        return False
    head = 0
    while head < min(len(one), len(two)) and one[head] == two[head]:
        head += 1
    rest = (one[head:], two[head:])
    if len(one) == len(two):
        return rest[0][1:] == rest[1][1:] or (rest[0][:2] == rest[1][1::-1] and rest[0][2:] == rest[1][2:])
    longer, shorter = max(rest, key=len), min(rest, key=len)
    return longer[1:] == shorter


def _modal(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    if not piece.quote or not piece.source:
        return ""
    if any(map(tokens.is_unspaced, piece.quote + piece.source)):
        around = ("".join(piece.before[-3:]), "".join(piece.after[:3]))
        texts = [around[0] + "".join(words) + around[1] for words in (piece.quote, piece.source)]
        found = [{modal for modal in lexicon.modals if modal in text} for text in texts]
        return "major" if found[0] != found[1] else ""
    words = set(lowered(piece.quote + piece.source))
    if "ko" in lexicon.languages and any(modal in word for modal in lexicon.modals for word in words):
        return "major"
    return "major" if words & lexicon.modals else ""


def _quantifier(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    if not piece.quote or not piece.source:
        return ""
    mine, theirs = lowered(piece.quote), lowered(piece.source)
    if any(map(tokens.is_unspaced, mine + theirs)) or "ko" in lexicon.languages:
        texts = ["".join((*piece.before[-1:], *words, *piece.after[:1])).lower() for words in (mine, theirs)]
        if any(one in texts[0] and two in texts[1] for one, two in lexicon.opposites):
            return "major"
    if any((one, two) in lexicon.opposites for one in mine for two in theirs):
        return "major"
    return "major" if set(mine + theirs) & lexicon.quantifiers else ""


def _name(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    if not piece.quote or not piece.source:
        return ""
    if piece.sentence_start and len(piece.quote) == len(piece.source) == 1:
        return ""
    capitals = [sum(word[:1].isupper() for word in words) for words in (piece.quote, piece.source)]
    if "de" in lexicon.languages[:1]:  # every noun has a capital: a name shows by two in a row
        beside = any(
            word[:1].isupper() and word.lower() not in lexicon.magnitudes
            for word in (*piece.before[-1:], *piece.after[:1])
        )
        return "major" if min(capitals) and (max(capitals) > 1 or (beside and min(capitals))) else ""
    return "major" if min(capitals) or max(capitals) > 1 else ""


def _plain_name(piece: Piece, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    """Two or more words with capitals on both sides: a name whatever else the words may mean."""
    if min(len(piece.quote), len(piece.source)) < 2 or not all(
        word[:1].isupper() for word in piece.quote + piece.source
    ):
        return ""
    return "" if piece.sentence_start else "major"


_TESTS: tuple[tuple[ChangeKind, Callable[[Piece, Lexicon, Callable[[str], bool]], str]], ...] = (
    (ChangeKind.NEGATION, _negation),
    (ChangeKind.NAME, _plain_name),
    (ChangeKind.NUMBER, _number),
    (ChangeKind.SPELLING, _spelling),
    (ChangeKind.DATE, _date),
    (ChangeKind.UNIT, _unit),
    (ChangeKind.MODAL, _modal),
    (ChangeKind.QUANTIFIER, _quantifier),
    (ChangeKind.NAME, _name),
)
