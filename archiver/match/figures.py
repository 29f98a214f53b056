"""Figures that an omission mark brings into the place of others: “was … $64m” for “was $61m, down from $64m”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archiver.match import meaning, tokens
from archiver.match.denial import CLAUSE
from archiver.match.gapwords import Torn
from archiver.match.lexicon import Lexicon
from archiver.match.meaning import Governor
from archiver.match.negation import lowered
from archiver.match.numbers import rank_of
from archiver.match.quantity import PER_CENT, is_amount, is_fraction, is_quantity, phrase_at
from archiver.model import ChangeKind

BOUND_SIGNS = frozenset("<>≤≥⩽⩾±")
TIMES = frozenset("×x·*")
THREE = re.compile(r"\d{3}(?:[.,]\d+)?")
_GROUP = 3  # digits of the first group of a number
_DEGREES = frozenset("°cf")
_CLOCK = frozenset(["am", "pm"])
_HALVES = frozenset(["a", "p"])  # of “a.m.”, two words
_LEAST = 2  # words before a figure that say where: “in May”
_VERB = 2  # words before those that may stand there: “were sold”


def other(torn: Torn) -> Governor | None:
    """“Passed by … 14 votes” for “by 17 to 14 votes”: a figure stands where the one was that is left out. Of a list (“in 1920, 1930 or 1940”)
    each stands there.
    """
    lexicon = torn.lexicon
    if not torn.before or not torn.after or CLAUSE.search(torn.page.gap(torn.begin)):
        return None
    hidden, after = (words[1:] if words[0] in tokens.CURRENCIES else words for words in (torn.low, torn.after))
    if len(hidden) < _LEAST or not after or torn.low[-1] in lexicon.coordinators or torn.ends_clause():
        return None
    if not tokens.is_number(hidden[0]) or not tokens.is_number(after[0]) or torn.before[-1] in lexicon.between:
        return None
    alike = is_quantity(hidden[0], lexicon) == is_quantity(after[0], lexicon)  # a year is no amount
    return torn.governor(ChangeKind.NUMBER, 0, len(torn.low)) if alike else None


def rank(torn: Torn) -> Governor | None:
    """“The … largest fire” for “the second largest fire”: a rank that is left out makes it the first."""
    lexicon = torn.lexicon
    if len(torn.low) != 1 or not torn.before or not torn.after or CLAUSE.search(torn.page.gap(torn.begin)):
        return None
    alone = torn.before[-1] in lexicon.articles and torn.after[0].isalpha()
    alone = alone and torn.after[0] not in lexicon.calendar | lexicon.prepositions
    return (
        torn.governor(ChangeKind.NUMBER, 0, 1)
        if rank_of(torn.low[0], lexicon) > 1 and alone and not torn.ends_clause()
        else None
    )


def unit(torn: Torn) -> Governor | None:
    """“By 120 … per cent” for “by 120 basis points to 14 per cent”, “at 9 … p.m.” for “at 9 a.m. and 3 p.m.”: a figure is given the unit of another.
    Of a list (“30, 40 and 50 per cent”) each has it.
    """
    lexicon, low = torn.lexicon, torn.low
    if len(low) < _LEAST or not torn.before or not torn.after or torn.ends_clause():
        return None
    one, two = torn.before[-1], low[-1]
    if CLAUSE.search(torn.page.gap(torn.begin)) or not is_quantity(one, lexicon) or not is_quantity(two, lexicon):
        return None
    if low[0] in lexicon.coordinators | lexicon.range_links | lexicon.between_links:
        return None
    measured = torn.after[0] in lexicon.units | PER_CENT | lexicon.magnitudes or phrase_at(
        torn.after, 0, lexicon.hundredths
    )
    return torn.governor(ChangeKind.UNIT, 0, len(low)) if measured or is_clock(torn.after, 0) else None


def is_clock(words: Sequence[str], at: int) -> bool:
    """True where “a.m.” or “pm” stands there, in as many words as it has."""
    return words[at] in _CLOCK or (words[at] in _HALVES and tuple(words[at + 1 : at + 2]) == ("m",))


def elsewhere(torn: Torn) -> Governor | None:
    """“30 boats … in March” for “30 boats in May and 40 in March”: the place or time that is kept is that of a figure that is not."""
    lexicon = torn.lexicon
    if (
        torn.before and torn.after and torn.low[-1] == torn.before[-1] in lexicon.prepositions | lexicon.rates
    ):  # “30 boats in … March”
        low, before, after = torn.low, torn.before, torn.after
        torn = replace(
            torn,
            begin=torn.begin - 1,
            end=torn.end - 1,
            low=(before[-1], *low[:-1]),
            before=before[:-1],
            after=(low[-1], *after),
        )
    low = torn.low
    measures = _measures(low, lexicon)
    places = (lexicon.prepositions | lexicon.rates) - lexicon.partitive_links
    begin = next((k for k, word in enumerate(low) if not tokens.is_number(word) and k not in measures), len(low))
    if begin < len(low) and low[begin] not in places:  # “30 boats were sold in May and 40 in March”
        begin = next((k for k in range(begin + 1, min(begin + 1 + _VERB, len(low))) if low[k] in places), len(low))
        if torn.parted(0, min(begin, len(low) - 1)):
            return None
    if not torn.before or not torn.after or (not begin and CLAUSE.search(torn.page.gap(torn.begin))):
        return None
    last = len(low)
    noun = low[last - 1]
    if last > begin + 1 and is_amount(low[last - 2], lexicon) and noun not in lexicon.forms and noun.isalpha():
        last -= 1  # “30 boats in May and 40 cars”
    while last > begin + 1 and last - 1 in measures:
        last -= 1
    if CLAUSE.search(torn.page.gap(torn.begin + last - 1)) and tokens.is_number(low[last - 2]):
        last -= 1  # “71 of 204 (34.8%)”
    if last - begin <= _LEAST or low[begin] not in places or torn.after[0] not in lexicon.prepositions | lexicon.rates:
        return None
    figures = is_quantity(low[last - 1], lexicon) and any(is_quantity(word, lexicon) for word in torn.before)
    before = low[last - 2]
    apart = torn.parted(begin + 1, last - 1) or not lexicon.subordinators.isdisjoint(low[begin + 1 : last - 1])
    alike = before in torn.before and low[last - 3] in lexicon.coordinators  # “at 9 and at 3 p.m.”
    if not figures or (before in places and not alike) or not apart:
        return None
    return torn.governor(ChangeKind.NUMBER, 0, len(low))


def shared_out(torn: Torn) -> Governor | None:
    """“Lee and Cole … ten years” for “Lee and Cole were given five and ten years respectively”: who has which is gone with the rest of the row."""
    lexicon, page = torn.lexicon, torn.page
    if not torn.before or not torn.after or lexicon.coordinators.isdisjoint(torn.low):
        return None
    end = meaning.clause_end(page, torn.end)
    words = lowered(page.forms(torn.begin, end))
    told = any(phrase_at(words, k, lexicon.distributors) for k in range(len(words)))
    return torn.governor(ChangeKind.WORD_DROPPED, 0, len(torn.low)) if told else None


def signed(torn: Torn) -> Governor | None:
    """“The dose is … 10 mg” for “is ≥10 mg”, “take … tablet” for “take ½ tablet”: the sign of a bound, or a part of one, before what is kept."""
    if not torn.after:
        return None
    last = torn.low[-1]
    bounded = last in BOUND_SIGNS and tokens.is_number(torn.after[0])
    part = len(torn.low) == 1 and is_fraction(last) and bool(torn.before)
    kind = ChangeKind.QUANTIFIER if bounded else ChangeKind.NUMBER
    return torn.governor(kind, len(torn.low) - 1, len(torn.low)) if bounded or part else None


def grouped(torn: Torn) -> Governor | None:
    """“3 … euros” for “3 750 euros”: the groups of a number; “3.5 … cells” for “3.5 × 10⁶ cells”: its power."""
    if not torn.before or not tokens.is_number(torn.before[-1]):
        return None
    one, two, gap = torn.before[-1], torn.low[0], torn.page.gap(torn.begin)
    power = two in TIMES and any(map(tokens.is_number, torn.low[1:2]))
    blank = bool(gap) and not gap.strip() and "\n" not in gap
    group = blank and one.isdigit() and len(one) <= _GROUP and THREE.fullmatch(two) is not None
    return torn.governor(ChangeKind.NUMBER, 0, 1) if power or group else None


def _measures(low: Sequence[str], lexicon: Lexicon) -> set[int]:
    """Which of the words say what a figure counts: “%”, “per cent”, “km”, “million”."""
    single = (lexicon.units | PER_CENT | _DEGREES | lexicon.magnitudes) - lexicon.prepositions - lexicon.rates
    found = {k for k, word in enumerate(low) if word in single}
    for k in range(len(low)):
        if is_clock(low, k):
            found.update(range(k, min(len(low), k + 1 + (low[k] in _HALVES))))
        found.update(range(k, k + phrase_at(low, k, lexicon.hundredths)))
    return found
