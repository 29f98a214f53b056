"""Manuscripts in an abstract form, written from a seed: prose with quotations of which it is known what their source is.

Nothing here knows how sources are found. Each pattern is a way in which people write: the words come from tables by language, the quotations
from whoever calls. `renderings` writes the same manuscript in six formats.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
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
    """One quotation and the addresses that are its sources; none: it has no source. ``aside``: no quotation at all (a word, a title)."""

    text: str
    urls: frozenset[str] = frozenset()
    aside: bool = False


@dataclass(slots=True)
class Written:
    """A manuscript, and what is true of it: its quotations in their order, and the addresses that are cited without being quoted."""

    language: str
    blocks: list[Block] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    lone: list[str] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)


MARKS = {"en": ("“”", "“”", '""', "‘’"), "de": ("„“", "„“", "»«"), "fr": ("«»", "«»", "“”"), "es": ("«»", "“”", "“”"), "zh": ("“”", "「」")}
_FRENCH = "\u00a0"

PHRASES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "filler": ("The matter did not end there.", "Nobody had expected this, and the workers’ council said as much.", "It wasn’t the first time that this had happened.",
                   "By the end of the week the numbers were known, and they were not good.", "What follows is a short history of the affair."),
        "says": ("{who} wrote that {q}.", "According to {who}, {q}.", "As {who} put it: {q}.", "{who} went further: {q}."),
        "who": ("the local paper", "a report of that year", "one of the agencies", "the page of the ministry", "their own account"),
        "after": ("One sentence stands out: {q}{s}.", "It was put plainly: {q}{s}.", "The text is unambiguous on this ({q}{s}).", "We read that {q}{s}, and leave it there."),
        "alone": ("Somebody told us {q}.", "The old rule says {q}, as everybody knows.", "“We” is a word to be careful with; {q} is what he meant."),
        "cited": ("The whole story has been told {link}.", "See {link} for the background.", "There is more in {link}, which we do not repeat."),
        "here": ("here", "in the press", "this overview", "the archive of the paper"),
        "scare": ("The so-called {q} never came.", "They called it {q} at the time.", "This {q} lasted two days."),
        "shudder": ("miracle", "reform", "new order", "free trade"),
        "two": ("First it was {a}, then it was {b}{s}.", "Between {a} and {b} lies a long way{s}."),
        "split": ("{a}, she said, {b}{s}.", "{a}, the minister wrote, {b}{s}."),
        "intro": ("The decisive passage reads:", "The paper printed this in full:", "Here is what was said:"),
        "note": ("See", "Quoted from", "Cf."), "ibid": ("Ibid.", "Ibid., p. {page}.", "ibid., {page}."), "source": ("source", "link", "the full text"),
        "accessed": (", accessed 3 May 2024.", ".", ", last visited on 12 June 2023."), "page": ("p. {page}", "{page}"),
        "title": ("How the dam broke", "The last ferry to Port Anna", "What we owe the rivers"), "name": ("Jane Smith", "A. B. Okafor", "Lena Voss"),
    },
    "de": {
        "filler": ("Damit war die Sache nicht zu Ende.", "Niemand hatte das erwartet, auch der Betriebsrat nicht.", "Es war nicht das erste Mal, daß so etwas geschah.",
                   "Am Ende der Woche lagen die Zahlen vor, und sie waren nicht gut."),
        "says": ("{who} schrieb: {q}.", "Laut {who} gilt: {q}.", "So heißt es in {who}: {q}."),
        "who": ("der Lokalzeitung", "einem Bericht jenes Jahres", "einer Meldung der Agentur"),
        "after": ("Ein Satz fällt auf: {q}{s}.", "Deutlicher geht es kaum: {q}{s}.", "Dort steht, {q}{s}, und dabei bleibt es."),
        "alone": ("Jemand sagte uns {q}.", "Die alte Regel lautet {q}, wie jeder weiß."),
        "cited": ("Die ganze Geschichte steht {link}.", "Zum Hintergrund siehe {link}."), "here": ("hier", "in der Presse", "diese Übersicht"),
        "scare": ("Das sogenannte {q} blieb aus.", "Man nannte es damals {q}."), "shudder": ("Wunder", "Reformpaket"),
        "two": ("Erst hieß es {a}, dann {b}{s}.",), "split": ("{a}, sagte sie, {b}{s}.",),
        "intro": ("Die entscheidende Stelle lautet:", "Im Wortlaut:"), "note": ("Siehe", "Vgl.", "Zitiert nach"),
        "ibid": ("Ebd.", "Ebd., S. {page}.", "Ebenda, S. {page}."), "source": ("Quelle", "zum Text"), "accessed": (", abgerufen am 3. Mai 2024.", "."),
        "page": ("S. {page}", "{page}"), "title": ("Wie der Damm brach", "Die letzte Fähre"), "name": ("Lena Voß", "Karl Ahrens"),
    },
    "fr": {
        "filler": ("L’affaire n’en resta pas là.", "Personne ne s’y attendait, pas même l’équipe.", "Ce n’était pas la première fois qu’une telle chose arrivait."),
        "says": ("{who} écrit : {q}.", "Selon {who}, {q}."), "who": ("le journal local", "un rapport de l’époque", "une dépêche de l’agence"),
        "after": ("Une phrase se détache : {q}{s}.", "On y lit que {q}{s}, et l’on s’en tient là."), "alone": ("Quelqu’un nous a dit {q}.", "La vieille règle dit {q}."),
        "cited": ("Toute l’histoire se trouve {link}.", "Voir {link} pour le contexte."), "here": ("ici", "dans la presse", "cet aperçu"),
        "scare": ("Le prétendu {q} n’est jamais venu.",), "shudder": ("miracle", "progrès"), "two": ("On disait d’abord {a}, puis {b}{s}.",),
        "split": ("{a}, dit-elle, {b}{s}.",), "intro": ("Voici le passage décisif :",), "note": ("Voir", "Cité d’après"), "ibid": ("Ibid.", "Ibid., p. {page}."),
        "source": ("source", "le texte"), "accessed": (", consulté le 3 mai 2024.", "."), "page": ("p. {page}", "{page}"),
        "title": ("La dernière traversée", "Comment le barrage a cédé"), "name": ("Anne Lefèvre", "Paul Morel"),
    },
    "es": {
        "filler": ("El asunto no terminó ahí.", "Nadie lo esperaba, y menos el comité.", "No era la primera vez que ocurría algo así."),
        "says": ("{who} escribió que {q}.", "Según {who}, {q}."), "who": ("el diario local", "un informe de aquel año", "una nota de la agencia"),
        "after": ("Una frase destaca: {q}{s}.", "Allí se lee que {q}{s}, y ahí lo dejamos."), "alone": ("Alguien nos dijo {q}.", "La vieja regla dice {q}."),
        "cited": ("Toda la historia se encuentra {link}.", "Véase {link}."), "here": ("aquí", "en la prensa", "este resumen"),
        "scare": ("El llamado {q} nunca llegó.",), "shudder": ("milagro", "progreso"), "two": ("Primero fue {a}, después {b}{s}.",), "split": ("{a}, dijo ella, {b}{s}.",),
        "intro": ("El pasaje decisivo dice:",), "note": ("Véase", "Cf."), "ibid": ("Ibíd.", "Ibid., p. {page}."), "source": ("fuente", "el texto"),
        "accessed": (", consultado el 3 de mayo de 2024.", "."), "page": ("p. {page}", "{page}"), "title": ("El último barco", "Cómo se rompió la presa"),
        "name": ("Ana Ruiz", "Luis Prado"),
    },
    "zh": {
        "filler": ("事情并没有就此结束。", "谁也没有料到会是这样。"), "says": ("{who}写道：{q}。", "据{who}，{q}。"), "who": ("当地报纸", "当年的一份报告"),
        "after": ("有一句话很清楚：{q}{s}。",), "alone": ("有人告诉我们{q}。",), "cited": ("整个故事见{link}。",), "here": ("这里", "这篇概述"),
        "scare": ("所谓的{q}始终没有来。",), "shudder": ("奇迹", "改革"), "two": ("先是{a}，然后是{b}{s}。",), "split": ("{a}，她说，{b}{s}。",), "intro": ("关键的一段是：",),
        "note": ("见", "引自"), "ibid": ("同上。",), "source": ("来源", "原文"), "accessed": ("。",), "page": ("p. {page}",), "title": ("最后的渡船",), "name": ("王晓明",),
    },
}  # fmt: skip


class Author:
    """Writes one manuscript. ``take`` gives (words, address) of a quotation that really stands there; ``words`` are made for this manuscript."""

    def __init__(self, seed: int, language: str, take: Callable[[], tuple[str, str]], keys: bool) -> None:
        self.random = random.Random(seed)  # noqa: S311
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
        padding = _FRENCH if self.language == "fr" and chosen == "«»" and not (self.markup and marks is None) else ""
        return Quote(f"{padding}{text}{padding}", chosen, self.markup and marks is None)

    def work(self, url: str) -> Work:
        if url not in self._works:
            number = len(self._works)
            author = ("Smith", "Okafor", "Voss", "Lefevre", "Ruiz", "Prado", "Ahrens", "Morel", "Wang", "Ito")[number % 10]
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
        return (replace(first, items=(replace(word, text=word.text[0].upper() + word.text[1:]), *first.items[1:])), *items[1:])
    return items
