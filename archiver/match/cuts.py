"""The two ends of a passage: whether it begins and ends with a sentence, and whether a cut drops a word that governs the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from archiver.match import (
    asking,
    choice,
    dropped,
    hanging,
    joined,
    listheads,
    meaning,
    subjects,
    supposed,
    tokens,
    untruths,
)
from archiver.match.figures import BOUND_SIGNS, THREE, TIMES
from archiver.match.fold import DASH, QUOTE, fold_gap, fold_word
from archiver.match.index import Page
from archiver.match.late import late_denial
from archiver.match.lexicon import Lexicon
from archiver.match.negation import lowered
from archiver.match.quantity import LONGEST, continued, goes_on, phrase_at
from archiver.match.sides import Found
from archiver.model import Change, ChangeKind

Words: TypeAlias = Callable[[], Lexicon]

_HYPHENS = ("-", "‐", "‑")
# Prefixes of Latin and Greek that the languages of Europe share, written with a hyphen.
_AGAINST = frozenset({"non", "anti", "contra", "un"})
_LESSER = frozenset(
    {"ex", "pseudo", "quasi", "semi", "half", "halb", "demi", "vice", "vize", "would", "mock", "proto", "para", "near"}
)
_GLUED = (DASH, "+", "#")


def check(page: Page, first: int, last: int, words: Words, found: Found, *, quoted: int, asks: bool = False) -> None:
    """Looks at what stands before token ``first`` and from token ``last`` on; adds warnings and changes. ``asks`` where the quotation has
    a question mark at its end.
    """
    _numbers(page, first, last, found, quoted)
    _prefix(page, first, words, found)
    _number_words(page, first, last, words, found, quoted)
    front = first > 0 and not _begins(page, first)
    back = last < len(page.words) and not _ends(page, last)
    before = _before(page, first, last, words(), asks=asks) if front else None
    behind = _behind(page, last, words()) if back else None
    late = late_denial(page, first, last, words()) if back and behind is None else None
    if late is not None and late.governs:
        behind = meaning.Governor(ChangeKind.NEGATION, late.first, late.last)
    denied = None
    if front or back:
        which = (
            "beginning and end of the sentence are"
            if front and back
            else f"{'beginning' if front else 'end'} of the sentence is"
        )
        governing = meaning.governing_words(page, first, words()) if front else None
        governing = governing or (meaning.governing_after(page, last, words()) if back else None)
        denied = hanging.hangs_before(page, first, words()) if front else None
        denied = denied or (hanging.hangs_after(page, first, last, words()) if back else None)
        if denied is None and before is None and behind is None:
            denied = (
                (late.first, late.last)
                if late is not None
                else _beside(page, first, last, words, front=front, back=back)
            )
        governing = governing or denied or (hanging.restricted_after(page, last, words()) if back else None)
        governing = governing or (choice.after_cut(page, last, words()) if back else None)
        hangs = f"; it hangs on “{page.slice(*governing)}”" if governing else ""
        found.notice("cut-in-sentence", f"the {which} left out{hangs}")
    denied = denied or _outside_marks(page, first, last, words) or listheads.denying_head(page, first, words())
    if denied is None and not asks and asking.is_asked(page, first, last, words()):
        found.notice("hidden-denial", "what is quoted stands in a question, whose mark is left out")
    if denied is not None:
        found.notice("hidden-denial", f"what is quoted hangs on “{page.slice(*denied)}”, which is left out")
    if back:
        _era(page, last, words, found, quoted)
        kept, following = page.forms(max(0, last - 4), last), page.forms(last, min(len(page.words), last + 4))
        if page.gap(last) == "/" and kept[-1].lower() in words().units:
            found.changes.append(Change(ChangeKind.UNIT, "", f"/{page.form(last)}", quoted, page.end(last - 1)))  # km/h
        rest = continued(lowered(kept), lowered(following), words())
        if rest is not None and not fold_gap(page.gap(last)):
            gone = page.slice(last, last + rest[1])
            found.changes.append(Change(rest[0], "", gone, quoted, page.start(last)))
    for governor, place in ((before, 0), (behind, quoted)):
        if governor is not None:
            gone = page.slice(governor.first, governor.last)
            found.changes.append(Change(governor.kind, "", gone, place, page.start(governor.first)))


def _before(page: Page, first: int, last: int, lexicon: Lexicon, *, asks: bool) -> meaning.Governor | None:
    return (
        dropped.cut_front(page, first, lexicon)
        or supposed.before(page, first, last, lexicon, asks=asks)
        or joined.denied_before(page, first, lexicon)
        or untruths.untrue_before(page, first, lexicon)
    )


def _behind(page: Page, last: int, lexicon: Lexicon) -> meaning.Governor | None:
    return (
        dropped.cut_back(page, last, lexicon)
        or supposed.after(page, last, lexicon)
        or joined.denied_after(page, last, lexicon)
    )


def _beside(page: Page, first: int, last: int, words: Words, *, front: bool, back: bool) -> tuple[int, int] | None:
    """What is beside a cut that may deny what is kept or make less of it, or something else."""
    denied = None
    if front:
        denied = (
            hanging.denied_before(page, first, words())
            or supposed.begun_before(page, first, words())
            or choice.before_cut(page, first, last, words())
            or subjects.before_cut(page, first, last, words())
            or hanging.supposed_before(page, first, words())
        )
    return denied or hanging.weakened_beside(page, first, last, words(), front=front, back=back)


def _outside_marks(page: Page, first: int, last: int, words: Words) -> tuple[int, int] | None:
    """What stands outside the page's quotation marks, at which the quotation begins or ends, and denies what is in them, doubts it or sets it
    a condition: “denied that ‘the dam is safe’”, “reportedly ‘hissed at her’”. Whoever keeps to the marks repeats somebody's words as they
    were said, so it is no change; but he is told.
    """
    found: list[tuple[int, int] | None] = []
    if first and _is_marked(page.gap(first)) and not meaning.ends_sentence(page, first):
        governor = None if hanging.is_said(page, first, words()) else _before(page, first, last, words(), asks=True)
        found = [
            _span(governor),
            hanging.hangs_before(page, first, words()),
            hanging.weakened_beside(page, first, last, words(), front=True, back=False),
        ]
    if last < len(page.words) and _is_marked(page.gap(last).strip()) and not meaning.ends_sentence(page, last):
        governor = _behind(page, last, words())
        found += [
            _span(governor),
            hanging.hangs_after(page, first, last, words(), remarks=False),
        ]
    own = (
        place
        for place in found
        if place and not any(_is_marked(page.gap(k).strip()) for k in range(place[0] + 1, place[1]))
    )
    return next(own, None)  # what stands in other marks is of another voice


def _span(governor: meaning.Governor | None) -> tuple[int, int] | None:
    return None if governor is None else (governor.first, governor.last)


def _begins(page: Page, first: int) -> bool:
    return meaning.ends_sentence(page, first) or _is_marked(page.gap(first))


def _ends(page: Page, last: int) -> bool:
    return meaning.ends_sentence(page, last) or _is_marked(page.gap(last).strip())


def _is_marked(gap: str) -> bool:
    """Whether quotation marks stand in a gap, and no apostrophe alone."""
    return QUOTE in fold_gap(gap) and gap not in "'’"


def _numbers(page: Page, first: int, last: int, found: Found, quoted: int) -> None:
    """A cut through a number (groups of digits parted by spaces, a minus or currency sign before, a per cent sign after), or between a letter and
    its sign (AA-, C++)."""
    head, tail = fold_word(page.form(first)), fold_word(page.form(last - 1))
    if first and head in tokens.CURRENCIES and not page.gap(first) and fold_word(page.form(first - 1)) == DASH:
        found.changes.append(Change(ChangeKind.NUMBER, "", page.form(first - 1), 0, page.start(first - 1)))
    if last < len(page.words) and not page.gap(last) and tail[-1:].isalpha() and fold_word(page.form(last)) in _GLUED:
        found.changes.append(Change(ChangeKind.UNIT, "", page.form(last), quoted, page.start(last)))  # AA-, C++, BBB+
    if first and head[:1].isdigit():
        before, gap = page.form(first - 1), page.gap(first)
        if before in BOUND_SIGNS and not gap.strip():
            found.changes.append(Change(ChangeKind.QUANTIFIER, "", before, 0, page.start(first - 1)))  # <5 mg
        elif before in tokens.CURRENCIES and not gap.strip():
            found.changes.append(Change(ChangeKind.UNIT, "", before, 0, page.start(first - 1)))
        elif gap and not gap.strip() and THREE.fullmatch(head) and before.isdigit() and len(before) <= 3:
            found.changes.append(Change(ChangeKind.NUMBER, "", before, 0, page.start(first - 1)))
    if last < len(page.words) and tail[-1:].isdigit() and tokens.is_number(tail):
        after, gap = page.form(last), page.gap(last)
        power = after in TIMES and last + 1 < len(page.words) and tokens.is_number(page.form(last + 1))
        if not gap.strip() and power:
            found.changes.append(Change(ChangeKind.NUMBER, "", page.slice(last, last + 2), quoted, page.start(last)))
        elif not gap.strip() and after in "%‰°" + tokens.CURRENCIES:
            found.changes.append(Change(ChangeKind.UNIT, "", after, quoted, page.start(last)))
        elif gap and not gap.strip() and THREE.fullmatch(after) and tail.isdigit() and len(tail) <= 3:
            found.changes.append(Change(ChangeKind.NUMBER, "", after, quoted, page.start(last)))


def _era(page: Page, last: int, words: Words, found: Found, quoted: int) -> None:
    """A cut between a year and what counts it backwards: “44 | BC”."""
    if tokens.is_number(page.form(last - 1)) and not meaning.parts_clause(page, last):
        count = phrase_at(lowered(page.forms(last, last + LONGEST)), 0, words().eras)
        if count:
            gone = page.slice(last, last + count)
            found.changes.append(Change(ChangeKind.DATE, "", gone, quoted, page.start(last)))


def _prefix(page: Page, first: int, words: Words, found: Found) -> None:
    """A cut behind the hyphen of what turns the rest of a word or makes less of it: “non- | violent”, “ex- | minister”."""
    if not first or page.gap(first) not in _HYPHENS:
        return
    head, lexicon = page.low(first - 1), words()
    negates = head in lexicon.negations or head in _AGAINST or head in lexicon.negating_prefixes
    if negates or head in lexicon.qualifiers or head in _LESSER:
        kind = ChangeKind.NEGATION if negates else ChangeKind.MODAL
        found.changes.append(Change(kind, "", page.slice(first - 1, first) + "-", 0, page.start(first - 1)))


def _number_words(page: Page, first: int, last: int, words: Words, found: Found, quoted: int) -> None:
    """A cut between the parts of a number: “5 | million”, “twenty- | five”, “10– | 20”.

    “Million dollars” by itself shows that it is cut, and how much it leaves open.
    """
    for at, place, outer in ((first, 0, first - 1), (last, quoted, last)):
        if not 0 < at < len(page.words):
            continue
        gap = fold_gap(page.gap(at))
        if (gap != DASH and (gap or at == first)) or "\n" in page.gap(at):
            continue
        before, after = (form.lower() for form in page.forms(at - 1, at + 1))
        if gap == DASH and after in tokens.CURRENCIES and at + 1 < len(page.words):
            after = page.forms(at + 1, at + 2)[0]  # £30,000–£40,000
        if not (tokens.is_number(before) or before.isalpha()):
            continue
        if not gap and meaning.is_hyphen(page.gap(at + 1)):
            continue  # two million-dollar homes are two
        if goes_on(before, after, gap, words()):
            found.changes.append(Change(ChangeKind.NUMBER, "", page.form(outer), place, page.start(outer)))
