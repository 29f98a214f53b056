"""Pairs of quotation marks in a text, by the conventions of many languages, told from apostrophes, inches and primes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CLOSERS = {
    "“": "”", "„": "“”", "‟": "”", "”": "”", "«": "»", "»": "«»", '"': '"', "＂": "＂", "〝": "〞〟", "「": "」", "『": "』",
    "``": "''", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹›", "'": "'", "《": "》", "〈": "〉",
}  # fmt: skip
_SLOPPY = {"“": '"“', "„": '"', "«": '"', '"': "”", "‘": "'"}
"""What closes where a writer mixed the shapes, looked for once the right ones are not there."""

TITLES = "《〈"
_SINGLES = "‘‚‹›'"
_MOST_EFFORT = 400_000
"""Marks looked at in one paragraph; what takes more is no text, and looking for what closes each would take for ever."""

_MOST_BETWEEN = 400  # marks between one that opens and the one that closes it

_SIGN = re.compile("``|''|[“”„‟«»\"＂〝〞〟「」『』‘’‚‹›'《》〈〉]")
_ELISION = re.compile(r"['‘](?:\d\ds?\b(?![)%])|[Tt](?:is|was|were)\b|(?:til|em|cause|bout|round|cos|tude|n)\b)")
"""Words that begin with an apostrophe; with a capital most of them begin a quotation."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation between marks: the marks stand at ``outer_start`` and before ``outer_end``, the words from ``start`` to ``end``.

    ``closed`` is False where no mark closes it: it then runs to the end of the text, or to the next mark that opens.
    """

    outer_start: int
    start: int
    end: int
    outer_end: int
    opener: str
    closed: bool = True


def find_pairs(text: str, skipped: Sequence[tuple[int, int]] = (), *, open_single: bool = False) -> list[Pair]:
    """The outermost pairs, in order. Marks within ``skipped`` (start, end) count for nothing: code, formulas, what markup quotes.

    An opening double mark that nothing closes is given as a pair that is not closed; a single one is taken for an apostrophe, except that
    ``‘`` counts with ``open_single``: where the next paragraph begins with one.
    """
    signs = _Signs(text, skipped)
    found: list[Pair] = []
    number = 0
    while number < len(signs.all):
        at, sign = signs.all[number]
        if not signs.opens(number):
            number += 1
            continue
        last = signs.closing(number)
        if last is not None:
            end, closer = signs.all[last]
            found.append(Pair(at, at + len(sign), end, end + len(closer), sign))
            number = last + 1
            continue
        if (sign not in _SINGLES and sign not in TITLES) or (open_single and sign == "‘"):
            following = next((signs.all[n][0] for n in range(number + 1, len(signs.all)) if signs.opens(n)), len(text))
            found.append(Pair(at, at + len(sign), following, following, sign, closed=False))
        number += 1
    return [pair for pair in found if pair.opener not in TITLES and text[pair.start : pair.end].strip()]


def title_spans(text: str) -> Iterator[tuple[int, int]]:
    """What stands between marks of titles (《…》)."""
    for found in re.finditer("《[^《》]*》|〈[^〈〉]*〉", text):
        yield found.span()


def opens_with(text: str) -> str | None:
    """The mark with which a paragraph begins, where that can open a quotation."""
    found = _SIGN.match(text)
    return found[0] if found and found[0] in _CLOSERS and found[0] not in TITLES else None


def goes_on(opener: str, text: str) -> bool:
    """Whether a paragraph opens again a quotation that was opened with ``opener`` in the one before."""
    again = opens_with(text)
    return again == opener or (opener in "«»" and text[:1] in ("«", "»"))


class _Signs:
    """All marks of a text, and how each may be read where it stands."""

    def __init__(self, text: str, skipped: Sequence[tuple[int, int]]) -> None:
        self.text = text
        spans = sorted(skipped)
        starts = [start for start, _ in spans]

        def is_skipped(at: int) -> bool:
            number = bisect_right(starts, at) - 1
            return number >= 0 and any(start <= at < end for start, end in spans[max(number - 3, 0) : number + 1])

        self.all = [(m.start(), m[0]) for m in _SIGN.finditer(text) if not is_skipped(m.start())]
        self._last = {sign: number for number, (_, sign) in enumerate(self.all)}
        self._effort = 0

    def opens(self, number: int) -> bool:
        """Whether it may open a quotation, by what stands beside it."""
        at, sign = self.all[number]
        if sign not in _CLOSERS:
            return False
        before, after = self.text[at - 1 : at], self.text[at + len(sign) : at + len(sign) + 1]
        if sign in "«“„‟〝「『《〈" or sign == "``":
            return bool(after) and (sign != "“" or not _is_word(before) or not _is_blank(after))
        if _is_blank(after) or _is_word(before) or (before and before in ".,;!?)]}…%"):
            return False
        if after in ".,;:!?)" and not self.text.startswith("..", at + 1):
            return False
        if sign in "‘'" and (_ELISION.match(self.text, at) or before in ("’", "'")):
            return False
        return sign != "'" or after.isalnum() or after in '“"[(….'

    def _may_close(self, number: int) -> bool:
        at, sign = self.all[number]
        before, after = self.text[at - 1 : at], self.text[at + len(sign) : at + len(sign) + 1]
        if sign in "»”」』〞〟›《》" or sign == "''":
            return sign not in "›’" or not _is_word(after)
        if sign == '"' and _is_blank(before):
            return _is_blank(after) or after in ".,;:!?)"  # a blank too many
        return not _is_word(after) and not (_is_blank(before) and sign not in "“«‹")

    def closing(self, number: int) -> int | None:
        """The number of the mark that closes this one; None where there is none."""
        sign = self.all[number][1]
        for closers in filter(None, (_CLOSERS[sign], _SLOPPY.get(sign))):
            signs = [closers] if closers == "''" else closers
            if self._effort < _MOST_EFFORT and max(self._last.get(one, -1) for one in signs) > number:
                found = self._closing(number, closers)
                if found is not None:
                    return found
        return None

    def _closing(self, number: int, closers: str) -> int | None:
        _, opener = self.all[number]
        depth = 1
        for later in range(number + 1, min(len(self.all), number + _MOST_BETWEEN)):
            sign = self.all[later][1]
            self._effort += 1
            closes = (sign == closers if closers == "''" else sign in closers) and self._may_close(later)
            if closes and not self._is_measure(later, closers) and not self._is_possessive(later, closers):
                depth -= 1
                if not depth:
                    return later
            elif sign == opener and self.opens(later) and not (closes and sign in closers):
                if opener in _SINGLES:
                    return None  # the first was an apostrophe
                depth += 1
        return None

    def _is_measure(self, number: int, closers: str) -> bool:
        """``6'2" tall``: inches, where a mark that closes comes later and none that opens before it."""
        at, sign = self.all[number]
        if sign != '"' or not self.text[at - 1 : at].isdigit() or self.text[at + 1 : at + 2] != " ":
            return False
        return self._closed_later(number, closers, clearly=False)

    def _is_possessive(self, number: int, closers: str) -> bool:
        """``the workers’ rights``: an apostrophe, where a mark that surely closes comes later and none that opens before it."""
        at, sign = self.all[number]
        if sign not in "’'" or self.text[at - 1 : at] not in ("s", "S", "z", "x"):
            return False
        behind = self.text[at + 1 : at + 3]
        return behind[:1] == " " and behind[1:].islower() and self._closed_later(number, closers, clearly=True)

    def _closed_later(self, number: int, closers: str, *, clearly: bool) -> bool:
        for later in range(number + 1, min(len(self.all), number + 50)):
            at, sign = self.all[later]
            if sign in closers and self._may_close(later):
                before, after = self.text[at - 1 : at], self.text[at + 1 : at + 2]
                if not clearly or before not in ("s", "S", "z", "x") or not after or after in ".,;:!?)":
                    return True
            elif self.opens(later):
                return False
        return False


def _is_word(sign: str) -> bool:
    """A letter or figure of a script that writes blanks between words."""
    return sign.isalnum() and sign < "\u2e80"


def _is_blank(sign: str) -> bool:
    return not sign or sign.isspace()
