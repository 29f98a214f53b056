"""A trace as a careful person would write it down: who signs it, what it draws on, when, who else has it, what is odd about it, how sure."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.credits import Role
from archiver.dating import Disagreement
from archiver.marks import Mark, MarkKind
from archiver.model import SUPPLIED, Change
from archiver.printable import count, shorten, some
from archiver.reuse import Echo
from archiver.tracing import wording
from archiver.tracing.limits import limits
from archiver.tracing.values import Copy, Source, Trace, Variant
from archiver.urls import for_display

_FEW = 12  # of one sort, before the rest is counted
_CONTRADICTIONS = 5
_SIGNS = (Role.AUTHOR, Role.AGENCY, Role.EDITOR, Role.TRANSLATOR, Role.OUTLET, Role.COPYRIGHT)
_LINKS = (Role.CANONICAL, Role.SYNDICATION)
_EXCERPT = 240
_STRETCH, _OTHERS, _LETTERS = 6, 2, 4  # words of a change; words with content that became others; letters of those

Line = tuple[str, str]
"""A heading (``""`` under one that stands above) and what stands beside it."""


def lines(trace: Trace) -> Iterator[Line]:
    """Pairs of heading and words; a long text is folded by whoever prints it."""
    yield from _subject(trace)
    yield from _headed("who signs it", _signed(trace.subject))
    yield from _headed("what it draws on", _draws_on(trace.subject))
    yield from _headed("when", _when(trace))
    if trace.quote is None:
        yield from _headed("who else has it", _copies(trace))
    else:
        yield from _headed("who prints it", _variants(trace))
        yield from _headed("what ties them", _ties(trace))
    yield from _headed("in what order", _order(trace))
    yield from _headed("it says twice", _twice(trace.subject))
    yield from _headed("what is odd", _odd(trace.subject))
    yield from _headed("how sure", limits(trace))


def _headed(heading: str, words: Iterator[str]) -> Iterator[Line]:
    for number, line in enumerate(words):
        yield ("" if number else heading), line


def _subject(trace: Trace) -> Iterator[Line]:
    snapshot = trace.subject.snapshot
    if trace.quote is not None:
        yield trace.quote.short_id, f"“{shorten(trace.quote.text, _EXCERPT)}”"
        if trace.quote.speaker:
            yield "speaker", f"{shorten(trace.quote.speaker, 100)} (as it was given, not checked)"
    yield trace.subject.id, for_display(snapshot.url)
    if snapshot.info.title:
        yield "title", shorten(snapshot.info.title, 200)
    captures = trace.subject.captures
    more = (
        f"; {count(len(captures), 'snapshot')} of this address since {captures[0].captured_at}"
        if len(captures) > 1
        else ""
    )
    supplied = snapshot.origin is not None and snapshot.origin.kind == SUPPLIED
    yield "supplied" if supplied else "captured", f"{snapshot.captured_at}{', by you' if supplied else ''}{more}"


def _signed(source: Source) -> Iterator[str]:
    credits = [credit for credit in source.credits.of(*_SIGNS) if not credit.where.endswith(", cited")]
    if not credits:
        yield "nobody, as far as its page and text say"
    yield from _some(wording.credits(credits), "name")
    for found in source.credits.contradictions:
        yield f"does not agree: {shorten(found.why, 400)}"


def _draws_on(source: Source) -> Iterator[str]:
    named = list(source.credits.of(Role.SOURCE, *_LINKS))
    cited = [credit for credit in source.credits.credits if credit.where.endswith(", cited") and credit not in named]
    if not (named or cited or source.credits.of(Role.PHOTO)):
        yield "it names no source"
    yield from _some(wording.credits([*named, *cited, *source.credits.of(Role.PHOTO)]), "name")


def _some(words: Iterator[str], noun: str) -> Iterator[str]:
    every = list(words)
    yield from every[:_FEW]
    if len(every) > _FEW:
        yield f"and {count(len(every) - _FEW, f'more {noun}')} (--json has all)"


def _when(trace: Trace) -> Iterator[str]:
    source = trace.subject
    yield f"it appeared {wording.span(source.span)}, if what this rests on is true"
    yield from _some(wording.claims(source.dates), "date")
    apart: dict[int, Disagreement] = {}
    whys = list(dict.fromkeys(found.why for found in source.disagreements if found.kind == "contradiction"))
    for why in whys[:_CONTRADICTIONS]:
        yield f"does not agree: {shorten(why, 400)}"
    if len(whys) > _CONTRADICTIONS:
        yield f"and {len(whys) - _CONTRADICTIONS} more that do not agree (--json has all)"
    for found in source.disagreements:
        if found.kind != "contradiction":
            apart.setdefault(abs(found.seconds), found)
    for found in list(apart.values())[:_CONTRADICTIONS]:
        yield f"apart: {shorten(found.why, 400)}"


def _order(trace: Trace) -> Iterator[str]:
    """Which page was there before which; nothing where only one is shown."""
    if len(trace.sources) < 2:
        return
    for pair in trace.order.before[:_FEW]:
        yield f"{pair.one} before {pair.other} ({pair.sure}): {shorten(pair.why, 300)}"
    if len(trace.order.before) > _FEW:
        yield f"and {count(len(trace.order.before) - _FEW, 'more pair')} (--json has all)"
    yield f"none of these pages is known to be older than {' or '.join(trace.order.earliest[:_FEW])}"


def _copies(trace: Trace) -> Iterator[str]:
    if not trace.copies:
        yield "no other snapshot of this archive, as far as was compared"
    for copy in trace.copies[:_FEW]:
        yield from _copy(trace, copy)
    if len(trace.copies) > _FEW:
        yield f"and {count(len(trace.copies) - _FEW, 'more snapshot')} (--json has all)"


def _copy(trace: Trace, copy: Copy) -> Iterator[str]:
    subject, source = trace.subject, copy.source
    yield f"{source.id} {for_display(source.snapshot.url)}"
    yield f"  {wording.relation(copy.reuse, subject.id, source.id)}"
    yield f"  {wording.signed_by(source)}; appeared {wording.span(source.span)}"
    yield f"  {wording.direction(copy.reuse, subject.id, source.id)}"
    yield from _wall(source)
    yield from _against_dates(trace, copy)
    for reason in wording.reasons(copy.reuse, subject.id, source.id)[:4]:
        yield f"  since {reason}"
    passage = wording.longest(copy.reuse)
    if passage is not None:
        here, there = subject.body[passage.start_a : passage.end_a], source.body[passage.start_b : passage.end_b]
        yield f"  here:  “{shorten(here, _EXCERPT)}”"
        yield f"  there: {_there(here, there)}"
    if copy.others:
        yield f"  also in {count(len(copy.others), 'more capture')}"


def _there(here: str, there: str) -> str:
    if here.split() == there.split():
        return "the same words"
    shown = shorten(there, _EXCERPT)
    return "the same words as far as shown, others further on" if shown == shorten(here, _EXCERPT) else f"“{shown}”"


def _wall(source: Source) -> Iterator[str]:
    wall = source.snapshot.wall
    if wall is not None:
        yield f"  But that snapshot shows {shorten(wall.detail or wall.code, 200)}, so its text may not be the article."


def _against_dates(trace: Trace, copy: Copy) -> Iterator[str]:
    """The signs of a direction and the dates can contradict one another; then both are said."""
    if copy.reuse.direction is not None and trace.against_dates(copy):
        names = {"a": trace.subject.id, "b": copy.source.id}
        taker = names[copy.reuse.direction.taker]
        yield f"  But by the dates {taker} is the older of the two; if they are true, it has it from another page with the same words."


def _variants(trace: Trace) -> Iterator[str]:
    if not trace.variants:
        yield "no page of this archive, as far as was searched"
    for variant in trace.variants:
        yield from _variant(variant)


def _variant(variant: Variant) -> Iterator[str]:
    source, judgement = variant.source, variant.judged.judgement
    yield f"{source.id} {for_display(source.snapshot.url)}"
    yield (
        f"  {judgement.verdict.value}: “{shorten(variant.words, _EXCERPT)}”"
        if variant.words
        else f"  {judgement.verdict.value}"
    )
    for change in judgement.changes[:_FEW]:
        yield f"  {wording.change(change)}"
    yield f"  {wording.signed_by(source)}; appeared {wording.span(source.span)}"
    yield from _wall(source)


def _ties(trace: Trace) -> Iterator[str]:
    if not trace.ties:
        yield "there are no two pages that have it"
    for tie in trace.ties:
        why = "; ".join(wording.called(reason, tie.one, tie.other) for reason in tie.reasons)
        if tie.independent is False:
            yield f"{tie.one} and {tie.other} are tied: {why}"
        elif tie.independent:
            yield f"{tie.one} and {tie.other} may have it each by itself: {why}"
        else:
            yield f"{tie.one} and {tie.other}: not known; {why}"


def _twice(source: Source) -> Iterator[str]:
    """Statements that the text has twice, where the two differ, and not by most of their words: those may be two statements."""
    for echo in [echo for echo in source.echoes if echo.other is not None and _is_one(echo)][:_FEW]:
        yield f"“{shorten(echo.words, 160)}” and “{shorten(echo.other_words, 160)}”"
        for change in echo.changes[:4]:
            yield f"  {wording.change(change)}"


def _is_one(echo: Echo) -> bool:
    """Whether the two places can be one statement in two forms: few words changed, none of them by capitals alone, and no stretch in which
    several words with content became others, as in two sentences that are built alike."""
    changed = sum(len(change.in_quote.split()) for change in echo.changes)
    differs = any(change.in_quote.casefold() != change.in_source.casefold() for change in echo.changes)
    return differs and changed <= len(echo.words.split()) / 2 and all(_is_small(change) for change in echo.changes)


def _is_small(change: Change) -> bool:
    mine, theirs = change.in_quote.split(), change.in_source.split()
    other = min(sum(len(word) >= _LETTERS for word in words) for words in (mine, theirs))
    return max(len(mine), len(theirs)) <= _STRETCH and other < _OTHERS


def _odd(source: Source) -> Iterator[str]:
    if not source.marks:
        yield "no mark of machine work was found"
    kinds = list(dict.fromkeys(mark.kind for mark in source.marks))
    for kind in kinds:
        yield from _marks([mark for mark in source.marks if mark.kind is kind], kind)


def _marks(found: list[Mark], kind: MarkKind) -> Iterator[str]:
    for why in list(dict.fromkeys(mark.why for mark in found))[:6]:
        alike = [mark for mark in found if mark.why == why]
        words = some([f"“{shorten(mark.words, 80)}”" for mark in alike], 4)
        yield f"{kind.value}: {words}: {shorten(why, 500)}"
