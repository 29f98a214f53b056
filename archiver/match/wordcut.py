"""A word cut at its apostrophe or hyphen: “the mayor … resigned” for “the mayor’s deputy resigned” tells of another person, “the president” for
“the president-elect” of another office.
"""

from __future__ import annotations

from collections.abc import Callable

from archiver.match.index import Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.quotation import Quotation
from archiver.model import Change, ChangeKind

_APOSTROPHES = ("'", "’")
_HYPHENS = ("-", "‐", "‑")
_OPENING = ("'", "‘", "‚")
_LONGEST = 5  # letters of a Turkish case ending
_CLAUSE = 4  # words from which a quotation is no term: “the dam”, where the page has “the dam’s failure” alone
_BEFORE = 300  # words before an apostrophe behind “s” among which an opening mark would make it a closing one


def whole(page: Page, at: int, lexicon: Lexicon) -> str | None:
    """The word before token ``at`` with its ending, as printed, where a cut there parts the two: “mayor’s”, “workers’”, “Ankara’nın”,
    “smoke-free”. None where it does not, for “it’s” and “who’s”, where “is” is left out and who it is stays, and for compounds of which the
    first word says no other thing than the whole.
    """
    if not 0 < at < len(page.words):
        return None
    low, gap = page.low(at - 1), page.gap(at)
    if gap in _HYPHENS:
        end = next((k for k in range(at + 1, len(page.words)) if page.gap(k) not in _HYPHENS), len(page.words))
        turned = low.isalpha() and page.low(at) in lexicon.compound_ends
        return page.slice(at - 1, end) if turned else None
    if gap in _APOSTROPHES:
        ending = page.form(at)
        plain = is_function_word(low) or low in lexicon.pronouns | lexicon.deictics | lexicon.interrogatives
        owns = (ending.lower() == "s" and not plain) or (ending.lower() == "t" and low.endswith("n"))  # “couldn’t”
        inflected = "tr" in lexicon.languages and page.form(at - 1)[:1].isupper() and ending.islower()
        return page.slice(at - 1, at + 1) if owns or (inflected and len(ending) <= _LONGEST) else None
    if gap[:1] in _APOSTROPHES and gap[1:] == " " and low.endswith("s") and _owns(page, at, lexicon):
        return page.form(at - 1) + gap[0]
    return None


def keeps_sign(quotation: str, end: int) -> bool:
    """True where the word that ends at ``end`` has an apostrophe or hyphen behind it in the quotation: “the workers’ … voted”."""
    return quotation.startswith(_APOSTROPHES + _HYPHENS, end)


def at_end(parsed: Quotation, page: Page, last: int, words: Callable[[], Lexicon]) -> tuple[Change, ...]:
    """“He blamed the mayor” for “He blamed the mayor’s office”, which ends before token ``last``."""
    if last >= len(page.words) or not page.gap(last).startswith(_APOSTROPHES + _HYPHENS) or parsed.word_count < _CLAUSE:
        return ()
    kept = parsed.solid.words[-1]
    cut = None if keeps_sign(parsed.text, kept.end) else whole(page, last, words())
    if cut is None:
        return ()
    return (
        Change(ChangeKind.WORD_REPLACED, parsed.text[kept.start : kept.end], cut, kept.start, page.start(last - 1)),
    )


def _owns(page: Page, at: int, lexicon: Lexicon) -> bool:
    """“The workers’ council” and not “the ‘workers’ council”, nor “‘the workers’ and”."""
    follows = page.low(at)
    if "en" not in lexicon.languages or not follows.isalpha() or is_function_word(follows):
        return False
    marks = (page.gap(token) for token in range(max(0, at - _BEFORE), at))
    return not any(gap.endswith(_OPENING) and gap not in _APOSTROPHES for gap in marks)
