"""Words that deny by their meaning behind an omission mark: “denied that”, “failed to”, “it is false that”.

They govern what is kept where they are its verb (“The minister … the report”), or where what is kept hangs on them, even if
their own subject is left out with them (“… the bridge was unsafe” for “The ministry denied that the bridge was unsafe”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.quantity import denial_in, denial_phrase, phrase_at

CLAUSE = re.compile(r"[,;:،؛、，；：—–()\[\]]")
_SAID_BESIDE = 3  # words after a denial among which a verb of saying is denied itself: “refused on Monday to say that”
_FARTHEST_THAT = 12  # words between a denial and its “that”
_SUBJECT = 6  # words after “that” which are left out with it
_BESIDE = 3  # words without a meaning of their own between a denial and what is kept
_CLAIM = 5  # words between “overturned” and its “that”: “the lower court’s finding”
_FEW = 5  # words of a clause like “few experts believe that”


def hides_denial(page: Page, begin: int, end: int, words: Sequence[str], lexicon: Lexicon) -> bool:
    """True where a word that denies is left out beside what is kept on both sides, and not in a clause set off by signs that is left
    out whole.
    """
    if denial_in(words, lexicon) is None:
        return False
    signs = [k for k in range(begin, end + 1) if CLAUSE.search(page.gap(k))]
    if not signs:
        return _denies_beside(words, lexicon)
    return _denies_beside(words[: signs[0] - begin], lexicon) or _denies_beside(words[signs[-1] - begin :], lexicon)


def _denies_beside(words: Sequence[str], lexicon: Lexicon) -> bool:
    """True where a clause begins with a word that denies, an auxiliary or adverb before it, or ends with one (German verbs)."""
    found = denial_in(words, lexicon) if words else None
    if found is None:
        return False
    begins = found[0] <= 1 or all(word in lexicon.copulas or word in lexicon.modals for word in words[: found[0]])
    return begins or found[1] == len(words)


def hangs_on_denial(
    page: Page, begin: int, end: int, words: Sequence[str], lexicon: Lexicon, *, torn_within: bool = False
) -> int | None:
    """The token of the word in ``begin..end`` (lower case in ``words``) on whose denial the kept word ``end`` hangs, its subject
    left out or not; None without one.

    “That” hangs on the denial before it unless another verb of saying stands between (“refused to go and said that”); without
    “that” only words that mean nothing by themselves may stand between (“failed again to”). Where words of the same sentence are
    kept before the gap too (``torn_within``), what is kept must follow at once: a reader sees that words of that clause are missing.
    """
    last: int | None = None
    for at in range(len(words)):
        length = denial_phrase(words, at, lexicon) or _takes_back(words, at, lexicon)
        if not length or _undone(words, at, lexicon):
            continue
        rest = _after(page, begin, end, words, at + length, lexicon)
        if rest is not None and not (torn_within and rest):
            last = begin + at
    kept = page.low(end) if end < len(page.words) else ""
    if last is None and kept in lexicon.complementizers:  # “reversed the finding | that”
        last = next((begin + at for at in range(len(words)) if _takes_back((*words, kept), at, lexicon)), None)
    if last is None and lexicon.denial_stems and (found := denial_in(words, lexicon)) is not None:
        near = len(words) - found[1] <= _SUBJECT and not _signs(page, begin + found[1], end)
        last = begin + found[0] if near else None
    if last is None and _few(words, lexicon):
        last = begin
    return last


def _takes_back(words: Sequence[str], at: int, lexicon: Lexicon) -> int:
    """How many words from ``at`` on take back what is said after their “that”: “overturned | the finding that”, German “die Feststellung |
    aufgehoben, dass”. “Overturned a cart that” takes nothing back.
    """
    count = phrase_at(words, at, lexicon.reversals)
    begin = at + count
    that = next(
        (k for k in range(begin, min(begin + _CLAIM + 1, len(words))) if words[k] in lexicon.complementizers), 0
    )
    if not count or not that:
        return 0
    noun = words[that - 1 : that] if that > begin else words[max(0, at - _CLAIM) : at]
    return 0 if lexicon.findings.isdisjoint(noun) else count


def _undone(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """“Little doubt that” affirms."""
    return bool(set(words[max(0, at - 1) : at]) & lexicon.restrictors)


def _few(words: Sequence[str], lexicon: Lexicon) -> bool:
    """“Few believe that”, “hardly anyone thinks that”."""
    return (
        1 < len(words) <= _FEW and words[-1] in lexicon.complementizers and bool(set(words[:2]) & lexicon.restrictors)
    )


def _after(page: Page, begin: int, end: int, words: Sequence[str], after: int, lexicon: Lexicon) -> int | None:
    """How many words stand between what denies, with its “that”, and what is kept, where the words from ``after``
    on, behind a denial, lead to it; None where they do not.
    """
    that = next((k for k in range(after, len(words)) if words[k] in lexicon.complementizers), None)
    if that is None:
        if words[after - 1] in lexicon.denials_that - lexicon.denials or _signs(page, begin + after, end):
            return None
        between = words[after:]
        plain = len(between) <= _BESIDE and all(map(is_function_word, between))
        return len(between) if plain or (len(between) == 2 and between[0] in lexicon.infinitive_marks) else None
    between, rest = words[after:that], words[that + 1 :]
    said = any(word in lexicon.attribution for word in (*between[_SAID_BESIDE:], *rest[_SAID_BESIDE:]))
    if said or len(between) > _FARTHEST_THAT or _signs(page, begin + after, begin + that - 1) == 1:
        return None
    return len(rest) if len(rest) <= _SUBJECT and not _signs(page, begin + that + 1, end) else None


def _signs(page: Page, first: int, last: int) -> int:
    """How many of the gaps before the tokens ``first..last`` part clauses."""
    return sum(1 for token in range(first, last + 1) if CLAUSE.search(page.gap(token)))
