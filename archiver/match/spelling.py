"""Slips of the pen: one letter, an accent, a case, two words joined. Minor only where no other word could be meant."""

from __future__ import annotations

import re
import unicodedata

from archiver.match.fold import bare, same_but_first_case
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.piece import Piece

_HARMLESS_ACCENTS = {"\u0300", "\u0301", "\u0302", "\u0304"}
_VOWEL_SIGNS = re.compile("[\u064b-\u0650\u0652\u0670\u05b0-\u05bb\u05bd\u05bf\u05c7]")
"""Arabic and Hebrew ones, which most texts leave out; shadda and dagesh, which make another consonant, are not among them."""

_YO = re.compile("ё|е\u0308")
_LONG = 8
"""Letters from which a word of another letter is hardly another word."""

_TONAL = {"vi", "zh", "yo"}


def sign(piece: Piece, lexicon: Lexicon) -> str:
    """A sign written as the word that it is read as: “&”, “%”."""
    words = (" ".join(piece.quote).lower(), " ".join(piece.source).lower())
    return "minor" if words in lexicon.signs else ""


def spelling(piece: Piece, lexicon: Lexicon) -> str:
    if len(piece.quote) != 1 or len(piece.source) != 1:
        return _joined_spelling(piece, lexicon)
    one, two = piece.quote[0], piece.source[0]
    if not one.isalpha() and not bare(one).isalpha():
        return ""
    low = (one.lower(), two.lower())
    if one != two and low[0] == low[1]:
        both_known = piece.known(one) and piece.known(two)
        special = (
            {low[0]} & (lexicon.calendar | lexicon.modals)
            or (one.isupper() and len(one) > 1)
            or (two.isupper() and len(two) > 1)
        )
        return (
            "" if both_known or (special and not same_but_first_case(one, two)) else ("major" if special else "minor")
        )
    if _vowelled_apart(one, two):
        return "minor"
    if bare(one) == bare(two):
        return _accent_severity(one, two, lexicon, piece)
    if low in lexicon.confusable:
        return ""
    if (piece.known(one) or _listed(low[0], lexicon)) and not _slip_of_the_page(one, two, piece, lexicon):
        return ""
    if is_slip(low[0], low[1]) and min(len(one), len(two)) >= 4 and not _inflected(one, two, lexicon):
        return "minor"
    return ""


def _slip_of_the_page(one: str, two: str, piece: Piece, lexicon: Lexicon) -> bool:
    """True where the page wrote ``two`` for the word ``one`` that it has elsewhere, or that is listed: its word stands nowhere else, begins
    alike, and has the same letters, exchanged or doubled; of long words any slip. Two short words of a letter's difference are both words
    (said/paid), and capitals inside a sentence may be two people.
    """
    low = (one.lower(), two.lower())
    if not piece.lone(two) or _listed(low[1], lexicon) or low[::-1] in lexicon.confusable or is_function_word(low[1]):
        return False
    if two[:1].isupper() and not piece.sentence_start:
        return False
    return low[0][:1] == low[1][:1] and (set(low[0]) == set(low[1]) or min(len(one), len(two)) >= _LONG)


def _vowelled_apart(one: str, two: str) -> bool:
    """True where one has vowel signs and the other none, and nothing else differs. Where both have some, they may be two words."""
    plain = [_VOWEL_SIGNS.sub("", unicodedata.normalize("NFD", word)) for word in (one, two)]
    whole = [unicodedata.normalize("NFD", word) for word in (one, two)]
    return plain[0] == plain[1] and whole[0] != whole[1] and plain[0] in whole


def _inflected(one: str, two: str, lexicon: Lexicon) -> bool:
    """True where only the ends differ (weapon/weapons, geht/gehe): another form of the word says another thing. A name that ends
    with another letter is a slip.
    """
    low = (one.lower(), two.lower())
    if low[0].startswith(low[1]) or low[1].startswith(low[0]):
        return True
    return low[0][:-1] == low[1][:-1] and (two.islower() or "de" in lexicon.languages)


def _joined_spelling(piece: Piece, lexicon: Lexicon) -> str:
    """multi-planetary/multiplanetary: the same letters, joined or not; of any length in Korean, whose writers differ, and of units (per cent)."""
    if not piece.quote or not piece.source or len(piece.quote) + len(piece.source) > 4:
        return ""
    one, two = "".join(piece.quote), "".join(piece.source)
    long = min(map(len, piece.quote + piece.source)) > 3 or "ko" in lexicon.languages
    return "minor" if one == two and (long or one.lower() in lexicon.units) else ""


def _listed(word: str, lexicon: Lexicon) -> bool:
    return any(
        word in words
        for words in (lexicon.modals, lexicon.quantifiers, lexicon.units, lexicon.magnitudes, lexicon.calendar)
    )


def _accent_severity(one: str, two: str, lexicon: Lexicon, piece: Piece) -> str:
    if piece.known(one) or (one.lower(), two.lower()) in lexicon.confusable:
        return ""
    if _YO.sub("е", one.lower()) == _YO.sub("е", two.lower()):
        return "minor"  # Russian leaves the dots out as often as not
    if len(bare(one)) < 4 or set(lexicon.languages) & _TONAL:
        return "major"
    marks = {mark for word in (one, two) for mark in _marks(word)}
    ends = _marks(one[-1]) != _marks(two[-1]) or one[-1] != two[-1]
    return "minor" if marks <= _HARMLESS_ACCENTS and not ends else "major"


def _marks(word: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", word) if unicodedata.combining(c)]


def is_slip(one: str, two: str) -> bool:
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
