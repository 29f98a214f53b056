"""What a cut drops and what of it governs the words that are kept: “No one | was killed”, “safe | unless it rains”."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import tokens
from archiver.match.denial import CLAUSE
from archiver.match.gapwords import condition_head, opening_heads
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.meaning import Governor, clause_start, ends_sentence, numbers
from archiver.match.negation import affirms, lowered, negation_count
from archiver.match.quantity import LONGEST, dropped_quantity, phrase_at
from archiver.model import ChangeKind

_CONDITION = 12  # words of a condition before what it governs
_ELLIPTIC = 2  # words of “if any”, “if possible”, which are no condition of the clause
_ASIDE = 3  # words of an aside between a denial, or a quantity, and what it is of
_SHORT_DENIALS = frozenset({"cannot", "t"})  # “hasn't” is two tokens
_LONG_ASIDE = 10  # the same behind a denied auxiliary, whose verb is still to come
_LEAD = 2  # words before the verb of a condition without “if”: “but”, “nevertheless”


def cut_front(page: Page, first: int, lexicon: Lexicon) -> Governor | None:
    """What a cut before token ``first`` drops and what governs the words after it: a negation, quantifier or condition."""
    begin = clause_start(page, first)
    if begin == first:
        return None
    words = ["number" if numbers(page, k) else word for k, word in enumerate(lowered(page.forms(begin, first)), begin)]
    parted = [k for k in range(begin + 1, first + 1) if CLAUSE.search(page.gap(k))]
    if parted[-1:] == [first - 1] and words[-1] in lexicon.complementizers:
        parted.pop()  # “Ich glaube nicht, dass | …”: the comma parts nothing where “that” hangs on what stands before it
    clause = max(parted, default=begin)
    near = words[clause - begin :]
    governor = _front_negation(first, near, words, lexicon) or _over_aside(page, begin, first, parted, lexicon)
    if governor is None and near:
        since = clause
        if len(parted) > 1 and near[0] in lexicon.partitive_links and clause - parted[-2] <= _ASIDE:
            near, since = words[: parted[-2] - begin] + near, begin  # “Few, if any, of | the boats”
        at = dropped_quantity(near, lowered(page.forms(first, first + 3)), lexicon)
        if at is not None:
            kind = ChangeKind.NEGATION if negation_count(near[at:], lexicon) else ChangeKind.QUANTIFIER
            governor = Governor(kind, since + at, first)
    return governor or _front_condition(begin, first, parted, words, lexicon)


def _front_negation(first: int, near: Sequence[str], words: Sequence[str], lexicon: Lexicon) -> Governor | None:
    if any(map(tokens.is_unspaced, near[-2:])):
        tail = near[-2:]
        joined = "".join(tail)
        if (
            "ja" in lexicon.languages and "zh" not in lexicon.languages[:1]
        ):  # negation follows the verb, so only a prefix is cut off
            turned = joined.endswith(("不", "非", "無", "未"))
        else:
            turned = negation_count(tail, lexicon) > 0
        if turned:
            return Governor(ChangeKind.NEGATION, first - len(tail), first)
        return None
    introduced = bool(near) and near[-1] in lexicon.complementizers
    reach = near if introduced or set(near[-1:]) & lexicon.attribution else near[-2:]  # not going to say | we won
    if introduced and affirms(near, lexicon):
        return None
    if near[-1:] == ["noch"] and "weder" in words:
        return Governor(ChangeKind.NEGATION, first - 1, first)
    before = near[-3:-2] if len(near) > len(reach) else words[-len(near) - 1 : -len(near)]
    if reach and negation_count(reach, lexicon, before):
        return Governor(ChangeKind.NEGATION, first - len(reach), first)
    if near[-1:] and near[-1] in lexicon.second_denials and negation_count(near[-4:-1], lexicon):
        return Governor(ChangeKind.NEGATION, first - min(4, len(near)), first)  # “ne veut plus | soutenir”
    if _turned_round(near, lexicon):
        return Governor(ChangeKind.NEGATION, first - len(near), first)
    last = near[-1:]
    if set(last) & lexicon.restrictors or (set(near[-3:]) & lexicon.restrictors and _is_partitive(near[-1:])):
        return Governor(ChangeKind.QUANTIFIER, first - min(3, len(near)), first)
    return None


def _over_aside(page: Page, begin: int, first: int, parted: Sequence[int], lexicon: Lexicon) -> Governor | None:
    """“Never, ever, | trust it”, “does not, on any fair reading, | extend”: the denial stands before an aside that ends at the cut."""
    if parted[-1:] != [first] or len(parted) < 2 or begin == parted[-2]:
        return None
    denial = parted[-2] - 1
    if not 0 < first - parted[-2] <= (_LONG_ASIDE if _wants_verb(page, begin, denial, lexicon) else _ASIDE):
        return None
    head = page.low(first)
    goes_on = (
        head
        not in lexicon.coordinators | lexicon.pronouns | lexicon.articles | lexicon.relatives | lexicon.subordinators
    )
    before = page.forms(max(0, denial - 1), denial)
    answer = denial == begin and page.low(denial) not in lexicon.late_denials | {"never"}
    if answer or not goes_on or not negation_count(page.forms(denial, denial + 1), lexicon, before):
        return None
    return Governor(ChangeKind.NEGATION, denial, first)


def _wants_verb(page: Page, begin: int, denial: int, lexicon: Lexicon) -> bool:
    """True of “does not”, “cannot”, “hasn't”."""
    word = page.low(denial)
    helped = denial > begin and page.low(denial - 1) in lexicon.copulas | lexicon.modals
    return helped or word in _SHORT_DENIALS


def _turned_round(near: Sequence[str], lexicon: Lexicon) -> bool:
    """“At no time did | the minister support it”, “None of the members has | paid”: a clause that a denial begins, cut behind its first verb."""
    if not near or not (near[-1] in lexicon.copulas or near[-1] in lexicon.modals) or affirms(near, lexicon):
        return False
    opening = any(" ".join(near[:count]) in lexicon.closing_denials for count in (2, 3))
    return opening or negation_count(near[:1], lexicon) > 0


def _is_partitive(last: Sequence[str]) -> bool:
    return bool(last) and last[0] in {"of", "von", "de", "des", "di", "van", "some", "a"}


def _front_condition(
    begin: int, first: int, parted: Sequence[int], words: Sequence[str], lexicon: Lexicon
) -> Governor | None:
    """“If it rains, | …”, “Only if it rains, | …” at the head of a sentence, behind “but” too; “…, but if it rains, | …” and “Should it
    rain, | …” where a clause ends at the cut.
    """
    heads = lexicon.conditions | lexicon.weak_conditions
    opening = int(words[0] in lexicon.coordinators and len(words) > 1)
    head = condition_head(words, opening, heads, lexicon)
    if not set(range(begin + opening + 1, begin + opening + head)).isdisjoint(parted):
        head = 0  # “Few, if any”; “Few, if it rains, | …” is looked at as a clause below
    if head:
        closed = parted[-1:] == [first] and len(words) < _CONDITION + opening + head
        if closed or first - begin == opening + head:
            return Governor(ChangeKind.MODAL, begin, first)
    if parted[-1:] != [first]:
        return _supposed_said(begin, first, max(parted, default=begin), words, lexicon)
    if head:
        return None
    since = parted[-2] if len(parted) > 1 else begin
    clause = words[since - begin :]
    while len(clause) > 1 and (clause[0] in lexicon.coordinators or clause[0] in lexicon.complementizers):
        clause, since = clause[1:], since + 1
    inverted = clause[0] in lexicon.inverting and since - begin <= _LEAD  # “Nevertheless, should it rain, | …”
    if len(clause) <= _ELLIPTIC or len(clause) > _CONDITION or not (clause[0] in lexicon.plain_conditions or inverted):
        return None
    return Governor(ChangeKind.MODAL, since, first)


def _supposed_said(begin: int, first: int, since: int, words: Sequence[str], lexicon: Lexicon) -> Governor | None:
    """“If anybody thinks that | we lost, …”, “Unless he says | the mine is safe”: what is kept is only supposed to be said or thought."""
    clause = words[since - begin :]
    if not 2 <= len(clause) <= _CONDITION or clause[-1] not in lexicon.complementizers | lexicon.attribution:
        return None
    heads = opening_heads(lexicon) if since == begin else lexicon.plain_conditions
    head = condition_head(clause, 0, heads | lexicon.conditions, lexicon)
    return Governor(ChangeKind.MODAL, since, first) if 0 < head < len(clause) - 1 else None


def _governs_back(page: Page, negation: int, kept: str, lexicon: Lexicon) -> bool:
    """A negation after the cut governs the words before it where it closes their clause or follows their verb."""
    after = negation + 1
    if after >= len(page.words) or CLAUSE.search(page.gap(after)) or ends_sentence(page, after):
        return True
    verb = page.low(after)
    if verb in lexicon.copulas | lexicon.modals and (
        after + 1 >= len(page.words) or CLAUSE.search(page.gap(after + 1)) or ends_sentence(page, after + 1)
    ):
        return True  # “решение обжаловать | не будет”
    return kept in lexicon.copulas or kept in lexicon.modals or ("ko" in lexicon.languages and kept.endswith("지"))


def _is_clause_of_condition(page: Page, at: int, head: str, lexicon: Lexicon) -> bool:
    """“…, if the inspectors find cracks”; “…, if any” and “…, if at all” are no condition of it."""
    if head not in lexicon.plain_conditions:
        return False
    behind = range(at + 1, at + _ELLIPTIC + 2)
    return not any(k >= len(page.words) or ends_sentence(page, k) or CLAUSE.search(page.gap(k)) for k in behind)


def cut_back(page: Page, last: int, lexicon: Lexicon) -> Governor | None:
    """What a cut after token ``last - 1`` drops of the same clause: a negation or condition that stands next to what is kept."""
    count = len(page.words)
    if last >= count or ends_sentence(page, last):
        return None
    following = page.forms(last, last + 2)
    low = lowered(following)
    if any(map(tokens.is_unspaced, following)):
        joined = "".join(page.forms(last, last + 3))
        if not page.gap(last) and any(joined.startswith(part) for part in lexicon.negating_parts):
            return Governor(ChangeKind.NEGATION, last, min(count, last + 2))
        return None
    if CLAUSE.search(page.gap(last)):
        governs = low[0] in lexicon.conditions or _is_clause_of_condition(page, last, low[0], lexicon)
        return Governor(ChangeKind.MODAL, last, min(count, last + 2)) if governs else None
    kept = page.forms(last - 1, last)
    bound = phrase_at(
        lowered(page.forms(last + 1, last + 1 + LONGEST)), 0, lexicon.bounds
    )  # “damages | of not less than £500”
    denies = negation_count(low[1:], lexicon) and low[0] not in lexicon.negations and not bound
    if low[0] in lexicon.prepositions and denies:
        return Governor(ChangeKind.NEGATION, last, last + 2)  # “guilty | of nothing”
    if negation_count(low[:1], lexicon, kept) and _governs_back(page, last, kept[0].lower(), lexicon):
        return Governor(ChangeKind.NEGATION, last, last + 1)
    if low[0] in lexicon.conditions or low[0] in lexicon.weak_conditions:
        return Governor(ChangeKind.MODAL, last, last + 1)
    return None
