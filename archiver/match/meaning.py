"""Words that govern others: what may not be left out behind an omission mark, a bracket or a cut without turning the meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archiver.match import tokens
from archiver.match.denial import CLAUSE, hangs_on_denial, hides_denial
from archiver.match.fold import DASH, QUESTION_MARKS, fold_gap
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.negation import lowered, negation_count
from archiver.match.quantity import PER_CENT, bound, continued, denial_in, dropped_quantity, goes_on, phrase_length
from archiver.model import ChangeKind

_STOP = re.compile(r"[.!?…؟।。！？։။៕]")
_PAST = re.compile(r"\w{3,}ed")  # English verbs
_NOUNS = frozenset(["man", "woman", "child", "person", "foot"])  # that have irregular forms too
_NARROW = 3  # words of a gap up to which a dropped hedge or "only" is taken to govern its neighbours
_REMARK = (2, 5)  # words of a remark that denies something
_HANGS = 4  # words before a cut among which a word that denies is looked for
_VERB = 12  # words or characters after a cut among which the verb of a Japanese or Korean sentence is looked for
FRONT = 40  # words looked at before a cut


@dataclass(frozen=True, slots=True)
class Governor:
    """A dropped word that governs what is kept."""

    kind: ChangeKind
    first: int
    last: int


def ends_sentence(page: Page, token: int) -> bool:
    """True where a sentence (or a block) ends just before this token."""
    gap = page.gap(token)
    if "\n" in gap:
        return not is_wrapped(page, token, gap)
    stop = _STOP.search(gap)
    if stop is None:
        return False
    return not _abbreviation(page, token, gap)


def asks(page: Page, token: int) -> bool:
    """True where a question mark stands before this token."""
    return any(sign in page.gap(token) for sign in QUESTION_MARKS)


def is_wrapped(page: Page, token: int, gap: str) -> bool:
    """True where the line end before a token is one of print inside a paragraph: a full line before it, no sign that ends a sentence or leads to
    a list, and a small letter behind it.
    """
    if not token or token >= len(page.words) or gap.count("\n") != 1 or gap.strip() not in _WITHIN:
        return False
    end = page.end(token - 1)
    return page.form(token)[:1].islower() and end - page.text.content.rfind("\n", 0, end) > _LINE


_WITHIN = frozenset(["", ",", ";", "–", "—"])
_LINE = 30  # characters of a line that may be a full one; cells of a table and names in a list are shorter


def _abbreviation(page: Page, token: int, gap: str) -> bool:
    """A full stop after a single capital or a short title, with no capital after it, ends nothing (U.S. forces, e.g. this)."""
    if token == 0 or not gap.startswith(".") or any(sign in gap for sign in "!?…"):
        return False
    before = page.form(token - 1)
    after = page.form(token) if 2 * token + 1 < len(page.parts) else ""
    if after[:1].islower() or gap == ".":
        return not any(map(tokens.is_unspaced, (before, after or "a")))
    if before in _COUNTS or numbers(page, token - 1):
        return after[:1].isdigit() or (after != "I" and bool(_ROMAN.fullmatch(after)))
    return (len(before) == 1 and before.isalpha() and before.isupper()) or before in TITLES


_ROMAN = re.compile("[IVXLC]+")
_COUNTS = frozenset(
    [
        "No",
        "Nr",
        "Abs",
        "Art",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Aug",
        "Sept",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "p",
        "pp",
        "vol",
        "fig",
        "para",
    ]
)
"""Short words before a figure ("No. 5", "Nov. 12"); "No. I was not there." is two sentences."""

TITLES = _COUNTS | {
    *(
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "Sen",
        "Rep",
        "Gov",
        "Gen",
        "Lt",
        "Col",
        "Sgt",
        "Maj",
        "Capt",
        "St",
        "Jr",
        "Sr",
        "vs",
        "bzw",
    ),
    *("Inc", "Ltd", "Corp", "Co", "Hon", "Rev", "Sra", "Dra", "Mme", "Mlle"),
}


def numbers(page: Page, token: int) -> bool:
    """True for the “no.” of “no. 5”, which denies nothing; “He said no. 5 boats left.” has the answer behind a verb."""
    after = token + 1
    if after >= len(page.words) or page.low(token) != "no" or not page.gap(after).startswith("."):
        return False
    answers = token and (page.low(token - 1) in _ANSWERED or ends_sentence(page, token))
    return page.form(after)[:1].isdigit() and (page.form(token) == "No" or not answers)


_ANSWERED = frozenset(["said", "says", "say", "is", "was", "answered", "replied", "with", "a", "voted", "vote"])


def folded(page: Page, token: int) -> str:
    """A word as it is compared."""
    return page.forms(token, token + 1)[0]


def dropped_in_gap(page: Page, first: int, last: int, lexicon: Lexicon) -> Governor | None:
    """The word in an omitted range that governs what is kept on either side; sentences wholly left out govern nothing."""
    for begin, end in torn_sentences(page, first, last):
        words = ["number" if numbers(page, k) else word for k, word in enumerate(page.forms(begin, end), begin)]
        before = page.forms(max(0, begin - 1), begin)
        if negation_count(words, lexicon, before) and not (
            begin == first and end == last and _is_denied_aside(page, begin, end, lexicon)
        ):
            return Governor(ChangeKind.NEGATION, begin, end)
        low = lowered(words)
        if _has_condition(low, lexicon) or (begin == first and _is_if_clause(page, begin, end, lexicon)):
            return Governor(ChangeKind.MODAL, begin, end)
        if end == last and _ends_on_condition(page, begin, end, low, lexicon):
            return Governor(ChangeKind.MODAL, end - 1, end)
        if begin == first and end == last and _is_bare(_but_months(words, lexicon), lexicon.hedges, _NARROW):
            return Governor(ChangeKind.MODAL, begin, end)
        bare = begin == first and end == last and _is_bare(low, lexicon.restrictors, _NARROW - 1)
        if bare and not (set(low) - lexicon.restrictors) & lexicon.quantifiers:
            return Governor(ChangeKind.QUANTIFIER, begin, end)
        if _denies(page, (begin, end), begin == first, end == last, low, lexicon):
            return Governor(ChangeKind.NEGATION, begin, end)
        governor = _torn_quantity(page, begin, end, low, lexicon, leads_on=end == last) if begin == first else None
        if governor is None and end == last:
            governor = _hidden_qualifier(page, end, low, lexicon)
        if governor is not None:
            return governor
        if begin == first and end == last:
            at = dropped_quantity(low, lowered(page.forms(end, end + 3)), lexicon)
            if at == 0 or (at == 1 and low[0] in lexicon.between):
                return Governor(ChangeKind.QUANTIFIER, begin, end)
    return None


def _is_denied_aside(page: Page, begin: int, end: int, lexicon: Lexicon) -> bool:
    """“(not the church)”, “, never profitable,”: a remark between signs that begins with its denial, and has no verb, denies itself alone."""
    if end - begin < _REMARK[0] or end - begin > _REMARK[1] or not begin or end >= len(page.words):
        return False
    signs = [token for token in range(begin, end + 1) if CLAUSE.search(page.gap(token))]
    if signs != [begin, end]:
        return False
    low = lowered(page.forms(begin, end))
    plain = (
        bool(lexicon.denial_limits) and low[0] not in lexicon.denial_limits
    )  # “, without permission,” is how it was done
    if not plain or not negation_count(low[:1], lexicon) or negation_count(low[1:], lexicon):
        return False
    goes_on = is_verb(page.low(end), lexicon) or "en" not in lexicon.languages
    return goes_on and not any(is_verb(word, lexicon) for word in low)


def _denies(
    page: Page, torn: tuple[int, int], goes_on: bool, leads_on: bool, low: Sequence[str], lexicon: Lexicon
) -> bool:
    """True where the words ``torn``, which follow kept words (``goes_on``) or lead to others (``leads_on``), deny these."""
    begin, end = torn
    within = goes_on and not ends_sentence(page, begin)
    if within and leads_on and hides_denial(page, begin, end, low, lexicon):
        return True
    return leads_on and hangs_on_denial(page, begin, end, low, lexicon, torn_within=within) is not None


def denial_before(page: Page, first: int, last: int, lexicon: Lexicon) -> int | None:
    """The token in an omitted range that denies what is kept after it as far as can be seen, where that is not sure enough to refuse
    the omission; None without one.
    """
    begin, end = next(iter(torn_sentences(page, first, last)[-1:]), (first, first))
    return hangs_on_denial(page, begin, end, lowered(page.forms(begin, end)), lexicon) if end == last else None


def _torn_quantity(
    page: Page, begin: int, end: int, low: Sequence[str], lexicon: Lexicon, *, leads_on: bool
) -> Governor | None:
    """The rest of a quantity after a number that is kept: “20 … people” for “20 or more people”, “5 … people” for “5 million people”,
    “30 … of them” for “30 percent of them”.
    """
    kept, sign = lowered(page.forms(max(0, begin - 4), begin)), fold_gap(page.gap(begin))
    # “10 – two of them red – dogs” has no number 10–2, and “two million-dollar homes” are two
    apart = not is_hyphen(page.gap(begin)) if sign else is_hyphen(page.gap(begin + 1))
    if kept and low and not apart and goes_on(kept[-1], low[0], sign, lexicon):
        return Governor(ChangeKind.NUMBER, begin, begin + 1)
    if sign:
        return None
    if leads_on and kept and low and not apart and low[0] in PER_CENT and tokens.is_number(kept[-1]):
        return Governor(ChangeKind.UNIT, begin, begin + 1)
    rest = continued(kept, low[:4], lexicon)
    if rest is None or (rest[0] is ChangeKind.UNIT and not leads_on):
        return None  # at the end of a sentence the mark shows that the number is not all
    return Governor(rest[0], begin, min(end, begin + rest[1]))


def is_hyphen(gap: str) -> bool:
    """True for a dash without a space beside it: “million-dollar”, “3–4”."""
    return gap == gap.strip() and fold_gap(gap) == DASH


def _hidden_qualifier(page: Page, end: int, low: Sequence[str], lexicon: Lexicon) -> Governor | None:
    """A word at the end of a gap that makes something less of what is kept after it: “former”, “accused of”."""
    if fold_gap(page.gap(end)):
        return None
    count = phrase_length(low, lexicon.qualifiers)
    kept = folded(page, end)
    if not count or (count == 1 and (is_function_word(kept.lower()) or is_verb(kept, lexicon))):
        return None
    if low[-2:] == ["each", "other"]:
        return None
    return Governor(ChangeKind.MODAL, end - count, end)


def is_verb(word: str, lexicon: Lexicon) -> bool:
    """True for a word that is surely a verb, as far as the lists go."""
    low = word.lower()
    if low in lexicon.copulas or low in lexicon.modals or low in lexicon.attribution:
        return True
    if low in lexicon.forms:
        return lexicon.forms[low] not in _NOUNS
    return "en" in lexicon.languages and _PAST.fullmatch(low) is not None


def governing_words(page: Page, first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The words before a cut on which what follows hangs (“denied that”, “about” before a number): a writer may leave them to his
    own words, but is warned.
    """
    begin = first
    while begin > 0 and first - begin < _HANGS and (begin == first or not parts_clause(page, begin)):
        begin -= 1
    words = lowered(page.forms(begin, first))
    if not words:
        return None
    found = denial_in(words, lexicon)
    if found is not None:
        return begin + found[0], first
    if not lexicon.approximations:
        return None
    at = bound(words, lowered(page.forms(first, first + 2)), lexicon.approximations, lexicon)
    return None if at is None else (begin + at, first)


def governing_after(page: Page, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The words after a cut that deny what is kept, in languages whose verb comes last (“…ことを否定した”)."""
    if not {"ja", "ko"} & set(lexicon.languages[:1]) or not lexicon.denial_stems:
        return None
    end = next((k for k in range(last, len(page.words)) if parts_clause(page, k) and k > last), len(page.words))
    words = lowered(page.forms(last, min(end, last + _VERB)))
    found = denial_in(words, lexicon) if words else None
    return None if found is None else (last, last + found[1])


def parts_clause(page: Page, token: int) -> bool:
    """True where a clause ends just before this token."""
    return ends_sentence(page, token) or CLAUSE.search(page.gap(token)) is not None


def _is_if_clause(page: Page, begin: int, end: int, lexicon: Lexicon) -> bool:
    """True where a range begins with "if" and ends where that clause ends."""
    condition = page.low(begin)
    if condition not in lexicon.weak_conditions:
        return False
    if end < len(page.words) and page.low(end) == condition:
        return False  # another condition of the same sentence is kept
    return end >= len(page.words) or CLAUSE.search(page.gap(end)) is not None or ends_sentence(page, end)


def _ends_on_condition(page: Page, begin: int, end: int, low: Sequence[str], lexicon: Lexicon) -> bool:
    """True where the "if" of what is kept behind a range is its last word. Elsewhere than at the head of a clause such a word may be another
    (Portuguese "se", Dutch "als"); not where the language has no other (English "if")."""
    if low[-1] not in lexicon.weak_conditions or CLAUSE.search(page.gap(end)):
        return False
    head = end - 1
    if not head or low[-1] in lexicon.plain_conditions or ends_sentence(page, head) or CLAUSE.search(page.gap(head)):
        return True
    before = low[-2] if head > begin else page.low(head - 1)
    return before in lexicon.coordinators or before in lexicon.complementizers or before in lexicon.restrictors


def _is_bare(words: Sequence[str], governors: frozenset[str], most: int) -> bool:
    """True where a gap is hardly more than one of these words: it stands first, or beside one other."""
    return len(words) <= most and (words[0] in governors or (len(words) < most and bool(set(words) & governors)))


def _but_months(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Lower case; “May” keeps its capital, which is no hedge."""
    return [word if word.istitle() and word.lower() in lexicon.calendar else word.lower() for word in words]


def _has_condition(words: Sequence[str], lexicon: Lexicon) -> bool:
    """``unless`` by itself, ``provided`` only before ``that``."""
    if set(words) & lexicon.conditions:
        return True
    return any(one in lexicon.conditions_that and two in lexicon.complementizers for one, two in pairwise(words))


def clause_start(page: Page, token: int) -> int:
    """The first token of the sentence in which ``token`` stands, as far as it is near."""
    begin = token
    while begin > 0 and token - begin < FRONT and not ends_sentence(page, begin):
        begin -= 1
    return begin


def clause_end(page: Page, token: int) -> int:
    """The token after the sentence in which ``token - 1`` stands, as far as it is near."""
    end = token
    while end < len(page.words) and end - token < FRONT and not ends_sentence(page, end):
        end += 1
    return end


def torn_sentences(page: Page, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a range that belong to sentences of which something is kept."""
    breaks = [token for token in range(first, last + 1) if ends_sentence(page, token)]
    if not breaks:
        return [(first, last)]
    return [(begin, end) for begin, end in ((first, breaks[0]), (breaks[-1], last)) if end > begin]
