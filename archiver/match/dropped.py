"""What a cut drops and what of it governs the words that are kept: “No one | was killed”, “safe | unless it rains”."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import tokens
from archiver.match.denial import CLAUSE
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.meaning import Governor, clause_start, ends_sentence
from archiver.match.negation import affirms, lowered, negation_count
from archiver.match.quantity import dropped_quantity
from archiver.model import ChangeKind


def cut_front(page: Page, first: int, lexicon: Lexicon) -> Governor | None:
    """What a cut before token ``first`` drops and what governs the words after it: a negation, quantifier or condition."""
    begin = clause_start(page, first)
    if begin == first:
        return None
    words = lowered(page.forms(begin, first))
    if words[-1:] == ["no"] and page.gap(first).startswith(".") and tokens.is_number(page.form(first)):
        words[-1] = "number"  # No. 5
    parted = [k for k in range(begin + 1, first + 1) if CLAUSE.search(page.gap(k))]
    if parted[-1:] == [first - 1] and words[-1] in lexicon.complementizers:
        parted.pop()  # “Ich glaube nicht, dass | …”: the comma parts nothing where “that” hangs on what stands before it
    clause = max(parted, default=begin)
    near = words[clause - begin :]
    governor = _front_negation(first, near, words, lexicon)
    if governor is None and near:
        at = dropped_quantity(near, lowered(page.forms(first, first + 3)), lexicon)
        if at is not None:
            kind = ChangeKind.NEGATION if negation_count(near[at:], lexicon) else ChangeKind.QUANTIFIER
            governor = Governor(kind, first - len(near) + at, first)
    return governor or _front_condition(begin, first, clause, words, lexicon)


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


def _turned_round(near: Sequence[str], lexicon: Lexicon) -> bool:
    """“At no time did | the minister support it”, “None of the members has | paid”: a clause that a denial begins, cut behind its first verb."""
    if not near or not (near[-1] in lexicon.copulas or near[-1] in lexicon.modals) or affirms(near, lexicon):
        return False
    opening = any(" ".join(near[:count]) in lexicon.closing_denials for count in (2, 3))
    return opening or negation_count(near[:1], lexicon) > 0


def _is_partitive(last: Sequence[str]) -> bool:
    return bool(last) and last[0] in {"of", "von", "de", "des", "di", "van", "some", "a"}


def _front_condition(begin: int, first: int, clause: int, words: Sequence[str], lexicon: Lexicon) -> Governor | None:
    heads = lexicon.conditions | lexicon.weak_conditions
    head = words[0]
    if head not in heads:
        return None
    if (clause == first and len(words) <= 12) or first - begin == 1:
        return Governor(ChangeKind.MODAL, begin, first)
    return None


def _governs_back(page: Page, negation: int, kept: str, lexicon: Lexicon) -> bool:
    """A negation after the cut governs the words before it where it closes their clause or follows their verb."""
    after = negation + 1
    if after >= len(page.words) or CLAUSE.search(page.gap(after)) or ends_sentence(page, after):
        return True
    return kept in lexicon.copulas or kept in lexicon.modals or ("ko" in lexicon.languages and kept.endswith("지"))


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
        return Governor(ChangeKind.MODAL, last, min(count, last + 2)) if low[0] in lexicon.conditions else None
    kept = page.forms(last - 1, last)
    if low[0] in lexicon.prepositions and negation_count(low[1:], lexicon) and low[0] not in lexicon.negations:
        return Governor(ChangeKind.NEGATION, last, last + 2)  # “guilty | of nothing”
    if negation_count(low[:1], lexicon, kept) and _governs_back(page, last, kept[0].lower(), lexicon):
        return Governor(ChangeKind.NEGATION, last, last + 1)
    if low[0] in lexicon.conditions or low[0] in lexicon.weak_conditions:
        return Governor(ChangeKind.MODAL, last, last + 1)
    return None
