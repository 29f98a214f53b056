"""Which quote marks belong together, and which have no partner.

A mark opens or closes by its shape (blank before, letter behind) where that is plain, and by its kind where it is not. Single quote marks are not
judged, since they are apostrophes as well; nor is a straight mark with no plain shape. What follows a digit while nothing is open is an inch
mark. English repeats the opening mark at each paragraph of one quotation, so an open quotation that the next paragraph opens again is lawful:
it is kept apart as ``continued``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from archiver.marks.mark import MOST, Mark, MarkKind, at
from archiver.marks.prose import Paragraph, Prose

_FAMILIES = tuple(map(re.compile, ("[“”„\"]|’’|''|‘‘|``", "[«»]", "[「」]", "[『』]")))
_OPENING = frozenset(["“", "„", "「", "『", "‘‘", "``"])
_CLOSING = frozenset(["”", "」", "』", "’’"])
_BEFORE_OPENING = frozenset("([{—–-/‘'‚…¿¡|:;,")
_BEHIND_CLOSING = frozenset(".,;:!?)]}—–-/’'…|&*")
_STOPS = frozenset(".,;:!?)]}")
_NEAR = 3  # paragraphs that a quotation may go on over without a mark: verse, a letter, a picture between
_NEAR_WRAPPED = 20  # the same where lines are no paragraphs, but broken at a width
_UNSPACED = frozenset({"Han", "Kana", "Thai"})
_CUT = re.compile(r"(?:\.\.\.|…)(?:.{0,30}$)|^\W*\w+\W*$", re.DOTALL)  # a teaser that breaks off; one word
_INCH = re.compile(r"[\d½¼¾′'’‘](?:[”\"]|‘‘|’’|'')")
_ENDS = re.compile(r"[.!?。！？][\W_]*$")
_TAIL = 200  # code points of a paragraph's end that tell how it ends
_CONTEXT = 60
_SHORT = 25  # code points of a line that may be a label
_WIDEST = 140  # code points of a line that somebody broke at a width


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """``opens``: True, False; None where nobody can tell. ``plain``: by its shape and not only by its kind."""

    position: int
    paragraph: int
    opens: bool | None
    plain: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of the text, its marks left out; positions in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """``unopened`` and ``unclosed`` have no partner; ``continued`` are open at the end of a paragraph and opened again by the next."""

    quoted: tuple[Quoted, ...]
    unclosed: tuple[int, ...]
    unopened: tuple[int, ...]
    continued: tuple[int, ...]


def pairs(prose: Prose) -> Pairs:
    """All families of double quote marks of the text, each for itself."""
    found = [_pair(prose, list(_marks(prose, family))) for family in _FAMILIES]
    return Pairs(
        tuple(sorted((one for each in found for one in each.quoted), key=lambda one: one.start)),
        tuple(sorted(one for each in found for one in each.unclosed)),
        tuple(sorted(one for each in found for one in each.unopened)),
        tuple(sorted(one for each in found for one in each.continued)),
    )


def broken(prose: Prose, of: Pairs) -> Iterator[Mark]:
    """A mark for each quote mark without a partner."""
    curly = f"{prose.text.count('“')} “ and {prose.text.count('”')} ” in the text"
    for position in of.unclosed[:MOST]:
        end = _end_of(prose, position)
        count = f" ({curly})" if prose.text[position] in "“”" else ""
        why = f"the quotation is opened and never closed{count}"
        yield at(MarkKind.BROKEN_QUOTE, prose.text, position, end, why)
    for position in of.unopened[:MOST]:
        begin = max(_last_mark(prose.text, position) + 1, _paragraph_at(prose, position).start, position - 4 * _CONTEXT)
        yield at(
            MarkKind.BROKEN_QUOTE, prose.text, begin, position + 1,
            "the quotation is closed here though none is open: where it ends, nobody can say",
        )  # fmt: skip


def doubtful(prose: Prose, of: Pairs) -> Iterator[Mark]:
    """Open quotations that the next paragraph opens again: lawful in English, and what a lost mark looks like too."""
    for position in of.continued[:MOST]:
        yield at(
            MarkKind.BROKEN_QUOTE, prose.text, position, _end_of(prose, position),
            "the quotation is not closed; the next paragraph opens one again, as one quotation over two paragraphs would, and as a lost mark looks",
        )  # fmt: skip


def _marks(prose: Prose, family: re.Pattern[str]) -> Iterator[QuoteMark]:
    opener, unspaced = _guillemet(prose), prose.script in _UNSPACED
    last = -1
    for number, paragraph in enumerate(prose.paragraphs):
        only = len({match[0] for match in family.finditer(paragraph.text)}) == 1
        for match in family.finditer(prose.text, paragraph.start, paragraph.end):
            sign, (start, end) = match[0], match.span()
            shape = _shape(prose.text, start, end)
            if sign in "«»":
                arrow = only and _is_apart(prose.text, start, end)
                if not arrow and (
                    start != paragraph.start or sign == opener
                ):  # Spanish and French go on with the closing mark
                    yield QuoteMark(start, number, sign == opener, True)
            elif sign in "「」『』" or (unspaced and sign in ("“", "”", "’’")):
                yield QuoteMark(start, number, sign in _OPENING, True)
            elif shape is None and not unspaced and _by_kind(prose, sign) and not _is_apart(prose.text, start, end):
                yield QuoteMark(start, number, sign in _OPENING, False)
            elif start != last and (
                shape is not None or sign in '“”„"'
            ):  # a mark right behind another says the same twice
                yield QuoteMark(start, number, None if unspaced else shape, shape is not None)
            last = end


def _guillemet(prose: Prose) -> str:
    """Which of the two opens here: « in most languages, » in German and Danish. The first of a paragraph does."""
    firsts = [match[0] for paragraph in prose.paragraphs if (match := re.search("[«»]", paragraph.text))]
    return "«" if firsts.count("«") >= firsts.count("»") else "»"


def _is_apart(text: str, start: int, end: int) -> bool:
    """Blanks on both sides: an arrow, or a mark of which nobody can say what it belongs to."""
    return (not start or text[start - 1].isspace()) and (end >= len(text) or text[end].isspace())


def _by_kind(prose: Prose, sign: str) -> bool:
    """Does the mark tell by itself whether it opens? “ closes German quotations; ” opens Swedish ones."""
    return sign == "„" or (sign in "“”" and "„" not in prose.text and "“" in prose.text)


def _shape(text: str, start: int, end: int) -> bool | None:
    """Does the mark at ``start`` to ``end`` open, by what stands around it? None where that is not plain."""
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not behind.isspace() and behind not in _STOPS
    closes = not before.isspace() and (behind.isspace() or behind in _BEHIND_CLOSING)
    if opens and closes:  # between two marks: (”), -“-
        return True if behind.isalnum() else False if before.isalnum() else None
    return True if opens else False if closes else None


class _Pairing:
    """Goes over the marks of one family in their order."""

    def __init__(self, prose: Prose, marks: list[QuoteMark]) -> None:
        self._prose, self._marks = prose, marks
        self._unclear = {mark.paragraph for mark in marks if mark.opens is None}
        self._marks_in = Counter(mark.paragraph for mark in marks)
        self._inches: dict[int, int] = {}
        self._stack: list[QuoteMark] = []
        self._near = _NEAR_WRAPPED if _is_wrapped(prose) else _NEAR
        self._prose_before = list(accumulate(paragraph.is_prose for paragraph in prose.paragraphs))
        self.quoted: list[Quoted] = []
        self.unclosed: list[int] = []
        self.unopened: list[int] = []
        self.continued: list[int] = []

    def run(self) -> Pairs:
        for mark in self._marks:
            while self._stack and self._distance(self._stack[-1], mark) > self._near:
                self._give_up(self._stack.pop())
            if mark.opens:
                self._open(mark)
            elif mark.opens is not None:
                self._close(mark)
        for mark in self._stack:
            self._give_up(mark)
        return Pairs(tuple(self.quoted), tuple(self.unclosed), tuple(self.unopened), tuple(self.continued))

    def _open(self, mark: QuoteMark) -> None:
        if self._stack and self._stack[-1].paragraph != mark.paragraph:
            last = self._stack.pop()
            if mark.position == self._prose.paragraphs[mark.paragraph].start:
                self.continued.append(last.position)
                self.quoted.append(Quoted(last.position + 1, self._prose.paragraphs[last.paragraph].end))
            else:
                self._give_up(last)
            for older in self._stack:
                self._give_up(older)
            self._stack = []
        self._stack.append(mark)

    def _close(self, mark: QuoteMark) -> None:
        if self._stack:
            self.quoted.append(Quoted(self._stack.pop().position + 1, mark.position))
            if self._prose.text[mark.position] in "«»」』":
                self._stack = []  # Russian closes two at once; Chinese opens each paragraph and closes the last
        elif mark.plain and mark.paragraph not in self._unclear and not self._is_lawful_close(mark):
            self.unopened.append(mark.position)

    def _distance(self, one: QuoteMark, other: QuoteMark) -> int:
        """Paragraphs of prose from one to the other; lines between them that are captions and labels do not count."""
        return self._prose_before[other.paragraph] - self._prose_before[one.paragraph]

    def _give_up(self, mark: QuoteMark) -> None:
        paragraph = self._prose.paragraphs[mark.paragraph]
        rest = self._prose.text[max(mark.position, paragraph.end - _TAIL) : paragraph.end]
        near = any(abs(mark.paragraph - unclear) <= 1 for unclear in self._unclear)
        if (
            mark.plain
            and not near
            and _ENDS.search(rest)
            and not _CUT.search(rest)
            and self._is_long(paragraph)
            and not self._is_turned(paragraph)
            and not self._is_doubled(mark)
        ):
            self.unclosed.append(mark.position)

    def _is_long(self, paragraph: Paragraph) -> bool:
        return paragraph.is_prose or (self._prose.script in _UNSPACED and len(paragraph.text) >= _SHORT)

    def _is_doubled(self, mark: QuoteMark) -> bool:
        """Two opening marks side by side and one that closes: the quotation has its end."""
        behind = self._prose.text[mark.position + 1 : mark.position + 2]
        return behind != "" and behind in '“”„"' and any(one.start == mark.position + 2 for one in self.quoted[-1:])

    def _is_turned(self, paragraph: Paragraph) -> bool:
        """As many of one as of the other, where no blanks tell: the marks are there, and some stand the wrong way round."""
        return self._prose.script in _UNSPACED and paragraph.text.count("“") == paragraph.text.count("”") > 0

    def _is_lawful_close(self, mark: QuoteMark) -> bool:
        """An inch mark; a pull quote, whose opening mark is a picture; a line that is no prose."""
        paragraph = self._prose.paragraphs[mark.paragraph]
        before = self._prose.text[mark.position - 1] if mark.position else " "
        alone = self._marks_in[mark.paragraph] == 1
        pulled = alone and mark.position == paragraph.end - 1 and before not in ".,!?。！？"
        inch = self._inch(mark.paragraph) <= mark.position  # also one that was taken for the end of a quotation
        return inch or pulled or not self._is_long(paragraph) or self._is_turned(paragraph)

    def _inch(self, number: int) -> int:
        """Where the first inch mark of a paragraph may stand."""
        if number not in self._inches:
            paragraph = self._prose.paragraphs[number]
            found = _INCH.search(self._prose.text, paragraph.start, paragraph.end)
            self._inches[number] = found.start() + 1 if found else len(self._prose.text)
        return self._inches[number]


def _pair(prose: Prose, marks: list[QuoteMark]) -> Pairs:
    return _Pairing(prose, marks).run()


def _is_wrapped(prose: Prose) -> bool:
    """Are its lines broken at a width? Then most of them end within a sentence, and few are much shorter than the longest."""
    lines = [len(paragraph.text) for paragraph in prose.paragraphs if len(paragraph.text) > _SHORT]
    within = sum(
        prose.text[paragraph.end - 1].isalnum() for paragraph in prose.paragraphs if len(paragraph.text) > _SHORT
    )
    return bool(lines) and within > len(lines) / 2 and max(lines) <= _WIDEST


def _last_mark(text: str, position: int) -> int:
    return max(text.rfind(sign, max(0, position - 4 * _CONTEXT), position) for sign in '“”„"«»「」『』')


def _paragraph_at(prose: Prose, position: int) -> Paragraph:
    return prose.paragraphs[bisect_right(prose.paragraphs, position, key=lambda paragraph: paragraph.start) - 1]


def _end_of(prose: Prose, position: int) -> int:
    return min(_paragraph_at(prose, position).end, position + 4 * _CONTEXT)
