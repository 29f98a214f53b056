"""What a person asks for in words: ``flood warning``, ``"flood warning"``, ``flood*``, ``flood OR storm``, ``flood NOT storm``, brackets.

Every string is a query or an InputError: a mark of quotation that is not closed ends with the text, and a sign that means nothing here is
looked over. Words that stand side by side must all be there. Phrases are not in the index (it does not know where a word stands), so
what it gives for them is held against the text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from archiver.errors import InputError
from archiver.fulltext import terms

LONGEST = 2_000
MOST_WORDS = 64
_DEEPEST = 8  # brackets in one another; each makes up to three in FTS5, whose parser has a stack of a hundred
_QUOTES = '"“”„‟«»「」『』＂'
_TOKEN = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([()（）])|([^\s()（）{_QUOTES}]+)")
_STARS = "*＊"

Places: TypeAlias = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another; the last one may go on (``prefix``). One word is a phrase too."""

    forms: tuple[str, ...]
    prefix: bool = False

    def known(self) -> list[tuple[str, bool]]:
        """What the index has to have of it: terms, and whether each may go on."""
        found = [(form, False) for form in dict.fromkeys(terms.pairs(self.forms)) if form]
        found += [(form, False) for form in self.forms if not terms.is_unspaced(form)]
        last = self.forms[-1]
        if self.prefix:
            found = [item for item in found if item[0] != last or self.forms.count(last) > 1] + [(last, True)]
        elif len(self.forms) == 1 and terms.is_unspaced(last):
            found = [(last, True)]  # a character is in the index with the next one
        elif terms.is_unspaced(last):
            found = [item for item in found if item[0] != last]
        return found

    def shingles(self) -> array[int]:
        """Those that a text has with it."""
        whole = self.forms[: len(self.forms) - self.prefix]
        return terms.read(terms.Cut([form.encode() for form in whole], unspaced=True)).shingles

    @property
    def exact(self) -> bool:
        """Whether what the index gives is right as it is."""
        return len(self.forms) == 1

    def places(self, text: Sequence[str], index: Mapping[str, list[int]]) -> Places:
        """Where it stands among the forms of a text, first and last; ``index`` has where each form stands that a phrase begins with."""
        first = self.forms[0]
        if self.prefix and len(self.forms) == 1:
            return [(at, at) for at, form in enumerate(text) if form.startswith(first)]
        found = []
        for at in index.get(first, ()):
            last = at + len(self.forms) - 1
            if last < len(text) and all(
                text[at + k] == form or (self.prefix and at + k == last and text[last].startswith(form))
                for k, form in enumerate(self.forms)
            ):
                found.append((at, last))
        return found


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of them at least."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """One, and not the other."""

    wanted: Node
    unwanted: Node


Node: TypeAlias = "Phrase | All | Any | Without"


@dataclass(frozen=True, slots=True)
class Query:
    """A query for words, read. ``words`` are those that are looked for, as they were given."""

    node: Node

    def expression(self) -> str:
        """In the language of FTS5: all texts that can be meant, and others where ``exact`` is False."""
        return _expression(self.node) or ""

    @property
    def exact(self) -> bool:
        """Whether all texts that the expression finds are meant."""
        return all(phrase.exact for phrase in _phrases(self.node))

    def needed(self) -> list[Phrase]:
        """Phrases without which no text is meant and that shingles can tell of."""
        parts = self.node.parts if isinstance(self.node, All) else (self.node,)
        return [part for part in parts if isinstance(part, Phrase) and len(part.forms) >= terms.SHINGLE + part.prefix]

    def alone(self) -> list[tuple[str, bool]] | None:
        """The words that it looks for, and whether each may go on; None where some of them must stand beside each other."""
        phrases = list(_phrases(self.node))
        return [(phrase.forms[0], phrase.prefix) for phrase in phrases] if all(p.exact for p in phrases) else None

    def places(self, text: Sequence[str]) -> Places | None:
        """Where the words stand in a text, given by its forms in order (`terms.Placed.forms`); None where the text is not meant."""
        index: dict[str, list[int]] = {phrase.forms[0]: [] for phrase in _phrases(self.node)}
        for at, form in enumerate(text):
            if form in index:
                index[form].append(at)
        found = _places(self.node, text, index)
        return None if found is None else sorted(set(found))


def _phrases(node: Node) -> Iterator[Phrase]:
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Without):
        yield from _phrases(node.wanted)
        yield from _phrases(node.unwanted)
    else:
        for part in node.parts:
            yield from _phrases(part)


def _expression(node: Node) -> str | None:
    if isinstance(node, Phrase):
        words = [f'"{form}"{" *" if goes_on else ""}' for form, goes_on in node.known()]
        return f"({' AND '.join(words)})"
    if isinstance(node, Without):
        wanted = _expression(node.wanted)
        # what the index gives too much of must not be taken away
        if not all(phrase.exact for phrase in _phrases(node.unwanted)):
            return wanted
        return f"({wanted} NOT {_expression(node.unwanted)})"
    joint = " AND " if isinstance(node, All) else " OR "
    return f"({joint.join(filter(None, map(_expression, node.parts)))})"


def _places(node: Node, text: Sequence[str], index: Mapping[str, list[int]]) -> Places | None:
    if isinstance(node, Phrase):
        return node.places(text, index) or None
    if isinstance(node, Without):
        return None if _places(node.unwanted, text, index) is not None else _places(node.wanted, text, index)
    found = [_places(part, text, index) for part in node.parts]
    if isinstance(node, All) and None in found:
        return None
    joined = [place for places in found if places is not None for place in places]
    return joined or None


def parse_query(text: str) -> Query:
    """Reads a query. Raises InputError where there is no word in it to look for, or far too much."""
    if len(text) > LONGEST:
        raise InputError(
            f"The query is too long for words ({len(text)} characters); give at most {LONGEST}, or --quotation."
        )
    return Query(_Reader(text).whole())


class _Reader:
    """Reads from left to right: OR binds least, then words side by side (or AND), then NOT."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        self._at = 0
        self._words = 0
        self._text = text

    def whole(self) -> Node:
        found: list[Node] = []
        while self._at < len(self._tokens):
            node = self._either(0)
            if node is not None:
                found.append(node)
            else:
                self._at += 1  # a bracket that closes nothing
        if not found:
            raise InputError("There is no word in the query to look for; give one, or a phrase in quotation marks.")
        return _joined(All, found)

    def _either(self, depth: int) -> Node | None:
        if depth > _DEEPEST:
            raise InputError(f"The query has more than {_DEEPEST} brackets in one another; write it more simply.")
        found = [self._together(depth)]
        while self._operator() == "OR":
            self._at += 1
            found.append(self._together(depth))
        return _joined(Any, [node for node in found if node is not None])

    def _together(self, depth: int) -> Node | None:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        while self._at < len(self._tokens) and self._operator() != "OR" and self._bracket() not in (")", "）"):
            negated = False
            while self._operator() in ("AND", "NOT"):
                negated = self._operator() == "NOT"
                self._at += 1
            if self._at < len(self._tokens) and self._operator() != "OR" and self._bracket() not in (")", "）"):
                node = self._one(depth)
                if node is not None:
                    (unwanted if negated else wanted).append(node)
        if not wanted:
            if unwanted:
                raise InputError("The query says only what is not wanted; give a word to look for too.")
            return None
        node = _joined(All, wanted)
        return Without(node, _joined(Any, unwanted)) if unwanted else node

    def _one(self, depth: int) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token[2] in ("(", "（"):
            node = self._either(depth + 1)
            if self._bracket() in (")", "）"):
                self._at += 1
            return node
        word = token[1] if token[1] is not None else token[3]
        forms = tuple(form for term in terms.placed(word) if (form := term.form))
        if not forms:
            return None
        self._words += len(forms)
        if self._words > MOST_WORDS:
            raise InputError(f"The query has more than {MOST_WORDS} words; give fewer, or --quotation.")
        after = self._text[token.end() : token.end() + 1]
        return Phrase(forms, prefix=word.rstrip()[-1:] in _STARS if word.strip() else after in _STARS)

    def _operator(self) -> str | None:
        word = self._tokens[self._at][3] if self._at < len(self._tokens) else None
        return word if word in ("AND", "OR", "NOT") else None

    def _bracket(self) -> str | None:
        return self._tokens[self._at][2] if self._at < len(self._tokens) else None


def _joined(kind: type[All] | type[Any], nodes: Iterable[Node]) -> Node:
    found = tuple(nodes)
    if not found:
        return None  # type: ignore[return-value]
    return found[0] if len(found) == 1 else kind(found)
