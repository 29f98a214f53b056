"""Plain text: paragraphs between blank lines, addresses written out, notes and works numbered by hand (``[3]``, ``¹``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.manuscripts.document import Block, BlockKind, Manuscript, NoteMark
from archiver.manuscripts.formats.building import Builder
from archiver.manuscripts.formats.drafting import bare_links
from archiver.texts import decode

_LINE = re.compile(r"\r\n?|\n")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENTRY = re.compile(r"[ \t]*(?:\[\^?(\w{1,12})\]:?|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))[ \t]+(?=\S)")
_NUMBERED = re.compile(r"[ \t]*(\d{1,4})[.)][ \t]+(?=\S)")
_LIST = re.compile(
    r"(?:end ?notes|foot ?notes|notes|references|sources|bibliography|works cited|anmerkungen|fußnoten|endnoten|quellen|literatur|einzelnachweise"
    r"|notes? de bas de page|références|notas|referencias|fuentes|note|fonti|noten|bronnen|примечания|источники|注释|参考文献|脚注)\s*:?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\[\^?(\w{1,12}(?:\s*[,;]\s*\^?\w{1,12})*)\]|(?<=[^\s\d⁰¹²³⁴⁵⁶⁷⁸⁹])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})")
_UNDERLINE = re.compile(r"\s*([=\-~*])\1{2,}\s*")
_SET_OFF = re.compile(r"(?: {4,}|\t|> ?)")


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of the file: its lines as (start, end)."""

    lines: tuple[tuple[int, int], ...]


def read(data: bytes, name: str) -> Manuscript:
    """Reads plain text. An indented paragraph, or one of lines that begin with ``>``, is set off as a quotation."""
    del name
    source = decode.decode(data, None, markup=False).text
    parts = list(_parts(source))
    entries = _entries(source, parts)
    labels = {label for label, _ in entries.values()}
    blocks: list[Block] = []
    for part in parts:
        for lines in _cut_at_entries(part, entries):
            block = _block(source, lines, entries.get(lines[0][0]), labels, len(blocks) + 1)
            if block is not None:
                blocks.append(block)
    return Manuscript("plain", tuple(blocks), source)


def _parts(source: str) -> Iterator[_Part]:
    lines: list[tuple[int, int]] = []
    for start, end in _lines(source):
        if source[start:end].strip(" \t\f\v>"):
            lines.append((start, end))
        elif lines:
            yield _Part(tuple(lines))
            lines = []
    if lines:
        yield _Part(tuple(lines))


def _lines(source: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _LINE.finditer(source):
        yield start, found.start()
        start = found.end()
    yield start, len(source)


def _entries(source: str, parts: list[_Part]) -> dict[int, tuple[str, int]]:
    """The notes and works that are numbered: where the line of each begins -> (its number, where its words begin).

    ``[3]`` at the beginning of a line is one wherever it stands; ``3.`` only below a heading that announces such a list.
    """
    found: dict[int, tuple[str, int]] = {}
    listed = False
    for part in parts:
        first = source[part.lines[0][0] : part.lines[0][1]].strip().lstrip("#").strip()
        if _LIST.fullmatch(first):
            listed = True
        for start, end in part.lines:
            entry = _ENTRY.match(source, start, end) or (_NUMBERED.match(source, start, end) if listed else None)
            if entry is not None:
                label = next(group for group in entry.groups() if group)
                found[start] = (label.translate(_RAISED), entry.end())
    return found


def _cut_at_entries(part: _Part, entries: dict[int, tuple[str, int]]) -> Iterator[tuple[tuple[int, int], ...]]:
    run: list[tuple[int, int]] = []
    for line in part.lines:
        if line[0] in entries and run:
            yield tuple(run)
            run = []
        run.append(line)
    yield tuple(run)


def _block(
    source: str, lines: tuple[tuple[int, int], ...], entry: tuple[str, int] | None, labels: set[str], paragraph: int
) -> Block | None:
    kind, note = BlockKind.PARAGRAPH, None
    heading = len(lines) == 2 and _UNDERLINE.fullmatch(source[slice(*lines[1])]) is not None
    if entry is not None:
        kind, note = BlockKind.REFERENCE, entry[0]
        lines = ((entry[1], lines[0][1]), *lines[1:])
    elif heading or _is_heading(source, lines):
        kind, lines = BlockKind.HEADING, lines[:1]
    elif all(_SET_OFF.match(source, start) for start, _ in lines):
        kind = BlockKind.QUOTE
    out = Builder()
    for number, (start, end) in enumerate(lines):
        prefix = _SET_OFF.match(source, start, end) if kind is BlockKind.QUOTE else None
        start = prefix.end() if prefix else start
        if number:
            out.put("\n", start - 1 if source[start - 1 : start] in ("\n", "\r") else None)
        _line(out, source, start, end, labels if entry is None else set())
    out.marks.extend(bare_links("".join(out.pieces), out.marks))
    return out.block(kind, paragraph, note)


def _line(out: Builder, source: str, start: int, end: int, labels: set[str]) -> None:
    """The words of a line; signs of notes that there are become marks."""
    last = start
    for sign in _SIGN.finditer(source, start, end) if labels else ():
        names = [name.strip().lstrip("^") for name in re.split("[,;]", (sign[1] or sign[2]).translate(_RAISED))]
        if not all(name in labels for name in names):
            continue
        out.put(source[last : sign.start()], last)
        if sign[1]:
            out.without_blank()
        out.marks.extend(NoteMark(out.length, name) for name in names)
        last = sign.end()
    out.put(source[last:end], last)


def _is_heading(source: str, lines: tuple[tuple[int, int], ...]) -> bool:
    if len(lines) != 1:
        return False
    words = source[slice(*lines[0])].strip()
    return words.startswith("#") or _LIST.fullmatch(words) is not None
