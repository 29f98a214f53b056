"""Signs of notes that came along when a quotation was pasted: ``the dam,”1 said`` where the page has ``the dam,”[1] said``.

A reader's clipboard has the number of a note without the brackets. Only a digit that is glued to a word of three and more small letters, or to a
sign behind a word, is read so, and only where the page has the same number in brackets between the same words: everywhere else a figure is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archiver.match import notemarks, tokens
from archiver.match.fold import QUOTE, fold_gap, fold_word
from archiver.match.index import Page, Prepared
from archiver.match.torn import in_the_original
from archiver.model import Judgement, Match, Verdict

_CLOSING = ".,;:!?…)\"'”’»›“"
_GLUED = re.compile(
    rf"(?P<signs>[{_CLOSING}]{{0,4}})(?P<number>[0-9]{{1,3}})(?=\Z|\s(?!\s*[0-9])|[{_CLOSING}](?![\w]))"
)
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:['’][^\W\d_]+)*\Z")
_FEWEST = 3  # letters of a word that a digit may be glued to
_REACH = 60  # characters before a digit among which its word is looked for


@dataclass(frozen=True, slots=True)
class Pasted:
    """A number to leave out: where it stands in the quotation, and the folded words beside it (the next one empty at the end and before a
    mark of the writer's), and the signs between the first and it."""

    start: int
    number: str
    before: str
    signs: str
    after: str

    @property
    def end(self) -> int:
        return self.start + len(self.number)


def find(quotation: str, prepared: Prepared) -> tuple[Pasted, ...]:
    """The numbers in a quotation that may be such signs: glued where one may be, and in brackets on the page."""
    if not any(map(str.isdigit, quotation)):
        return ()
    return tuple(
        Pasted(
            found.start("number"),
            found["number"],
            fold_word(word),
            _folded(found["signs"]),
            _next_word(quotation, found.end()),
        )
        for found in _GLUED.finditer(quotation)
        if (word := _word_before(quotation, found))
        and any(f"[{found['number']}]" in page.text.content for page in prepared.pages)
    )


def _word_before(quotation: str, found: re.Match[str]) -> str:
    """The word that a number is glued to, with signs between or not; empty where it is glued to none that it may be."""
    before = _WORD.search(quotation[max(0, found.start() - _REACH) : found.start()])
    if before is None:
        return ""
    word = before[0]
    letters = sum(map(str.isalpha, word))
    if found["signs"] or (word.islower() and letters >= _FEWEST):
        return tokens.split(word)[-2]
    return ""


def _next_word(quotation: str, end: int) -> str:
    parts = tokens.split(quotation[end : end + _REACH])
    return fold_word(parts[1]) if len(parts) > 1 and not set(parts[0]) & set("[(…") and "..." not in parts[0] else ""


def _folded(signs: str) -> str:
    return fold_gap(signs).replace(QUOTE, "")


def without(quotation: str, pasted: tuple[Pasted, ...]) -> str:
    """The quotation without these numbers."""
    out, at = [], 0
    for each in pasted:
        out.append(quotation[at : each.start])
        at = each.end
    return "".join((*out, quotation[at:]))


def settled(
    judgement: Judgement, quotation: str, read: str, pasted: tuple[Pasted, ...], prepared: Prepared
) -> Judgement | None:
    """The judgement of ``read``, which is the quotation without the numbers, for the quotation with them; None unless it holds, and in each
    passage that is kept the page has every one of them where it stands.
    """
    page = next((page for page in prepared.pages if page.text.layer is judgement.layer), None)
    if not judgement.holds or page is None:
        return None
    kept = tuple(found for found in judgement.matches if all(_stands(each, found, page) for each in pasted))
    if not kept:
        return None
    verdict = Verdict.TYPOGRAPHIC if judgement.verdict is Verdict.VERBATIM else judgement.verdict
    warnings = tuple(notice for notice in judgement.warnings if len(kept) > 1 or notice.code != "ambiguous")
    found = replace(judgement, verdict=verdict, matches=kept, warnings=warnings, ambiguous=len(kept) > 1)
    return in_the_original(found, quotation, read)


def _stands(pasted: Pasted, found: Match, page: Page) -> bool:
    """Whether the page has the number as a sign in a passage or just behind it, between the words that it has in the quotation."""
    return any(
        _is_between(pasted, token, page)
        for span in found.spans
        for token in range(page.token_at(span.start) + 1, min(len(page.words), page.token_at(span.end - 1) + 2))
    )


def _is_between(pasted: Pasted, token: int, page: Page) -> bool:
    if page.form(token) != pasted.number or not notemarks.is_number(
        page.form(token), page.gap(token), page.gap(token + 1)
    ):
        return False
    signs = page.gap(token)[:-1]
    if signs != signs.strip() or _folded(signs) != pasted.signs:
        return False
    words = page.forms(token - 1, token + 2)
    return words[0] == pasted.before and (not pasted.after or words[2:] == [pasted.after])
