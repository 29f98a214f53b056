"""Words behind an omission mark without which a part is taken for the whole: proportions, ranges, exceptions, degrees, kinds."""

from __future__ import annotations

from archiver.match import meaning, tokens
from archiver.match.denial import CLAUSE
from archiver.match.gapwords import ASIDE, PLAIN, Torn
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor
from archiver.match.negation import negation_count
from archiver.match.quantity import is_proportion, is_quantity, phrase_at, phrase_length
from archiver.model import ChangeKind

_SHORTEST_ADVERB = 4  # letters of a word that may still be no adverb: “only” is listed, “fly” is none
_ADVERB_ENDINGS = {"en": "ly", "fr": "ment", "es": "mente"}
_CASES = frozenset(["in", "dans", "en"])


def proportion(torn: Torn) -> Governor | None:
    """“One … abstained” for “one in ten members abstained”, “one in … members”, “every … house” for “every third house”."""
    if (
        not torn.before
        or CLAUSE.search(torn.page.gap(torn.begin))
        or not is_proportion(torn.before, torn.low, torn.lexicon)
    ):
        return None
    return torn.governor(ChangeKind.NUMBER, 0, len(torn.low))


def range_end(torn: Torn) -> Governor | None:
    """“Between … 400 permits” for “between 300 and 400 permits”; “for … 60 minutes” for “for 50–60 minutes”."""
    lexicon = torn.lexicon
    if not torn.before or not torn.after:
        return None
    whole = torn.low[0] in lexicon.between and torn.low[-1] in lexicon.between_links
    if whole and any(is_quantity(word, lexicon) or tokens.is_number(word[:1]) for word in torn.low):
        return torn.governor(ChangeKind.NUMBER, 0, len(torn.low))  # “between £2m and | £4m”
    if (
        meaning.is_hyphen(torn.page.gap(torn.end))
        and is_quantity(torn.low[-1], lexicon)
        and is_quantity(torn.after[0], lexicon)
    ):
        return torn.governor(ChangeKind.NUMBER, len(torn.low) - 1, len(torn.low))
    if torn.low[-1] not in lexicon.between_links and torn.low[-1] not in lexicon.range_links:
        return None
    if torn.before[-1] not in lexicon.between | lexicon.range_starts or not is_quantity(torn.after[0], lexicon):
        return None
    if not any(is_quantity(word, lexicon) for word in torn.low):
        return None
    return torn.governor(ChangeKind.NUMBER, 0, len(torn.low))


def exception(torn: Torn) -> Governor | None:
    """“Safe in all … of the patients” for “all but two of the patients”."""
    count = phrase_at(torn.low, 0, torn.lexicon.exceptions) if torn.before else 0
    if not count:
        return None
    everyone = torn.lexicon.universals | torn.lexicon.negations
    near = torn.before[-1:] if CLAUSE.search(torn.page.gap(torn.begin)) is None and count == 1 else torn.before
    if not set(near if torn.low[0] in torn.lexicon.coordinators else torn.before) & everyone:
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))


def degree(torn: Torn) -> Governor | None:
    """“Too”, “partly” before what is kept; half of a comparison (“as likely to … help” for “as likely to harm as to help”)."""
    lexicon = torn.lexicon
    if not torn.before or not torn.after:
        return None
    count, last, head = phrase_length(torn.low, lexicon.degrees), torn.low[-1], torn.after[0]
    compared = not lexicon.than.isdisjoint(torn.after) or is_quantity(head, lexicon) or not head[:1].isalnum()
    if count and not compared and not CLAUSE.search(torn.page.gap(torn.end)):
        if last not in lexicon.pairs:
            return torn.governor(ChangeKind.QUANTIFIER, len(torn.low) - count, len(torn.low))
        if torn.before[-1] in lexicon.copulas and last in torn.after[1:]:
            return torn.governor(ChangeKind.QUANTIFIER, len(torn.low) - count, len(torn.low))
    if last in lexicon.comparatives and head[:1].isalpha() and not is_quantity(head, lexicon) and len(torn.low) == 1:
        whole = not is_function_word(head) and not CLAUSE.search(torn.page.gap(torn.end))
        if whole and torn.before[-1] in lexicon.copulas:
            return torn.governor(ChangeKind.QUANTIFIER, 0, 1)
    for word in lexicon.pairs & set(torn.low):
        at = max((k for k, kept in enumerate(torn.before) if kept == word), default=0)
        if at and torn.before[at - 1] in lexicon.copulas and word not in torn.after:
            return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))
    if torn.low[0] in lexicon.than and torn.before[-1] in lexicon.comparatives and len(torn.low) <= PLAIN:
        return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))
    return None


def denied_degree(torn: Torn) -> Governor | None:
    """“Did not … fall” for “did not significantly fall”: what was denied is the degree, and not the fall."""
    if not torn.before or not torn.after or len(torn.low) > PLAIN or CLAUSE.search(torn.page.gap(torn.begin)):
        return None
    denied = negation_count(torn.before[-1:], torn.lexicon, torn.before[-2:-1])
    links = torn.lexicon.link_words | torn.lexicon.determiners
    if denied and torn.low[0] in torn.lexicon.universals and links.issuperset(torn.low[1:]):
        return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))  # “not … the money” for “not all of the money”
    if not denied or not all(_is_degree(word, torn.lexicon) for word in torn.low):
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))


def _is_degree(word: str, lexicon: Lexicon) -> bool:
    ends = tuple(ending for language, ending in _ADVERB_ENDINGS.items() if language in lexicon.languages)
    return word in lexicon.denied_degrees or (len(word) > _SHORTEST_ADVERB and bool(ends) and word.endswith(ends))


def denied_kind(torn: Torn) -> Governor | None:
    """“No … redundancies” for “no compulsory redundancies”: what there is none of is a kind, and not all."""
    lexicon = torn.lexicon
    if not torn.before or not torn.after or len(torn.low) >= PLAIN or torn.parted(0, len(torn.low)):
        return None
    if torn.before[-1] not in lexicon.denying_determiners - lexicon.restrictors or CLAUSE.search(
        torn.page.gap(torn.end)
    ):
        return None
    says = (*torn.low, torn.after[0])
    if any(is_function_word(word) or not word.isalpha() or meaning.is_verb(word, lexicon) for word in says):
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))


def restriction(torn: Torn) -> Governor | None:
    """“Must … obtain a warrant” for “must, in almost every case, obtain a warrant”."""
    lexicon, gap = torn.lexicon, torn.page.gap
    if not torn.before or not torn.after or len(torn.low) > ASIDE or torn.low[0] not in _CASES:
        return None
    apart = CLAUSE.search(gap(torn.begin)) and CLAUSE.search(gap(torn.end)) and not torn.parted(1, len(torn.low) - 1)
    if not apart or (lexicon.restrictors.isdisjoint(torn.low) and lexicon.partitives.isdisjoint(torn.low)):
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))
