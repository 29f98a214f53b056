"""Words in brackets that the source has nothing for: an explanation may be put in, but no other number, quantity, hedge or condition."""

from __future__ import annotations

import re

from archiver.match import tokens
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered
from archiver.match.quantity import is_amount, is_quantity, phrase_at
from archiver.match.sides import Sides
from archiver.model import ChangeKind

_CENTURY = re.compile(r"(?:1[5-9]|20)(?=\d\d(?!\d))")  # “in [20]19” for “in ’19” says what is meant
_NOTE = re.compile(r"[1-9]\d{0,2}")


def brought_in(sides: Sides, inside: str, mark: int) -> ChangeKind | None:
    """What kind of change the words of a bracket before quoted word ``mark`` make of what stands beside them; None where they only explain."""
    written, at = sides.bracket(inside, mark)
    text, end = sides.quotation.text, at + len(written)
    if any(map(str.isdecimal, inside)) and (text[end : end + 1].isdecimal() or text[:at][-1:].isdecimal()):
        return ChangeKind.NUMBER if _joins_number(inside, text[:at], text[end:]) else None
    # the sign of a note is glued on: “for children under six.[7]”
    if _NOTE.fullmatch(inside) and text[:at][-1:].strip():
        goes_on = text[end:].lstrip()[:1]
        splits = re.search(r"\d[.,]$", text[:at]) and (goes_on.islower() or goes_on == "%")
        return ChangeKind.NUMBER if splits else None
    lexicon, low = sides.lexicon, lowered(tokens.split(inside)[1::2])
    if not low:
        return None
    words = sides.solid.words
    before = words[mark - 1].form.lower() if mark else ""
    after = words[mark].form.lower() if mark < len(words) else ""
    if all(is_quantity(word, lexicon) or word in lexicon.magnitudes for word in low) and _counts_on(
        low, before, after, lexicon
    ):
        return ChangeKind.NUMBER
    phrase = " ".join(low)
    if phrase in lexicon.bounds and is_amount(after, lexicon):
        return ChangeKind.QUANTIFIER
    if low[0] in lexicon.plain_conditions and (len(low) > 1 or not mark):
        return ChangeKind.MODAL  # “asked [if]” says what the verb does
    if len(low) == 1 and low[0] in lexicon.restrictors | lexicon.universals:
        return ChangeKind.QUANTIFIER
    # verbs only say what the source leaves to be thought
    plain = (lexicon.pairs | lexicon.modals) - lexicon.hedging_adverbs
    if all(word in lexicon.hedges | lexicon.degrees for word in low) and not set(low) <= plain:
        return ChangeKind.WORD_ADDED
    if mark and _governs(low, before, lexicon):
        return ChangeKind.MODAL
    return None


def _governs(low: list[str], before: str, lexicon: Lexicon) -> bool:
    """“They [claim they] won”, “He [tried to] win”: what follows is only claimed, or tried. “This [claim of victory]” explains."""
    opens = lexicon.pronouns | lexicon.infinitive_marks | lexicon.complementizers | {"of"}
    if len(low) < 2 or low[-1] not in opens or before in lexicon.determiners | lexicon.articles:
        return False
    start = 1 if low[0] in lexicon.copulas else 0
    return phrase_at(low, start, lexicon.unfactual) > 0


def _joins_number(inside: str, before: str, after: str) -> bool:
    """True where a bracket with digits makes another number of those that it touches: ``[2]5``, ``5[0]``. Behind a year it is a note's."""
    if after[:1].isdecimal():
        century = _CENTURY.match(inside + after)
        return century is None or century.group() != inside or before[-1:].isdecimal()
    return (
        after[:1].isalnum()
        or _NOTE.fullmatch(inside) is None
        or re.search(r"(?<!\d)(?:1[5-9]|20)\d\d$", before) is None
    )


def _counts_on(low: list[str], before: str, after: str, lexicon: Lexicon) -> bool:
    """True where figures or number words beside a bracket with nothing but such make one number with them, or another; the same value in
    another writing (“twelve [12]”) makes none.
    """
    beside = [word for word in (before, after) if word and is_amount(word, lexicon) and not _is_year(word)]
    values = {str(lexicon.numbers.get(word, word)) for word in low}
    return bool(beside) and not any(str(lexicon.numbers.get(word, word)) in values for word in beside)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()
