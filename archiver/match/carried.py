"""What an omission mark carries over from one clause to another: a denial to words that nobody denied, a deed to somebody who did not do it."""

from __future__ import annotations

from archiver.match import meaning
from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor
from archiver.match.negation import affirms, lowered, negation_count
from archiver.model import ChangeKind

_NEAR = 4  # kept words before a mark among which the denial is looked for
_LEAST = 3  # words of a predicate and of the subject and verb of another
_CLAUSE = 10  # words of a subject and its verb
_SUBJECT = 6  # words of a clause that are left out before the mark ends


def denial(page: Page, first: int, last: int, lexicon: Lexicon) -> Governor | None:
    """The words of another clause behind which the mark over ``first..last`` ends, where what is kept of the clause before it denies:
    “I never regretted … the mountains” for “I never regretted leaving. I regretted the mountains”, “not … a knave” for “not a fool but a
    knave”.
    """
    if not first or last >= len(page.words) or meaning.parts_clause(page, last):
        return None
    contrast = page.low(first) in lexicon.contrasts  # it stands behind a denial alone
    if meaning.ends_sentence(page, first) or (meaning.parts_clause(page, first) and not contrast):
        return None
    begin = first - 1
    while begin > 0 and not meaning.parts_clause(page, begin):
        begin -= 1
    kept = lowered(page.forms(max(begin, first - _NEAR), first))
    if not negation_count(kept, lexicon, page.forms(max(0, first - _NEAR - 1), max(begin, first - _NEAR))):
        return None
    if affirms(kept, lexicon) or not lexicon.restrictors.isdisjoint(kept):
        return None
    low = lowered(page.forms(first, last))
    head = page.low(last)
    opening = lexicon.coordinators | lexicon.complementizers | lexicon.subordinators | lexicon.relatives
    if not contrast and head in opening - lexicon.articles:
        return None  # the clause behind the mark begins there, as a reader sees
    if any(meaning.ends_sentence(page, token) for token in range(first, last)) and negation_count(kept[-1:], lexicon):
        return None  # “was not … The judge”: a reader sees that what was denied is missing
    since = max((k for k in range(1, len(low)) if _begins_clause(page, first, low, k, lexicon)), default=0)
    return (
        Governor(ChangeKind.NEGATION, first + since, last)
        if (since or contrast) and len(low) - since <= _SUBJECT
        else None
    )


def predicate(page: Page, first: int, last: int, lexicon: Lexicon) -> Governor | None:
    """“Aftershocks are … unlikely” for “are likely, though a second quake is unlikely”: behind the verb that is kept stands what was said
    with the verb of another subject, which is left out.
    """
    verbs = lexicon.copulas | lexicon.modals
    if last - first < _LEAST or last >= len(page.words) or meaning.parts_clause(page, last):
        return None
    one, two = lowered([*page.forms(first - 1, first), *page.forms(last - 1, last)]) if first else ("", "")
    if one not in verbs or two not in verbs or meaning.parts_clause(page, first):
        return None
    begin = next((token for token in range(last - 1, first, -1) if meaning.parts_clause(page, token)), None)
    if begin is None or last - begin > _CLAUSE:
        return None
    rest = [word for word in lowered(page.forms(begin, last)) if word not in verbs | lexicon.coordinators]
    # a pronoun may be the subject that is kept
    other = (lexicon.pronouns - set(lexicon.numbers)).isdisjoint(rest) and not all(map(is_function_word, rest))
    return Governor(ChangeKind.WORD_DROPPED, begin, last) if other else None


def _begins_clause(page: Page, first: int, low: list[str], at: int, lexicon: Lexicon) -> bool:
    """True where another clause, or what stands in the place of what was denied, begins with the word ``at`` of a gap."""
    if low[at] in lexicon.contrasts | lexicon.adversatives:
        return True
    if meaning.ends_sentence(page, first + at):
        return True
    if not CLAUSE.search(page.gap(first + at)):
        return False
    rest = low[at + (low[at] in lexicon.coordinators) :]
    subject = bool(rest) and rest[0] in lexicon.pronouns - lexicon.relatives
    return subject and any(meaning.is_verb(word, lexicon) for word in rest[1:])
