"""The sentence of a page that has most of a quotation's words: for a person to look at, where the page does not say what is quoted.

It is found by a score, and a score decides nothing: the verdict is given before anybody asks for this.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from archiver.match import tokens
from archiver.match.index import UNKNOWN, Page, Prepared
from archiver.match.lexicon import is_function_word
from archiver.match.meaning import ends_sentence
from archiver.model import Layer

_SHARE = 0.35
"""Of the weight of a quotation's words, rare ones weighing more, what the words of a passage must have to be worth a look."""

_LEAST = 2
_ROOM = 1.5  # words of a passage for each of the quotation
_LONGEST = 60  # words to either side up to which a sentence is followed


@dataclass(frozen=True, slots=True)
class Nearest:
    """``sentence`` as the page has it; ``lacking`` are the quotation's telling words that do not stand in it, as they are quoted."""

    sentence: str
    lacking: tuple[str, ...]


def nearest(quotation: str, prepared: Prepared) -> Nearest | None:
    """The nearest sentence that readers are shown, of hidden text only where there is nothing else; None where none is near at all."""
    forms = {form.lower(): form for form in reversed(tokens.split(quotation)[1::2])}
    wanted = {form: named for form, named in reversed(forms.items()) if not is_function_word(form)}
    caseless = prepared.caseless()
    codes = {form: caseless.find(form) for form in wanted}
    room = max(4, int(_ROOM * len(tokens.split(quotation)[1::2])))
    best: tuple[float, Page, int, int] | None = None
    for page in sorted(caseless.pages, key=lambda page: page.text.layer is Layer.EMBEDDED):
        weights = {code: 1 / (1 + log(max(1, page.count(code)))) for code in codes.values() if code != UNKNOWN}
        whole = sum(weights.get(code, 1.0) for code in codes.values())
        for score, first, last in _passages(page, weights, room):
            if score >= _SHARE * whole and (best is None or score > best[0] + 1e-9):
                best = (score, page, first, last)
    if best is None:
        return None
    _, page, first, last = best
    begin, end = _sentence(page, first, last)
    here = set(page.words[begin:end])
    sentence = " ".join(page.slice(begin, end).split()) + page.gap(end).split("\n")[0].rstrip()[:1]
    return Nearest(sentence, tuple(named for form, named in wanted.items() if codes[form] not in here))


def _passages(page: Page, weights: dict[str, float], room: int) -> Iterator[tuple[float, int, int]]:
    """(weight, first, last token) of stretches of ``room`` tokens that have at least two of the words, in their order."""
    if len(weights) < _LEAST:
        return
    window: deque[int] = deque()
    counts: Counter[str] = Counter()
    for found in re.finditer(f"[{re.escape(''.join(weights))}]", page.words):
        at = found.start()
        window.append(at)
        counts[page.words[at]] += 1
        while at - window[0] >= room:
            gone = page.words[window.popleft()]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
        if len(counts) >= _LEAST:
            yield sum(weights[code] for code in counts), window[0], at


def _sentence(page: Page, first: int, last: int) -> tuple[int, int]:
    """The range of tokens of the sentences in which a passage stands."""
    begin, end = first, last + 1
    while begin > max(0, first - _LONGEST) and not ends_sentence(page, begin):
        begin -= 1
    while end < min(len(page.words), last + 1 + _LONGEST) and not ends_sentence(page, end):
        end += 1
    return begin, end
