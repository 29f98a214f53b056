"""Capitals: quotations set all in capitals, Like A Heading or all in small letters, and what words that differ only there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from archiver.match import locate, meaning
from archiver.match.fold import same_but_first_case
from archiver.match.index import UNKNOWN, Page, Prepared
from archiver.match.lexicon import is_function_word
from archiver.match.quotation import Solid
from archiver.match.sides import Found, Sides
from archiver.model import Change, ChangeKind

SHARE = 8  # one word in so many must be on the page with other capitals before the page is read without them
AROUND = 4  # words on either side that show whether a word is one of many in capitals
LOOKED_AT = 20  # places of a word at which it is asked whether it stands inside a sentence


def may_differ(solid: Solid, prepared: Prepared) -> bool:
    """True where enough words that the page does not have stand there with other capitals; asked before the page is read again."""
    known = prepared.words.folded
    forms = [word.form for word in solid.words[1:]]
    turned = sum(
        form not in known and any(other in known for other in (form.lower(), form.upper(), form.capitalize()))
        for form in forms
    )
    return turned > len(forms) // SHARE


def tell(sides: Sides, quote: int, source: int, length: int, found: Found) -> None:
    """Adds the words of a stretch that differ in capitals only, those of one severity side by side as one change."""
    group: list[int] = []
    severity = ""
    for k, weight in _weighed(sides, quote, source, length):
        if group and (group[-1] != k - 1 or weight != severity):
            _add(sides, quote, source, group, severity, found)
            group = []
        group.append(k)
        severity = weight
    if group:
        _add(sides, quote, source, group, severity, found)


def _weighed(sides: Sides, quote: int, source: int, length: int) -> Iterator[tuple[int, str]]:
    words = sides.solid.words
    for k, theirs in enumerate(sides.page.forms(source, source + length)):
        mine = words[quote + k].form
        if (
            mine != theirs
            and not words[quote + k].patched
            and not (sides.may_begin(quote + k) and same_but_first_case(mine, theirs))
        ):
            yield k, severity(mine, theirs, sides, quote + k, source + k)


def _add(sides: Sides, quote: int, source: int, group: list[int], weight: str, found: Found) -> None:
    first, last = group[0], group[-1] + 1
    found.changes.append(
        Change(
            ChangeKind.SPELLING,
            sides.quoted(quote + first, quote + last),
            sides.page.slice(source + first, source + last),
            sides.quote_place(quote + first),
            sides.source_place(source + first),
            weight,
        )
    )


def severity(mine: str, theirs: str, sides: Sides, quote: int, source: int) -> str:
    """Major where other capitals make another word: US/us, March/march, and where the page has both forms inside sentences."""
    low, lexicon = theirs.lower(), sides.lexicon
    if low in lexicon.calendar or low in lexicon.modals or low in lexicon.acronyms:
        return "major"
    forms = sides.page.forms
    beside = (
        (mine, lambda first, last: [word.form for word in sides.solid.words[first:last]], quote, len(sides.solid)),
        (theirs, forms, source, len(sides.page.words)),
    )
    for form, words, place, end in beside:
        around = (words(max(0, place - AROUND), place + 1), words(place, min(end, place + AROUND + 1)))
        if len(form) > 1 and form.isupper() and not any(map(_is_shouted, around)):
            return "major"
    if not is_function_word(low) and all(stands_inside(form, sides) for form in (mine, theirs)):
        return "major"
    return "minor"


def _is_shouted(words: Sequence[str]) -> bool:
    """True where all of some words are set in capitals: no short form among words, but a heading or a shout."""
    cased = [word for word in words if word.lower() != word.upper()]
    return len(cased) > 1 and all(map(str.isupper, cased)) and any(len(word) > 3 for word in cased)


def stands_inside(form: str, sides: Sides) -> bool:
    """True where a form stands somewhere on the page but at the beginning of a sentence, where every word has a capital."""
    code = sides.prepared.words.find(form)
    return code != UNKNOWN and any(
        place and not page.gap(place).strip() and not meaning.ends_sentence(page, place)
        for page in sides.prepared.pages
        for place in places(code, page)
    )


def places(code: str, page: Page) -> Iterator[int]:
    """The first places of a word in a layer, as many as are worth looking at."""
    return islice(locate.find(code, page.words), LOOKED_AT)
