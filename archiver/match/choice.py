"""Alternatives of which one is left out: “Smith … stole it” for “Smith or Jones stole it”, “Either the driver or | the guard left it open”."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import meaning, tokens
from archiver.match.denial import CLAUSE
from archiver.match.gapwords import Torn
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor
from archiver.match.negation import lowered, negation_count
from archiver.match.quantity import is_quantity
from archiver.model import ChangeKind

_LONGEST = 6  # words of an alternative
_LEADS = 2  # words that lead to one behind “or”: “in the”
_PARTICLES = "がはをにでのもと"  # of Japanese, behind the second of two nouns


def hidden(torn: Torn) -> Governor | None:
    """“Met in … York” for “met in Leeds or in York”. What is denied, allowed, asked, supposed or said of every one is so of each of them, and
    “the panel, or jury,” is one thing.
    """
    if not torn.before or not torn.after:
        return None
    lexicon, page, low = torn.lexicon, torn.page, torn.low
    if len(low) > 2 * _LONGEST or _is_free(torn) or (_is_set_off(torn) and lexicon.eithers.isdisjoint(low)):
        return None
    behind = _drops_second(torn)
    at = 0 if behind else _first_of_two(low, lexicon)
    if at is None or (not behind and len(low) - at > 1 + _LEADS):
        return None
    beside = (torn.before[-1], torn.after[0], *low[at + 1 : at + 2], *low[max(0, at - 1) : at])
    if any(is_quantity(word, lexicon) or word in lexicon.calendar for word in beside):
        return None  # a range, or a row of years that each stand there
    outer = _is_name(page, torn.begin - 1) or _is_name(page, torn.end)
    inner = page.form(torn.begin + at + 1 if behind else max(torn.begin, torn.begin + at - 1))
    sure = (outer and inner[:1].isupper()) or not lexicon.eithers.isdisjoint((*torn.before, *low))
    if not sure and not lexicon.modals.isdisjoint((*torn.before, *torn.after)):
        return None
    if not sure and not (behind or "en" in lexicon.languages):
        return None  # “тем или иным” is “one or another”
    if "en" in lexicon.languages and not sure and not _says(torn):
        return None
    return torn.governor(ChangeKind.WORD_DROPPED, at, len(low))


def _ors(lexicon: Lexicon) -> frozenset[str]:
    """Words that can only be “or”: where a text may be of several languages, “of” is Dutch and English, “o” Spanish and Portuguese."""
    return lexicon.alternatives - lexicon.prepositions - lexicon.articles - lexicon.partitive_links


def _says(torn: Torn) -> bool:
    """Whether something is said of the two: a verb is kept, and none stands in the alternative that is left out."""
    lexicon = torn.lexicon
    kept = any(meaning.is_verb(word, lexicon) for word in (*torn.before, *torn.after))
    return kept and not any(meaning.is_verb(word, lexicon) or word in lexicon.subordinators for word in torn.low)


def _drops_second(torn: Torn) -> bool:
    """“Smith | or Jones | stole it”."""
    lexicon, low = torn.lexicon, torn.low
    if low[0] not in _ors(lexicon) or not 1 < len(low) <= _LONGEST or torn.parted(1, len(low)):
        return False
    return not tokens.is_unspaced(torn.page.form(torn.begin)) or torn.after[0] in _PARTICLES or low[0] != "か"


def _first_of_two(low: Sequence[str], lexicon: Lexicon) -> int | None:
    """“In | Leeds or in | York”: the place of “or”, at the end of the gap but for what leads to a noun."""
    at = next((k for k in reversed(range(1, len(low))) if low[k] in _ors(lexicon)), None)
    if at is None or any(map(tokens.is_unspaced, low)):
        return None
    leads = lexicon.prepositions | lexicon.articles
    return at if all(word in leads or is_function_word(word) for word in low[at + 1 :]) else None


def _is_set_off(torn: Torn) -> bool:
    gap = torn.page.gap
    return bool(CLAUSE.search(gap(torn.begin))) and torn.ends_clause()


def _is_free(torn: Torn) -> bool:
    """Whether the sentence is one in which an alternative may go."""
    lexicon, page = torn.lexicon, torn.page
    close = torn.end + len(torn.after)
    end = next((k for k in range(torn.end + 1, close) if meaning.parts_clause(page, k)), close)
    words = lowered(page.forms(torn.clause_begin(), end))
    free = (
        lexicon.universals
        | lexicon.weak_conditions
        | lexicon.conditions
        | lexicon.interrogatives
        | lexicon.relatives - lexicon.complementizers
        | (lexicon.hedges & lexicon.modals)
    )
    if not free.isdisjoint(words) or negation_count(words, lexicon):
        return True
    close = meaning.clause_end(page, torn.end)
    return close <= len(page.words) and meaning.asks(page, close)


def _is_name(page: Page, token: int) -> bool:
    return page.form(token)[:1].isupper() and token > 0 and not meaning.ends_sentence(page, token)


def before_cut(page: Page, first: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """“Smith or | Jones stole it”: the subject that is kept is one of two, the other stands before the cut with its “or”."""
    begin = meaning.clause_start(page, first)
    if begin == first or page.low(first - 1) not in _ors(lexicon) or first - begin > _LONGEST + 1:
        return None
    words, kept = lowered(page.forms(begin, first)), page.forms(first, last)
    verbs = any(meaning.is_verb(word, lexicon) for word in words)
    spaced = not tokens.is_unspaced(page.form(first))
    if verbs or (spaced and len(kept) < 2) or negation_count(words, lexicon):
        return None
    if lexicon.languages[:1] == ("en",) and not any(meaning.is_verb(word, lexicon) for word in kept):
        return None
    return begin, first


def after_cut(page: Page, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """“Met in Leeds | or in York”: the other one is left out, for the warning of a cut to name."""
    if last + 1 >= len(page.words) or page.low(last) not in _ors(lexicon) or meaning.parts_clause(page, last):
        return None
    if tokens.is_unspaced(page.form(last)):
        return None
    return last, min(last + 1 + _LEADS, len(page.words))
