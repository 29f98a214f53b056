"""A text as its folded words: each form is one code point, so that shared words are found as shared characters are.

Forms are those of the judge (`archiver.match.fold`), and their capitals are lowered too: a headline's are no edit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.match import tokens
from archiver.match.fold import fold_word

MAX_CHARACTERS = 4_000_000
"""Beyond this, the rest of a text is not compared."""

_FIRST_CODE, _SURROGATES, _AFTER_SURROGATES, _LAST_CODE = 0x20, 0xD800, 0xE000, 0x10FFFF


class Forms(dict[str, str]):
    """Raw form → code point, the same in every text that was read with it. Forms that fold alike share one.

    With more than a million different forms code points run out: the rest share the last one, of which ``Words.codes`` says nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folded: dict[str, str] = {}
        self._next = _FIRST_CODE

    def __missing__(self, raw: str) -> str:
        folded = fold_word.__wrapped__(raw).lower()
        code = self._folded.get(folded)
        if code is None:
            code = self._folded[folded] = chr(self._next)
            self._next = min(self._next + 1, _LAST_CODE)
            if self._next == _SURROGATES:
                self._next = _AFTER_SURROGATES
        self[raw] = code
        return code

    def find(self, folded: str) -> str:
        """The code of a lower-case form, ``""`` where no text has it."""
        return self._folded.get(folded, "")


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words. ``parts`` is ``[gap, word, gap, …, word, gap]`` and ``ends`` where each part ends in code points."""

    text: str
    parts: Sequence[str]
    ends: Sequence[int]
    codes: str
    unspaced: bool

    def __len__(self) -> int:
        return len(self.codes)

    def start(self, word: int) -> int:
        return self.ends[2 * word]

    def end(self, word: int) -> int:
        return self.ends[2 * word + 1]

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The words that touch a span of code points, as a range."""
        first = bisect_right(self.ends, start) // 2
        return first, max(first, (bisect_left(self.ends, end) + 1) // 2)

    def form(self, word: int) -> str:
        """A word as it is printed."""
        return self.parts[2 * word + 1]

    def gap(self, word: int) -> str:
        """What stands before a word; with the number of words: what stands after the last."""
        return self.parts[2 * word]


def read(text: str, forms: Forms) -> Words:
    """A text's words in the codes of ``forms``; what is behind ``MAX_CHARACTERS`` is left out."""
    parts = tokens.split(text[:MAX_CHARACTERS])
    codes = "".join(map(forms.__getitem__, parts[1::2]))
    return Words(text, parts, tokens.ends(parts), codes, _is_unspaced(parts[1::2]))


def _is_unspaced(forms: Sequence[str]) -> bool:
    """True where most words are characters of scripts without spaces; told from a sample of long texts."""
    sample = forms[:: max(1, len(forms) // 2000)]
    return sum(form > "\u0e00" and tokens.is_unspaced(form) for form in sample) * 2 > len(sample)
