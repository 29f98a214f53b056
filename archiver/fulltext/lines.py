"""The words of a text that are looked for, and few others: cutting a whole text costs more than all else that is done with a hit.

No word goes over a blank, nor over the end of a line where none is torn there (`archiver.match.tokens`), so that what stands between two blanks is
cut by itself as in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from archiver.fulltext import terms

_ENDS = b" \n"


def placed_near(text: str, wanted: Sequence[tuple[str, bool]]) -> terms.Placed:
    """As `terms.placed`, with all places of the wanted forms (or, where that is said of one, of those that begin so), and perhaps of others.

    Words stand beside each other in it that do not in the text: it is not for what is more than one word.
    """
    data = terms.folded_lines(text)
    if data is None:
        return terms.placed(text)
    numbers = sorted({number for form, goes_on in wanted for number in _lines(data, form, goes_on)})
    lines = text.split("\n")
    begins = list(accumulate(map(len, lines), lambda at, length: at + length + 1, initial=0))
    any_form = re.compile("|".join(re.escape(form) for form, _ in wanted))
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for number in numbers:
        for start, piece in _pieces(lines[number], any_form):
            found, begin = terms.placed(piece), begins[number] + start
            forms += found.forms
            starts += [begin + at for at in found.starts]
            ends += [begin + at for at in found.ends]
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
            end = data.find(b"\n", end)  # the rest of the line is looked through anyway
            if end < 0:
                break
        at = data.find(word, end)
    return found


def _pieces(line: str, any_form: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The parts of a line between blanks that may have a form, and where they begin."""
    at, may_have = 0, any_form.search
    for part in line.split(" "):
        if may_have(part.lower() if part.isascii() else _folded(part)):
            yield at, part
        at += len(part) + 1


@lru_cache(maxsize=20_000)
def _folded(part: str) -> str:
    """What stands between two blanks as the index has it; in ASCII that is lower case."""
    return " ".join(terms.forms(part))
