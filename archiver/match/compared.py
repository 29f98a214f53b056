"""Comparisons that an omission mark turns: “cheaper … in Paris” for “cheaper in Rome than in Paris”, “the first … to sail” for “the first woman
to sail”.
"""

from __future__ import annotations

from archiver.match.denial import CLAUSE
from archiver.match.gapwords import PLAIN, Torn
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor, is_verb
from archiver.match.quantity import is_quantity
from archiver.model import ChangeKind

_LEADS = 4  # words between “than” and the mark: “it was in the”
_NOUN = 2  # words between a superlative and the mark: “first win”
_SHORTEST = 4  # letters of a comparative that is told by its ending
_NARROWS = 6  # words that say among which ones something is the first


def standard(torn: Torn) -> Governor | None:
    """The words that end with “than”, so that what was compared with stands for what is compared."""
    lexicon, low = torn.lexicon, torn.low
    if not torn.before or not torn.after or torn.ends_clause():
        return None
    at = next((k for k in reversed(range(len(low))) if low[k] in lexicon.than), None)
    if at is None or len(low) - at - 1 > _LEADS or not all(map(is_function_word, low[at + 1 :])):
        return None
    if not any(_is_comparative(word, lexicon) for word in torn.before):
        return None  # with the degree left out too nothing is compared
    return torn.governor(ChangeKind.WORD_DROPPED, 0, len(low))


def _is_comparative(word: str, lexicon: Lexicon) -> bool:
    """True for “plus”, “meno”, and where forms of comparison have an ending of their own (billiger, levnější, дешевле), for one of these."""
    if word in lexicon.comparatives:
        return True
    if len(word) < _SHORTEST or word in lexicon.no_comparatives or is_function_word(word):
        return False
    return word.endswith(tuple(lexicon.comparative_endings))


def superlative(torn: Torn) -> Governor | None:
    """“The oldest … church” for “the oldest wooden church”, “the first win … since March” for “the first win at home since March”: among which
    ones it is the first. A remark between signs may go, and what follows “of”.
    """
    lexicon, page, low = torn.lexicon, torn.page, torn.low
    if not torn.before or not torn.after or len(low) > _NARROWS or torn.ends_clause():
        return None
    if CLAUSE.search(page.gap(torn.begin)) or torn.parted(0, len(low)):
        return None
    tail = torn.before[-1 - _NOUN :]
    away = next((k for k in range(len(tail)) if tail[-1 - k] in lexicon.superlatives), None)
    if away is None or not _is_ranked(torn, len(torn.before) - 1 - away):
        return None
    if any(CLAUSE.search(page.gap(torn.begin - k)) for k in range(away + 1)):
        return None
    if away and any(map(is_function_word, tail[-away:])):
        return None  # “the best day to | book”
    if low[0] in lexicon.partitive_links or low[0] in lexicon.relatives:
        return None
    if low[0] in lexicon.scopes or any(is_quantity(word, lexicon) for word in low):
        return None
    scoped = torn.after[0] in lexicon.scopes | lexicon.infinitive_marks
    noun = torn.after[0].isalpha() and not is_function_word(torn.after[0]) and not is_verb(torn.after[0], lexicon)
    adjectives = (
        not away and not is_verb(low[0], lexicon) and len(low) < PLAIN and noun and not any(map(is_function_word, low))
    )
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(low)) if scoped or adjectives else None


def _is_ranked(torn: Torn, at: int) -> bool:
    """Whether the superlative is one of a noun: an article, a possessive or a genitive stands before it."""
    before = torn.before[at - 1] if at else ""
    return before in torn.lexicon.articles or before == "s"
