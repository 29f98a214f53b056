"""What each command of LaTeX does to the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import BlockKind, Link
from archiver.manuscripts.formats.drafting import Draft
from archiver.manuscripts.formats.latex import cites as latexcites
from archiver.manuscripts.formats.latex.environments import bibitem, environment
from archiver.manuscripts.formats.latex.own import DEFINING, SILENT, definition_at
from archiver.manuscripts.formats.latex.quotes import ellipsis, epigraph, quote
from archiver.manuscripts.formats.latex.signs import ACCENTS
from archiver.manuscripts.formats.latex.words import (
    ARGUMENTS,
    ASIDE_FILES,
    BIBLIOGRAPHIES,
    CAPTIONS,
    CITED_QUOTES,
    HEADINGS,
    NOTES,
)

if TYPE_CHECKING:
    from archiver.manuscripts.formats.latex.reader import Reader

_STEPS = {
    "footnote": "",
    "endnote": "e",
    "thanks": "t",
    "tablefootnote": "",
    "sidenote": "s",
    "footnotetext": "",
    "endnotetext": "e",
}


def command(reader: Reader, written: str, at: int) -> None:
    """Reads the command that begins at ``at`` and has been read up to its name."""
    name = written.rstrip("*")
    if name not in reader.own.words:
        name = reader.own.same.get(name) or reader.preamble.same.get(name, name)
    if reader.words(name, at):
        return
    does = _DOES.get(name)
    if does:
        does(reader, name, at)
    elif latexcites.is_citing(name):
        _cite(reader, name, at)
    else:
        _other(reader, name)


def _other(reader: Reader, name: str) -> None:
    """A command of which only its arguments matter, or not even these."""
    if name in BIBLIOGRAPHIES:
        reader.at = reader.arguments.past(reader.at, "om")
    elif name in ARGUMENTS:
        reader.at = reader.arguments.past(reader.at, ARGUMENTS[name])
    else:
        bare = not reader.source.startswith("{", reader.at) or reader.source.startswith("{}", reader.at)
        option = reader.arguments.optional(reader.at, adjacent=True)
        if name in reader.own.odd or (bare and not option and name not in SILENT and "@" not in name):
            reader.unread(name)
        if option:
            reader.at = option.after
        elif not reader.source.startswith("{", reader.at):
            reader.at = reader.arguments.past(reader.at, "")
            while reader.source[reader.at : reader.at + 1] in (" ", "\t"):
                reader.at += 1


def _cite(reader: Reader, name: str, at: int) -> None:
    found = latexcites.cited(reader.arguments, name, reader.at)
    if found is None:
        return
    reader.at = found.after
    if not name.lower().startswith(("foot", "smart")):
        reader.cite(found.works, at, textual=latexcites.is_textual(name))
        return
    label = reader.next_note("", "")
    reader.note_sign(label)
    draft = Draft(note=label)
    saved, reader.draft = reader.draft, draft
    reader.cite(found.works, at, textual=True)
    reader.assembly.add(draft)
    reader.draft = saved


def _note(reader: Reader, name: str, at: int) -> None:
    number = reader.arguments.optional(reader.at)
    inside = reader.arguments.group(number.after if number else reader.at)
    if inside is None:
        reader.scan.trouble("notes", f"\\{name} has no text", at)
        return
    if name.endswith("text"):
        label = (
            reader.marked.pop(0) if reader.marked else reader.next_note(_STEPS[name], reader.arguments.words(number))
        )
    else:
        label = reader.next_note(_STEPS[name], "")
        reader.note_sign(label)
    reader.aside(inside, BlockKind.PARAGRAPH, label)


def _link(reader: Reader, name: str, at: int) -> None:
    if name == "href":
        option = reader.arguments.optional(reader.at)
        reader.at = option.after if option else reader.at
    address = reader.arguments.group(reader.at)
    if address is None:
        _code(reader, name, at)
        return
    url = web_address(reader.arguments.address(address)) if name != "hyperlink" else None
    reader.at = address.after
    start = reader.draft.length
    if name in ("url", "nolinkurl"):
        reader.draft.put(reader.arguments.address(address), address.start)
        if url:
            reader.draft.mark(Link(start, reader.draft.length, url))
        return
    inside = reader.arguments.group(reader.at)
    if inside is None:
        return
    draft = reader.draft

    def done() -> None:
        if url and reader.draft is draft:
            draft.mark(Link(start, draft.length, url))
        elif url:
            reader.draft.mark(Link(0, reader.draft.length, url))

    reader.group(inside, done)


def _apart(reader: Reader, name: str, _at: int) -> None:
    position = reader.arguments.past(reader.at, "m" if name == "captionof" else "")
    inside = reader.arguments.group(reader.arguments.past(position, "o"))
    if inside is None:
        return
    if name in HEADINGS:
        reader.end_paragraph()
    reader.aside(inside, BlockKind.CAPTION if name in CAPTIONS else BlockKind.HEADING, reader.note)


def _item(reader: Reader, _name: str, _at: int) -> None:
    reader.end_paragraph()
    label = reader.arguments.optional(reader.at)
    if label:
        reader.inserted(label, label.after)


def _code(reader: Reader, name: str, at: int) -> None:
    """Code in the line: between braces, or between two of whatever sign follows the name."""
    source = reader.source
    position = reader.arguments.past(reader.at, "om" if name == "mintinline" else "o")
    inside = reader.arguments.group(position) if not source.startswith("|", position) else None
    if inside:
        reader.opaque(inside.start, inside.end, inside.after)
        return
    sign = source[position : position + 1]
    end = source.find(sign, position + 1, position + 1001) if sign else -1
    if end < 0 or "\n" in source[position:end]:
        reader.scan.trouble("code", f"\\{name} has no end in its line", at)
        return
    start = reader.draft.length
    reader.opaque(position + 1, end, end + 1)
    url = web_address(source[position + 1 : end]) if name == "url" else None
    if url:
        reader.draft.mark(Link(start, reader.draft.length, url))


def _file(reader: Reader, name: str, at: int) -> None:
    after = reader.arguments.past(reader.at, ASIDE_FILES[name])
    written = reader.source[reader.at : after].replace("}{", "/").strip("{} \n")[:120]
    reader.at = after
    reader.scan.trouble("files", f"\\{name} takes in {written}, which is not read here: check that file too", at)


def _mark(reader: Reader, name: str, _at: int) -> None:
    """The sign of a note whose text stands elsewhere."""
    number = reader.arguments.optional(reader.at)
    reader.at = number.after if number else reader.at
    reader.marked.append(reader.next_note(_STEPS[name[:-4]], reader.arguments.words(number)))
    reader.note_sign(reader.marked[-1])


def _paragraph(reader: Reader, _name: str, _at: int) -> None:
    reader.end_paragraph()


def _line(reader: Reader, _name: str, _at: int) -> None:
    reader.draft.end_line()


def _define(reader: Reader, name: str, _at: int) -> None:
    found = definition_at(reader.source, reader.arguments, reader.at)
    if found is not None:
        reader.own.define(found, reader.shown)
        reader.at = found.after
    elif name in ARGUMENTS:
        reader.at = reader.arguments.past(reader.at, ARGUMENTS[name])


def _replaced(reader: Reader, _name: str, _at: int) -> None:
    """``\\replaced{new}{old}`` of the package changes: what stands there now."""
    option = reader.arguments.optional(reader.at)
    new = reader.arguments.group(option.after if option else reader.at)
    old = reader.arguments.group(new.after) if new else None
    if new is not None:
        reader.inserted(new, old.after if old else new.after)


def _never(reader: Reader, _name: str, at: int) -> None:
    """``\\iffalse``: what stands up to its ``\\else`` or ``\\fi`` is not printed."""
    end = reader.conditions.end(at)
    if end is not None and end <= reader.end:
        reader.at = end
        return
    reader.scan.trouble("conditions", "\\iffalse has no \\fi", at)


def _accent(reader: Reader, name: str, at: int) -> None:
    reader.accent(name, at)


def _name_place(reader: Reader, _name: str, _at: int) -> None:
    """A label in a note is a name of it."""
    found = reader.arguments.group(reader.at)
    if found:
        reader.at = found.after
        if reader.note is not None:
            reader.own.places.setdefault(reader.source[found.start : found.end].strip(), reader.note)


def _number(reader: Reader, _name: str, at: int) -> None:
    """The number of a note that stood before: ``supra note~\\ref{fn:smith}``. Other numbers are not counted here."""
    found = reader.arguments.group(reader.at)
    if found:
        reader.at = found.after
        label = reader.own.places.get(reader.source[found.start : found.end].strip())
        if label is not None:
            reader.draft.put(label.lstrip("est"), at)


_DOES: dict[str, Callable[[Reader, str, int], None]] = {
    "begin": environment,
    "end": environment,
    "item": _item,
    "bibitem": bibitem,
    "epigraph": epigraph,
    **dict.fromkeys(CITED_QUOTES, quote),
    **dict.fromkeys(NOTES, _note),
    **dict.fromkeys(("footnotemark", "endnotemark"), _mark),
    **dict.fromkeys(("href", "url", "nolinkurl", "hyperlink"), _link),
    **dict.fromkeys(HEADINGS | CAPTIONS, _apart),
    **dict.fromkeys(("par", "bigskip", "medskip", "smallskip", "tabularnewline"), _paragraph),
    **dict.fromkeys(("newline", "linebreak"), _line),
    **dict.fromkeys(("verb", "lstinline", "mintinline", "code", "path", "ce", "ensuremath"), _code),
    **dict.fromkeys(ASIDE_FILES, _file),
    **dict.fromkeys(("textelp", "textins", "textdel"), ellipsis),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(DEFINING, _define),
    "label": _name_place,
    "ref": _number,
    "replaced": _replaced,
    "iffalse": _never,
}
