"""Few quoted words of which all but one stand in a row in one place of a page, with another number, day, unit or name in its stead: too few
for a passage by shared runs (“on 15 March” for “on 14 March”), and plainly that passage.
"""

from __future__ import annotations

import re

from archiver.match import tokens
from archiver.match.fold import toggled
from archiver.match.index import UNKNOWN, Page
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.locate import Run
from archiver.match.passage import FEW, Passage, Sought

LEAST = 3  # words; of two, one by itself tells no place


def find(sought: Sought, page: Page, lexicon: Lexicon) -> Passage | None:
    """The passage that differs in one inner word of the same sort; None where there is none, or where other places have other words there."""
    forms, codes, count = [word.form for word in sought.solid.words], sought.codes, len(sought.codes)
    if not LEAST <= count < FEW or sought.unspaced or codes.count(UNKNOWN) > 1 or sought.solid.joints:
        return None
    places: dict[str, tuple[int, int]] = {}
    turned = sought.find(toggled(forms[0]))
    first = f"[{re.escape(codes[0] + turned)}]" if turned != UNKNOWN else re.escape(codes[0])
    for k in range(1, count - 1):
        if not _tells(forms[:k] + forms[k + 1 :]):
            continue
        rest = re.compile(f"(?={first}{re.escape(codes[1:k])}(.){re.escape(codes[k + 1 :])})", re.DOTALL)
        for found in rest.finditer(page.words):
            form = page.forms(found.start(1), found.end(1))[0]
            if form != forms[k] and _same_sort(forms[k], form, lexicon):
                places.setdefault(form, (found.start(), k))
    if len(places) != 1:
        return None
    ((place, k),) = places.values()
    return Passage((Run(0, place, k), Run(k + 1, place + k + 1, count - k - 1)), (), count - 1.0)


def _tells(words: list[str]) -> bool:
    """True where a word is left that is neither a figure nor among the commonest of a language."""
    return any(word[:1].isalpha() and not is_function_word(word.lower()) for word in words)


def _same_sort(one: str, two: str, lexicon: Lexicon) -> bool:
    if _is_figure(one, lexicon) and _is_figure(two, lexicon):
        return True
    low = {one.lower(), two.lower()}
    if low <= lexicon.calendar or low <= lexicon.units | lexicon.magnitudes:
        return True
    return all(word[:1].isupper() and len(word) > 1 and not is_function_word(word.lower()) for word in (one, two))


def _is_figure(word: str, lexicon: Lexicon) -> bool:
    return tokens.is_number(word) or word.lower() in lexicon.numbers or word.lower() in lexicon.ordinals
