"""The two texts that are compared, the place where they part, and what was found there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from archiver.match import meaning
from archiver.match.changes import classify
from archiver.match.index import Page, Prepared
from archiver.match.lexicon import Lexicon
from archiver.match.piece import Piece
from archiver.match.quotation import Quotation, Solid
from archiver.model import Change, ChangeKind, Notice

LONGEST_WORD = 6  # characters of a Japanese word that is told whole


@dataclass(slots=True)
class Found:
    """What was found so far, filled hole by hole; ``equal`` are quoted words found equal outside the runs."""

    changes: list[Change] = field(default_factory=list)
    splices: list[str] = field(default_factory=list)
    notices: dict[str, Notice] = field(default_factory=dict)
    elided: bool = False
    equal: set[int] = field(default_factory=set)

    def notice(self, code: str, detail: str) -> None:
        self.notices.setdefault(code, Notice(code, detail))


@dataclass(frozen=True, slots=True)
class Sides:
    """The two texts that are compared, and the words of their languages."""

    quotation: Quotation
    solid: Solid
    page: Page
    prepared: Prepared
    lexicon: Lexicon
    caseless: bool = False  # the passage was looked for without capitals

    def known(self, word: str) -> bool:
        return word in self.prepared.words.folded

    def lone(self, word: str) -> bool:
        """Whether this text of the page has a word once."""
        return self.page.words.count(self.prepared.words.find(word)) == 1

    def quoted(self, first: int, last: int) -> str:
        words = self.solid.words
        return self.quotation.text[words[first].start : words[last - 1].end] if last > first else ""

    def quote_place(self, word: int) -> int:
        words = self.solid.words
        return words[word].start if word < len(words) else len(self.quotation.text)

    def source_place(self, token: int) -> int:
        return self.page.start(token) if token < len(self.page.words) else len(self.page.text.content)

    def bracket(self, inside: str, mark: int) -> tuple[str, int]:
        """The bracket before word ``mark`` with these words in it (several of them where those are of several), as written, and where."""
        return self.quotation.bracket(inside, self.solid.words[mark - 1].end if mark else 0)

    def may_begin(self, word: int) -> bool:
        """True where a quoted word begins a sentence or a part, so that its first letter may have been turned."""
        if word == 0 or word in self.solid.joints or self.solid.words[word].patched:
            return True
        return any(sign in self.solid.gaps[word] for sign in ".?!…")

    def relaxed(self) -> bool:
        return any("cleaned up" in note.lower() for note in self.quotation.notes)

    def marks_omitted(self) -> bool:
        return any("omitted" in note.lower() and "quotation marks" in note.lower() for note in self.quotation.notes)

    def citations_omitted(self) -> bool:
        return any(
            "omitted" in note.lower() or "cleaned up" in note.lower() or "omises" in note
            for note in self.quotation.notes
        )


class Hole(NamedTuple):
    """Quoted words ``quote_from..quote_to`` against source words ``source_from..source_to``, neither shared as a run."""

    quote_from: int
    quote_to: int
    source_from: int
    source_to: int

    @property
    def quoted(self) -> int:
        return self.quote_to - self.quote_from

    @property
    def skipped(self) -> int:
        return self.source_to - self.source_from


def add_change(sides: Sides, hole: Hole, found: Found, known: tuple[ChangeKind, str] | None = None) -> None:
    """Adds the change that a hole is, of the kind that is ``known`` or else found out."""
    page = sides.page
    mine = tuple(word.form for word in sides.solid.words[hole.quote_from : hole.quote_to])
    theirs = tuple(page.forms(hole.source_from, hole.source_to))
    piece = Piece(
        mine,
        theirs,
        tuple(page.forms(max(0, hole.source_from - 3), hole.source_from)),
        tuple(page.forms(hole.source_to, hole.source_to + 3)),
        meaning.ends_sentence(page, hole.source_from) or hole.source_from == 0,
        sides.known,
        sides.lone,
    )
    kind, severity = known or classify(piece, sides.lexicon)
    hole = _with_stem(sides, _whole_words(sides, hole))
    found.changes.append(
        Change(
            kind,
            sides.quoted(hole.quote_from, hole.quote_to),
            page.slice(hole.source_from, hole.source_to),
            sides.quote_place(hole.quote_from),
            sides.source_place(hole.source_from),
            severity,
        )
    )


def _with_stem(sides: Sides, hole: Hole) -> Hole:
    """The hole widened to the word of which its first is the rest: “mayor’s deputy”, not “s deputy”."""
    words, k, token = sides.solid.words, hole.quote_from, hole.source_from
    if not (0 < k < hole.quote_to and token) or k in sides.solid.joints:
        return hole
    if sides.quotation.text[words[k - 1].end : words[k].start] not in ("'", "’"):
        return hole
    same = words[k - 1].form == meaning.folded(sides.page, token - 1)
    return hole._replace(quote_from=k - 1, source_from=token - 1) if same else hole


def _whole_words(sides: Sides, hole: Hole) -> Hole:
    """The hole widened to the Japanese words that the changed characters stand in: 土曜日 for 金曜日, not 土 for 金.

    Words are told by their script: characters or katakana in a row. Chinese has no such borders.
    """
    if "ja" not in sides.lexicon.languages or not hole.quoted or not hole.skipped:
        return hole
    while (script := _script(sides, hole.quote_from)) and _goes_on(
        sides, hole.quote_from, hole.source_from, script, hole
    ):
        hole = hole._replace(quote_from=hole.quote_from - 1, source_from=hole.source_from - 1)
    while (script := _script(sides, hole.quote_to - 1)) and _goes_on(
        sides, hole.quote_to, hole.source_to, script, hole
    ):
        hole = hole._replace(quote_to=hole.quote_to + 1, source_to=hole.source_to + 1)
    return hole


def _goes_on(sides: Sides, quoted: int, token: int, script: str, hole: Hole) -> bool:
    """True where the word goes on over a border of the hole, alike in both texts."""
    if not 0 < quoted < len(sides.solid) or not 0 < token < len(sides.page.words) or hole.quoted >= LONGEST_WORD:
        return False
    if sides.solid.gaps[quoted] or sides.page.gap(token) or quoted in sides.solid.joints:
        return False
    beside = (quoted - 1, token - 1) if quoted == hole.quote_from else (quoted, token)
    same = sides.solid.words[beside[0]].form == meaning.folded(sides.page, beside[1])
    return same and _script(sides, beside[0]) == script


def _script(sides: Sides, word: int) -> str:
    form = sides.solid.words[word].form
    return "han" if "\u4e00" <= form <= "\u9fff" else "katakana" if "\u30a1" <= form <= "\u30ff" else ""
