"""Words behind an omission mark that turn what is kept without denying it in so many words: “far from”, “alleged to have”, “would
have”, “all but two of”, “which the board rejected”.

Each rule asks which word of the gap governs the words beside it, by its place: at the end of the gap it governs what follows the
mark, at the beginning what stands before it. In the midst of a gap, behind a sign or an “and”, it governs what is left out with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import choice, compared, figures, meaning, narrowed, partial, subjects
from archiver.match.denial import CLAUSE
from archiver.match.gapwords import ASIDE, PLAIN, Torn, torn_at
from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.meaning import Governor
from archiver.match.negation import negation_count
from archiver.match.quantity import is_quantity, phrase_at, phrase_length
from archiver.model import ChangeKind

_SUBJECT = 6  # words after “that” which are left out with it
_AGENT = 8  # words between “alleged” and its “to have”
_RELATIVE = 10  # words of a relative clause among which its verb is looked for


def hidden_turn(page: Page, first: int, last: int, lexicon: Lexicon) -> Governor | None:
    """The word in an omitted range that turns what is kept; None where the lists know of none."""
    rules = _RULES if lexicon.near_denials else _EVERYWHERE
    for torn in torn_at(page, first, last, lexicon):
        found = next((governor for rule in rules if (governor := rule(torn)) is not None), None)
        if found is not None:
            return found
    return None


def _near_denial(torn: Torn) -> Governor | None:
    """“It is … clear” for “far from clear”."""
    for at in range(len(torn.low)) if torn.after else ():
        count = phrase_at(torn.low, at, torn.lexicon.near_denials) if torn.low[at] in torn.lexicon.turn_heads else 0
        rest = torn.low[at + count :]
        plain = len(rest) <= PLAIN and all(map(is_function_word, rest))
        if count and plain and not torn.parted(at + count, len(torn.low)):
            return torn.governor(ChangeKind.NEGATION, at, len(torn.low))
        count = count or denied_noun(torn.low, at, torn.lexicon)
        if count and not torn.lexicon.complementizers.isdisjoint(rest) and _leads(torn, at + count):
            return torn.governor(ChangeKind.NEGATION, at, len(torn.low))
    return None


def denied_noun(words: Sequence[str], at: int, lexicon: Lexicon) -> int:
    """How many words from ``at`` on say that there is none or little of what follows them; 0 for “little doubt”, which affirms."""
    count = phrase_at(words, at, lexicon.denying_determiners) if words[at] in lexicon.turn_heads else 0
    return 0 if set(words[at + count : at + count + 2]) & lexicon.denials else count


def _unfactual(torn: Torn) -> Governor | None:
    """“The witness … lied” for “was alleged to have lied”; “… he lied” for “Prosecutors claim that he lied”."""
    for at in reversed(range(len(torn.low))) if torn.after else ():
        if torn.low[at] not in torn.lexicon.turn_heads:
            continue
        count = phrase_at(torn.low, at, torn.lexicon.unfactual)
        over = 0 if count else phrase_at((*torn.low, *torn.after[:2]), at, torn.lexicon.unfactual)
        beside = (*torn.before, *torn.low[:at])[-1:]  # “is expected | to”, not “when they want | to help you”
        kept_to = at + over > len(torn.low) and not torn.lexicon.copulas.isdisjoint(beside) and not torn.ends_clause()
        if (count and _leads(torn, at + count)) or kept_to:
            return torn.governor(ChangeKind.MODAL, at, len(torn.low))
    if torn.before and torn.after and len(torn.low) <= ASIDE and _is_aside(torn):
        return torn.governor(ChangeKind.MODAL, 0, len(torn.low))
    return None


def _is_aside(torn: Torn) -> bool:
    """“, prosecutors claim,”"""
    gap, unfactual = torn.page.gap, torn.lexicon.unfactual
    if not (CLAUSE.search(gap(torn.begin)) and CLAUSE.search(gap(torn.end))):
        return False
    noun = torn.low[-2:-1] and torn.low[-2] in torn.lexicon.articles  # “, despite the claims,”
    if torn.parted(1, len(torn.low) - 1) or torn.low[0] in torn.lexicon.relatives or noun:
        return False
    return torn.low[-1] in unfactual


def _leads(torn: Torn, after: int) -> bool:
    """True where the words of a gap from ``after`` on lead to what is kept: none, or “that” and a subject, or “to have”."""
    lexicon, rest = torn.lexicon, torn.low[after:]
    heads = lexicon.complementizers
    comma = bool(rest) and rest[0] in heads  # “behauptete, dass”
    if rest and torn.parted(after + comma, len(torn.low)):
        return False
    if not rest:
        if CLAUSE.search(torn.page.gap(torn.end)) and torn.after[0] not in heads:
            return False
        if torn.low[-1] in lexicon.infinitive_marks:
            return bool(torn.before)
        complement = torn.after[0] in heads | lexicon.infinitive_marks
        return complement or meaning.is_verb(torn.after[0], lexicon) or _begins_clause(torn, after)
    if torn.low[after - 1] in lexicon.infinitive_marks:
        return bool(torn.before) and all(word in lexicon.copulas for word in rest)
    that = next((k for k, word in enumerate(rest) if word in heads), None)
    if that is not None and that <= PLAIN:
        subject = rest[that + 1 :]
        return len(subject) <= _SUBJECT and not any(meaning.is_verb(word, lexicon) for word in subject)
    to = next((k for k, word in enumerate(rest) if word in lexicon.infinitive_marks), None)
    if to is not None and len(rest) <= _AGENT:
        return all(word in lexicon.copulas or word in lexicon.modals for word in rest[to + 1 :])
    return len(rest) <= PLAIN and any(meaning.is_verb(word, lexicon) for word in (torn.after[0], rest[-1]))


def _begins_clause(torn: Torn, after: int) -> bool:
    """“Prosecutors claim … he lied”: a clause without its “that”, not a noun with what belongs to it (“the claims … he made”)."""
    lexicon = torn.lexicon
    beside = (*torn.before, *torn.low[: after - 1])[-1:]
    return (
        lexicon.articles.isdisjoint(beside) and torn.after[0] in lexicon.pronouns - lexicon.articles - lexicon.relatives
    )


def _unreal(torn: Torn) -> Governor | None:
    """“The plan … closed four schools” for “would have closed”; a plain modal only where but an aside stands before it."""
    lexicon = torn.lexicon
    count = phrase_length(torn.low, lexicon.unreal) if torn.after else 0
    modal = 0 if count or not torn.before else int(torn.low[-1] in lexicon.modals)
    at = len(torn.low) - (count or modal)
    gap = torn.page.gap
    verb_last = "de" in lexicon.languages  # “, die das würden, …”
    if not count and torn.before and torn.after and _hedged(torn):
        return torn.governor(ChangeKind.MODAL, 0, len(torn.low))
    aside = CLAUSE.search(gap(torn.begin)) and CLAUSE.search(gap(torn.begin + at)) and not verb_last
    if modal and not (aside or (at == 0 and torn.before[-1] not in lexicon.modals | lexicon.copulas)):
        return None
    if not count + modal or torn.parted(at + 1, len(torn.low)):
        return None
    if count and "en" in lexicon.languages and not meaning.is_verb(torn.after[0], lexicon):
        return None
    return torn.governor(ChangeKind.MODAL, at, len(torn.low))


def _hedged(torn: Torn) -> bool:
    """“The club … sues” for “soll nach Berichten klagen”, “may in the view of some sue”: a verb that hedges, and an adjunct behind it."""
    lexicon = torn.lexicon
    if len(torn.low) < 2 or torn.low[0] not in lexicon.hedges & lexicon.modals:
        return False
    return torn.low[1] in lexicon.prepositions and not torn.parted(0, len(torn.low))


def _reversal(torn: Torn) -> Governor | None:
    """“The plan … closes schools” for “which the board rejected”: what is rejected is what the clause belongs to, not who rejects."""
    if not torn.before:
        return None
    lexicon = torn.lexicon
    relative = next((k for k, word in enumerate(torn.low[:2]) if word in lexicon.relatives), None)
    begin = 0 if relative is None else relative + 1
    for at in range(begin, min(len(torn.low), begin + _RELATIVE)):
        count = phrase_at(torn.low, at, lexicon.reversals)
        if not count:
            continue
        between = torn.low[begin:at]
        auxiliaries = [word for word in between if word in lexicon.copulas]
        following = torn.low[at + count : at + count + 1]
        passive = bool(auxiliaries and auxiliaries[-1] not in _ACTIVE) or bool(_PASSIVE & {*between, *following})
        other = any(not is_function_word(word) and word not in lexicon.copulas | _ACTIVE for word in between)
        if relative is None:
            apart = CLAUSE.search(torn.page.gap(torn.begin)) is not None and at <= 1
            return torn.governor(ChangeKind.NEGATION, at, at + count) if apart else None
        return torn.governor(ChangeKind.NEGATION, relative, at + count) if passive or other else None
    return None


_ACTIVE = frozenset(["has", "have", "had", "hat", "haben", "hatte", "a", "ont", "avait", "ha", "han", "había"])

_PASSIVE = frozenset(["been", "being", "été", "sido", "wurde", "wurden", "worden"])


def _hedge(torn: Torn) -> Governor | None:
    """“The mayor … took it” for “The mayor, who is ill, allegedly took it”."""
    last = torn.low[-1]
    verb = last in torn.lexicon.modals and last not in torn.lexicon.hedging_adverbs
    if not torn.before or not torn.after or last not in torn.lexicon.hedges or verb:
        return None
    return torn.governor(ChangeKind.MODAL, len(torn.low) - 1, len(torn.low))


def _shift(torn: Torn) -> Governor | None:
    """“Pressed to … open a road” for “pressed to leave in order to open a road”: what was a purpose becomes the deed."""
    lexicon = torn.lexicon
    marks = lexicon.infinitive_marks if "en" in lexicon.languages else frozenset[str]()
    if not torn.before or not torn.after or len(torn.low) < 2:
        return None
    purpose = phrase_length(torn.low[:-1], lexicon.purposes)
    if torn.before[-1] in marks and torn.low[-1] in marks and purpose:
        return torn.governor(ChangeKind.MODAL, 0, len(torn.low))
    return None


def _garbled(torn: Torn) -> Governor | None:
    """“There is little … that he lied” for “little evidence that”: the word is gone of which there is none."""
    denied = torn.before and torn.after and phrase_length(torn.before, torn.lexicon.denying_determiners)
    if not denied or torn.after[0] not in torn.lexicon.complementizers or CLAUSE.search(torn.page.gap(torn.begin)):
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))


def _condition(torn: Torn) -> Governor | None:
    """“… we will close the school” for “If the levy fails, we will close the school”, a sentence before it kept whole."""
    lexicon = torn.lexicon
    if torn.before or not torn.after:
        return None
    if torn.low[0] not in lexicon.weak_conditions and torn.low[0] not in lexicon.conditions:
        return None
    if CLAUSE.search(torn.page.gap(torn.end)) is None or torn.parted(1, len(torn.low) - 1):
        return None
    return torn.governor(ChangeKind.MODAL, 0, len(torn.low))


def _asked(torn: Torn) -> Governor | None:
    """“You ask … I come at Easter” for “whether I come at Easter”; “It fell. … we want that” for “Did we want that?”."""
    if not torn.before and torn.after and len(torn.low) == 1 and torn.after[0] in torn.lexicon.pronouns:
        end = meaning.clause_end(torn.page, torn.end)
        verb = torn.low[0] in torn.lexicon.copulas or torn.low[0] in torn.lexicon.modals
        if verb and meaning.asks(torn.page, end):
            return torn.governor(ChangeKind.MODAL, 0, 1)
    if not torn.after or torn.low[-1] not in torn.lexicon.interrogatives or CLAUSE.search(torn.page.gap(torn.end)):
        return None
    if torn.after[0] in torn.lexicon.infinitive_marks or torn.after[0] in torn.lexicon.coordinators:
        return None
    return torn.governor(ChangeKind.MODAL, len(torn.low) - 1, len(torn.low))


def _only_behind(torn: Torn) -> Governor | None:
    """“Il n’augmentera … de 2 %” for “n’augmentera que de 2 %”: the word is gone that makes “only” of a “not”."""
    lexicon = torn.lexicon
    if not torn.before or not torn.after or not {torn.low[0], torn.low[-1]} & lexicon.second_restrictors:
        return None
    if negation_count(torn.before, lexicon) != 1 or CLAUSE.search(torn.page.gap(torn.begin)):
        return None
    return torn.governor(ChangeKind.QUANTIFIER, 0, len(torn.low))


def _against(torn: Torn) -> Governor | None:
    """“Vote … the order” for “vote against the order”."""
    if not torn.before or not torn.after or torn.low[-1] not in torn.lexicon.opposing:
        return None
    if CLAUSE.search(torn.page.gap(torn.begin)) or torn.ends_clause():
        return None
    return torn.governor(ChangeKind.NEGATION, len(torn.low) - 1, len(torn.low))


def _agent(torn: Torn) -> Governor | None:
    """“Attacked … the victim” for “attacked by the victim”: whoever did it becomes whom it was done to."""
    lexicon, page = torn.lexicon, torn.page
    if (
        len(torn.low) != 1
        or torn.low[0] not in lexicon.agents
        or not torn.before
        or not torn.after
        or torn.ends_clause()
    ):
        return None
    somebody = torn.after[0] in lexicon.articles | lexicon.pronouns or page.form(torn.end)[:1].isupper()
    dated = torn.after[0] in lexicon.calendar or any(
        is_quantity(word, lexicon) for word in torn.after[:2]
    )  # “by 14 March”
    if not somebody or dated or CLAUSE.search(page.gap(torn.begin)):
        return None
    return torn.governor(ChangeKind.WORD_DROPPED, 0, 1)


_EVERYWHERE = (  # rules that need no more than short lists, which nearly every language has
    compared.standard,
    compared.superlative,
    choice.hidden,
    subjects.hidden,
    figures.shared_out,
    figures.signed,
    figures.grouped,
)

_RULES = (
    partial.proportion,
    partial.denied_degree,
    partial.denied_kind,
    narrowed.denied,
    narrowed.subject,
    narrowed.excluded,
    figures.other,
    figures.elsewhere,
    figures.rank,
    figures.unit,
    _only_behind,
    _against,
    _agent,
    partial.restriction,
    _asked,
    _near_denial,
    _unfactual,
    _unreal,
    _reversal,
    partial.exception,
    partial.range_end,
    partial.degree,
    _hedge,
    _shift,
    _garbled,
    _condition,
    *_EVERYWHERE,
)
