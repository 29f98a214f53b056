"""Where the letters of a document's paragraphs stand in the bytes of its XML, so that something can be put between two of them.

A paragraph of a manuscript is found again by its letters and digits alone: what lies between them (blanks, breaks, signs, fields) each reader
may show otherwise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

from archiver.manuscripts.document import Block, Manuscript
from archiver.manuscripts.quotations import Passage
from archiver.texts.package import Refused
from archiver.texts.xmlstream import MAX_ELEMENTS

_AHEAD = 4000
"""Paragraphs that are looked through for one that a reader has and the XML seems not to have."""


def squeezed(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(character for character in text if character.isalnum())


@dataclass(slots=True)
class Letters:
    """The letters of one paragraph, in order. ``starts`` and ``ends`` are the bytes at which each begins and ends, ``pieces`` the number of
    the stretch of text that each is in. ``anchor`` is where a paragraph that stands aside (in a note) is marked in the text."""

    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    note: str | None = None
    joined: str = ""

    def add(self, data: str, at: int, end: int, piece: int) -> None:
        """A run of characters that stands at these bytes, as it is or as one reference."""
        plain = len(data.encode()) == end - at
        for character in data:
            size = len(character.encode())
            if character.isalnum():
                self.text.append(character)
                self.starts.append(at)
                self.ends.append(at + size if plain else end)
                self.pieces.append(piece)
            if plain:
                at += size


class Listener(Protocol):
    """What is told of the XML: elements by their name as written, with the byte at which their tag begins (and ends)."""

    def start(self, name: str, attributes: dict[str, str], at: int) -> None: ...

    def end(self, name: str, at: int, after: int) -> None: ...

    def characters(self, data: str, at: int, after: int) -> None: ...


def listen(source: bytes, listener: Listener) -> None:
    """Tells a listener all of an XML file in UTF-8. Raises Refused where it is broken, declares entities, or is in another charset."""
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("a part of it is not in UTF-8") from error
    parser = expat.ParserCreate()
    parser.buffer_text = False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    relay = _Relay(source, parser, listener)
    parser.StartElementHandler = relay.start
    parser.EndElementHandler = relay.end
    parser.CharacterDataHandler = relay.characters
    parser.CommentHandler = parser.ProcessingInstructionHandler = relay.other
    parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = relay.other
    parser.StartDoctypeDeclHandler = relay.doctype
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        raise Refused(f"the XML of a part of it is broken in line {error.lineno}") from error
    except (LookupError, ValueError) as error:
        raise Refused("the XML of a part of it is in a charset that is not read") from error


class _Relay:
    """Tells a listener what the parser tells, and where; characters once it is known where they end."""

    def __init__(self, source: bytes, parser: expat.XMLParserType, listener: Listener) -> None:
        self._source = source
        self._parser = parser
        self._listener = listener
        self._waiting: tuple[str, int] | None = None
        self._elements = 0

    def _reached(self) -> int:
        at = self._parser.CurrentByteIndex
        if self._waiting is not None:
            (data, began), self._waiting = self._waiting, None
            self._listener.characters(data, began, at)
        return at

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise Refused(f"a part of it has more than {MAX_ELEMENTS} elements")
        at = self._reached()
        self._listener.start(name, attributes, at)

    def end(self, name: str) -> None:
        at = self._reached()
        # of an empty element the end is told behind its tag, where the end tag of the one around it may stand
        closing = self._source.startswith(b"</" + name.encode(), at)
        self._listener.end(name, at, self._source.index(b">", at) + 1 if closing else at)

    def characters(self, data: str) -> None:
        at = self._reached()
        self._waiting = data, at

    def other(self, *_: object) -> None:
        self._reached()

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:
            raise Refused("a part of it declares entities of its own, which no such document does")


def tag_end(source: bytes, at: int) -> int:
    """The byte of the ``>`` that ends the tag which begins at ``at``; quoted values may hold one too."""
    quote = 0
    for place in range(at, len(source)):
        byte = source[place]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == 0x3E:
            return place
    raise Refused("the XML of a part of it is broken")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands: in which paragraph, from which of its letters to which (the last one's number)."""

    paragraph: Letters
    first: int
    last: int


class Search:
    """Finds the places of quotations in the paragraphs of a document; both are in reading order."""

    def __init__(self, manuscript: Manuscript, paragraphs: Sequence[Letters]) -> None:
        self._blocks = manuscript.blocks
        self._paragraphs = paragraphs
        for paragraph in paragraphs:
            paragraph.joined = "".join(paragraph.text)
        filled = [number for number, paragraph in enumerate(paragraphs) if paragraph.joined]
        self._main = [number for number in filled if paragraphs[number].note is None]
        self._aside = [number for number in filled if paragraphs[number].note is not None]
        self._of_block = self._aligned()
        self._known: tuple[int, list[int]] = (-1, [])

    def _aligned(self) -> dict[int, tuple[int, int]]:
        """For each block the paragraph that has it, and the letter at which it begins there."""
        found: dict[int, tuple[int, int]] = {}
        cursors = {True: (0, 0), False: (0, 0)}
        for number, block in enumerate(self._blocks):
            letters = squeezed(block.text)
            numbers = self._main if block.note is None else self._aside
            if not letters:
                continue
            at, begin = cursors[block.note is None]
            place = self._next(numbers, letters, at, begin)
            if place is None and block.note is not None:
                place = self._next(numbers, letters, 0, 0)  # notes may be kept in another order than their signs
            if place is None:
                continue
            index, start = place
            found[number] = (numbers[index], start)
            cursors[block.note is None] = (index, start + len(letters))
        return found

    def _next(self, numbers: Sequence[int], letters: str, at: int, begin: int) -> tuple[int, int] | None:
        for index in range(at, min(len(numbers), at + _AHEAD)):
            start = self._paragraphs[numbers[index]].joined.find(letters, begin if index == at else 0)
            if start >= 0:
                return index, start
        return None

    def _letters_of(self, number: int) -> list[int]:
        """Where the letters and digits of a block stand; those of the last one asked for are kept, since a block may have masses of
        quotations."""
        if self._known[0] != number:
            text = self._blocks[number].text
            self._known = number, [at for at, character in enumerate(text) if character.isalnum()]
        return self._known[1]

    def find(self, passage: Passage) -> Found | None:
        """The first paragraph's part of a quotation; None where it is not found."""
        part = passage.parts[0]
        block: Block = self._blocks[part.block]
        letters = self._letters_of(part.block)
        first_letter, behind = bisect_left(letters, part.start), bisect_left(letters, part.end)
        if first_letter == behind:
            return None
        aligned = self._of_block.get(part.block)
        if aligned is not None:
            number, begin = aligned
            first = begin + first_letter
            return Found(self._paragraphs[number], first, first + behind - first_letter - 1)
        words = squeezed(block.text[part.start : part.end])
        numbers = self._main if block.note is None else self._aside
        earlier = [
            other
            for other in self._of_block
            if other < part.block and (self._blocks[other].note is None) == (block.note is None)
        ]
        after = bisect_left(numbers, self._of_block[max(earlier)][0]) if earlier else 0
        place = self._next(numbers, words, after, 0)
        if place is None:
            return None
        index, first = place
        return Found(self._paragraphs[numbers[index]], first, first + len(words) - 1)
