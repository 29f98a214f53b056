"""Words that say how much of what follows is meant: "two of the", "most of", "more than" before a number, "denied that"."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from itertools import pairwise

from archiver.match import tokens
from archiver.match.fold import DASH
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.model import ChangeKind

LONGEST = 4  # words of a phrase in the lists
LINK = 4  # words that may link a quantity with what it is part of
_ONE = frozenset(["a", "an", "ein", "eine", "einen", "einem", "einer", "un", "une", "una"])
PER_CENT = frozenset("%‰")
_HALVES = frozenset({"am", "pm"})
_YEARS = range(1500, 2101)


def dropped_quantity(dropped: Sequence[str], kept: Sequence[str], lexicon: Lexicon) -> int | None:
    """Where in ``dropped`` (words before a cut, lower case) a quantity begins that limits the words ``kept`` after it.

    A cut before the link itself (“two | of the nine”) leaves a link that hangs in the air: every reader sees that it is cut.
    """
    if not dropped or not kept:
        return None
    at = bound(dropped, kept, lexicon.bounds, lexicon)
    if at is None and phrase_length(dropped, lexicon.direct_partitives):
        at = len(dropped) - phrase_length(dropped, lexicon.direct_partitives)
    if at is None and _is_most(dropped, kept, lexicon):
        at = len(dropped) - 1
    if at is None:
        at = _partitive(dropped, kept, lexicon)
    if at is None:
        at = _range_start(dropped, kept, lexicon)
    if at is None:
        return None
    widening = lexicon.restrictors | lexicon.bound_words | lexicon.determiners
    while at > 0 and len(dropped) - at < 8 and (dropped[at - 1] in widening or is_quantity(dropped[at - 1], lexicon)):
        at -= 1
    return at


def phrase_length(words: Sequence[str], phrases: Collection[str]) -> int:
    """How many of the last words are one of these phrases, the longest first; 0 where none is."""
    if not phrases:
        return 0
    joint = "" if tokens.is_unspaced(words[-1]) else " "
    for count in range(min(LONGEST, len(words)), 0, -1):
        if joint.join(words[-count:]) in phrases:
            return count
    return 0


def phrase_at(words: Sequence[str], at: int, phrases: Collection[str]) -> int:
    """How many words from ``at`` on are one of these phrases, the longest first; 0 where none is."""
    for count in range(min(LONGEST, len(words) - at), 0, -1):
        if " ".join(words[at : at + count]) in phrases:
            return count
    return 0


def is_quantity(word: str, lexicon: Lexicon) -> bool:
    """True for a number in figures or words that is no year."""
    if tokens.is_number(word):
        return not (len(word) == 4 and word.isdecimal() and int(word) in _YEARS)
    return word in lexicon.numbers or is_fraction(word)


def halves_of_day(words: Sequence[str]) -> frozenset[str]:
    """Of “a.m.” and “pm”, in as many words as they have, “am” and “pm”."""
    joined = [word.lower() for word in words]
    pairs = ("".join(pair) for pair in pairwise(joined))
    return frozenset({*joined, *pairs} & _HALVES)


def is_fraction(word: str) -> bool:
    """True for ¾ and its like, by themselves or behind a figure."""
    return "⁄" in unicodedata.normalize("NFKC", word[-1:])


def is_amount(word: str, lexicon: Lexicon) -> bool:
    """True for what a bound may stand before: a number, but no "one", which is a pronoun as often."""
    if tokens.is_number(word):
        return True
    return (lexicon.numbers.get(word, 1) != 1) or word in lexicon.magnitudes or word in lexicon.fractions


def bound(dropped: Sequence[str], kept: Sequence[str], bounds: Collection[str], lexicon: Lexicon) -> int | None:
    """Where “more than”, “up to”, “about” begins before a number that is kept."""
    count = phrase_length(dropped, bounds)
    if not count:
        return None
    head = kept[0]
    amount = is_amount(head, lexicon)
    if not amount and len(kept) > 1:
        if not head[:1].isalnum():
            amount = tokens.is_number(kept[1])
        elif len(head) <= 4:
            one = head in _ONE and kept[1] in lexicon.units and lexicon.deictics.isdisjoint(kept[2:3])  # up to a week
            amount = one or kept[1] in lexicon.fractions
    return len(dropped) - count if amount else None


def _partitive(dropped: Sequence[str], kept: Sequence[str], lexicon: Lexicon) -> int | None:
    """“two of the”, “most of”, “two in” before the whole of which they are a part."""
    if not lexicon.partitive_links and not lexicon.number_links:
        return None
    low = max(0, len(dropped) - 1 - LINK)
    for at in reversed(range(low, len(dropped) - 1)):
        word = dropped[at]
        partial = word in lexicon.partitives or (at <= 1 and word in lexicon.partitives_first)
        less = lexicon.negations | lexicon.restrictors
        denied = word in lexicon.universals and at > 0 and dropped[at - 1] in less  # not all of, nearly all of
        if not partial and not denied and word not in lexicon.counts and not is_quantity(word, lexicon):
            continue
        rest = dropped[at + 1 :]
        if not all(one in lexicon.link_words or one in lexicon.determiners or _is_rank(one, lexicon) for one in rest):
            return None
        following = (*rest, *kept[:3])
        if _links(following, lexicon.number_links or lexicon.partitive_links):
            return at - denied
        if (partial or denied) and _links(following, lexicon.partitive_links):
            return at - denied
        whole = _links(following, lexicon.partitive_links)
        if (
            whole == len(rest)
            and whole
            and not partial
            and is_quantity(word, lexicon)
            and is_quantity(kept[0], lexicon)
        ):
            return at  # “8 of | 10 mice”
        size = _links(following, lexicon.ratio_links)
        if size and len(following) > size and is_quantity(following[size], lexicon) and not partial:
            return at
    return None


def _is_rank(word: str, lexicon: Lexicon) -> bool:
    """“Eight of their last | nine games”, “two of the first | ten”."""
    return word in lexicon.deictics or word in lexicon.ordinals


def _is_most(dropped: Sequence[str], kept: Sequence[str], lexicon: Lexicon) -> bool:
    """True for “most | children”, at the head of a clause or behind a preposition; not for “the most | important”, “most | likely”."""
    heads = lexicon.coordinators | lexicon.complementizers | lexicon.prepositions
    if dropped[-1] not in lexicon.most or (len(dropped) > 1 and dropped[-2] not in heads):
        return False
    if " ".join(dropped[-2:]) in lexicon.bounds or is_function_word(kept[0]) or kept[0].endswith("ly"):
        return False
    return any(word.endswith("s") or lexicon.forms.get(word, word) != word for word in kept[:2])


def is_proportion(kept: Sequence[str], following: Sequence[str], lexicon: Lexicon) -> bool:
    """True where a border goes through a proportion: “one | in ten”, “one in | ten”, “every | third”; all words in lower case."""
    if not kept or not following:
        return False
    if kept[-1] in lexicon.universals and following[0] in lexicon.ordinals:
        return True
    size = _links(following, lexicon.ratio_links)
    if size and _counts(kept[-1], lexicon) and len(following) > size:
        measured = following[size + 1 : size + 2]
        return is_quantity(following[size], lexicon) and lexicon.units.isdisjoint(measured)  # two in three days
    for size in range(min(3, len(kept) - 1), 0, -1):
        if not _counts(kept[-size - 1], lexicon):
            continue
        for more in range(min(3, len(following) - 1), -1, -1):  # one out | of ten
            if " ".join((*kept[-size:], *following[:more])) in lexicon.ratio_links:
                return is_quantity(following[more], lexicon)
    return False


def _counts(word: str, lexicon: Lexicon) -> bool:
    return is_quantity(word, lexicon) or word in lexicon.counts


def _range_start(dropped: Sequence[str], kept: Sequence[str], lexicon: Lexicon) -> int | None:
    """“20 to” and “between 20 and” before the number that is the other end of the range."""
    kept = kept[1:] if kept[0] in tokens.CURRENCIES else kept
    if len(dropped) < 2 or not kept:
        return None
    years = tokens.is_number(kept[0]) and tokens.is_number(dropped[-2]) and dropped[-1] in lexicon.between_links
    if not years and not (is_quantity(kept[0], lexicon) and is_quantity(dropped[-2], lexicon)):
        return None
    at = -4 if any(word in tokens.CURRENCIES for word in dropped[-3:-2]) else -3
    before, link = dropped[at : at + 1], dropped[-1]
    ranged = (
        link in lexicon.range_links and link not in lexicon.between_links and not set(before) & lexicon.range_starts
    )
    between = link in lexicon.between_links and bool(set(before) & lexicon.between)
    return len(dropped) - 2 if ranged or between else None


def goes_on(before: str, after: str, gap: str, lexicon: Lexicon) -> bool:
    """Whether ``after`` is more of the number ``before`` (lower case) with ``gap`` between them, its spaces aside: “5 | million”, “two | thirds”,
    “twenty- | five”, “10– | 20”.
    """
    if not is_quantity(before, lexicon) and before not in lexicon.magnitudes:
        return False
    if gap == DASH:
        return is_quantity(after, lexicon) or after in lexicon.fractions  # two-thirds
    parts = after in lexicon.fractions and after[:-1] in lexicon.fractions  # two thirds; two third prizes are two
    return not gap and ((after in lexicon.magnitudes and len(after) > 1) or parts)


def continued(kept: Sequence[str], following: Sequence[str], lexicon: Lexicon) -> tuple[ChangeKind, int] | None:
    """What of a quantity the words ``following`` a cut are, and how many of them: the end of a range (“20 | to 30”), a bound
    (“20 people | or more”), “per cent”. ``kept`` are some words before the cut; all are lower case.
    """
    if not kept or not following:
        return None
    if any(map(tokens.is_unspaced, following[:1])) or "ko" in lexicon.languages:
        joined = "".join(following)
        known = any(joined.startswith(phrase) for phrase in lexicon.bounds_after)
        return (ChangeKind.QUANTIFIER, 1) if known and any(map(tokens.is_number, kept)) else None
    signed = len(following) > 2 and following[1] in tokens.CURRENCIES
    at = 2 if signed else 1
    if len(following) > at and is_quantity(kept[-1], lexicon) and is_quantity(following[at], lexicon):
        link = following[0]
        kept = [word for word in kept if word not in tokens.CURRENCIES]
        ranged = link in lexicon.range_links and link not in lexicon.between_links
        between = link in lexicon.between_links and bool(set(kept[-2:-1]) & lexicon.between)
        if (ranged and not set(kept[-2:-1]) & lexicon.range_starts) or between:
            return ChangeKind.NUMBER, at + 1
    number = is_amount(kept[-1], lexicon)
    aged = (
        len(kept) > 3
        and is_amount(kept[-4], lexicon)
        and kept[-3] in lexicon.units
        and kept[-2] in lexicon.prepositions
    )
    counted = aged or any(is_amount(word, lexicon) for word in kept[-2:])  # 18 years of age | or older
    for phrases, kind, near in (
        (lexicon.bounds_after, ChangeKind.QUANTIFIER, counted),
        (lexicon.hundredths, ChangeKind.UNIT, number),
    ):
        for count in range(min(3, len(following)), 0, -1) if near else ():
            if " ".join(following[:count]) in phrases:
                return kind, count
    return None


def _links(words: Sequence[str], links: Collection[str]) -> int:
    for count in range(min(3, len(words)), 0, -1):
        if " ".join(words[:count]) in links:
            return count
    return 0


def denial_in(words: Sequence[str], lexicon: Lexicon) -> tuple[int, int] | None:
    """The last word or phrase among these (lower case) that denies by its meaning: “denied”, “failed”, “ruled out”."""
    if lexicon.denial_stems:
        joined = "".join(words)
        for stem in lexicon.denial_stems:
            at = joined.rfind(stem)
            if at >= 0:
                return _tokens_at(words, at, at + len(stem))
    denials = lexicon.denials
    for at in reversed(range(len(words))):
        if words[at] in denials:
            return at, at + 1
        if words[at] in lexicon.denial_heads:
            for count in (2, 3):  # at the end of the words three are the same two
                following = words[at + count : at + count + 1]
                if " ".join(words[at : at + count]) in denials and not any(map(tokens.is_number, following)):
                    return at, at + count  # cases that declined to 653 denied nothing
    return None


def denial_phrase(words: Sequence[str], at: int, lexicon: Lexicon) -> int:
    """How many words from ``at`` on (lower case) deny what is said after them; those that deny only before “that” too."""
    if words[at] in lexicon.denials or words[at] in lexicon.denials_that:
        return 1
    for count in (2, 3) if words[at] in lexicon.denial_heads else ():
        following = words[at + count : at + count + 1]
        if " ".join(words[at : at + count]) in lexicon.denials and not any(map(tokens.is_number, following)):
            return count
    return 0


def _tokens_at(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    first = last = offset = 0
    for k, word in enumerate(words):
        if offset <= start:
            first = k
        if offset < end:
            last = k
        offset += len(word)
    return first, last + 1
