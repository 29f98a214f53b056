"""Texts in which a quotation is certainly absent, told without cutting them into tokens: most of what a judgement of such a text costs.

The judge finds a passage by words in a row (`passage`): three for a quotation of eight words or more (`passage.RUN`), two for a shorter one, all
for one of two, and of three the first and the last may do (`onechanged`), in the same folded form but for capitals; and of a longer one by a
share of all its words (`passage.NEAR`). In scripts without spaces these are characters, and other numbers. Where no such words stand in a text,
its verdict is `absent`. What is asked here is never more than what the judge asks, and nothing is said of texts in which folding does more than
give a letter another shape, nor of short quotations with marks of their writer: those are for the judge alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archiver.match import tokens, unhidden
from archiver.match.fold import fold_word, toggled
from archiver.match.onechanged import LEAST
from archiver.match.passage import FEW, NEAR, NEAR_UNSPACED, RUN
from archiver.match.quotation import Quotation
from archiver.match.ranges import MARKS, UNSPACED
from archiver.model import Text

_WORDS = re.compile(r"\w+")
_ANY_WORDS = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
_BESIDE = re.compile(
    f"[{MARKS}\uff9e\uff9f\u00b2\u00b3\u00b9\u2070-\u209f\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u03a3]"
)
"""Characters whose folding depends on those beside them: marks, raised and lowered figures, jamo; and Σ, which has two small letters."""

_LONG_UNSPACED = 30  # characters up to which two in a row are followed up, else four (`passage.find_passage`)
_RUN_UNSPACED = 4
_MOST_KINDS = 20_000
_SHAPED, _BY_ITSELF, _UNKNOWN = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a text must have for a quotation not to be absent: one of the ``rows`` of words, and enough of ``words``, which are its tokens without
    signs. The judge counts the ``free`` ones as there wherever the rest is. Without rows nothing is known of a quotation.
    """

    rows: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    free: frozenset[int] = frozenset()
    unspaced: bool = False

    @classmethod
    def of(cls, quotation: str) -> Prospect:
        """The prospect of a quotation in any text."""
        parsed = Quotation(quotation)
        solid = parsed.solid
        quoted, forms, count = [word.form for word in solid.words], parsed.forms, len(solid)
        unspaced = sum(map(tokens.is_unspaced, quoted)) * 2 > count
        if (
            not count
            or count == LEAST
            or (parsed.marks and (count < FEW or unspaced))
            or any(map(_is_odd, (*quoted, *forms)))
        ):
            return cls()
        long, size = (_LONG_UNSPACED + 1, _RUN_UNSPACED) if unspaced else (FEW, RUN)
        size = size if count >= long else min(2, count)
        rows = _rows(quoted, size) | (_rows(forms, min(size, len(forms))) if parsed.marks else set())
        if "  " in rows:  # nothing but signs
            return cls()
        free = {0, *solid.joints, *(k for k in range(count) if solid.gaps[k] or solid.words[k].patched)}
        return cls(tuple(sorted(rows)), tuple(map(_lowered, quoted)), frozenset(free), unspaced)

    def is_none_in(self, texts: Iterable[Text]) -> bool:
        """True where the judge finds the quotation absent from these layers of a page; False where that is not sure."""
        return bool(self.rows) and all(self._is_none(content) for text in texts for content in _read(text))

    def _is_none(self, content: str) -> bool:
        found = _words(content)
        if found is None:
            return False
        text = f" {' '.join(found)} "
        if not any(row in text for row in self.rows):
            return True
        count = len(self.words)
        if self.unspaced:
            return self._unspaced_share(text) < NEAR_UNSPACED
        if count < FEW:
            return False
        there = sum(k in self.free or f" {word} " in text for k, word in enumerate(self.words))
        return there / count < NEAR

    def _unspaced_share(self, text: str) -> float:
        """What share there may be at most: characters in a row count whole, as may the first and last one, others that are there a half."""
        words = self.words
        whole = {k for k in (0, len(words) - 1) if f" {words[k]} ".replace("  ", " ") in text}
        for k, pair in enumerate(pairwise(words)):
            if f" {pair[0]} {pair[1]} ".replace("  ", " ") in text:
                whole |= {k, k + 1}
        letters = text.replace(" ", "")  # a word may be parted otherwise there
        halves = sum(k not in whole and word.replace(" ", "") in letters for k, word in enumerate(words))
        return (len(whole) + halves / 2) / len(words)


def _read(text: Text) -> tuple[str, ...]:
    """What is judged of a text: as it is, and without the words hidden inside its lines."""
    shown = unhidden.without(text)
    return (text.content,) if shown is text else (text.content, shown.content.replace(unhidden.NOTHING, ""))


def _words(content: str) -> list[str] | None:
    """The tokens of a text that are no signs, folded and without capitals, numbers at their signs in pieces; None where that is not sure."""
    if tokens.LINE_END.search(content):
        return None
    if content.isascii():
        return _WORDS.findall(content.lower())
    kinds = 0
    for char in set(content):
        kind = _kinds[char]
        if kind & _UNKNOWN:
            return None
        if kind & _SHAPED:
            content = content.replace(char, fold_word(char))
        kinds |= kind
    return (_ANY_WORDS if kinds & _BY_ITSELF else _WORDS).findall(content.lower())


class _Kinds(dict[str, int]):
    """Character → what folding does to it by itself."""

    def __missing__(self, char: str) -> int:
        kind = _BY_ITSELF if tokens.is_unspaced(char) else 0
        shape = fold_word.__wrapped__(char) if char.isalnum() else char
        if _BESIDE.match(char) or unicodedata.normalize("NFC", char) != char:
            kind = _UNKNOWN
        elif shape != char:
            same = all(self[other] == kind for other in shape) and (not kind or len(shape) == 1)
            kind = kind | _SHAPED if shape and same else _UNKNOWN
        if len(self) >= _MOST_KINDS:  # a text of all there are would fill the memory of a server
            self.clear()
        self[char] = kind
        return kind


_kinds = _Kinds()


def _rows(forms: Sequence[str], size: int) -> set[str]:
    return {f" {_lowered(' '.join(forms[at : at + size]))} " for at in range(len(forms) - size + 1)}


def _is_odd(form: str) -> bool:
    """True for words that with another first letter are others in small letters too, and for those of letters that have two small ones."""
    return "Σ" in form or toggled(form).lower() != form.lower()


def _lowered(text: str) -> str:
    return " ".join(_ANY_WORDS.findall(text.lower()))
