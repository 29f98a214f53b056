"""Words that say how much of what follows is meant: "two of the", "most of", "more than" before a number, "denied that"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archiver.match import tokens
from archiver.match.lexicon import Lexicon

LONGEST = 4  # words of a phrase in the lists
LINK = 4  # words that may link a quantity with what it is part of
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
    if at is None:
        at = _partitive(dropped, kept, lexicon)
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


def is_quantity(word: str, lexicon: Lexicon) -> bool:
    """True for a number in figures or words that is no year."""
    if tokens.is_number(word):
        return not (len(word) == 4 and word.isdecimal() and int(word) in _YEARS)
    return word in lexicon.numbers


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
            amount = kept[1] in lexicon.fractions
    return len(dropped) - count if amount else None


def _partitive(dropped: Sequence[str], kept: Sequence[str], lexicon: Lexicon) -> int | None:
    """“two of the”, “most of”, “two in” before the whole of which they are a part."""
    if not lexicon.partitive_links and not lexicon.number_links:
        return None
    low = max(0, len(dropped) - 1 - LINK)
    for at in range(len(dropped) - 2, low - 1, -1):
        word = dropped[at]
        partial = word in lexicon.partitives or (at <= 1 and word in lexicon.partitives_first)
        if not partial and word not in lexicon.counts and not is_quantity(word, lexicon):
            continue
        rest = dropped[at + 1 :]
        if not all(one in lexicon.link_words or one in lexicon.determiners for one in rest):
            return None
        following = (*rest, *kept[:3])
        if _links(following, lexicon.number_links or lexicon.partitive_links):
            return at
        if partial and _links(following, lexicon.partitive_links):
            return at
        size = _links(following, lexicon.ratio_links)
        if size and len(following) > size and is_quantity(following[size], lexicon) and not partial:
            return at
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
    for at in range(len(words) - 1, -1, -1):
        if words[at] in denials:
            return at, at + 1
        if words[at] in lexicon.denial_heads:
            for count in (3, 2):
                if " ".join(words[at : at + count]) in denials:
                    return at, at + count
    return None


def _tokens_at(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    first = last = offset = 0
    for k, word in enumerate(words):
        if offset <= start:
            first = k
        if offset < end:
            last = k
        offset += len(word)
    return first, last + 1
