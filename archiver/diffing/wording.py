"""Two passages laid over each other word by word, each difference with its kind.

What a difference is called is settled where quotations are judged (`archiver.match.changes`, `archiver.match.signs`), the newer passage in the
place of the quotation: ``word-added`` is a word that the newer text has more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archiver.diffing.aligning import align
from archiver.diffing.lengthmarks import length_mark, length_marks
from archiver.diffing.units import bounds
from archiver.diffing.values import Stretch
from archiver.match import diff, locate, meaning, numbers
from archiver.match.changes import classify
from archiver.match.fold import fold_gap
from archiver.match.index import Page, Prepared
from archiver.match.lexicon import Lexicon, languages_of, lexicon
from archiver.match.piece import Piece
from archiver.match.signs import kind_of_gap
from archiver.model import ChangeKind

LONG = 400  # words of a sentence from which it is compared as a long text is
MOST_DIFFERENCES = 200  # between two sentences
_NAMED = 60  # words of a difference by which it is named
_BESIDE = 3  # words before and behind a change by which it is named


class Span(NamedTuple):
    """Tokens of one text, ``last`` excluded."""

    first: int
    last: int


class _Differs(NamedTuple):
    """Tokens that differ, as places in the two texts."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Words:
    """The two texts, and what their words are named by."""

    old: Page
    new: Page
    lexicon: Lexicon
    known: frozenset[str]
    prepared: Prepared
    measures: bool

    @classmethod
    def of(cls, old: Page, new: Page, prepared: Prepared) -> Words:
        """Both pages must be of the one ``prepared``: their words are compared by its code points."""
        languages = languages_of(prepared.words.folded) or ("en",)
        return cls(old, new, lexicon(languages), frozenset(old.words), prepared, _measure(old, new))

    def beside(self, old: Page, new: Page) -> Words:
        """The same for two other layers."""
        return Words(old, new, self.lexicon, frozenset(old.words), self.prepared, _measure(old, new))

    def stretches(self, old: Span, new: Span) -> tuple[Stretch, ...]:
        """Two ranges of tokens over each other, with the signs that belong to them; joined again they are the two passages."""
        return tuple(_Laid(self, old, new).stretches())

    def same_numbers(self, old: Span, new: Span) -> bool:
        """Whether two passages name the same numbers in the same order."""
        mine, theirs = (page.forms(*span) for page, span in ((self.old, old), (self.new, new)))
        return numbers.values(mine, self.lexicon) == numbers.values(theirs, self.lexicon)

    def name(self, found: _Differs, *, same_numbers: bool = False) -> tuple[ChangeKind, str]:
        """Kind and severity of words that differ."""
        (a, b), (c, d) = found
        old = self.old
        piece = Piece(
            tuple(self.new.forms(c, min(d, c + _NAMED))),
            tuple(old.forms(a, min(b, a + _NAMED))),
            tuple(old.forms(max(0, a - _BESIDE), a)),
            tuple(old.forms(b, min(len(old.words), b + _BESIDE))),
            a == 0 or meaning.ends_sentence(old, a),
            lambda word: self.prepared.words.folded.get(word) in self.known,
            lambda word: old.words.count(self.prepared.words.find(word)) == 1,
        )
        return classify(piece, self.lexicon, same_numbers=same_numbers)


def _measure(*pages: Page) -> bool:
    """Whether there are marks of lengths to compare."""
    return any(next(length_marks(page), None) is not None for page in pages)


@dataclass(slots=True)
class _Laid:
    """Two passages being laid over each other; ``at`` is how far both are told, in code points."""

    words: Words
    old: Span
    new: Span
    at: tuple[int, int] = (0, 0)
    ends: tuple[int, int] = (0, 0)
    numbers: bool | None = None

    def stretches(self) -> Iterator[Stretch]:
        old, new = self.words.old, self.words.new
        (start, end), (start_new, end_new) = bounds(old, *self.old), bounds(new, *self.new)
        self.at, self.ends = (start, start_new), (end, end_new)
        i, j = self.old.first, self.new.first
        for found in self._differences():
            yield from self._same(i, j, found.old.first - i)
            yield from self._differing(found)
            i, j = found.old.last, found.new.last
        yield from self._same(i, j, self.old.last - i)
        yield from self._upto(self._behind(self.old.last, self.new.last), None)
        mine, theirs = (fold_gap(page.text.content[at:end]) for page, at, end in self._tails())
        asking = ("?" in mine) != ("?" in theirs)
        yield from self._upto(self.ends, (ChangeKind.PUNCTUATION, "major") if asking else None)

    def _tails(self) -> Iterator[tuple[Page, int, int]]:
        return zip((self.words.new, self.words.old), self.at[::-1], self.ends[::-1], strict=True)

    def _differences(self) -> Iterator[_Differs]:
        one, two = self.words.old.words[slice(*self.old)], self.words.new.words[slice(*self.new)]
        a, c = self.old.first, self.new.first
        for p, q, r, s in differences(one, two):
            yield _Differs(Span(a + p, a + q), Span(c + r, c + s))

    def _same(self, i: int, j: int, count: int) -> Iterator[Stretch]:
        """Equal words, parted where the signs between or right behind them differ."""
        old, new = self.words.old, self.words.new
        same = old.gaps[i + 1 : i + count] == new.gaps[j + 1 : j + count]
        if same and not self.words.measures:
            return
        for k in range(1, count + 1):
            mine, theirs = (
                length_mark(*at) if self.words.measures else "" for at in ((old, i + k - 1), (new, j + k - 1))
            )
            if mine != theirs:
                ends = old.end(i + k - 1), new.end(j + k - 1)
                yield from self._upto(ends, None)
                yield from self._upto((ends[0] + len(mine), ends[1] + len(theirs)), (ChangeKind.UNIT, "major"))
            if k == count or old.gaps[i + k] == new.gaps[j + k]:
                continue
            mine, theirs = fold_gap(new.gap(j + k)), fold_gap(old.gap(i + k))
            kind = kind_of_gap(mine, theirs, old.form(i + k - 1), old.form(i + k))
            yield from self._upto((old.end(i + k - 1), new.end(j + k - 1)), None)
            yield from self._upto((old.start(i + k), new.start(j + k)), kind)

    def _differing(self, found: _Differs) -> Iterator[Stretch]:
        """Words that differ. Where one side has none, the blank goes with the words of the other, so that both read on."""
        (a, b), (c, d) = found
        old, new = self.words.old, self.words.new
        whole = self.old.last, self.new.last
        if a < b and c < d:
            begin, end = (old.start(a), new.start(c)), (old.end(b - 1), new.end(d - 1))
        elif (b, d) == whole:
            begin = self._behind(a, c)
            end = (old.end(b - 1) if a < b else begin[0], new.end(d - 1) if c < d else begin[1])
        else:
            begin = (self._start(old, a, 0), self._start(new, c, 1))
            end = (self._start(old, b, 0), self._start(new, d, 1))
        yield from self._upto(begin, None)
        yield from self._upto(end, self.words.name(found, same_numbers=self._same_numbers()))

    def _same_numbers(self) -> bool:
        if self.numbers is None:
            self.numbers = self.words.same_numbers(self.old, self.new)
        return self.numbers

    def _behind(self, old: int, new: int) -> tuple[int, int]:
        """Where the words before two tokens end."""
        one = self.words.old.end(old - 1) if old > self.old.first else self.at[0]
        two = self.words.new.end(new - 1) if new > self.new.first else self.at[1]
        return one, two

    def _start(self, page: Page, token: int, side: int) -> int:
        return min(page.start(token), self.ends[side]) if token < len(page.words) else self.ends[side]

    def _upto(self, ends: tuple[int, int], kind: tuple[ChangeKind, str] | None) -> Iterator[Stretch]:
        one, two = self.at
        self.at = ends = max(one, ends[0]), max(two, ends[1])
        old, new = self.words.old.text.content[one : ends[0]], self.words.new.text.content[two : ends[1]]
        if old or new:
            yield Stretch(old, new, one, two, *(kind or (None, "")))


def differences(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """The differing stretches (old from, to, new from, to) of two strings of words; of very many the last ones as one."""
    if len(old) * len(new) <= diff.MOST_CELLS:
        return diff.align(old, new)
    if max(len(old), len(new)) > LONG:
        shared = [locate.Run(i, j, 1) for i, j in align(old, new, [1] * len(old))]
    else:
        shared, _ = locate.chain(locate.runs(old, new, min(3, len(old), len(new)), []), [], [])
    out: list[tuple[int, int, int, int]] = []
    i = j = 0
    for run in [*shared, locate.Run(len(old), len(new), 0)]:
        hole = diff.align(old[i : run.quote], new[j : run.source])
        out += [(i + a, i + b, j + c, j + d) for a, b, c, d in hole]
        i, j = run.quote_end, run.source_end
    if len(out) > MOST_DIFFERENCES:
        first = out[MOST_DIFFERENCES - 1]
        out[MOST_DIFFERENCES - 1 :] = [(first[0], len(old), first[2], len(new))]
    return out
