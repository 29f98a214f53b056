"""What a source only asks or supposes, cut so that it reads as said: “whether | the mine is safe”, “Did | we want that?”, “Should | the mayor
resign, …”, “the mine may open, | provided that …”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.match import meaning, tokens
from archiver.match.denial import CLAUSE
from archiver.match.gapwords import condition_head, opening_heads
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon
from archiver.match.meaning import Governor
from archiver.match.negation import lowered, negation_count
from archiver.match.quantity import phrase_at
from archiver.model import ChangeKind

_CLAUSE = 3  # words kept from which on they may be read as a clause
_LONGEST = 5  # words of a condition behind a cut
_SUPPOSED = re.compile(
    "(?<!例)(?<!たと)(?:[えけせてねべめれげ]ば|なら|[っん][ただ]ら|限り|場合は?)$"
)  # how a Japanese clause of condition ends


def before(page: Page, first: int, last: int, lexicon: Lexicon, *, asks: bool) -> Governor | None:
    """What a cut before the tokens ``first..last`` drops so that a question or a condition reads as said; ``asks`` where a question mark
    is kept.
    """
    begin = meaning.clause_start(page, first)
    if begin == first or last - first < _CLAUSE:
        return None
    if tokens.is_unspaced(page.form(first)):
        return _whole_condition(page, begin, first, lexicon)
    lead, head = lowered(page.forms(first - 1, first + 1))
    if CLAUSE.search(page.gap(first)):
        return None
    if _hangs_uncut(page, begin, first, last, lexicon):
        return Governor(ChangeKind.MODAL, begin, first)
    if lead in lexicon.interrogatives:
        bare = head in lexicon.infinitive_marks or head in lexicon.coordinators
        return None if bare else Governor(ChangeKind.MODAL, first - 1, first)
    if begin == first - 1 and lead in lexicon.inverting:
        return Governor(ChangeKind.MODAL, first - 1, first)
    opens = head in lexicon.pronouns or head in lexicon.articles or page.form(first)[:1].isupper()
    # “si grand” is “so large” in French
    clear = lead not in lexicon.denied_degrees and not CLAUSE.search(page.gap(first + 1))  # “if possible, …” sets none
    if lead in lexicon.plain_conditions and (opens or clear):
        return Governor(ChangeKind.MODAL, first - 1, first)
    if not opens:
        return None
    if not asks and _inverted(page, begin, first, lead, lexicon):
        return Governor(ChangeKind.MODAL, first - 1, first)
    return None


def _hangs_uncut(page: Page, begin: int, first: int, last: int, lexicon: Lexicon) -> bool:
    """“If both agree | the hearing is held”, “Only if both agree | may it be held”: a condition at the head of a sentence that no comma parts,
    and a clause up to its end."""
    words = lowered(page.forms(begin, min(first, begin + _LONGEST)))
    head = condition_head(words, 0, opening_heads(lexicon), lexicon) or _limit_head(words, lexicon)
    if not head or (last < len(page.words) and not meaning.ends_sentence(page, last)):
        return False
    if any(CLAUSE.search(page.gap(k)) for k in range(begin + 1, last)):
        return False
    kept = lowered(page.forms(first, last))
    verbs = lexicon.copulas | lexicon.modals
    if head > 1 and kept[0] in verbs:
        return True
    opens = kept[0] in lexicon.pronouns or kept[0] in lexicon.articles or page.form(first)[:1].isupper()
    verb = next((k for k, word in enumerate(kept) if k and word in verbs), None)
    return opens and verb is not None and lexicon.relatives.isdisjoint(kept[:verb]) and first - begin > 2


def begun_before(page: Page, first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The words of a condition at the head of a sentence from which no sign parts token ``first``: “Si llueve mañana | se suspende el partido”.
    Where the condition ends is not known, so that what is kept may be of it or hang on it.
    """
    begin = meaning.clause_start(page, first)
    if begin == first or any(CLAUSE.search(page.gap(k)) for k in range(begin + 1, first + 1)):
        return None
    words = lowered(page.forms(begin, first))
    head = condition_head(words, 0, opening_heads(lexicon) | lexicon.conditions, lexicon)
    return (begin, min(first, begin + _LONGEST)) if head else None


def _limit_head(words: Sequence[str], lexicon: Lexicon) -> int:
    """“Not until both agree | may it be held”: two words; 0 where they are none such. “Not without reason” sets no condition."""
    limits = lexicon.denial_limits - lexicon.negations
    return 2 if len(words) > 1 and words[0] in lexicon.negations and words[1] in limits else 0


def _inverted(page: Page, begin: int, first: int, lead: str, lexicon: Lexicon) -> bool:
    """“Did | we want that?”: the verb before its subject at the head of a question."""
    at = first - 1
    heads = at == begin or CLAUSE.search(page.gap(at)) is not None or page.low(at - 1) in lexicon.coordinators
    end = meaning.clause_end(page, first)
    asked = end <= len(page.words) and meaning.asks(page, end)
    return heads and asked and (lead in lexicon.copulas or lead in lexicon.modals)


def _whole_condition(page: Page, begin: int, first: int, lexicon: Lexicon) -> Governor | None:
    """“如果不下雨，| 比赛明天举行”: where no spaces are written a clause of condition is told by how it begins."""
    heads = tuple(lexicon.conditions | lexicon.weak_conditions)
    parted = [k for k in range(begin + 1, first + 1) if CLAUSE.search(page.gap(k))]
    if parted[-1:] != [first]:
        return None
    since = parted[-2] if len(parted) > 1 else begin
    text = "".join(page.forms(since, first))
    if "ja" in lexicon.languages[:1] and len(text) > _CLAUSE + 2 and _SUPPOSED.search(text):
        return Governor(ChangeKind.MODAL, since, first)
    if heads and text.startswith(heads):
        return Governor(ChangeKind.MODAL, since, first)
    return None


def after(page: Page, last: int, lexicon: Lexicon) -> Governor | None:
    """A condition (“only if”, “subject to”) that a cut before token ``last`` drops, or the exception to all or none that is kept."""
    if meaning.ends_sentence(page, last):
        return None
    words = lowered(page.forms(last, last + _LONGEST))
    count = phrase_at(words, 0, lexicon.conditions_after)
    if count and page.low(last - 1) not in lexicon.copulas:  # “the plan is | subject to it”
        return Governor(ChangeKind.MODAL, last, last + count)
    if _limits_back(page, last, lexicon):
        return Governor(ChangeKind.QUANTIFIER, last, last + 1)
    count = phrase_at(words, 0, lexicon.denial_limits)
    if count and _denied(page, last, lexicon):
        return Governor(ChangeKind.QUANTIFIER, last, last + count)
    count = phrase_at(words, 0, lexicon.exceptions)
    if not count or words[0] in lexicon.coordinators | lexicon.comparatives:
        return None
    apart = CLAUSE.search(page.gap(last)) is not None or count > 1 or words[0] not in lexicon.forms
    kept = page.forms(meaning.clause_start(page, last - 1), last)
    return Governor(ChangeKind.QUANTIFIER, last, last + count) if apart and _of_all(kept, lexicon) else None


def _denied(page: Page, last: int, lexicon: Lexicon) -> bool:
    """“We will not sign it | without asking the town”, “Nobody knew | until May”: the denial in the clause is true within this limit alone."""
    begin = last - 1
    while begin > 0 and not meaning.parts_clause(page, begin) and page.low(begin) not in lexicon.coordinators:
        begin -= 1
    return negation_count(page.forms(begin, last), lexicon, page.forms(max(0, begin - 1), begin)) > 0


def _limits_back(page: Page, last: int, lexicon: Lexicon) -> bool:
    """“Safe for adults | only.”"""
    after = last + 1
    if page.low(last) not in lexicon.restrictors or page.low(last - 1) in lexicon.copulas:
        return False
    closed = (
        after >= len(page.words) or CLAUSE.search(page.gap(after)) is not None or meaning.ends_sentence(page, after)
    )
    return closed and CLAUSE.search(page.gap(last)) is None


def _of_all(words: Sequence[str], lexicon: Lexicon) -> bool:
    return negation_count(words, lexicon) > 0 or not lexicon.universals.isdisjoint(lowered(words))
