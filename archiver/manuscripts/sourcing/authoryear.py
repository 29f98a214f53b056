"""Citations written out by author and year, ``(Smith 2020, 12)``, led to the list of works at the end: for manuscripts without keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archiver.bibliography import Entry
from archiver.manuscripts.document import Block, BlockKind, Citation, Link, Manuscript
from archiver.manuscripts.formats.building import where

_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?|n\.\s?d\.|o\.\s?J\."
_NAME = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|zu|al|el|bin|ibn) |[dDlLO][’']){0,3}"
    r"[^\W\d_a-zß-ÿ][\w’'-]*(?: [^\W\d_a-zß-ÿ][\w’'.-]*){0,5}"
)
_AND = r"(?:and|&|und|et|y|e|en|och|og)"
_OTHERS = rf"(?:(?:, {_NAME}){{0,6}},? {_AND} {_NAME}|,? et al\.?|,? u\. ?a\.)?"
_PLACE = (
    r"(?:\s*[,:]\s*(?:pp?\.|S\.|s\.|pág\.|at )?\s*(?P<place>\d+[a-z]?(?:\s*[-–—]+\s*\d+)?(?:\s*ff?\.)?|[ivxlc]+\b))?"
)
_SEE = r"(?:(?:see|cf\.|e\.g\.,?|vgl\.|siehe|voir|véase|also|auch|quoted in|zit\. nach)\s+)*"
_WORK = re.compile(rf"{_SEE}(?P<name>{_NAME}){_OTHERS},? (?P<year>{_YEAR}){_PLACE}")
_BRACKETED = re.compile(rf"\((?=[^()]{{0,300}}(?:{_YEAR}))([^()]{{3,300}})\)")
_YEAR_ALONE = re.compile(rf"\((?P<year>{_YEAR}){_PLACE}\)")
_NAME_BEFORE = re.compile(rf"(?<![\w’'])(?P<name>{_NAME}){_OTHERS}(?:[’']s?)? \Z")
_ENTRY = re.compile(rf"\s*(?P<name>[^,.(:]{{2,80}}?)\s*(?:[,.(:]|(?:and|&|und|et) ).*?\b(?P<year>{_YEAR})", re.DOTALL)
_HEAD = 400  # characters of an entry in which its year stands
_BEFORE = 120  # characters before a year in brackets in which the name begins


def with_author_years(manuscript: Manuscript) -> Manuscript:
    """The manuscript with such citations as marks, and the works of its list as entries, ``Smith 2020`` their keys.

    Only where the list has that author with that year; a bracket with a year in it alone is no citation.
    """
    works = _works(manuscript.blocks)
    if not works:
        return manuscript
    blocks = tuple(_with_citations(block, works) for block in manuscript.blocks)
    entries = {entry.key: entry for found in works.values() for entry in found}
    return replace(manuscript, blocks=blocks, entries={**entries, **manuscript.entries})


def _works(blocks: tuple[Block, ...]) -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for block in blocks:
        if block.kind is not BlockKind.REFERENCE or block.note is not None:
            continue
        entry = _ENTRY.match(block.text[:_HEAD])
        if entry is None:
            continue
        url = next((mark.url for mark in block.marks if isinstance(mark, Link) and mark.url.startswith("http")), None)
        name, year = _folded(entry["name"]), entry["year"]
        same = found.setdefault((name, year), [])
        number = f" ({len(same) + 1})" if same else ""
        same.append(Entry(f"{entry['name'].strip()} {year}{number}", url, {"title": block.text[:300]}))
    return found


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


def _with_citations(block: Block, works: dict[tuple[str, str], list[Entry]]) -> Block:
    if block.kind in (BlockKind.REFERENCE, BlockKind.HEADING) or not re.search(r"\d{4}|n\.|o\.", block.text):
        return block
    taken = [(mark.start, mark.end) for mark in block.marks if isinstance(mark, Citation | Link)]
    made = [
        mark
        for mark in _citations(block.text, works)
        if not any(start < mark.end and mark.start < end for start, end in taken)
    ]
    return replace(block, marks=tuple(sorted((*block.marks, *made), key=where))) if made else block


def _citations(text: str, works: dict[tuple[str, str], list[Entry]]) -> Iterator[Citation]:
    for year in _YEAR_ALONE.finditer(text):
        begin = max(year.start() - _BEFORE, 0)
        name = _NAME_BEFORE.search(text[begin : year.start()])
        for entry in _of(name["name"], year["year"], works) if name else ():
            yield Citation(begin + name.start() if name else begin, year.end(), entry.key, year["place"])
    for bracket in _BRACKETED.finditer(text):
        for part in bracket[1].split(";"):
            work = _WORK.fullmatch(part.strip())
            for entry in _of(work["name"], work["year"], works) if work else ():
                yield Citation(bracket.start(), bracket.end(), entry.key, work["place"] if work else None)


def _of(name: str, year: str, works: dict[tuple[str, str], list[Entry]]) -> list[Entry]:
    """The works that are meant; of a name with others before it ("In Smith 2020") the last words are tried too."""
    words = _folded(name).split(" ")
    year = year if year[0].isdigit() else re.sub(r"\s", "", year)
    for start in range(len(words)):
        entries = works.get((" ".join(words[start:]), year))
        if entries:
            return entries
    return []
