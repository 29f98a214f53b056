"""What LaTeX's environments make of the text in them, and the list of works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.bibliography import Entry
from archiver.manuscripts.document import BlockKind
from archiver.manuscripts.formats.latex.quotes import displayed
from archiver.manuscripts.formats.latex.words import (
    ENVIRONMENT_ARGUMENTS,
    GONE,
    LISTS,
    MATHEMATICS,
    QUOTES,
    TABLES,
    VERBATIM,
)

if TYPE_CHECKING:
    from archiver.manuscripts.formats.latex.reader import Reader


def environment(reader: Reader, edge: str, at: int) -> None:
    """``\\begin`` or ``\\end``: what an environment makes of the text in it."""
    named = reader.arguments.group(reader.at)
    if named is None:
        return
    name = reader.arguments.words(named)
    reader.at = named.after
    if edge == "end":
        return
    end = reader.scan.ends.get(at)
    until = reader.scan.paragraph_end(reader.past_blank(reader.at)) if end is None else end
    if name in GONE or name in VERBATIM or name in MATHEMATICS:
        _raw(reader, name, until)
    elif name in QUOTES:
        displayed(reader, name, until, at)
    elif name in TABLES:
        reader.at = reader.arguments.past(reader.at, TABLES[name])
        reader.open_environment(until, BlockKind.CELL)
    elif name in LISTS or name == "thebibliography":
        reader.at = reader.arguments.past(reader.at, ENVIRONMENT_ARGUMENTS.get(name, "o"))
        kind = BlockKind.REFERENCE if name == "thebibliography" else BlockKind.ITEM
        reader.open_environment(until, kind, (lambda: bibitem_end(reader)) if name == "thebibliography" else None)
    else:
        reader.end_paragraph()
        option = reader.arguments.optional(reader.at, adjacent=True)
        shape = ENVIRONMENT_ARGUMENTS.get(name)
        reader.at = reader.arguments.past(reader.at, shape) if shape else option.after if option else reader.at
        reader.open_environment(until, reader.kinds[-1])


def _raw(reader: Reader, name: str, until: int) -> None:
    """Code, a formula or a drawing: a formula stands in its sentence, code is a block of its own."""
    start = reader.at
    after = until + len(name) + 6 if reader.source.startswith("\\end", until) else until
    if name in GONE:
        reader.at = after
    elif name in MATHEMATICS:
        reader.opaque(start, until, after)
        reader.draft.add(" ")
    else:
        reader.end_paragraph()
        reader.opaque(reader.past_blank(start), until, after)
        reader.end_paragraph()


def bibitem(reader: Reader, _name: str, at: int) -> None:
    bibitem_end(reader)
    position = reader.arguments.past(reader.at, "o")
    key = reader.arguments.group(position)
    if key:
        reader.at = key.after
        reader.begin_reference(reader.arguments.words(key).strip(), at)


def bibitem_end(reader: Reader) -> None:
    """An entry of the list of works ends here."""
    reader.end_paragraph()
    if not reader.references:
        return
    entry = reader.references.pop()
    words = " ".join(filter(None, entry.words))
    url = next(iter(entry.urls), None)
    item: dict[str, object] = {"id": entry.key, "type": "document", "note": words}
    if url:
        item["URL"] = url
    reader.entries.setdefault(entry.key, Entry(entry.key, url, item, reader.scan.line(entry.at)))
