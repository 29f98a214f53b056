"""The words of those lines of a text that have what is looked for: cutting a whole text costs more than all else that is done with a hit.

No word goes over the end of a line where none is torn there (`archiver.match.tokens`), so that lines are cut by themselves as in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from archiver.fulltext import terms

_ENDS = b" \n"


def placed_near(text: str, wanted: Iterable[tuple[str, bool]]) -> terms.Placed:
    """As `terms.placed`, with all lines that have a wanted form (or, where that is said of it, one that begins so), and perhaps others.

    Words of different lines stand beside each other in it: it is not for what is more than one word.
    """
    data = terms.folded_lines(text)
    if data is None:
        return terms.placed(text)
    numbers = sorted({number for form, goes_on in wanted for number in _lines(data, form, goes_on)})
    lines = text.split("\n")
    begins = list(accumulate(map(len, lines), lambda at, length: at + length + 1, initial=0))
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for number in numbers:
        found, begin = terms.placed(lines[number]), begins[number]
        forms += found.forms
        starts += [begin + start for start in found.starts]
        ends += [begin + end for end in found.ends]
    return terms.Placed(forms, starts, ends)


def _lines(data: bytes, form: str, goes_on: bool) -> list[int]:
    """The numbers of folded lines that have a form."""
    word, found = form.encode("utf-8", "replace"), []
    goes_on = goes_on or len(form) >= terms.LONGEST
    number = counted = 0
    at = data.find(word)
    while at >= 0:
        end = at + len(word)
        if (not at or data[at - 1] in _ENDS) and (goes_on or end == len(data) or data[end] in _ENDS):
            number += data.count(b"\n", counted, at)
            counted = at
            found.append(number)
            end = data.find(b"\n", end)  # the rest of the line is cut anyway
            if end < 0:
                break
        at = data.find(word, end)
    return found
