"""What the notes of a manuscript cite, "ibid." and "supra note 3" led back to what they stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, islice
from operator import itemgetter

from archiver.manuscripts.document import Block, Citation, Link, NoteMark, Quoted
from archiver.manuscripts.sourcing.backreferences import Back, back_references

_PAGE = re.compile(
    r"(?<!\w)(?:pp?\.|pages?|S\.|Seiten?|s\.|pág[s]?\.|с\.|стр\.|blz\.|at(?= \d))\s*"
    r"(\d+[a-z]?(?:\s*[-–—]+\s*\d+)?|[ivxlc]+(?:\s*[-–—]+\s*[ivxlc]+)?)(?!\w)",
)
_BARE_PAGE = re.compile(r"[\s.,:]*(\d{1,4}(?:\s*[-–—]+\s*\d{1,4})?)\s*\.?\s*\Z")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^„“”]*[“”]|«[^«»]*»")
_BRACKETED = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r";|(?<=[.)\]])\s+(?=(?:See|But|Cf|Accord|Contra|Compare|And|Id|Ibid|Vgl|Siehe|Ebd)\b)")
"""Where a note goes on to the next work."""

_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]")
_LEADING = re.compile(r"(?<![\w.’'-])[^\W\d_a-zß-ÿ][\w’'-]+")
_AUTHOR = 80  # characters of a name before a comma
_DIGIT = re.compile(r"\d")
_MOST_BRACKETED = 40  # sources in brackets before one that is in none
_DEEPEST = 40  # references of notes to notes that are yet to come
_WORK = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]+.*?(?:[^\W\d_a-zß-ÿ][\w’'-]+|\d)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Named:
    """A source that a note names. ``copy``: in a public archive, of the one before it."""

    url: str | None
    key: str | None
    locator: str | None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a block of a note stands for another source, and what that is; nothing where it cannot be told, and ``why``."""

    start: int
    end: int
    sources: tuple[Named, ...]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A source as a note names it: its words up to the next semicolon, with what is cited there."""

    text: str
    sources: tuple[Named, ...]


@dataclass(slots=True)
class _Read:
    sources: list[Named]
    clauses: list[_Clause]
    references: dict[int, list[Reference]]  # by block
    why: str | None = None

    @property
    def is_one(self) -> bool:
        """Whether the note cites a single source, so far as it can be told."""
        return _works(self.sources) <= 1 and len(self.clauses) <= 1


_NONE = _Read([], [], {})


class _Wording:
    """The text of a block of a note, and what each reference in it asks of it."""

    def __init__(self, block: Block) -> None:
        self.text = block.text
        self._said = _unquoted(block)
        self._brackets: list[int] | None = None
        self._parted: tuple[str, list[tuple[int, int]]] | None = None
        self._semicolons: list[int] | None = None
        self._pages: dict[int, str | None] = {}

    def is_in_brackets(self, at: int) -> bool:
        if self._brackets is None:
            self._brackets = [0, *accumulate((sign == "(") - (sign == ")") for sign in self.text)]
        return self._brackets[at] > 0

    def follows_work(self, at: int, within: Sequence[tuple[int, tuple[Named, ...]]]) -> bool:
        """Whether the work just before a place is one without an address."""
        if self._parted is None:
            masked = _BRACKETED.sub(lambda found: found[0].replace(";", ","), _QUOTED.sub(_blank, self.text))
            self._parted = masked, [found.span() for found in _PARTS.finditer(masked)]
        masked, parts = self._parted
        last = bisect_right(parts, at, key=itemgetter(1)) - 1
        if last < 0:
            return False
        begin, end = parts[last - 1][1] if last else 0, parts[last][0]
        if within and within[-1][0] >= begin:
            return False
        name = _NAME.search(masked, begin, end)
        return name is not None and _DIGIT.search(masked, name.end(), end) is not None

    def page_at(self, at: int) -> str | None:
        """The page that is named of the work at a place; semicolons part one work from the next."""
        if self._semicolons is None:
            self._semicolons = [-1, *(found.start() for found in re.finditer(";", self.text)), len(self.text)]
        number = bisect_right(self._semicolons, at - 1)
        if number not in self._pages:
            self._pages[number] = page_of(self._said[self._semicolons[number - 1] + 1 : self._semicolons[number]])
        return self._pages[number]


def _works(sources: Sequence[Named]) -> int:
    return sum(not one.copy for one in sources)


class Notes:
    """The notes in the order of their signs, and what each cites."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks: dict[str, list[tuple[int, Block]]] = {}
        for number, block in enumerate(blocks):
            if block.note is not None:
                self._blocks.setdefault(block.note, []).append((number, block))
        order = [mark.label for block in blocks for mark in block.marks if isinstance(mark, NoteMark)]
        self._order = list(dict.fromkeys(order))
        self._place = {label: number for number, label in enumerate(self._order)}
        self._counted: dict[
            str, list[str]
        ] = {}  # by what stands before the number in a label: endnotes are counted by themselves
        for label in self._order:
            self._counted.setdefault(_series(label), []).append(label)
        self._known: dict[str, _Read] = {}
        self._first_named: dict[str, str] = {}  # the first note that begins with a name, itself or behind a semicolon
        self._depth = 0
        for label in (*self._order, *self._blocks):
            self._of(label)

    def sources(self, label: str) -> list[Named]:
        """What a note cites; nothing where it cites nothing, or there is no such note."""
        return self._of(label).sources

    def why(self, label: str) -> str | None:
        """Why it cannot be told what a note stands for that refers to another; None where it can, or the note is no such."""
        return self._of(label).why

    def references(self, number: int, label: str) -> list[Reference]:
        """Where a block of a note stands for what is cited elsewhere."""
        return self._of(label).references.get(number, [])

    def has(self, label: str) -> bool:
        """Whether there is such a note."""
        return label in self._blocks

    def _of(self, label: str) -> _Read:
        known = self._known.get(label)
        if known is None:
            self._known[label] = _NONE  # a note that leads back to itself says nothing
            if self._depth >= _DEEPEST:
                return _NONE
            self._depth += 1
            known = self._known[label] = self._read(label)
            self._depth -= 1
        return known

    def _read(self, label: str) -> _Read:
        blocks = self._blocks.get(label, [])
        whole = " ".join(_unquoted(block) for _, block in blocks)
        read = _Read([], [], {})
        found: dict[tuple[str | None, str | None], Named] = {}
        page_of_all = cache(lambda: page_of(whole))  # a note that cites thousands of works is looked through once
        for number, block in blocks:
            events: list[tuple[int, Named | Back]] = [*_named(block), *((one.start, one) for one in _backs(block))]
            within: list[tuple[int, tuple[Named, ...]]] = []
            wording = _Wording(block)
            for at, event in sorted(events, key=lambda pair: pair[0]):
                alone = ";" not in block.text
                if isinstance(event, Named):
                    page = page_of_all() if alone else wording.page_at(at)
                    sources: tuple[Named, ...] = (replace(event, locator=event.locator or page),)
                else:
                    sources, why = self._meant(
                        label, event, within or [(-1, tuple(found.values()))][: len(found)], wording
                    )
                    page = wording.page_at(at) or _bare_page(block.text, event.end)
                    sources = tuple(replace(one, locator=page or one.locator) for one in sources)
                    read.references.setdefault(number, []).append(Reference(event.start, event.end, sources, why))
                    read.why = read.why or why
                if isinstance(event, Named) and event.copy and within:
                    within[-1] = (within[-1][0], (*within[-1][1], *sources))
                else:
                    within.append((at, sources))
                for one in sources:
                    found.setdefault((one.url, one.key), one)
            read.clauses += _clauses(block.text, within)
        read.sources = list(found.values())
        if not read.references:
            for name in _leading(read):
                self._first_named.setdefault(name, label)
        return read

    def _meant(
        self, label: str, back: Back, within: Sequence[tuple[int, tuple[Named, ...]]], wording: _Wording
    ) -> tuple[tuple[Named, ...], str | None]:
        """What a reference in a note stands for, or why it cannot be told."""
        if back.several:
            return (), f"note {label} refers to several notes"
        if back.sign or back.number is not None:
            there = self._numbered(label, back)
            if there is None:
                return (), None if back.loose else f"note {label} refers to a note that cannot be told"
            return self._of_note(label, there, back.name)
        if back.name is not None:
            return self._of_name(label, back.name)
        if wording.follows_work(back.start, within):
            return (), f"note {label} refers to a work for which no address is given"
        if within:
            outside = (
                sources for at, sources in islice(reversed(within), _MOST_BRACKETED) if not wording.is_in_brackets(at)
            )
            before_it = next(outside, within[-1][1])
            if _works(before_it) == 1:
                return before_it, None
            return (), f"note {label} refers to a source before it that cannot be told"
        place = self._place.get(label, 0)
        series = self._counted.get(_series(label), [])
        before = series[series.index(label) - 1] if place and label in series and series.index(label) else None
        return self._of_note(label, before, None) if before is not None else ((), f"no note is before note {label}")

    def _numbered(self, label: str, back: Back) -> str | None:
        """The note of a number: by its label and by its place, which must not be two."""
        if back.sign:
            marks = [
                mark for _, block in self._blocks.get(label, []) for mark in block.marks if isinstance(mark, NoteMark)
            ]
            return next((mark.label for mark in marks if mark.at == back.end), None)
        prefix, number = _series(label), back.number or 0
        series = self._counted.get(prefix, [])
        counted = series[number - 1] if 0 < number <= len(series) else None
        labelled = f"{prefix}{number}" if f"{prefix}{number}" in self._blocks else None
        if counted is not None and labelled is not None and counted != labelled:
            return None
        return labelled or counted

    def _of_note(self, label: str, there: str, name: str | None) -> tuple[tuple[Named, ...], str | None]:
        read = self._of(there)
        if read.is_one:
            other = self._named_elsewhere(there, name)
            if other is not None:
                return (), f"note {label} refers to {name} in note {there}, which names no {name}; note {other} does"
            if read.sources:
                return tuple(read.sources), None
            return (), f"note {label} refers to note {there}, which {_said(read)}"
        fitting = [one for one in read.clauses if name is not None and name in one.text]
        if len(fitting) == 1 and _works(fitting[0].sources) == 1:
            return fitting[0].sources, None
        if len(fitting) == 1 and not fitting[0].sources:
            return (), f"note {label} refers to a work in note {there}, for which no address is given"
        return (), f"note {label} refers to note {there}, which cites several sources, and does not say which"

    def _named_elsewhere(self, there: str, name: str | None) -> str | None:
        """Another note that begins with this name, where the one of the number does not have it: numbers are left behind when notes are put in."""
        read = self._of(there)
        if name is None or read.references or not read.clauses:
            return None
        words = " ".join(block.text for _, block in self._blocks.get(there, ())).casefold()
        return None if name.casefold() in words or not _leading(read) else self._first_named.get(name.casefold())

    def _of_name(self, label: str, name: str) -> tuple[tuple[Named, ...], str | None]:
        """The nearest note before that names a source so, and is not such a reference itself."""
        for earlier in reversed(self._order[: self._place.get(label, 0)]):
            read = self._of(earlier)
            fitting = [one for one in read.clauses if name in one.text]
            if fitting and (len(fitting) == 1 or not read.references):
                return self._of_note(label, earlier, name)
        return (), f"no note before note {label} names {name}"


def _leading(read: _Read) -> set[str]:
    """The names before the first comma of each work that a note cites, where its author stands; none of one that is a bare address."""
    heads = (clause.text.partition(",") for clause in read.clauses)
    return {
        name.casefold() for head, comma, _ in heads if comma and len(head) < _AUTHOR for name in _LEADING.findall(head)
    }


def _said(read: _Read) -> str:
    return f"is no better known: {read.why}" if read.why else "names no address"


def _series(label: str) -> str:
    return label.rstrip("0123456789") if label[-1:].isdigit() and len(label.rstrip("0123456789")) <= 1 else ""


def _backs(block: Block) -> list[Back]:
    if len(block.text) > 20_000:
        return []  # no note that anybody has written
    signs = tuple(mark.at for mark in block.marks if isinstance(mark, NoteMark))
    quoted = [found.span() for found in _QUOTED.finditer(block.text)]
    linked = [(mark.start, mark.end) for mark in block.marks if isinstance(mark, Link | Citation)]
    spans = sorted((*quoted, *linked))
    reach = list(accumulate((end for _, end in spans), max))

    def is_free(one: Back) -> bool:
        before = bisect_left(spans, (one.end,))
        return not before or reach[before - 1] <= one.start

    return [one for one in back_references(block.text, signs) if is_free(one)]


def _named(block: Block) -> list[tuple[int, Named]]:
    found: list[tuple[int, Named]] = []
    for mark in block.marks:
        if isinstance(mark, Link) and mark.url.lower().startswith(("http://", "https://")):
            found.append((mark.start, Named(mark.url, None, None, mark.copy)))
        elif isinstance(mark, Citation):
            found.append((mark.start, Named(None, mark.key, mark.locator)))
        elif isinstance(mark, Quoted) and (mark.url or mark.key):
            found.append((mark.start, Named(mark.url, mark.key, mark.locator)))
    return found


def _clauses(text: str, within: Sequence[tuple[int, tuple[Named, ...]]]) -> list[_Clause]:
    """The works that a note lists between semicolons; one without an address counts where it reads like a work."""
    masked = _BRACKETED.sub(_blank, _QUOTED.sub(_blank, text))
    found: list[_Clause] = []
    start = 0
    for end, after in (*(found.span() for found in _PARTS.finditer(masked)), (len(text), len(text))):
        cited: dict[tuple[str | None, str | None], Named] = {}
        here = False
        for at, sources in within:
            if start <= at < end or (at == end == len(text)):
                here = True
                cited |= {(one.url, one.key): one for one in sources}
        if here or _WORK.search(masked, start, end):
            found.append(_Clause(text[start:end], tuple(cited.values())))
        start = after
    return found


def _unquoted(block: Block) -> str:
    """Its words without what it quotes, and the titles in quotation marks: a page that is named there is not the one that is cited."""
    pieces: list[str] = []
    at = 0
    for mark in block.marks:
        if isinstance(mark, Quoted) and mark.start >= at:
            pieces += [block.text[at : mark.start], " " * (mark.end - mark.start)]
            at = mark.end
    return _QUOTED.sub(_blank, "".join((*pieces, block.text[at:])))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def page_of(text: str) -> str | None:
    """The page that a note names ("p. 12", "S. 12–14"), as written; None where it names none."""
    found = _PAGE.search(text)
    return found[1] if found else None


def _bare_page(text: str, behind: int) -> str | None:
    found = _BARE_PAGE.match(text[behind:].split(";")[0])
    return found[1] if found else None
