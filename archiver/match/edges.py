"""A bracket at an end of a quotation, beside words that are cut off: an insertion, or another fact in the place of the source's.

It stands in the place of a fact where it has a date, a number or a name as the source has beside it, or where the kept word beside it
needs an object (“in [July]” for “in June”); before a verb it stands for the subject. Else it is an insertion.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archiver.match import meaning, tokens
from archiver.match.fold import fold_word
from archiver.match.index import UNKNOWN, Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.negation import lowered
from archiver.match.quantity import halves_of_day, is_quantity, phrase_length
from archiver.match.resolution import may_stand
from archiver.match.sides import Hole, Sides
from archiver.model import ChangeKind

_PHRASE = 4  # words of a noun phrase with an article, and what restricts it
_NEAR = 8  # words on either side of a name among which a noun is taken to be of the same person


class Clash(NamedTuple):
    """What a bracket says otherwise: the kind of change, and the words of the source in whose place it stands."""

    kind: ChangeKind
    first: int
    last: int


def clash(inner: Sequence[str], hole: Hole, sides: Sides) -> Clash | None:
    """Where the bracket ``inner`` says another thing than the source words of the hole, which are cut off beside it."""
    if not inner or hole.source_from == hole.source_to:
        return None
    if hole.quote_from:
        return _at_end(inner, hole, sides)
    return _at_front(inner, hole, sides)


def _at_end(inner: Sequence[str], hole: Hole, sides: Sides) -> Clash | None:
    spoken, first = sides.lexicon, hole.source_from
    beside = sides.page.forms(first, hole.source_to)
    if inner[0].lower() in spoken.prepositions:
        if inner[0].lower() != beside[0].lower():
            return None  # “arrested [in Rome]”
        inner, beside, first = inner[1:], beside[1:], first + 1
        if not inner or not beside:
            return None
    size = _noun(beside, spoken)
    kind = _other_fact(inner, beside[:size], spoken)
    clocks = [halves_of_day(words[:2]) for words in (inner, beside)]
    if all(clocks) and clocks[0] != clocks[1]:
        kind, size = ChangeKind.UNIT, 2
    if kind is not None:
        return Clash(kind, first, first + size)
    kept = sides.page.forms(hole.source_from - 1, hole.source_from)[0].lower() if hole.source_from else ""
    named = first > hole.source_from and all(_is_named(words[0], spoken) for words in (inner, beside))  # “[in Oslo]”
    governed = kept in spoken.prepositions or named
    if not (governed or beside[0].lower() in spoken.articles) or not _is_noun(inner, spoken):
        return None
    if may_stand(inner, beside[:size], first, sides):
        return None
    return Clash(ChangeKind.WORD_REPLACED, first, first + size)


def _is_named(word: str, lexicon: Lexicon) -> bool:
    return word[:1].isupper() and not _is_date(word, lexicon)


def _noun(words: Sequence[str], lexicon: Lexicon) -> int:
    """How many words the noun at the beginning of some words has: its article, one word, and more with capitals or numbers."""
    at = 0
    while at < len(words) - 1 and (words[at].lower() in lexicon.articles or not words[at][:1].isalnum()):
        at += 1
    at += 1
    while at < len(words) and words[at - 1][:1].isupper() and (words[at][:1].isupper() or tokens.is_number(words[at])):
        at += 1
    return at


def _is_noun(inner: Sequence[str], lexicon: Lexicon) -> bool:
    """True for “the mayor”, “Moss”, “[contractors]”; False for “later”, “who had fled”."""
    head = inner[0].lower()
    return head in lexicon.articles or inner[0][:1].isupper() or not is_function_word(head)


def _other_fact(inner: Sequence[str], theirs: Sequence[str], lexicon: Lexicon) -> ChangeKind | None:
    """Another date or another number than the source's."""
    dates = [{word.lower() for word in words if _is_date(word, lexicon)} for words in (inner, theirs)]
    if all(dates) and not dates[0] & dates[1]:
        return ChangeKind.DATE
    numbers = [{_value(word, lexicon) for word in words if _is_number(word, lexicon)} for words in (inner, theirs)]
    if all(numbers):
        return None if numbers[0] & numbers[1] else ChangeKind.NUMBER
    if (dates[0] and numbers[1]) or (numbers[0] and dates[1]):
        return ChangeKind.DATE
    return None


def _is_date(word: str, lexicon: Lexicon) -> bool:
    return word.lower() in lexicon.calendar and (word[:1].isupper() or len(word) > 3)


def _is_number(word: str, lexicon: Lexicon) -> bool:
    return tokens.is_number(word) or (is_quantity(word.lower(), lexicon) and lexicon.numbers.get(word.lower()) != 1)


def _value(word: str, lexicon: Lexicon) -> str:
    return str(lexicon.numbers.get(word.lower(), word))


def _at_front(inner: Sequence[str], hole: Hole, sides: Sides) -> Clash | None:
    page, spoken, last = sides.page, sides.lexicon, hole.source_to
    beside = page.forms(hole.source_from, last)
    low = lowered(beside)
    weakens = _weakens(beside, low, spoken)
    if weakens and low[-1] not in lowered(inner):
        return Clash(ChangeKind.MODAL, last - weakens, last)
    if not spoken.restrictors.isdisjoint(low[-2:-1]) and low[-1] in lowered(inner) and low[-2] not in lowered(inner):
        return Clash(ChangeKind.QUANTIFIER, last - 2, last)  # “[They] left” for “Only they left”
    for at in range(max(0, len(low) - _PHRASE), len(low) - 2):  # and for “Only the ferries left”
        if low[at] in spoken.restrictors and low[at] not in lowered(inner) and low[at + 1] in spoken.articles:
            return Clash(ChangeKind.QUANTIFIER, last - len(low) + at, last)
    subject = _supposed_subject(beside, low, spoken)
    if subject and low[-subject] not in lowered(inner) and last < len(page.words) and _is_noun(inner, spoken):
        return Clash(ChangeKind.MODAL, last - subject, last)
    kind = _other_fact(inner, beside[-1:], spoken)
    if kind is not None:
        return Clash(kind, last - 1, last)
    begins = last < len(page.words) and meaning.is_verb(page.low(last), spoken)
    named = beside[-1][:1].isupper() and low[-1] not in spoken.calendar and low[-1] not in spoken.pronouns
    if begins and named and "de" not in spoken.languages and _is_another(inner, beside[-1], sides):
        return Clash(ChangeKind.NAME, last - 1, last)
    return None


def _supposed_subject(beside: Sequence[str], low: Sequence[str], lexicon: Lexicon) -> int:
    """How many words the subject of a question or condition has with its “whether” or “if”, where they end; 0 for other words."""
    heads = lexicon.interrogatives | lexicon.plain_conditions
    if len(low) > 1 and low[-2] in heads:
        return 2 if low[-1] in lexicon.pronouns or beside[-1][:1].isupper() else 0
    short = len(low) > 2 and low[-3] in heads and (low[-2] in lexicon.articles or beside[-2][:1].isupper())
    return 3 if short and low[-1] not in lexicon.articles else 0


def _weakens(beside: Sequence[str], low: Sequence[str], lexicon: Lexicon) -> int:
    """How many of the last words before what is kept say that it is not so, or not surely so: “probably”, “must”, “refused to”."""
    if beside[-1].istitle() and low[-1] in lexicon.calendar:
        return 0  # May
    if low[-1] in lexicon.hedges | lexicon.modals:
        return 1
    count = phrase_length(low, lexicon.near_denials | lexicon.degrees | lexicon.unreal | lexicon.unfactual)
    marked = low[-1] in lexicon.infinitive_marks and len(low) > 1
    refuses = phrase_length(low[:-1], lexicon.denials | lexicon.unfactual) if marked else 0
    declines = phrase_length(low, lexicon.denials) if marked else 0  # “declined to” is one phrase in the list
    return count or declines or (refuses and refuses + 1)


def _is_another(inner: Sequence[str], name: str, sides: Sides) -> bool:
    """True where the page has the noun in the bracket (“the mayor”), and never near the name in whose place it stands."""
    find = sides.prepared.words.find
    nouns = [
        word for word in inner if word.lower() not in sides.lexicon.articles and not is_function_word(word.lower())
    ]
    codes = [find(fold_word(word)) for word in nouns]
    own = find(fold_word(name))
    if inner[0].lower() not in sides.lexicon.articles or not codes or UNKNOWN in codes or own == UNKNOWN:
        return False
    for page in sides.prepared.pages:
        place = page.words.find(own)
        while place >= 0:
            if codes[-1] in page.words[max(0, place - _NEAR) : place + _NEAR] and not _parted(page, place, codes[-1]):
                return False
            place = page.words.find(own, place + 1)
    return True


def _parted(page: Page, place: int, code: str) -> bool:
    """True where a sentence ends between a name and the nearest such noun."""
    low, high = max(0, place - _NEAR), place + _NEAR
    for at in range(low, min(high, len(page.words))):
        if page.words[at] == code and not any(
            meaning.ends_sentence(page, token) for token in range(min(at, place) + 1, max(at, place) + 1)
        ):
            return False
    return True
