"""Characters to lines: what stands on one base line, side by side, is one line, in whatever order it was drawn."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archiver.texts.pdf import scripts
from archiver.texts.pdf.glyphs import Glyph

_APART = 1.1  # font sizes between two pieces from which on they are two lines, side by side
_APART_IN_RUN = 2.2  # the same where the file goes on writing
_APART_ELSEWHERE = 0.6  # the same where it wrote something else between
_APART_LONG = 0.3  # the same where both are long: gutters of columns are narrow at times
_MANY = 50  # pieces of a line beyond which none is looked for amid another
_FEW = 4  # characters that a raised sign amid a line has at most
_LONG = 6.0  # font sizes from which on a piece is long
_OVERLAP = 0.45  # share of the lower piece's height that must be beside the other
_RTL = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print, or the part of it in one column. ``first`` is its place in PDFium's order, ``size`` that of most of its letters;
    ``spaced`` where the file itself has a blank at its end."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    turn: int
    first: int
    hidden: bool = False
    spaced: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class _Run:
    """Characters that the file writes one after another without a jump."""

    first: int
    glyphs: list[Glyph] = field(default_factory=list)
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0

    def add(self, glyph: Glyph) -> None:
        if not self.glyphs:
            self.left, self.top, self.right, self.bottom = glyph.left, glyph.top, glyph.right, glyph.bottom
        elif glyph.text != " ":
            self.left, self.right = min(self.left, glyph.left), max(self.right, glyph.right)
            self.top, self.bottom = min(self.top, glyph.top), max(self.bottom, glyph.bottom)
        self.size = max(self.size, glyph.size)
        self.glyphs.append(glyph)


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page, in PDFium's order."""
    groups: list[list[_Run]] = []
    for run in _runs(glyphs):
        last = groups[-1] if groups else None
        if last is not None and _beside(last[-1], run, _APART):
            last.append(run)
        else:
            groups.append([run])
    lines = [_line(group) for group in _joined(groups)]
    return sorted((line for line in lines if line.text), key=lambda line: line.first)


def _runs(glyphs: Sequence[Glyph]) -> list[_Run]:
    runs: list[_Run] = []
    last: Glyph | None = None
    for index, glyph in enumerate(glyphs):
        if last is None or glyph.brk or (glyph.text != " " and not _goes_on(last, glyph)):
            runs.append(_Run(index))
        runs[-1].add(glyph)
        if glyph.text != " " or last is None:
            last = glyph
    return runs


def _goes_on(one: Glyph, two: Glyph) -> bool:
    size = max(one.size, two.size)
    gap = max(two.left - one.right, one.left - two.right)
    return one.turn == two.turn and gap < _APART_IN_RUN * size and _beside_in_height(one, two)


def _beside(one: _Run, two: _Run, apart: float) -> bool:
    """True where two runs are pieces of one line."""
    if one.glyphs[0].turn != two.glyphs[0].turn:
        return False
    size = max(one.size, two.size)
    gap = max(two.left - one.right, one.left - two.right)
    return -0.6 * size < gap < apart * size and _beside_in_height(one, two)


def _within(one: _Run, two: _Run) -> bool:
    """True where one is a raised or lowered sign amid the other."""
    small, large = sorted((one, two), key=lambda run: run.size)
    inside = large.left < small.left and small.right < large.right
    return inside and len(small.glyphs) <= _FEW and small.size < 0.85 * large.size and _beside_in_height(one, two)


def _beside_in_height(one: Glyph | _Run, two: Glyph | _Run) -> bool:
    shared = min(one.bottom, two.bottom) - max(one.top, two.top)
    return shared > _OVERLAP * min(one.bottom - one.top, two.bottom - two.top)


def _joined(groups: list[list[_Run]]) -> list[list[_Run]]:
    """Groups that stand beside one another, joined: files that write word by word, in any order, and raised signs."""
    boxes = [_box(group) for group in groups]
    order = sorted(range(len(groups)), key=lambda at: (groups[at][0].glyphs[0].turn, boxes[at].top))
    parent = list(range(len(groups)))
    active: list[int] = []
    for at in order:
        box = boxes[at]
        active = [
            other for other in active if boxes[other].bottom > box.top and _turn(groups[other]) == _turn(groups[at])
        ]
        for other in active:
            long = min(box.right - box.left, boxes[other].right - boxes[other].left) > _LONG * box.size
            if _beside(boxes[other], box, _APART_LONG if long else _APART_ELSEWHERE) or _within(boxes[other], box):
                parent[_root(parent, at)] = _root(parent, other)
        active.append(at)
    joined: dict[int, list[_Run]] = {}
    for at, group in enumerate(groups):
        joined.setdefault(_root(parent, at), []).extend(group)
    return list(joined.values())


def _turn(group: list[_Run]) -> int:
    return group[0].glyphs[0].turn


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def _box(group: list[_Run]) -> _Run:
    """The box round a group. Its height is that of its largest letters, so that a raised sign does not reach the line above."""
    main = max(group, key=lambda run: (run.size, len(run.glyphs)))
    return _Run(
        group[0].first,
        main.glyphs,
        min(run.left for run in group),
        main.top,
        max(run.right for run in group),
        main.bottom,
        main.size,
    )


def _line(group: list[_Run]) -> Line:
    letters = [glyph for run in group for glyph in run.glyphs if glyph.text != " "]
    size, base = _main(letters)
    text = _text(group, scripts.Main(size, base))
    box = _box(group)
    return Line(
        text.strip(), box.left, box.top, box.right, box.bottom, base, size, _turn(group), min(run.first for run in group),
        hidden=bool(letters) and all(glyph.hidden for glyph in letters), spaced=text.endswith(" "),
    )  # fmt: skip


def _main(letters: Sequence[Glyph]) -> tuple[float, float]:
    """Size and base line of most of the letters of a line."""
    sizes = Counter(round(glyph.size, 1) for glyph in letters)
    size = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0
    main = [glyph for glyph in letters if abs(glyph.size - size) <= 0.1] or letters
    return size, sorted(glyph.base for glyph in main)[len(main) // 2] if main else 0.0


def _text(group: list[_Run], main: scripts.Main) -> str:
    """The runs in the order in which they are read; a blank where there is room for one."""
    if any(_within(one, two) for one in group for two in group if len(group) < _MANY and one is not two):
        group = [_woven(group)]
    elif len(group) > 1:
        rtl = is_rtl("".join(glyph.text for run in group for glyph in run.glyphs))
        stream = sorted(group, key=lambda run: run.first)
        # the file's own order counts where it does not go back
        group = stream if _runs_on(stream, rtl=rtl) else sorted(group, key=lambda run: -run.right if rtl else run.left)
    glyphs: list[Glyph] = []
    for run in group:
        if glyphs and _room(glyphs[-1], run.glyphs[0]):
            glyphs.append(glyphs[-1]._replace(text=" "))
        glyphs.extend(run.glyphs)
    text = "".join(scripts.written(glyphs, main))
    return " ".join(text.split()) + (" " if text.endswith(" ") else "")


def _woven(group: list[_Run]) -> _Run:
    """Runs that stand amid one another, as one, from left to right; blanks stay before what they stood before."""
    placed: list[tuple[float, Glyph]] = []
    for run in group:
        for k, glyph in enumerate(run.glyphs):
            following = run.glyphs[k + 1].left - 0.01 if glyph.text == " " and k + 1 < len(run.glyphs) else glyph.left
            placed.append((following, glyph))
    return _Run(
        group[0].first,
        [glyph for _, glyph in sorted(placed, key=lambda item: item[0])],
        size=max(run.size for run in group),
    )


def _runs_on(runs: list[_Run], *, rtl: bool) -> bool:
    steps = [(one.left - two.left if rtl else two.left - one.left) for one, two in pairwise(runs)]
    return all(step > -0.3 * runs[0].size for step in steps)


def _room(one: Glyph, two: Glyph) -> bool:
    gap = max(two.left - one.right, one.left - two.right)
    return gap > 0.17 * min(one.size, two.size) and one.text != " " and two.text != " "


def is_rtl(text: str) -> bool:
    """True where most of the letters are written to the left."""
    kinds = Counter(unicodedata.bidirectional(character) for character in text)
    return sum(kinds[kind] for kind in _RTL) > kinds["L"]


def boxes_of(lines: Iterable[Line]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom round some lines."""
    some = list(lines)
    return (
        min(line.left for line in some), min(line.top for line in some),
        max(line.right for line in some), max(line.bottom for line in some),
    )  # fmt: skip
