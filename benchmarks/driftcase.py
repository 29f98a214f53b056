"""What a made pair is, and what makes them out of the pages of the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from driftpages import Corpus, Page, Sentence, squash
from driftwalls import Answer, page

ALTERED, REMOVED, ANY = "quote-altered", "quote-removed", "any"
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A quotation of the first version, and what the second one does to it: None where it stands, or `ALTERED` of one of ``kinds``, `REMOVED`."""

    text: str
    drift: str | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """A pair. ``answers`` are those to the first look, the second and so on (the last stays); ``others`` are other addresses that answer then,
    ``{}`` in the bodies and in them is the address of the case. ``or_drift`` is as right as ``drift``."""

    name: str
    group: str
    page: str
    first: Answer
    asked: tuple[Asked, ...]
    answers: tuple[Answer, ...]
    drift: str
    others: dict[str, Answer] = field(default_factory=dict)
    moved_to: str | None = None
    or_drift: str = ""


class Unfit(Exception):
    """A page on which this edit cannot be made."""


Recipe = Callable[["Maker", Page], Case]


@dataclass
class Maker:
    """Makes cases out of the corpus; the same seed makes the same cases."""

    corpus: Corpus
    seed: int
    most_bytes: int = 400_000
    random: Random = field(init=False)
    ids: list[str] = field(init=False)
    _at: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.ids = self.corpus.pages(self.most_bytes)
        self.random.shuffle(self.ids)

    def pages(self) -> Iterator[Page]:
        """Pages without end, each again only after all the others."""
        while True:
            yield self.corpus.page(self.ids[next(self._at) % len(self.ids)])

    def each(self, recipes: list[Recipe], wanted: int) -> list[Case]:
        """One case of each recipe in turn, on the next page that takes it."""
        out = []
        for number in range(wanted):
            recipe = recipes[number % len(recipes)]
            for tries, found in enumerate(self.pages()):
                try:
                    out.append(recipe(self, found))
                    break
                except Unfit:
                    if tries > len(self.ids):
                        break
        return out

    def some(self, found: Page, most: int, least: int | None = None) -> list[Sentence]:
        """Sentences to quote. Raises Unfit where the page has too few."""
        sentences = found.sentences(self.random, most)
        if len(sentences) < (most if least is None else least):
            raise Unfit
        return sentences


def asked_of(*sentences: Sentence, drift: str | None = None) -> tuple[Asked, ...]:
    return tuple(Asked(sentence.text, drift) for sentence in sentences)


def pair(name: str, group: str, found: Page, asked: tuple[Asked, ...], second: str, drift: str) -> Case:
    """Raises Unfit where the edit did more or less than it should: a page's own markup may be torn."""
    if second != found.html:
        there = squash(re.sub(r"</?[ab]\b[^<>]*>", "", second))
        for one in asked:
            if one.drift in (None, REMOVED) and (squash(one.text) in there) is (one.drift == REMOVED):
                raise Unfit
    return Case(name, group, found.id, page(found.html), asked, (page(second),), drift)
