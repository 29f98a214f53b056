"""What sort of difference two pieces of text are. Names only: that they differ was settled before; what differs is altered."""

from __future__ import annotations

from collections.abc import Callable

from archiver.match import numbers, tokens
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered, negates, negation_count
from archiver.match.piece import Piece
from archiver.match.spelling import sign, spelling
from archiver.model import ChangeKind


def classify(piece: Piece, lexicon: Lexicon, *, same_numbers: bool = False) -> tuple[ChangeKind, str]:
    """Kind and severity of a changed piece. ``same_numbers`` says that the passages it is of name the same numbers in the same order:
    then a number that one side of the piece alone has did not change, but what stands round it.
    """
    for kind, test in _TESTS:
        if kind is ChangeKind.NUMBER and same_numbers and not numbers.stays(piece, lexicon):
            continue
        severity = test(piece, lexicon)
        if severity:
            return kind, severity
    if not piece.quote:
        return ChangeKind.WORD_DROPPED, "major"
    if not piece.source:
        return ChangeKind.WORD_ADDED, "major"
    return ChangeKind.WORD_REPLACED, "major"


def _negation(piece: Piece, lexicon: Lexicon) -> str:
    if any(map(tokens.is_unspaced, piece.quote + piece.source)):
        before, after = piece.before[-2:], piece.after[:2]
        mine = negation_count((*before, *piece.quote, *after), lexicon)
        theirs = negation_count((*before, *piece.source, *after), lexicon)
    else:
        mine = negation_count(piece.quote, lexicon, piece.before)
        theirs = negation_count(piece.source, lexicon, piece.before)
    if mine != theirs:
        return "major"
    pairs = zip(lowered(piece.quote), lowered(piece.source), strict=False)
    return "major" if any(one != two and negates(one, two, lexicon) for one, two in pairs) else ""


def _modal(piece: Piece, lexicon: Lexicon) -> str:
    if not piece.quote or not piece.source:
        return ""
    if any(map(tokens.is_unspaced, piece.quote + piece.source)):
        around = ("".join(piece.before[-3:]), "".join(piece.after[:3]))
        texts = [around[0] + "".join(words) + around[1] for words in (piece.quote, piece.source)]
        found = [{modal for modal in lexicon.modals if modal in text} for text in texts]
        return "major" if found[0] != found[1] else ""
    words = set(lowered(piece.quote + piece.source))
    if "ko" in lexicon.languages and any(modal in word for modal in lexicon.modals for word in words):
        return "major"
    return "major" if words & lexicon.modals else ""


def _quantifier(piece: Piece, lexicon: Lexicon) -> str:
    if not piece.quote or not piece.source:
        return ""
    mine, theirs = lowered(piece.quote), lowered(piece.source)
    if any(map(tokens.is_unspaced, mine + theirs)) or "ko" in lexicon.languages:
        texts = ["".join((*piece.before[-1:], *words, *piece.after[:1])).lower() for words in (mine, theirs)]
        if any(one in texts[0] and two in texts[1] for one, two in lexicon.opposites):
            return "major"
    if any((one, two) in lexicon.opposites for one in mine for two in theirs):
        return "major"
    return "major" if set(mine + theirs) & lexicon.quantifiers else ""


def _name(piece: Piece, lexicon: Lexicon) -> str:
    if not piece.quote or not piece.source:
        return ""
    if piece.sentence_start and len(piece.quote) == len(piece.source) == 1:
        return ""
    capitals = [
        sum(word[:1].isupper() and word.lower() not in lexicon.calendar for word in words)
        for words in (piece.quote, piece.source)
    ]
    if "de" in lexicon.languages[:1]:  # every noun has a capital: a name shows by two in a row
        beside = any(
            word[:1].isupper() and word.lower() not in lexicon.magnitudes
            for word in (*piece.before[-1:], *piece.after[:1])
        )
        return "major" if min(capitals) and (max(capitals) > 1 or (beside and min(capitals))) else ""
    return "major" if min(capitals) or max(capitals) > 1 else ""


def _plain_name(piece: Piece, _: Lexicon) -> str:
    """Two or more words with capitals on both sides: a name whatever else the words may mean."""
    for words in (piece.quote, piece.source):
        capitals = sum(word[:1].isupper() for word in words)
        if len(words) < 2 or capitals < max(2, len(words) - 1) or any(word.isdecimal() for word in words):
            return ""
    return "major"


_TESTS: tuple[tuple[ChangeKind, Callable[[Piece, Lexicon], str]], ...] = (
    (ChangeKind.SPELLING, sign),  # before numbers: “pour cent” has one in it
    (ChangeKind.NEGATION, _negation),
    (ChangeKind.NAME, _plain_name),
    (ChangeKind.NUMBER, numbers.number),
    (ChangeKind.SPELLING, spelling),
    (ChangeKind.DATE, numbers.date),
    (ChangeKind.UNIT, numbers.unit),
    (ChangeKind.MODAL, _modal),
    (ChangeKind.QUANTIFIER, _quantifier),
    (ChangeKind.NAME, _name),
)
