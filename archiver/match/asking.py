"""A question quoted without its mark, so that it reads as said: “You saw the knife” of “You saw the knife?”, of “You saw it, didn't you?”."""

from __future__ import annotations

from archiver.match import meaning
from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered

_TAG = 4  # words of “, isn't that right?”
_LEAD = 2  # words before the subject: “And”, “But then”
_LABELS = frozenset({"q", "a", "f"})  # of question and answer
_LEAST = 3  # words kept


def is_asked(page: Page, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the tokens ``first..last`` are all of a question, but for “and” before it and “didn't you?” behind it, and no mark is kept."""
    if last - first < _LEAST:
        return False
    begin = meaning.clause_start(page, last - 1)
    lead = lowered(page.forms(begin, first)) if begin < first else []
    if len(lead) > _LEAD or any(word not in lexicon.coordinators | _LABELS for word in lead):
        return False
    if last >= len(page.words) or meaning.ends_sentence(page, last):
        return meaning.asks(page, last)
    if not CLAUSE.search(page.gap(last)):
        return False
    end = next((k for k in range(last + 1, min(last + 2 + _TAG, len(page.words) + 1)) if meaning.asks(page, k)), None)
    return end is not None and " ".join(lowered(page.forms(last, end))) in lexicon.tags
