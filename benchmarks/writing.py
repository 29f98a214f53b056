"""Manuscripts in an abstract form, written from a seed: prose with quotations of which it is known what their source is.

Nothing here knows how sources are found. Each pattern is a way in which people write: the words come from tables by language, the quotations
from whoever calls. `renderings` writes the same manuscript in six formats.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Work:
    """Something that can be cited. ``key``, ``author`` and ``year`` are for formats that cite by them."""

    url: str
    key: str
    author: str
    year: str
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks. ``markup``: formats that have a command for quotations use that, where the marks are the language's own."""

    text: str
    marks: str
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    items: tuple[Words | Quote, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address that is written out."""

    url: str


@dataclass(frozen=True, slots=True)
class Cite:
    work: Work
    page: str | None = None
    textual: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    items: tuple[Words | Quote | Link | Address | Cite, ...]


Inline: TypeAlias = Words | Quote | Link | Address | Cite | Note


@dataclass(frozen=True, slots=True)
class Block:
    """``kind`` is ``paragraph``, ``item``, ``heading``, ``quote`` (paragraphs parted by a line break) or ``cell``. ``attribution``: the last line
    of a quote; ``cite``: the address that its markup names, in formats that can."""

    kind: str
    items: tuple[Inline, ...]
    attribution: tuple[Inline, ...] = ()
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """One quotation and the addresses that are its sources; none: it has no source. ``aside``: no quotation at all (a word, a title).
    ``form`` is the way in which it is written, by the name of its pattern."""

    text: str
    urls: frozenset[str] = frozenset()
    aside: bool = False
    form: str = ""


@dataclass(slots=True)
class Written:
    """A manuscript, and what is true of it: its quotations in their order, and the addresses that are cited without being quoted."""

    language: str
    blocks: list[Block] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    lone: list[str] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)


MARKS = {
    "en": ("“”", "“”", '""', "‘’"),
    "de": ("„“", "„“", "»«"),
    "fr": ("«»", "«»", "“”"),
    "es": ("«»", "“”", "“”"),
    "zh": ("“”", "「」"),
}
_FRENCH = "\u00a0"

PHRASES: dict[str, dict[str, list[str]]] = json.loads((Path(__file__).parent / "phrases.json").read_text("utf-8"))
"""Sentences with gaps, and words to put in them, by language."""


class Author:
    """Writes one manuscript. ``take`` gives (words, address) of a quotation that really stands there; ``words`` are made for this manuscript."""

    def __init__(self, seed: int, language: str, take: Callable[[], tuple[str, str]], keys: bool) -> None:
        self.random = random.Random(seed)
        self.language = language
        self.take = take
        self.out = Written(language)
        self.keys = keys
        self.own = self.random.choice(MARKS[language])
        self.markup = self.random.random() < 0.3
        self._works: dict[str, Work] = {}

    def say(self, what: str) -> str:
        return self.random.choice(PHRASES[self.language][what])

    def quote(self, text: str, *, marks: str | None = None) -> Quote:
        chosen = marks or self.own
        if chosen == "‘’" and text[:1].isdigit():
            chosen = "“”"  # ‘20 years may be the ’20s
        padding = _FRENCH if self.language == "fr" and chosen == "«»" and not (self.markup and marks is None) else ""
        return Quote(f"{padding}{text}{padding}", chosen, self.markup and marks is None)

    def work(self, url: str) -> Work:
        if url not in self._works:
            number = len(self._works)
            author = ("Smith", "Okafor", "Voss", "Lefevre", "Ruiz", "Prado", "Ahrens", "Morel", "Wang", "Ito")[
                number % 10
            ]
            year = str(1990 + number)
            self._works[url] = Work(url, f"{author.lower()}{year}", author, year, self.say("title"))
            self.out.works.append(self._works[url])
        return self._works[url]

    def page(self) -> str:
        return str(self.random.randint(2, 400))

    def fill(self, template: str, **parts: Sequence[Inline] | Inline) -> tuple[Inline, ...]:
        """A sentence with things put in its gaps."""
        made: list[Inline] = []
        rest = template
        while rest:
            start = rest.find("{")
            if start < 0:
                made.append(Words(rest))
                break
            end = rest.index("}", start)
            if start:
                made.append(Words(rest[:start]))
            part = parts[rest[start + 1 : end]]
            made.extend(part if isinstance(part, tuple | list) else (part,))
            rest = rest[end + 1 :]
        return _begun(tuple(made))

    def paragraph(self, *sentences: Sequence[Inline]) -> None:
        """A paragraph of sentences, others before and behind at times."""
        blank = "" if self.language == "zh" else " "
        made: list[Inline] = []
        if self.random.random() < 0.5:
            made += [Words(self.say("filler") + blank)]
        for number, sentence in enumerate(sentences):
            made += [Words(blank)] * bool(number and blank) + list(sentence)
        if self.random.random() < 0.5:
            made += [Words(blank + self.say("filler"))]
        kind = "item" if self.random.random() < 0.1 else "paragraph"
        self.out.blocks.append(Block(kind, tuple(made)))

    def know(self, text: str, *urls: str, aside: bool = False) -> None:
        self.out.truths.append(Truth(text, frozenset(urls), aside))


def _begun(items: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The first word of a sentence with its capital."""
    first = items[0]
    if isinstance(first, Words) and first.text:
        return (replace(first, text=first.text[0].upper() + first.text[1:]), *items[1:])
    if isinstance(first, Link) and isinstance(first.items[0], Words):
        word = first.items[0]
        return (
            replace(first, items=(replace(word, text=word.text[0].upper() + word.text[1:]), *first.items[1:])),
            *items[1:],
        )
    return items
