"""The noun of which something is said, left out of its phrase: “the mayor was convicted” for “the wife of the mayor was convicted”. English."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import meaning
from archiver.match.gapwords import Torn
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor
from archiver.match.negation import lowered
from archiver.model import ChangeKind

# What joins a noun with another that says whose it is, for whom or against whom.
_JOINING = frozenset(["of", "for", "against", "to", "from", "with", "behind", "beside", "near"])
_PHRASE = 5  # words of a noun with its article
_SUBJECT = 6  # words of what is taken for a subject, and its verb


def before_cut(page: Page, first: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """“The wife of”, where the quotation begins with “the mayor was convicted”: who knows the page knows who was."""
    if "en" not in lexicon.languages or not first or meaning.parts_clause(page, first):
        return None
    link = page.low(first - 1)
    if link in lexicon.infinitive_marks and not _names(page, first, lexicon):
        return None  # “the decision to | consult”
    if link not in _JOINING or not _is_subject(page.forms(first, min(last, first + _SUBJECT)), lexicon):
        return None
    clause = meaning.clause_start(page, first)
    begin = max(clause, first - 1 - _PHRASE)
    head = _head(lowered(page.forms(begin, first - 1)), lexicon, whole=begin == clause)
    return (begin + head, first) if head is not None else None


def hidden(torn: Torn) -> Governor | None:
    """“The … mayor was convicted” for “The wife of the mayor was convicted”."""
    lexicon, low = torn.lexicon, torn.low
    if "en" not in lexicon.languages or not torn.before or not torn.after or torn.before[-1] not in lexicon.articles:
        return None
    end = len(low) - 1 if low[-1] in lexicon.articles else len(low)
    if not 1 < end <= _PHRASE or low[end - 1] not in _JOINING or torn.parted(0, len(low)):
        return None
    says = low[: end - 1]
    if any(is_function_word(word) or meaning.is_verb(word, lexicon) for word in says):
        return None
    return torn.governor(ChangeKind.WORD_DROPPED, 0, len(low)) if _is_subject(torn.after, lexicon) else None


def _names(page: Page, token: int, lexicon: Lexicon) -> bool:
    return page.low(token) in lexicon.articles or page.form(token)[:1].isupper()


def _head(words: Sequence[str], lexicon: Lexicon, *, whole: bool) -> int | None:
    """Where the noun phrase begins that the words end with, where it can be the subject of a verb behind it; None where it cannot. ``whole``
    where they are all words of their clause.
    """
    for at in reversed(range(len(words))):
        if words[at] in lexicon.articles:
            led = words[at - 1] if at else ""
            opens = lexicon.attribution | lexicon.complementizers | lexicon.coordinators | lexicon.subordinators
            return at if at < len(words) - 1 and ((not at and whole) or led in opens - lexicon.prepositions) else None
        if words[at] in lexicon.complementizers:
            return at + 1 if at < len(words) - 1 else None
        if is_function_word(words[at]) or meaning.is_verb(words[at], lexicon):
            return None
    return 0 if whole and words else None


def _is_subject(words: Sequence[str], lexicon: Lexicon) -> bool:
    """“The mayor was”, “Smith said”: a noun and its verb."""
    low = lowered(words)
    stops = lexicon.relatives | lexicon.coordinators | lexicon.infinitive_marks | lexicon.pronouns
    for at, word in enumerate(low):
        if at and (word in lexicon.copulas or word in lexicon.modals):
            return True
        if at and word in lexicon.attribution:
            return low[at + 1 : at + 2] != ["to"]
        if word in stops - lexicon.articles:
            return False
    return False
