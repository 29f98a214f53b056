"""Quotations by the markup's word: csquotes' commands, and quotations that are set off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.latex import cites as latexcites
from archiver.manuscripts.formats.latex.arguments import Argument
from archiver.manuscripts.formats.latex.words import CITED_QUOTES

if TYPE_CHECKING:
    from archiver.manuscripts.formats.drafting import Draft
    from archiver.manuscripts.formats.latex.reader import Reader


@dataclass(slots=True, eq=False)
class Open:
    """A quotation that is open."""

    draft: Draft
    start: int
    key: str | None = None
    url: str | None = None
    locator: str | None = None
    inner: bool = False  # within another one, whose words have marks here


def quote(reader: Reader, name: str, at: int) -> None:
    """csquotes: the quotation, and its citation behind it."""
    shape = CITED_QUOTES[name]
    arguments = reader.arguments
    position = reader.at
    if "l" in shape:
        position = arguments.past(position, "m")
    note: Argument | None = None
    works: latexcites.Cited | None = None
    if "oo" in shape:
        note = arguments.optional(position)
        position = note.after if note else position
    elif "c" in shape:
        works = latexcites.one(arguments, position)
        position = works.after if works else position
    if "T" in shape:
        position = arguments.past(position, "o")
    inside = arguments.group(position)
    if inside is None:
        reader.at = position
        return
    named = works.works[-1] if works else only_key(reader, note)
    opened = reader.open_quote(named, only_address(reader, note), at)

    def done() -> None:
        reader.close_quote(opened, inside.end)
        if works:
            reader.cite(works.works, at, textual=False)

    if note:
        after, argument = inside.after, note

        def with_note() -> None:
            done()
            reader.draft.add(" ")
            reader.inserted(argument, after)

        reader.group_then(inside, with_note)
    else:
        reader.group(inside, done)


def only_key(reader: Reader, note: Argument | None) -> tuple[str, str | None] | None:
    """The work that the citation of a quotation names, if it names one."""
    if note is None:
        return None
    found = [
        cited
        for command in re.finditer(r"\\([a-zA-Z]+)", reader.arguments.words(note)[:2000])
        if latexcites.is_citing(command[1])
        and (cited := latexcites.cited(reader.arguments, command[1], note.start + command.end()))
    ]
    works = [work for cited in found for work in cited.works]
    return works[0] if len(works) == 1 else None


def only_address(reader: Reader, note: Argument | None) -> str | None:
    words = reader.arguments.words(note)[:2000] if note else ""
    found = {url for match in re.finditer(r"\\(?:url|href)\s*\{([^{}]*)\}", words) if (url := web_address(match[1]))}
    return found.pop() if len(found) == 1 else None


def displayed(reader: Reader, name: str, until: int, at: int) -> None:
    """A quotation that is set off. What csquotes is told of its source is behind its last words."""
    arguments = reader.arguments
    if "foreign" in name or "hyphen" in name:
        reader.at = arguments.past(reader.at, "m")
    note: Argument | None = None
    works: latexcites.Cited | None = None
    if name.endswith("cquote"):
        works = latexcites.one(arguments, reader.at)
        reader.at = arguments.past(works.after if works else reader.at, "o")
    elif name.endswith("displayquote") or name == "quoting":
        note = arguments.optional(reader.at)
        reader.at = arguments.past(note.after if note else reader.at, "o")
    named = works.works[-1] if works else only_key(reader, note)
    reader.open_environment(until, BlockKind.QUOTE, source=named[0] if named else only_address(reader, note))
    if works or note:
        frame = reader.frames[-1]
        done = frame.done

        def with_source() -> None:
            if works:
                reader.cite(works.works, at, textual=False)
                done()
            elif note:
                after = max(reader.at, until)
                reader.draft.end_line()
                reader.inserted_then(note, after, done)

        frame.done = with_source


def ellipsis(reader: Reader, name: str, at: int) -> None:
    """csquotes' marks of what was left out and put in."""
    inside = reader.arguments.group(reader.at)
    if inside is None:
        return
    if name == "textdel":
        reader.at = inside.after
        return
    reader.draft.put(
        "[… " if name == "textelp" and inside.end > inside.start else "[…" if name == "textelp" else "[", at
    )
    reader.group(inside, lambda: reader.draft.put("]"))


def epigraph(reader: Reader, _name: str, _at: int) -> None:
    """``\\epigraph{words}{whose they are}``: a quotation that is set off, and the line under it."""
    words = reader.arguments.group(reader.at)
    line = reader.arguments.group(words.after) if words else None
    if words is None or line is None:
        return
    whose = line
    reader.open_environment(whose.end, BlockKind.QUOTE)
    reader.at = words.start

    def between() -> None:
        reader.draft.end_line()
        reader.draft.put("— ", whose.start)
        reader.at = max(reader.at, whose.start)

    reader.begin(words.end, between)
