"""Words behind an omission mark that say of which ones something is said or denied: without them it is said of all."""

from __future__ import annotations

from archiver.match import meaning, tokens
from archiver.match.denial import CLAUSE
from archiver.match.gapwords import PLAIN, Torn
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor
from archiver.match.negation import lowered, negation_count
from archiver.match.quantity import is_quantity, phrase_length
from archiver.model import ChangeKind

_NARROWING = frozenset(["aged", "living", "born", "older", "younger", "affected", "treated"])
_PRESENT = frozenset(["are", "is"])
_RULING = frozenset(["should", "must", "shall", "may", "can", "cannot", "ought"])


def denied(torn: Torn) -> Governor | None:
    """“None led to … injury” for “to serious injury”, “Patients with … pain must not take it” for “with severe pain”. “The”, “his” before the
    mark name one thing, of which the same is true without the word.
    """
    lexicon, page = torn.lexicon, torn.page
    if not torn.before or not torn.after or len(torn.low) >= PLAIN or torn.parted(0, len(torn.low)):
        return None
    if torn.before[-1] not in lexicon.prepositions | lexicon.indefinites or torn.ends_clause():
        return None
    says = (*torn.low, torn.after[0])
    if any(is_function_word(word) or not word.isalpha() or meaning.is_verb(word, lexicon) for word in says):
        return None
    plain = lexicon.universals | lexicon.indefinites | lexicon.pronouns
    if page.form(torn.begin)[:1].isupper() or not plain.isdisjoint(says):
        return None  # a name; “in any sample”
    begin = torn.clause_begin()
    reach = range(torn.end + 1, torn.end + len(torn.after))
    end = next((token for token in reach if meaning.parts_clause(page, token)), torn.end + len(torn.after))
    sides = ((begin, torn.begin), (torn.end, end))
    if not any(negation_count(page.forms(*side), lexicon, page.forms(max(0, side[0] - 1), side[0])) for side in sides):
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))


def subject(torn: Torn) -> Governor | None:
    """“Patients … should not take it” for “Patients with gout should not take it”: what stands without commas behind a noun without an article
    says which ones are meant. English alone tells them so. What happened to some (“Shares … were up” for “shares of the company”) is true of
    them without it; a rule, a figure, and what is said of every one or of a kind are not.
    """
    lexicon, page = torn.lexicon, torn.page
    if "en" not in lexicon.languages or not torn.before or not torn.after or torn.ends_clause():
        return None
    if CLAUSE.search(page.gap(torn.begin)) or torn.low[0] not in lexicon.prepositions | lexicon.relatives | _NARROWING:
        return None
    verb, begin = torn.after[0], torn.clause_begin()
    words = lowered(page.forms(begin, torn.begin))
    that = max((k + 1 for k, word in enumerate(words) if word in lexicon.complementizers), default=0)
    words, begin = words[that:], begin + that
    if not 0 < len(words) <= PLAIN or (begin and not that and not meaning.parts_clause(page, begin)):
        return None
    kind = verb in _PRESENT and torn.low[0] in lexicon.relatives | _NARROWING
    every = not lexicon.universals.isdisjoint(words) and verb in lexicon.modals | lexicon.copulas
    figure = verb in lexicon.copulas and torn.after[1:2] and _is_figure(torn.after[1], lexicon)
    if not (verb in _RULING or kind or every or figure):
        return None
    many = words[-1].endswith("s") or lexicon.forms.get(words[-1], words[-1]) != words[-1]
    compound = len(words) > 1 and page.form(torn.begin - 1)[:1].islower()  # “Operating profit”
    definite = lexicon.articles | lexicon.pronouns | lexicon.prepositions | lexicon.coordinators
    if not (many or compound) or not definite.isdisjoint(words):
        return None
    if any(is_quantity(word, lexicon) or meaning.is_verb(word, lexicon) for word in words[:-1]):
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))


def excluded(torn: Torn) -> Governor | None:
    """“Chose … demolition” for “repair instead of demolition”, “all … the chairman” for “all save the chairman”: what is kept is what was not
    chosen, or what is excepted.
    """
    lexicon, low = torn.lexicon, torn.low
    if not torn.before or not torn.after or torn.ends_clause():
        return None
    end = len(low)
    count = phrase_length(low, lexicon.exclusions)
    while not count and end > 1 and len(low) - end < PLAIN and low[end - 1] in lexicon.articles | lexicon.determiners:
        end -= 1
        count = phrase_length(low[:end], lexicon.exclusions)
    if not count and low[end - 1] in lexicon.than:
        count = int(not lexicon.preferences.isdisjoint((*torn.before, *low)))
    at = end - count
    if not count or (at and low[at - 1] in lexicon.infinitive_marks) or torn.parted(at + 1, len(low)):
        return None  # “to save | the whales”
    return torn.governor(ChangeKind.NEGATION, at, len(low))


def _is_figure(word: str, lexicon: Lexicon) -> bool:
    return word in tokens.CURRENCIES or is_quantity(word, lexicon)
