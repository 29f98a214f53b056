"""A page made ready for thousands of quotations: every word form is one code point, so that words are found as characters are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from archiver.match import notemarks, tokens, unhidden
from archiver.match.fold import fold_gap, fold_word
from archiver.model import Layer, Text

UNKNOWN = "\x01"
INDEXED = (20_000, 600_000)  # words of a page between which an index pays
_FIRST_CODE, _SURROGATES, _AFTER_SURROGATES, _LAST_CODE = 0x20, 0xD800, 0xE000, 0x10FFFF


class Codes(dict[str, str]):
    """Raw form → code point, filled while a page is read; forms that fold alike share one.

    A page with more than a million different forms runs out of code points: the rest share the last one, which no quotation
    is ever given, so they are found by their characters only.
    """

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold
        self.folded: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self._next = _FIRST_CODE

    def take(self, raws: Sequence[str]) -> str:
        """The codes of raw forms in order; those that are new get one."""
        fold, known, names, code_at = self._fold, self.folded, self.names, self._next
        for raw in dict.fromkeys(raws):
            if raw in self:
                continue
            folded = fold(raw)
            code = known.get(folded)
            if code is None:
                code = known[folded] = chr(code_at)
                if code_at < _LAST_CODE:
                    names[code] = folded
                    code_at += 1
                if code_at == _SURROGATES:
                    code_at = _AFTER_SURROGATES
            self[raw] = code
        self._next = code_at
        return "".join(map(self.__getitem__, raws))

    def encode(self, raws: Sequence[str]) -> str:
        """The codes of raw forms, ``UNKNOWN`` where the page does not have them. Never adds one."""
        get, fold, folded = self.get, self._fold, self.folded.get
        codes = "".join([get(raw) or folded(fold(raw), UNKNOWN) for raw in raws])
        return codes if self._next < _LAST_CODE else codes.replace(chr(_LAST_CODE), UNKNOWN)

    def find(self, folded: str) -> str:
        """The code of a folded form, ``UNKNOWN`` where the page does not have it. Never adds one."""
        code = self.folded.get(folded, UNKNOWN)
        return UNKNOWN if ord(code) == _LAST_CODE else code


@dataclass(frozen=True, slots=True)
class Page:
    """One layer: ``words`` has one code point a token, ``gaps`` one for what stands before each token and after the last. Joined again,
    ``parts`` are the text; in a page without the signs of its notes, gaps are shorter than the places that they have by ``ends``."""

    text: Text
    parts: tuple[str, ...] | list[str]
    ends: list[int]
    words: str
    gaps: str
    names: dict[str, str] = field(compare=False, repr=False)
    _index: list[dict[str, list[int]]] = field(default_factory=list, compare=False, repr=False)

    def index(self) -> dict[str, list[int]] | None:
        """Where each word stands, made at the first need; None for short texts, where searching is quicker than making it, and
        for very long ones, where making it takes longer than one quotation should.
        """
        if not INDEXED[0] < len(self.words) < INDEXED[1]:
            return None
        if not self._index:
            places: dict[str, list[int]] = {}
            for place, code in enumerate(self.words):
                places.setdefault(code, []).append(place)
            self._index.append(places)
        return self._index[0]

    def count(self, code: str) -> int:
        """How often a word stands in the page."""
        index = self.index()
        return self.words.count(code) if index is None else len(index.get(code, ()))

    def start(self, token: int) -> int:
        """Where a token begins, in code points of the recorded text."""
        return self.ends[2 * token]

    def end(self, token: int) -> int:
        """Where a token ends."""
        return self.ends[2 * token + 1]

    def form(self, token: int) -> str:
        """A token as it is printed."""
        return self.parts[2 * token + 1]

    def low(self, token: int) -> str:
        """A token as the word lists have it: folded, in lower case."""
        return self.forms(token, token + 1)[0].lower()

    def gap(self, token: int) -> str:
        """What stands before a token, as it is printed; with the number of tokens: what stands after the last."""
        return self.parts[2 * token]

    def printed_gap(self, token: int) -> str:
        """The same with the signs of notes that stand in it."""
        return self.text.content[self.ends[2 * token - 1] if token else 0 : self.ends[2 * token]]

    def forms(self, first: int, last: int) -> list[str]:
        """The tokens of a range, folded."""
        names = self.names
        try:
            return [names[code] for code in self.words[first:last]]
        except KeyError:  # more different forms than code points
            return [fold_word(form) for form in self.parts[2 * first + 1 : 2 * last : 2]]

    def slice(self, first: int, last: int) -> str:
        """The words of a range of tokens as they are printed; empty for an empty range."""
        return self.text.content[self.start(first) : self.end(last - 1)] if last > first else ""

    def token_at(self, offset: int) -> int:
        """The first token that ends after an offset."""
        return bisect_left(self.ends, offset + 1) // 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """The layers of a page, ready to be judged against; frozen, and safe to share between threads."""

    pages: tuple[Page, ...]
    words: Codes
    gaps: Codes
    languages: list[tuple[str, ...]] = field(default_factory=list, compare=False)
    unsigned: Prepared | None = None
    """The page without the signs of its notes (see `notemarks`), for quotations that have none; None where it has none itself."""
    _caseless: list[Caseless] = field(default_factory=list, compare=False, repr=False)
    _seams: list[frozenset[str]] = field(default_factory=list, compare=False, repr=False)
    _unhidden: list[Prepared] = field(default_factory=list, compare=False, repr=False)

    def unhidden(self, quotation: str) -> Prepared | None:
        """The lines of the page that hide words inside, without these (see `unhidden`), with the same positions, made at the first need; None where
        that says nothing of the quotation. Of a price in figures and, for screen readers, in words, a reader of the page sees one.
        """
        if not self._seams:
            self._seams.append(frozenset().union(*(unhidden.seams(page.text) for page in self.pages)))
        if not unhidden.may_join(quotation, self._seams[0]):
            return None
        if not self._unhidden:
            self._unhidden.append(prepare([unhidden.without(page.text) for page in self.pages], self.languages))
        return self._unhidden[0]

    def caseless(self) -> Caseless:
        """The page read without capitals, made at the first need."""
        if not self._caseless:
            self._caseless.append(Caseless.of(self.pages, self.words))
        return self._caseless[0]


@dataclass(frozen=True, slots=True)
class Caseless:
    """The layers of a page with one code point for all forms of a word that differ in capitals only."""

    pages: tuple[Page, ...]
    codes: dict[str, str]

    @classmethod
    def of(cls, pages: tuple[Page, ...], words: Codes) -> Caseless:
        codes: dict[str, str] = {}
        table: dict[int, str] = {}
        for code, folded in words.names.items():
            first = codes.setdefault(folded.lower(), code)
            if first != code:
                table[ord(code)] = first
        return cls(tuple(replace(page, words=page.words.translate(table), _index=[]) for page in pages), codes)

    def find(self, form: str) -> str:
        """The code of a form whatever its capitals, ``UNKNOWN`` where the page does not have it."""
        return self.codes.get(form.lower(), UNKNOWN)


def prepare(texts: Sequence[Text] | str, languages: list[tuple[str, ...]] | None = None) -> Prepared:
    """Layers (or one plain string, taken as the document layer) made ready for ``judge``. Costs some milliseconds a page. ``languages`` are those
    of another reading of the same page, told there at the first need."""
    if isinstance(texts, str):
        texts = (Text(Layer.DOCUMENT, texts, "given", ""),)
    words, gaps = Codes(fold_word.__wrapped__), Codes(fold_gap.__wrapped__)
    order = list(Layer)
    pages, unsigned, signs = [], [], False
    for text in sorted(texts, key=lambda text: order.index(text.layer)):
        parts = tokens.split(text.content)
        ends = tokens.ends(parts)
        page = Page(text, parts, ends, words.take(parts[1::2]), gaps.take(parts[0::2]), words.names)
        pages.append(page)
        bare = notemarks.without(parts, ends) if notemarks.carries_sign(text.content) else None
        if bare is not None:
            signs = True
            page = replace(
                page, parts=bare[0], ends=bare[1], words=words.take(bare[0][1::2]), gaps=gaps.take(bare[0][0::2])
            )
        unsigned.append(page)
    languages = [] if languages is None else languages
    without = Prepared(tuple(unsigned), words, gaps, languages) if signs else None
    return Prepared(tuple(pages), words, gaps, languages, without)
