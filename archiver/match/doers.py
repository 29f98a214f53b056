"""Who did what is kept behind an omission mark, and what was done to it: neither may be left out with the words of a clause of which the rest
is kept.
"""

from __future__ import annotations

import re

from archiver.match import meaning
from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor
from archiver.match.negation import lowered
from archiver.match.quantity import is_quantity
from archiver.model import ChangeKind

SUBJECT = 6  # words kept before a mark up to which they are taken for a subject whose verb is left out
_CLAUSES = re.compile("[;:]")  # signs between clauses that never part the subject of one verb
_NEAR = 8  # kept words before a mark among which the verb of what is left out is looked for
_PARTICLES = frozenset(["out", "up", "off", "down", "away", "back", "over"])  # of English verbs: thrown out
_PRESENT = 3  # letters that an English verb in “s” has more than
_DEED = 4  # words of a second verb with what stands between it and its object


def other_doer(page: Page, first: int, last: int, lexicon: Lexicon) -> str | None:
    """“Singh”, for “Marsh … seconded it” of “Marsh proposed, and Singh seconded it”: the verb that is kept is that of a hidden subject; so it
    is in “The chairman … admitted it” for “resigned after the auditor admitted it”. None where it is not.
    """
    kept, hidden = page.forms(meaning.clause_start(page, first), first), page.forms(first, last)
    low = lowered(hidden)
    if meaning.torn_sentences(page, first, last) != [(first, last)] or CLAUSE.search(page.gap(last)):
        return None
    links = lexicon.coordinators | lexicon.subordinators | lexicon.complementizers
    at = max((k for k, word in enumerate(low) if word in links), default=0)
    said = bool(low) and low[0] in lexicon.attribution  # “Iran says the navy | attacked”
    parted = max((k for k in range(1, len(low)) if _CLAUSES.search(page.gap(first + k))), default=0)
    begin = max(at + 1 if at else 0, parted, int(said))
    subject = low[begin:]
    if not begin or not 0 < len(subject) <= SUBJECT or not meaning.is_verb(page.low(last), lexicon):
        return None
    named = hidden[begin][:1].isupper() or subject[0] in lexicon.articles
    named = named or any(is_quantity(word, lexicon) for word in subject)
    # “left when he | resigned”: he may be whom the sentence is about
    named = named or (subject[0] in lexicon.pronouns and low[begin - 1] not in lexicon.subordinators)
    verbs = any(meaning.is_verb(word, lexicon) for word in low[:at])
    of_both = not said and not verbs  # “Marsh, with Doyle and Singh | seconded”
    apart = (
        low[at] in lexicon.adversatives and CLAUSE.search(page.gap(first + at)) and not CLAUSE.search(page.gap(first))
    )
    alone = 0 < len(kept) <= SUBJECT and not is_function_word(kept[-1].lower())  # a subject that waits for its verb
    of_both = of_both and not (alone and (begin == parted or apart))
    of_both = of_both or low[0] in lexicon.relatives  # “Officers who searched the car and the house | seized it”
    verb = low[0] in lexicon.copulas or low[0] in lexicon.modals  # of “Vaccinated children”
    when = lexicon.deictics | lexicon.calendar | lexicon.units  # “, and the next day | closed”
    counted = all(is_quantity(word, lexicon) for word in subject)  # “were freed and two | jailed”
    waits = low[at] in lexicon.coordinators and when.isdisjoint(subject)
    waits = waits and (counted or CLAUSE.search(page.gap(first + at)) is not None)
    sentence = lowered(kept)
    if waits and sentence and sentence[-1] in lexicon.copulas:
        sentence = sentence[:-1]  # “Smith was warned, and Jones | fined”
    said_of = subject if verb else (*subject, *sentence)
    if not named or of_both or any(meaning.is_verb(word, lexicon) for word in said_of):
        return None
    return page.slice(first + begin, last)


def other_antecedent(page: Page, first: int, last: int, lexicon: Lexicon) -> str | None:
    """“Roe, who”, for “Lee … was convicted” of “Lee, who was cleared, and Roe, who was convicted”; None where what is kept before the mark may be
    meant, as in “Lee, a friend of Roe, who was convicted”.
    """
    low = lowered(page.forms(first, last))
    relative = low[-1:] and low[-1] in lexicon.relatives - lexicon.complementizers and page.form(last - 1)[:1].islower()
    if not (first and len(low) > 1 and relative and meaning.is_verb(page.low(last), lexicon)):
        return None
    begin = last - 1
    while begin > first and page.form(begin - 1)[:1].isupper():
        begin -= 1
    named = begin not in (first, last - 1) and low[-2] not in lexicon.calendar
    if not named or meaning.torn_sentences(page, first, last) != [(first, last)]:
        return None
    hidden = low[: begin - first]
    sure = hidden[-1] in lexicon.coordinators or any(meaning.is_verb(word, lexicon) for word in hidden)
    return page.slice(begin, last) if sure else None


def other_deed(page: Page, first: int, last: int, lexicon: Lexicon) -> Governor | None:
    """“Convicted him of … bribery” for “convicted him of fraud but acquitted him of bribery”, “freed … the guards” for “freed the miners and shot
    the guards”: what is kept is what something else was done to.
    """
    if not first or last >= len(page.words) or meaning.parts_clause(page, last) or meaning.parts_clause(page, first):
        return None
    if any(meaning.ends_sentence(page, token) for token in range(first, last)):
        return None
    low = lowered(page.forms(first, last))
    at = max((k for k, word in enumerate(low) if word in lexicon.coordinators), default=0)
    if not at or CLAUSE.search(page.gap(first + at)) or not 0 < len(low) - at - 1 <= _DEED:
        return None
    kept = lowered(page.forms(max(meaning.clause_start(page, first), first - _NEAR), first))
    head = page.low(last)
    if head in lexicon.coordinators | lexicon.complementizers | lexicon.relatives - lexicon.articles:
        return None
    rest = low[at + 1 :]
    deed = next((k for k in range(min(2, len(rest))) if _is_deed(rest[k], lexicon)), None)
    other = low[at] in lexicon.adversatives
    loves = other and "en" in lexicon.languages and _are_present(kept[-1], rest[0], lexicon)
    deed = 0 if loves else deed
    plain = lexicon.pronouns | lexicon.articles
    if deed is None or meaning.is_verb(head, lexicon):
        return None
    if not all(is_function_word(word) or word in plain | _PARTICLES for word in rest[deed + 1 :]):
        return None
    begun = len(rest) > deed + 1 or head in plain or is_function_word(head) or not page.form(last)[:1].islower()
    begun = begun or (is_quantity(head, lexicon) and kept[-1] not in lexicon.articles)
    if not other and not begun:
        return None  # “They painted … gate” for “a red and rusted gate”
    undone = other and rest[deed] in lexicon.reversals  # “convicted of theft but acquitted of”
    if not undone and not loves and not any(_is_deed(word, lexicon) for word in kept):
        return None
    return Governor(ChangeKind.WORD_DROPPED, first + at, last)


def _is_deed(word: str, lexicon: Lexicon) -> bool:
    """True for a verb that says what is done."""
    if word in lexicon.copulas or word in lexicon.modals:
        return False
    return meaning.is_verb(word, lexicon) or word in lexicon.reversals or word in lexicon.denials


def _are_present(one: str, two: str, lexicon: Lexicon) -> bool:
    """“Loves” and “hates”, English verbs of the same shape."""
    return all(
        len(word) > _PRESENT and word.endswith("s") and not is_function_word(word) and word not in lexicon.quantifiers
        for word in (one, two)
    )
