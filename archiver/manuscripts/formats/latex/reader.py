"""LaTeX manuscripts: the prose as a reader of the printed page has it, with notes, citations, links and quotations marked.

Only what is written in the file is read. Nothing is expanded but what is short and plain (``\\newcommand{\\eg}{e.g.}``), nothing is run, and
files that it takes in are named, not opened.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from archiver.bibliography import Entry
from archiver.manuscripts.document import BlockKind, Citation, Link, Manuscript, NoteMark, Opaque, Quoted, Unread
from archiver.manuscripts.formats.drafting import Assembly, Draft
from archiver.manuscripts.formats.latex.arguments import Argument, Arguments
from archiver.manuscripts.formats.latex.commands import command
from archiver.manuscripts.formats.latex.conditions import Conditions
from archiver.manuscripts.formats.latex.environments import bibitem_end
from archiver.manuscripts.formats.latex.own import Own, definitions
from archiver.manuscripts.formats.latex.preamble import Preamble, asked_for, read_preamble
from archiver.manuscripts.formats.latex.quotes import Open
from archiver.manuscripts.formats.latex.scan import Scan, scan
from archiver.manuscripts.formats.latex.signs import ACCENTS, LIGATURES, SHORTHANDS, SIGNS, SYMBOLS, accented
from archiver.texts.decode import decode

_BEGIN = re.compile(r"^[^%\n]*?\\begin\s*\{document\}", re.MULTILINE)
_END = re.compile(r"%[^\n]*+|\\(?:(?P<end>end\s*\{document\})|[\s\S]?)")
_TOKEN = re.compile(
    r"(?P<words>[^\\%{}$~`'\-,<>?!\"&\n]++)|\\(?P<name>[a-zA-Z@]++\*?)|\\(?P<symbol>[\s\S]?)|(?P<comment>%[^\n]*+(?:\n[ \t]*+(?!\n))?)"
    r"|(?P<brace>[{}])|(?P<break>\n[ \t]*+\n\s*+)|(?P<blank>\n)|(?P<ligature>---?|``|''|`|'|,,|<<|>>|[?!]`|~)"
    r"|(?P<math>\$\$?)|(?P<cell>&)|(?P<other>.)"
)

_BLANKS = re.compile(r"[ \t]*+(?:\n[ \t]*+(?!\n)|(?!))?+")

MOST_OPEN = 50
"""Quotations in one another that go on in the next paragraph."""


def read(data: bytes, name: str) -> Manuscript:  # noqa: ARG001 - readers have one form
    """Reads a LaTeX file. Never raises: what is broken is told in ``troubles``, and the rest is read."""
    source = decode(data, None, markup=False).text
    begin = _BEGIN.search(source)
    end = next((token for token in _END.finditer(source, begin.end()) if token["end"]), None) if begin else None
    start = begin.end() if begin else 0
    found = scan(source, start, end.start() if end else None)
    reader = Reader(source, found, read_preamble(source[: start or 20_000]))
    for definition in definitions(source, start):
        reader.own.define(definition, reader.shown)
    reader.run(start, end.start() if end else len(source))
    return Manuscript(
        "latex",
        reader.assembly.finish(),
        source,
        reader.entries,
        reader.bibliographies(source),
        reader.preamble.language,
        found.all_troubles(),
    )


@dataclass(slots=True)
class Frame:
    """Something that is open: what to do where the file has come to ``until``."""

    until: int
    done: Callable[[], None]


@dataclass(slots=True)
class Reference:
    """An entry of ``thebibliography`` that is open."""

    key: str
    at: int
    urls: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Reader:
    """One pass over the text of a file. ``at`` is how far it has come; whoever reads something moves it on."""

    def __init__(self, source: str, found: Scan, preamble: Preamble) -> None:
        self.source, self.scan, self.preamble = source, found, preamble
        self.arguments = Arguments(source, found)
        self.conditions = Conditions(source)
        self.own = Own()
        self.assembly = Assembly()
        self.entries: dict[str, Entry] = {}
        self.at = self.end = 0
        self.note: str | None = None
        self.kinds = [BlockKind.PARAGRAPH]
        self.draft = Draft()
        self.frames: list[Frame] = []
        self.quotes: list[Open] = []
        self.references: list[Reference] = []
        self.cells = self.unknown = 0  # ``unknown`` are commands that print what is not known
        self.after_quote = False  # the block before is one that is set off, and nothing has been read since
        self.displayed: str | None = None  # the source of the quotation that is set off, as its markup names it
        self.counters: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.marked: list[str] = []  # notes whose sign has stood, and whose text has not
        self._asked: list[str] = []
        self._no_end: dict[str, tuple[int, int]] = {}

    def run(self, start: int, end: int) -> None:
        """Reads the text from ``start`` to ``end``."""
        self.at, self.end = start, end
        while True:
            while self.frames and self.at >= self.frames[-1].until:
                self.frames.pop().done()
            if self.at >= end:
                break
            token = _TOKEN.match(self.source, self.at, min(self.frames[-1].until, end) if self.frames else end)
            if token is None:
                break
            at, self.at = self.at, token.end()
            kind = token.lastgroup
            if kind == "words":
                self.draft.add(token[0], at)
            elif kind == "name":
                command(self, token["name"], at)
            elif kind == "break":
                self.end_paragraph()
            else:
                self.sign(kind or "", token[0], at)
        while self.frames:
            self.frames.pop().done()
        bibitem_end(self)

    def sign(self, kind: str, written: str, at: int) -> None:
        """What is neither a word nor a command in letters."""
        if kind == "blank":
            self.draft.add(" ", at)
        elif kind == "ligature":
            self.draft.put(LIGATURES[written], at)
        elif kind == "symbol":
            self.symbol(written[1:], at)
        elif kind == "math":
            self.mathematics(at, written)
        elif kind == "cell":
            self.end_paragraph() if self.cells else self.draft.put("&", at)
        elif kind == "other":
            pair = self.source[at : at + 2]
            if written == '"' and self.preamble.shorthands and pair in SHORTHANDS:
                self.draft.put(SHORTHANDS[pair], at)
                self.at = at + 2
            else:
                self.draft.put(written, at)

    def symbol(self, symbol: str, at: int) -> None:
        """A command that is one sign: ``\\%``, ``\\'e``, ``\\\\``, ``\\(``."""
        if symbol == "\\":
            self.at = self.arguments.past(self.at + self.source.startswith("*", self.at), "o")
            self.end_paragraph() if self.cells else self.draft.end_line()
        elif symbol in ("(", "["):
            self.mathematics(at, "\\" + symbol)
        elif symbol in ACCENTS:
            self.accent(symbol, at)
        else:
            words = SYMBOLS.get(symbol, symbol)
            self.draft.add(words, at) if words.isspace() else self.draft.put(words, at)

    def accent(self, name: str, at: int) -> None:
        """``\\'e``, ``\\'{e}``, ``\\v{s}``, ``\\"\\i``."""
        letter = self.arguments.required(self.at)
        if letter is None or letter.end - letter.start > 10:
            return
        self.at = letter.after
        self.draft.put(accented(name, self.source[letter.start : letter.end].strip()), at)

    def mathematics(self, at: int, opens: str) -> None:
        """A formula up to its end, which stands in the same paragraph; where it does not, the sign is one of the text."""
        closes = {"\\(": "\\)", "\\[": "\\]"}.get(opens, opens)
        limit = self.scan.paragraph_end(at)
        known = self._no_end.get(opens)
        end = -1 if known and known[0] <= at <= known[1] else self.source.find(closes, self.at, limit)
        while opens[0] == "$" and end > 0 and self.source[end - 1] == "\\":
            end = self.source.find(closes, end + 1, limit)
        if end < 0:
            self._no_end[opens] = (at, limit)
            self.scan.trouble("formulas", f"a formula begins here with {opens} and does not end in its paragraph", at)
            if opens[0] == "$":
                self.draft.put(opens, at)
            return
        self.opaque(self.at, end, end + len(closes))

    def opaque(self, start: int, end: int, after: int) -> None:
        """Code or a formula, its source as it is."""
        begin = self.draft.length
        self.draft.put(self.source[start:end], start)
        self.draft.mark(Opaque(begin, self.draft.length))
        self.at = after

    def end_paragraph(self) -> None:
        """A block ends here. What is open, such as a quotation, goes on in the next one."""
        for quote in self.quotes:
            if quote.draft is self.draft and self.draft.length > quote.start:
                self.draft.mark(Quoted(quote.start, self.draft.length, quote.url, quote.key, quote.locator))
        old, self.draft = self.draft, self.fresh()
        for quote in self.quotes:
            if quote.draft is old:
                quote.draft, quote.start = self.draft, 0
        if self.references:
            block = old.finish()
            self.references[-1].words.append(block.text)
            self.references[-1].urls.extend(mark.url for mark in block.marks if isinstance(mark, Link))
        if old.length:
            self.after_quote = old.kind is BlockKind.QUOTE
        self.assembly.add(old)

    def fresh(self) -> Draft:
        """A new block of the kind that is due here."""
        return Draft(self.kinds[-1], self.note, self.displayed)

    def aside(self, argument: Argument, kind: BlockKind, note: str | None) -> None:
        """What stands in an argument is a block of its own, beside the text that goes on behind it."""
        saved = (self.draft, self.note, self.kinds, self.cells, self.references, self.displayed)
        self.note, self.kinds, self.cells, self.references, self.displayed = note, [kind], 0, [], None
        self.draft = self.fresh()
        self.at = argument.start

        def done() -> None:
            self.end_paragraph()
            self.draft, self.note, self.kinds, self.cells, self.references, self.displayed = saved
            self.after_quote = False
            self.at = max(self.at, argument.after)

        self.frames.append(Frame(argument.end, done))

    def note_sign(self, label: str) -> None:
        """The sign of a note stands here, or at the end of the quotation that is set off just before."""
        if not self.draft.length and self.after_quote and not self.draft.marks_from(0):
            sign = Draft(note=self.note)
            sign.mark(NoteMark(0, label))
            self.assembly.add(sign)
        else:
            self.draft.without_blank()
            self.draft.mark(NoteMark(self.draft.length, label))

    def group(self, argument: Argument, done: Callable[[], None]) -> None:
        """Reads an argument as text, and then does something."""
        self.at = argument.start

        def ended() -> None:
            done()
            self.at = max(self.at, argument.after)

        self.frames.append(Frame(argument.end, ended))

    def begin(self, until: int, done: Callable[[], None]) -> None:
        """Does something where the file has come to a place."""
        self.frames.append(Frame(until, done))

    def group_then(self, argument: Argument, done: Callable[[], None]) -> None:
        """The same, where what is done says itself where to go on."""
        self.at = argument.start
        self.begin(argument.end, done)

    def inserted_then(self, argument: Argument, after: int, done: Callable[[], None]) -> None:
        """Reads an argument as text, does something, and goes on elsewhere."""
        self.at = argument.start

        def ended() -> None:
            self.at = after
            done()

        self.frames.append(Frame(argument.end, ended))

    def inserted(self, argument: Argument, after: int) -> None:
        """Reads an argument as text, and goes on elsewhere."""
        self.at = argument.start

        def ended() -> None:
            self.at = after

        self.frames.append(Frame(argument.end, ended))

    def cite(self, works: tuple[tuple[str, str | None], ...], at: int, *, textual: bool) -> None:
        """Works are cited here. Keys are shown where the name of the work is a word of the sentence."""
        if not textual:
            self.draft.without_blank()
        start = self.draft.length
        if textual:
            self.draft.put(", ".join(key for key, _ in works), at)
        for key, locator in works:
            self.draft.mark(Citation(start, self.draft.length, key, locator))

    def shown(self, body: str) -> tuple[str, bool]:
        """What the body of a command of the file's own prints, and whether all of it could be read."""
        found = scan(body)
        reader = Reader(body, found, self.preamble)
        reader.own = Own(dict(self.own.words), dict(self.own.same), set(self.own.odd))
        reader.run(0, len(body))
        blocks = reader.assembly.finish()
        odd = reader.unknown or any(not isinstance(mark, Opaque) for block in blocks for mark in block.marks)
        blank = " " if body[-1:].isspace() else ""
        return " ".join(block.text for block in blocks) + blank, not odd and not found.troubles

    def unread(self, name: str) -> None:
        """Something is printed here that is not known."""
        self.unknown += 1
        self.draft.mark(Unread(self.draft.length, self.draft.length, f"\\{name}"))

    def words(self, name: str, at: int) -> bool:
        """Puts what a command stands for, if it is a sign."""
        own = self.own.words.get(name)
        if own is not None:
            self.at = self.arguments.past(self.at, "m" * own.count)
            self.draft.put(own.text.strip(), at)
            if own.text.endswith(" "):
                self.draft.add(" ")
            if not own.count and not own.blank:
                self.at = self._past_command(self.at)
            return True
        sign = self.preamble.signs.get(name) or SIGNS.get(name)
        if sign is None:
            return False
        self.at = self._past_command(self.at)
        self.draft.add(sign, at) if sign.isspace() else self.draft.put(sign, at)
        return True

    def _past_command(self, at: int) -> int:
        """Where the text goes on behind a command without arguments, which takes the blank behind it."""
        if self.source.startswith("{}", at):
            return at + 2
        return _BLANKS.match(self.source, at).end()  # type: ignore[union-attr]

    def open_quote(self, named: tuple[str, str | None] | None, url: str | None, at: int) -> Open:
        """A quotation begins here, by the word of a command ``at``."""
        key, locator = named or (None, None)
        inner = self.draft.kind is BlockKind.QUOTE or any(quote.draft is self.draft for quote in self.quotes)
        quote = Open(self.draft, self.draft.length, key, url, locator, inner)
        if inner:
            self.draft.put("“", at)
        if len(self.quotes) < MOST_OPEN:
            self.quotes.append(quote)
        return quote

    def close_quote(self, quote: Open, at: int) -> None:
        """It ends here, with the brace ``at``."""
        if quote in self.quotes:
            self.quotes.remove(quote)
        if quote.inner:
            quote.draft.put("”", at)
        if quote.draft.length > quote.start:
            quote.draft.mark(Quoted(quote.start, quote.draft.length, quote.url, quote.key, quote.locator))

    def open_environment(
        self, until: int, kind: BlockKind, ended: Callable[[], None] | None = None, source: str | None = None
    ) -> None:
        """Blocks of a kind, up to where the environment ends."""
        self.end_paragraph()
        saved, was = self.kinds, self.displayed
        self.kinds, self.displayed = [*saved[-1:], kind], source
        self.cells += kind is BlockKind.CELL
        self.draft = self.fresh()

        def done() -> None:
            (ended or self.end_paragraph)()
            self.cells -= kind is BlockKind.CELL
            self.kinds, self.displayed = saved, was
            self.draft = self.fresh()

        self.frames.append(Frame(until, done))

    def begin_reference(self, key: str, at: int) -> None:
        """An entry of the list of works begins here."""
        self.references.append(Reference(key, at))

    def next_note(self, prefix: str, written: str) -> str:
        """The label of the next note: its number, or the one that it is given, if no other note has that."""
        if written.isdigit() and prefix + written not in self.labels:
            label = prefix + written
        else:
            self.counters[prefix] += 1
            while (label := f"{prefix}{self.counters[prefix]}") in self.labels:
                self.counters[prefix] += 1
        self.labels.add(label)
        return label

    def past_blank(self, at: int) -> int:
        """Where the next word begins."""
        found = re.compile(r"\s*+").match(self.source, at)
        return found.end() if found else at

    def ask(self, names: str) -> None:
        """A bibliography is asked for."""
        self._asked.extend(name.strip() for name in names.split(",") if name.strip())

    def bibliographies(self, source: str) -> tuple[str, ...]:
        """The names of the files of works that the manuscript asks for."""
        for names in asked_for(source):
            self.ask(names)
        return tuple(dict.fromkeys(name if re.search(r"\.\w{2,5}$", name) else name + ".bib" for name in self._asked))
