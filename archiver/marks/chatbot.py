"""What a chatbot or its tool left in a text. Its phrases count outside quotation marks only, its signs everywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from archiver.marks.data import table
from archiver.marks.mark import Mark, MarkKind, at
from archiver.marks.prose import Prose
from archiver.marks.quotemarks import Quoted

_SPOKEN = "so a chatbot speaks to whoever asked it; here it speaks to the reader, outside any quotation"
_SIGN = "a sign that the tool of a chatbot puts where it cites, and that no person types"
_SINGLE_BEFORE = re.compile(r"[‘'][^\n‘’']{0,80}$")


@cache
def _spoken() -> re.Pattern[str]:
    phrases = [
        re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"[^\S\n]+") for phrase in table("leavings")["spoken"]
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


@cache
def _signs() -> re.Pattern[str]:
    lists = table("leavings")
    return re.compile("|".join([*map(re.escape, lists["signs"]), *lists["patterns"]]))


def marks(prose: Prose, quoted: Sequence[Quoted]) -> Iterator[Mark]:
    """Phrases and signs, in this order."""
    starts = [one.start for one in quoted]
    ends = list(accumulate((one.end for one in quoted), max))  # quotations stand in quotations
    for match in _spoken().finditer(prose.text):
        begun = bisect_right(starts, match.start())
        inside = begun > 0 and match.start() < ends[begun - 1]
        single = _SINGLE_BEFORE.search(prose.text, max(0, match.start() - 80), match.start())
        if not inside and not single:
            yield at(MarkKind.CHATBOT, prose.text, *match.span(), _SPOKEN)
    for match in _signs().finditer(prose.text):
        yield at(MarkKind.CHATBOT, prose.text, *match.span(), _SIGN)
