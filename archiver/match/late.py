"""Denials behind the verb: “Der Minister unterstützt den Plan / nicht mehr”, “The plan will help / nobody”.

Whoever cuts before one keeps a sentence that looks whole and says the opposite. In German, Dutch and the languages of Scandinavia the verb of a
main clause stands second, so what is kept from the clause's beginning has it, and what denies it comes after. English shows a denial by the verb
(“does / not”), but for some that close a clause (“no longer”) or stand for an object (“nothing”). French and Spanish deny before the verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.match import meaning
from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered, negation_count
from archiver.match.quantity import phrase_at

_LEAST = 2  # words that a subject and its verb take


@dataclass(frozen=True, slots=True)
class LateDenial:
    """A denial behind a cut: its place, and whether the verb that it denies is surely kept."""

    first: int
    last: int
    governs: bool


def late_denial(page: Page, first: int, last: int, lexicon: Lexicon) -> LateDenial | None:
    """The denial of a clause that is cut at token ``last``, where tokens from ``first`` on are kept; None without one.

    Just behind the cut it denies what is kept; so it does at the clause's end, with nothing that may be its verb before it (“den Plan / der
    Stadt nicht”). Else it may deny no more than what follows it (“nicht immer”).
    """
    if last >= len(page.words) or CLAUSE.search(page.gap(last)) or meaning.ends_sentence(page, last):
        return None
    if page.low(last - 1) in lexicon.coordinators:
        return None
    rest = lowered(page.forms(last, meaning.clause_end(page, last)))
    ends = (k for k in range(len(rest)) if CLAUSE.search(page.gap(last + k)) or rest[k] in lexicon.coordinators)
    end = next((k for k in ends if k), len(rest)) if rest[0] not in lexicon.coordinators else 0
    closing = phrase_at(rest, 0, lexicon.closing_denials)
    if closing and closing == end:
        return LateDenial(last, last + closing, governs=True)
    at = next((k for k in range(end) if rest[k] in lexicon.late_denials), None)
    count = 1 if at is not None else phrase_at(rest[:end], 0, lexicon.denied_objects)
    at = at or 0
    if not count or _affirmed(page, last, rest, at + count, lexicon):
        return None
    begin = _clause_begin(page, last, lexicon)
    kept = first <= begin and _has_verb(page, begin, last, rest, lexicon)
    if at and not kept:
        return None
    between = page.forms(last, last + at)
    degree = set(rest[at + count : at + count + 1]) & lexicon.denied_degrees  # “fährt / nicht immer”: it does at times
    governs = kept and not degree and (not at or (at + count == end and _no_verb(between, lexicon)))
    return LateDenial(last + at, last + at + count, governs)


def _affirmed(page: Page, last: int, rest: Sequence[str], behind: int, lexicon: Lexicon) -> bool:
    """“nicht nur”, “nicht ohne”, “nicht zuletzt”, “nothing but”; “nicht am Sonntag, sondern am Montag” denies the day alone."""
    following = rest[behind : behind + 1]
    if set(following) & (lexicon.restrictors | lexicon.not_least) or negation_count(following, lexicon):
        return True
    return any(rest[k] in lexicon.contrasts and CLAUSE.search(page.gap(last + k)) for k in range(behind, len(rest)))


def _no_verb(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Nouns (where these have a capital) with their articles and prepositions."""
    return all(word[:1].isupper() or word in lexicon.articles or word in lexicon.prepositions for word in words)


def _clause_begin(page: Page, last: int, lexicon: Lexicon) -> int:
    """The first token of the clause that ends before token ``last``."""
    begin = last - 1
    while begin > 0 and not CLAUSE.search(page.gap(begin)) and not meaning.ends_sentence(page, begin):
        if page.low(begin - 1) in lexicon.coordinators:
            break
        begin -= 1
    return begin


def _has_verb(page: Page, begin: int, last: int, rest: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a clause from ``begin`` has had its verb before ``last``: a main clause has, “weil der Minister / nicht kam” has not."""
    head = page.low(begin)
    if last - begin < _LEAST or head in lexicon.subordinators or head in lexicon.complementizers:
        return False
    if not lexicon.late_denials and head in lexicon.prepositions:
        return False  # “In the hall / nobody moved”; where the verb stands second it is there by now
    if not begin or not CLAUSE.search(page.gap(begin)):
        return True
    # behind a comma: “…, die den Plan / nicht kennen”, “…, in denen er / nicht steht”, “…, den Plan / nicht zu kennen”
    pronoun = page.low(begin + 1) if head in lexicon.prepositions else head
    return pronoun not in lexicon.relatives and lexicon.infinitive_marks.isdisjoint(rest)
