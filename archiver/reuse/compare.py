"""Two texts laid beside one another: what they share, and how they stand to one another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from archiver.reuse import direction, evidence, rules, sides
from archiver.reuse.values import Reuse, ReuseText
from archiver.reuse.words import MAX_CHARACTERS


def compare(a: ReuseText, b: ReuseText, *, common: Collection[str] = ()) -> Reuse:
    """Who has words of whom, with the passages and the reasons.

    ``common`` are phrases known to stand on many pages (see `body.repeated`): they count as furniture. Pure; raises nothing. The time is
    that of the texts' length; of texts longer than ``MAX_CHARACTERS`` the first part is compared, which ``reasons`` says. ``compare(b, a)`` gives
    the same with the sides exchanged.
    """
    turned = _order(a) > _order(b)
    return _compared(b, a, common, turned=True) if turned else _compared(a, b, common, turned=False)


def _order(text: ReuseText) -> tuple[str, ...]:
    """Texts are compared in one order whichever is given first, so that what is found does not hang on it."""
    bounds = ((time.isoformat() if time else "") for time in (text.earliest, text.latest))
    return (text.text, text.url, text.canonical, *bounds, *text.agencies, "", *text.outlets)


def _compared(a: ReuseText, b: ReuseText, common: Collection[str], *, turned: bool) -> Reuse:
    case = rules.case_of(evidence.gather(a, b, common))
    kind, reasons = rules.decide(case)
    way, why = direction.find(case, kind)
    if why:
        reasons.append(why)
    if max(len(a.text), len(b.text)) > MAX_CHARACTERS:
        reasons.append(f"only the first {MAX_CHARACTERS} characters of a text were compared")
    spoken = tuple(sides.spoken(reason, turned=turned) for reason in reasons)
    if way is not None:
        way = replace(way, reasons=tuple(sides.spoken(reason, turned=turned) for reason in way.reasons))
    passages = tuple(part.passage for part in case.evidence.shared)
    shares = (case.evidence.containment_a, case.evidence.containment_b)
    if not turned:
        return Reuse(kind, *shares, passages, way, spoken)
    swapped = sorted((passage.swapped() for passage in passages), key=lambda p: (p.start_a, p.start_b))
    return Reuse(kind, *shares[::-1], tuple(swapped), way.swapped() if way else None, spoken)
