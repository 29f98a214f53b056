"""Where the words of a quotation stand in a page: whole, or as runs of shared words that are chained in order.

``find`` is ``str.find`` on word strings. ``runs`` collects maximal runs of shared words from seeds of three words (four characters
in scripts without spaces, two words where the quotation is short); ``chain`` picks those that follow one another best. Leaving out
source words is cheap at an omission mark and dear elsewhere. Every step is bounded, so that a page of one word said a hundred
thousand times costs no more than any other page of its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

from archiver.match.fold import QUOTE, fold_gap
from archiver.match.index import UNKNOWN, Page

MOST_PLACES = 64  # places of one seed that are followed up
MOST_LOOKED_AT = 3000  # places of a word that are looked at one by one
MOST_RUNS = 72  # runs that are chained
MOST_MATCHES = 100  # places of a whole quotation that are told


Index: TypeAlias = dict[str, list[int]]
_NOWHERE: list[int] = []

_BESIDE = 4  # words between a mark and the border of two runs


class Run(NamedTuple):
    """``length`` words that stand at ``quote`` in the quotation and at ``source`` in the page."""

    quote: int
    source: int
    length: int

    @property
    def quote_end(self) -> int:
        return self.quote + self.length

    @property
    def source_end(self) -> int:
        return self.source + self.length


def find(words: str, page: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Every place of a word string in a page, the first hundred."""
    stop = len(page) if end is None else end
    place = page.find(words, start, stop)
    found = 0
    while place >= 0 and found < MOST_MATCHES:
        yield place
        found += 1
        place = page.find(words, place + 1, stop)


def runs(
    words: str, page: str, seed: int, cuts: list[int], *, thorough: bool = False, index: Index | None = None
) -> list[Run]:
    """Maximal shared runs of at least ``seed`` words, cut at ``cuts`` (where the quotation has an omission mark or a bracket).

    Seeds inside a run that was followed are not looked for in other places, unless ``thorough``.
    """
    found: list[Run] = []
    reach: dict[int, int] = {}
    known: dict[str, list[int]] = {}
    covered = 0  # seeds that end before this lie inside the longest run so far followed
    for at in range(len(words) - seed + 1):
        piece = words[at : at + seed]
        if (at + seed <= covered and not thorough) or UNKNOWN in piece:
            continue
        places = known.get(piece)
        if places is None:
            places = known[piece] = _places(piece, page, index)
        for place in places:
            diagonal = place - at
            if reach.get(diagonal, -1) < at + seed:
                run = _extended(words, page, at, place, seed, max(0, reach.get(diagonal, 0)))
                reach[diagonal] = run.quote_end
                found.append(run)
                covered = max(covered, run.quote_end)
    return _cut(found, cuts, len(words), seed)


def _places(piece: str, page: str, index: Index | None) -> list[int]:
    """The first places of a piece, by the places of its rarest word where there is an index."""
    if index is not None:
        stands = [index.get(code, _NOWHERE) for code in piece]
        rarest = min(stands, key=len)
        if len(rarest) <= MOST_LOOKED_AT:
            offset = stands.index(rarest)
            begins = (place - offset for place in rarest if place >= offset)
            return list(islice((begin for begin in begins if page.startswith(piece, begin)), MOST_PLACES))
    out: list[int] = []
    place = page.find(piece)
    while place >= 0 and len(out) < MOST_PLACES:
        out.append(place)
        place = page.find(piece, place + 1)
    return out


def _extended(words: str, page: str, at: int, place: int, length: int, floor: int) -> Run:
    end, stop = at + length, min(len(words), at + len(page) - place)
    diagonal = place - at
    while end < stop and words[end] == page[end + diagonal]:
        end += 1
    begin = at
    while begin > floor and begin + diagonal > 0 and words[begin - 1] == page[begin + diagonal - 1]:
        begin -= 1
    return Run(begin, begin + diagonal, end - begin)


def _cut(found: list[Run], cuts: list[int], count: int, seed: int) -> list[Run]:
    """The runs cut at marks. Few words that go on behind a mark and end before the next are there by chance: “library … on Monday” for
    “library on the east side … on Monday”.
    """
    if not cuts:
        return found
    out: list[Run] = []
    for run in found:
        begin = run.quote
        for cut in cuts[bisect_right(cuts, begin) :]:
            if cut >= run.quote_end:
                break
            out.append(Run(begin, run.source + begin - run.quote, cut - begin))
            begin = cut
        rest = run.quote_end - begin
        if begin == run.quote or rest >= seed or run.quote_end == count or run.quote_end in cuts:
            out.append(Run(begin, run.source + begin - run.quote, rest))
    return out


def chain(found: list[Run], omissions: list[int], brackets: list[int]) -> tuple[list[Run], float]:
    """The runs that follow one another best, in the order of both texts, trimmed where they overlap; and a score."""
    if len(found) > MOST_RUNS:
        found = sorted(found, key=lambda run: -run.length)[:MOST_RUNS]
    found = sorted(found, key=lambda run: (run.quote, run.source))
    scores = [float(run.length) for run in found]
    before: list[int] = [-1] * len(found)
    shifts = [0] * len(found)
    for k, run in enumerate(found):
        for j in range(k):
            last = found[j]
            over = max(last.quote_end - run.quote, last.source_end - run.source, 0)
            if over >= run.length or last.source >= run.source:
                continue
            cost = _cost(last, run, over, omissions, brackets)
            score = scores[j] + run.length - over - cost
            if score > scores[k]:
                scores[k], before[k], shifts[k] = score, j, over
    if not found:
        return [], 0.0
    k = best = max(range(len(found)), key=lambda k: (scores[k], -found[k].source))
    out: list[Run] = []
    while k >= 0:
        run, over = found[k], shifts[k] if before[k] >= 0 else 0
        out.append(Run(run.quote + over, run.source + over, run.length - over))
        k = before[k]
    return out[::-1], scores[best]


def _cost(last: Run, run: Run, over: int, omissions: list[int], brackets: list[int]) -> float:
    begin, end = last.quote_end, run.quote + over
    quoted, skipped = end - begin, run.source + over - last.source_end
    if not quoted and not skipped:
        return 0.0
    if _any_between(omissions, begin, end):
        return 0.3 + min(2.5, skipped * 0.004)
    if _any_between(brackets, begin, end) and skipped <= 12:
        return 0.3 + skipped * 0.05
    return 0.4 + min(5.0, 0.15 * abs(skipped - quoted)) + min(1.0, skipped * 0.0005)


def _any_between(places: list[int], begin: int, end: int) -> bool:
    at = bisect_left(places, begin)
    return at < len(places) and places[at] <= end


def slid(chained: list[Run], words: str, gaps: tuple[str, ...], page: Page, marked: Container[int]) -> list[Run]:
    """Moves borders that overshot by chance: ``on,” the minister said, “the air`` shares ``on the`` with ``on the air``.

    Borders at a mark of the quotation's (``marked``) stay where they are.
    """
    out = list(chained)
    for k in range(len(out) - 1):
        one, two = out[k], out[k + 1]
        quoted, skipped = two.quote - one.quote_end, two.source - one.source_end
        if bool(quoted) == bool(skipped) or any(at in marked for at in range(one.quote_end, two.quote + 1)):
            continue
        text, begin, end = (words, one.quote_end, two.quote) if quoted else (page.words, one.source_end, two.source)
        for by in (0, -1, 1, -2, 2, -3, 3, -4, 4):
            if one.length + by < 1 or two.length - by < 1:
                continue
            low, high = min(by, 0), max(by, 0)
            if text[begin + low : begin + high] != text[end + low : end + high]:
                continue
            if all(QUOTE in (gaps[at] if quoted else fold_gap(page.gap(at))) for at in (begin + by, end + by)):
                out[k] = Run(one.quote, one.source, one.length + by)
                out[k + 1] = Run(two.quote + by, two.source + by, two.length - by)
                break
    return out


def at_marks(chained: list[Run], words: str, page: Page, marked: Container[int]) -> list[Run]:
    """Moves short runs between a mark of the quotation's and a place where words are left out without one, if the same words stand there: “in …
    1924” has of “in Leith in 1924” the first “in”.
    """
    out = list(chained)
    for k in range(len(out) - 1):
        one, two = out[k], out[k + 1]
        skipped = two.source - one.source_end
        if two.quote != one.quote_end or skipped <= 0 or two.quote in marked:
            continue
        if two.quote_end in marked and two.length <= min(_BESIDE, skipped) and k + 2 < len(out):
            there = page.words[one.source_end : one.source_end + two.length]
            if words[two.quote : two.quote_end] == there:
                out[k + 1] = two._replace(source=one.source_end)
        elif one.quote in marked and one.length <= min(_BESIDE, skipped) and k:
            there = page.words[two.source - one.length : two.source]
            if words[one.quote : one.quote_end] == there:
                out[k] = one._replace(source=two.source - one.length)
    return out
