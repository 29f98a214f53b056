"""Which text has it from the other, where something shows it: never by likeness alone, and by dates only weakly."""

from __future__ import annotations

import re

from archiver.model import Span
from archiver.reuse import addresses, crediting, names, press
from archiver.reuse.evidence import Side
from archiver.reuse.rules import Case, quoting_side
from archiver.reuse.sides import A, B, quoted
from archiver.reuse.values import Direction, Kind, Passage, Piece, ReuseText

LEAST = 12  # shared words beside a citation from which it speaks for them
_CUT = re.compile(r"^\W{0,3}(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\])")


def find(case: Case, kind: Kind) -> tuple[Direction | None, str]:
    """The direction, or None and why there is none; ``""`` where the question does not arise."""
    if kind in (Kind.NO_COPY, Kind.SAME_TOPIC):
        return None, ""
    a, b = case.evidence.a.given, case.evidence.b.given
    if kind is Kind.SAME_PAGE_LATER:
        return _by_dates(a, b, "it is one page, seen twice" if addresses.same_page(a, b) else "both are of one site")
    from_a, from_b = _signs(case, kind, "a"), _signs(case, kind, "b")
    if from_a and from_b:
        return None, f"no direction: what speaks for one speaks for the other too ({from_a[0]}; {from_b[0]})"
    if from_a or from_b:
        return Direction("a" if from_a else "b", "b" if from_a else "a", False, tuple(from_a or from_b)), ""
    elsewhere = "" if kind.is_copy else _cited_elsewhere(case)
    if elsewhere:
        return None, f"no direction: {elsewhere}; whether these words come from there is not known"
    both = case.agencies_a & case.agencies_b
    if both:
        return None, f"no direction: both credit {' and '.join(sorted(both))}, a third"
    if kind is Kind.SHARED_QUOTATION:
        quoting = quoting_side(case)
        why = f"whom {quoting} quotes is not said" if quoting else "both may have heard it from the speaker"
        return None, f"no direction: {why}"
    third = case.agencies_a | case.agencies_b
    if third:
        return None, f"no direction: {' and '.join(sorted(third))}, who is credited, is neither of the two"
    return _by_dates(a, b, "no credit, link or citation says who has it from whom")


def _signs(case: Case, kind: Kind, source: str) -> list[str]:
    """What shows that the other text has it from ``source``."""
    evidence = case.evidence
    mine, theirs = (evidence.a, evidence.b) if source == "a" else (evidence.b, evidence.a)
    giver, taker = (A, B) if source == "a" else (B, A)
    given, taken = mine.given, theirs.given
    out = []
    if addresses.own(given) and addresses.claimed(taken) == addresses.own(given) != addresses.own(taken):
        out.append(f"the canonical link of {taker} is the address of {giver}")
    outlets = names.outlets_of(given) - names.outlets_of(taken)
    credited = {name.casefold() for name in taken.agencies} & {name.casefold() for name in outlets}
    if credited:
        out.append(f"{taker} credits {' and '.join(sorted(credited))}, where {giver} stands")
    words = _citing(case, kind, source, outlets)
    if words:
        out.append(f"{taker} names where {giver} stands: {quoted(words)}")
    elif kind is Kind.CITES:
        agencies = _agencies(case, source)
        words = _citing(case, kind, source, agencies - names.outlets_of(taken))
        if words:
            out.append(f"{taker} cites {quoted(words)}, whose story {giver} carries")
    if kind is Kind.PRESS_RELEASE:
        issued = press.issued(given, taken)
        if issued:
            out.append(f"{taker} {issued} {giver}")
    if kind.is_copy and _cut_off(case, mine, theirs, source):
        out.append(f"{taker} breaks off with a mark of omission where {giver} goes on")
    return out


def _citing(case: Case, kind: Kind, source: str, cited: frozenset[str]) -> str:
    """The words in which the other text cites one of the names for what is shared."""
    text = (case.evidence.b if source == "a" else case.evidence.a).given.text
    telling = [part.passage for part in case.telling if part.own + part.direct >= LEAST]
    places = [Span(*(_in_b(part) if source == "a" else (part.start_a, part.end_a))) for part in telling]
    if not kind.is_copy:
        return crediting.beside(text, cited, places)
    equal = [
        Span(*(_in_b(piece) if source == "a" else (piece.start_a, piece.end_a)))
        for part in case.telling
        for piece in part.passage.pieces
    ]
    return crediting.of_copy(text, cited, places, equal)


def _in_b(part: Passage | Piece) -> tuple[int, int]:
    return part.start_b, part.end_b


def _cited_elsewhere(case: Case) -> str:
    """How one text cites the other, or whom that credits, for something else than the shared words."""
    a, b = case.evidence.a.given, case.evidence.b.given
    for source, given, taken in (("a", a, b), ("b", b, a)):
        own = names.outlets_of(taken)
        agencies = _agencies(case, source) - own
        cited = [name for name in sorted(agencies) if names.cited(taken.text, [name])]
        if cited:
            return f"both cite {cited[0]} for the story"
        words = names.cited(taken.text, names.outlets_of(given) - own)
        if words:
            return f"{B if source == 'a' else A} cites the other for the story: {quoted(words)}"
    return ""


def _agencies(case: Case, source: str) -> frozenset[str]:
    one, two = (case.agencies_a, case.agencies_b) if source == "a" else (case.agencies_b, case.agencies_a)
    return one - two


def _cut_off(case: Case, mine: Side, theirs: Side, source: str) -> bool:
    """True where a passage ends in the taker's text with “…” and goes on in the source's."""
    for part in case.telling:
        stretch = part.stretch
        end_mine, end_theirs = (stretch.a_end, stretch.b_end) if source == "a" else (stretch.b_end, stretch.a_end)
        if end_mine >= len(mine.words) or _CUT.match(mine.words.gap(end_mine)):
            continue
        if _CUT.match(theirs.words.gap(end_theirs)):
            return True
        if end_theirs < len(theirs.words) and _CUT.match(theirs.words.gap(end_theirs + 1)):
            rest, whole = theirs.words.form(end_theirs), mine.words.form(end_mine)
            if whole.startswith(rest) and whole != rest:  # the last word is cut too
                return True
    return False


def _by_dates(a: ReuseText, b: ReuseText, why: str) -> tuple[Direction | None, str]:
    if a.latest is not None and b.earliest is not None and a.latest < b.earliest:
        return Direction("a", "b", True, (f"{A} is dated earlier than {B}",)), ""
    if b.latest is not None and a.earliest is not None and b.latest < a.earliest:
        return Direction("b", "a", True, (f"{B} is dated earlier than {A}",)), ""
    known = a.earliest or a.latest, b.earliest or b.latest
    dates = "their dates overlap" if all(known) else "their dates are not both known"
    return None, f"no direction: {why}, and {dates}"
