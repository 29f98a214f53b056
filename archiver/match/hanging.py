"""Words beside a cut on which what is quoted hangs: “It is far from clear that | the rule would survive”, “Police allege that | Ruiz took it”.

A writer may leave them to his own words, so the quotation holds; but he is told which they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import meaning, tokens
from archiver.match.denial import CLAUSE, hangs_on_denial
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.negation import affirms, lowered, negation_count
from archiver.match.quantity import denial_in, phrase_at, phrase_length
from archiver.match.turns import denied_noun

_REACH = 24  # words before a cut among which they are looked for
_BETWEEN = 6  # words between such a word and its “that”, and between “that” and the cut
_AFTER = 12  # words after a cut
_NEAR = 6  # words before a cut among which a denial of the same clause is looked for
_SAYING = 3  # words up to a verb of saying among which a denial is its own: “did not say”
_PHRASE = 3  # words of a hedge or of what makes less of a noun: “accused of”
_REMARK = 6  # words of a remark at the end: “, prosecutors claim”


def hangs_before(page: Page, first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The words before token ``first`` that deny, doubt or only allege what begins there, to the cut; None without any."""
    if lexicon.complementizers.isdisjoint(lowered(page.forms(max(0, first - _BETWEEN - 1), first))):
        return None
    begin = max(meaning.clause_start(page, first), first - _REACH)
    words = lowered(page.forms(begin, first))
    if not words or affirms(words, lexicon):
        return None
    found: int | None = None
    for at in reversed(range(len(words))):
        if words[at] in lexicon.turn_heads and _opens(page, begin, words, at, lexicon):
            found = begin + at
            break
    denial = hangs_on_denial(page, begin, first, words, lexicon)
    starts = [start for start in (found, denial) if start is not None]
    return (min(starts), first) if starts else None


def _opens(page: Page, begin: int, words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """True where a word or phrase that denies or alleges begins at ``at`` and its “that” leads to the cut."""
    count = max(
        denied_noun(words, at, lexicon),
        phrase_at(words, at, lexicon.near_denials),
        phrase_at(words, at, lexicon.unfactual),
    )
    if not count:
        return False
    if words[at + count - 1] in lexicon.complementizers:
        that: int | None = at + count - 1
    else:
        that = next((k for k in range(at + count, len(words)) if words[k] in lexicon.complementizers), None)
    if that is None or that - at - count > _BETWEEN or len(words) - that - 1 > _BETWEEN:
        return False
    return not any(CLAUSE.search(page.gap(begin + k)) for k in range(that + 1, len(words) + 1))


def is_said(page: Page, first: int, lexicon: Lexicon) -> bool:
    """Whether what begins at token ``first`` is what somebody said, and the saying is not denied: “did not wait and said | …”."""
    words = lowered(page.forms(max(0, first - _SAYING), first))
    return words[-1] in lexicon.attribution and not negation_count(words[:-1], lexicon)


def hangs_after(page: Page, first: int, last: int, lexicon: Lexicon, *, remarks: bool = True) -> tuple[int, int] | None:
    """The words after a quotation that deny or only allege it: “That | the rule works | is false”, “…, which he denied” and, with ``remarks``,
    “…, prosecutors claim”.
    """
    before = lowered(page.forms(max(0, first - 1), first))
    parted = CLAUSE.search(page.gap(last)) is not None
    if not lexicon.unfactual or (not parted and lexicon.complementizers.isdisjoint(before)):
        return None
    end = min(meaning.clause_end(page, last), last + _AFTER)
    words = lowered(page.forms(last, end))
    if not words:
        return None
    if not lexicon.complementizers.isdisjoint(before) and words[0] in lexicon.copulas:
        found = denial_in(words[: _BETWEEN + 1], lexicon)
        count = found[1] if found is not None else _taken_back(words[: _BETWEEN + 1], lexicon)
        return (last, last + count) if count else None
    if not parted:
        return None
    if words[0] in lexicon.relatives:
        found = denial_in(words, lexicon)
        return (last, last + found[1]) if found is not None else None
    if not remarks:
        return None
    said = next((k for k, word in enumerate(words[:_REMARK]) if word in lexicon.unfactual), None)
    closed = said is not None and (last + said + 1 == end or CLAUSE.search(page.gap(last + said + 1)) is not None)
    return (last, last + said + 1) if said is not None and closed else None


def _taken_back(words: Sequence[str], lexicon: Lexicon) -> int:
    """How many words say that what stands before them was taken back: “was later overturned”; 0 for “was not overturned”."""
    for at in range(1, len(words)):
        count = phrase_at(words, at, lexicon.reversals)
        if count:
            return 0 if negation_count(words[:at], lexicon) else at + count
    return 0


def denied_before(page: Page, first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """A denial of the clause that is cut at token ``first``, to the cut: “did not in any way | support it”. Whether it denies what is kept
    (“those who did not vote | left”) is not known."""
    begin = first
    while begin > 0 and first - begin < _NEAR and not meaning.parts_clause(page, begin):
        begin -= 1
    words = lowered(page.forms(begin, first))
    if CLAUSE.search(page.gap(first)) or any(map(tokens.is_unspaced, words)):
        return None
    for at in reversed(range(len(words))):
        near = phrase_at(words, at, lexicon.near_denials)
        if near and at + near == len(words):
            return (begin + at, first)  # “stops short of | calling it a fraud”
        if negation_count(words[at : at + 1], lexicon, words[max(0, at - 1) : at]):
            return None if affirms(words[at:], lexicon) else (begin + at, first)
        if words[at] in lexicon.coordinators:
            return None
    return None


def restricted_after(page: Page, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """What restricts what is kept, behind a cut: “safe | only in summer”, “reversed | in part”."""
    if meaning.parts_clause(page, last):
        return None
    if page.low(last) in lexicon.restrictors:
        return last, last + 1
    count = phrase_at(lowered(page.forms(last, last + _PHRASE)), 0, lexicon.degrees)
    end = last + count
    closes = end >= len(page.words) or meaning.parts_clause(page, end) or page.low(end) in lexicon.coordinators
    return (last, end) if count and closes else None


def weakened_beside(
    page: Page, first: int, last: int, lexicon: Lexicon, *, front: bool, back: bool
) -> tuple[int, int] | None:
    """A word beside a cut by which what is kept is not surely so, or no longer so: “Allegedly | he stole it”, “he stole it|, reportedly”,
    “the former | minister”."""
    hedges = (lexicon.hedges - lexicon.modals) | lexicon.hedging_adverbs
    if front and not meaning.ends_sentence(page, first):
        words = lowered(page.forms(max(0, first - _PHRASE), first))
        weak = hedges if CLAUSE.search(page.gap(first)) else hedges | lexicon.qualifiers
        count = phrase_length(words, weak)
        if count:
            return first - count, first
    closes = back and (last + 1 >= len(page.words) or meaning.parts_clause(page, last + 1))
    if closes and not meaning.ends_sentence(page, last) and page.low(last) in hedges:
        return last, last + 1
    return None


def supposed_before(page: Page, first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """What somebody supposes, wishes or claims without a “that”, just before the clause that is kept: “Suppose | the minister lied.”"""
    words = lowered(page.forms(max(0, first - _PHRASE), first))
    if not words or meaning.ends_sentence(page, first) or CLAUSE.search(page.gap(first)):
        return None
    count = phrase_length(words, lexicon.unfactual)
    begins = page.low(first) in lexicon.pronouns | lexicon.articles or page.form(first)[:1].isupper()
    if not count or not begins or words[-1] in lexicon.infinitive_marks:
        return None
    noun = words[-count - 1 : -count]
    return None if set(noun) & lexicon.articles else (first - count, first)  # “the claims | the council made”
