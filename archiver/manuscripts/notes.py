"""What the notes of a manuscript cite, "ibid." led back to the note before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.manuscripts.document import Block, Citation, Link, NoteMark, Quoted

_SAME = re.compile(
    r"\W*(?:[ií]b[ií]d(?:em)?\b|[ií]d(?:em\b|\.)|ebd\b|ebenda\b|a\.\s?a\.\s?O|aaO\b|op\.\s?cit|loc\.\s?cit|same source|same as above"
    r"|ivi\b|ibidem|там же|同上|同書|上掲)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?<!\w)(?:pp?\.|pages?|S\.|Seiten?|s\.|pág[s]?\.|с\.|стр\.|blz\.|at(?= \d))\s*"
    r"(\d+[a-z]?(?:\s*[-–—]+\s*\d+)?|[ivxlc]+(?:\s*[-–—]+\s*[ivxlc]+)?)(?!\w)",
)
_BARE_PAGE = re.compile(r"[\s.,:]*(\d{1,4}(?:\s*[-–—]+\s*\d{1,4})?)\s*\.?\s*\Z")


@dataclass(frozen=True, slots=True)
class Named:
    """A source that a note names."""

    url: str | None
    key: str | None
    locator: str | None


class Notes:
    """The notes in the order of their signs, and what each cites."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks: dict[str, list[Block]] = {}
        for block in blocks:
            if block.note is not None:
                self._blocks.setdefault(block.note, []).append(block)
        order = [mark.label for block in blocks for mark in block.marks if isinstance(mark, NoteMark)]
        self._order = list(dict.fromkeys(order))
        self._place = {label: number for number, label in enumerate(self._order)}
        self._known: dict[str, list[Named]] = {}
        for label in self._order:
            self._known[label] = self._read(label)

    def sources(self, label: str) -> list[Named]:
        """What a note cites; nothing where it cites nothing, or there is no such note."""
        return self._known.get(label, [])

    def has(self, label: str) -> bool:
        """Whether there is such a note."""
        return label in self._blocks

    def _read(self, label: str) -> list[Named]:
        blocks = self._blocks.get(label, [])
        text = " ".join(block.text for block in blocks)
        page = page_of(text)
        found: dict[tuple[str | None, str | None], Named] = {}
        for block in blocks:
            for start, url, key, locator in _named(block):
                of_work = page_of(_work_at(block.text, start)) if ";" in block.text else page
                found.setdefault((url, key), Named(url, key, locator or of_work))
        if not found and _SAME.match(text):
            number = self._place[label]
            if number:
                locator = page or _bare_page(text)
                return [
                    replace(named, locator=locator or named.locator) for named in self._known[self._order[number - 1]]
                ]
        return list(found.values())


def _named(block: Block) -> Iterator[tuple[int, str | None, str | None, str | None]]:
    for mark in block.marks:
        if isinstance(mark, Link) and mark.url.lower().startswith(("http://", "https://")):
            yield mark.start, mark.url, None, None
        elif isinstance(mark, Citation):
            yield mark.start, None, mark.key, mark.locator
        elif isinstance(mark, Quoted) and (mark.url or mark.key):
            yield mark.start, mark.url, mark.key, mark.locator


def _work_at(text: str, at: int) -> str:
    """What a note says of one of several works, which semicolons part."""
    end = text.find(";", at)
    return text[text.rfind(";", 0, at) + 1 : end if end >= 0 else len(text)]


def page_of(text: str) -> str | None:
    """The page that a note names ("p. 12", "S. 12–14"), as written; None where it names none."""
    found = _PAGE.search(text)
    return found[1] if found else None


def _bare_page(text: str) -> str | None:
    found = _BARE_PAGE.search(_SAME.sub("", text, count=1))
    return found[1] if found else None
