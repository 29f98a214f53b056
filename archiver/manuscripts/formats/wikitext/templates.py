"""What each template does to the text: notes, short references, quotations, links, and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.document import BlockKind, Link, Quoted, Unread
from archiver.manuscripts.formats.wikitext.cites import cite, short_words, short_works
from archiver.manuscripts.formats.wikitext.scan import Node
from archiver.manuscripts.formats.wikitext.silent import prints_nothing
from archiver.manuscripts.formats.wikitext.words import (
    AUTHOR,
    BRACKETED,
    LINKING,
    NAMED,
    NOTES,
    ORIGIN,
    QUOTED,
    QUOTES,
    SHORT,
    SHOWN,
    SIGNS,
    TEXT,
    is_citing,
)

if TYPE_CHECKING:
    from archiver.manuscripts.formats.wikitext.reader import Reader, Steps

_NAME = re.compile(r"\s*(?P<name>[^={}\[\]<>|]{0,60}?)\s*=")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LANGUAGE = re.compile(r"lang-[a-z-]+")
_MOST = 500


@dataclass(slots=True)
class Arguments:
    """The arguments of a template, as stretches of the file: named ones by name in lower case, the others in their order."""

    source: str
    named: dict[str, tuple[int, int]] = field(default_factory=dict)
    unnamed: list[tuple[int, int]] = field(default_factory=list)

    def words(self, *names: str | int) -> str:
        """The first of some arguments that says something, as it is written, comments left out; ``""`` where none does."""
        for name in names:
            stretch = self.find(name)
            if stretch:
                found = _COMMENT.sub("", self.source[stretch[0] : stretch[1]]).strip()
                if found:
                    return found
        return ""

    def find(self, *names: str | int) -> tuple[int, int] | None:
        """The first of some arguments that is there and not empty; a number is that of an unnamed one, counted from 1."""
        for name in names:
            if isinstance(name, str):
                stretch = self.named.get(name)
            else:
                stretch = self.named.get(str(name)) or (
                    self.unnamed[name - 1] if 0 < name <= len(self.unnamed) else None
                )
            if stretch and self.source[stretch[0] : stretch[1]].strip():
                return stretch
        return None

    @property
    def all(self) -> Iterator[tuple[int, int]]:
        """All of them, in the order of the file."""
        return iter(sorted((*self.named.values(), *self.unnamed)))


def read_arguments(source: str, node: Node) -> tuple[str, Arguments]:
    """The name of a template, in lower case with blanks, and its arguments. Of two with one name the last stands, as in a wiki."""
    first, *rest = node.parts
    name = " ".join(_COMMENT.sub("", source[first[0] : first[1]][:2000]).replace("_", " ").split()).lower()
    found = Arguments(source)
    for start, end in rest[: _MOST * 4]:
        named = _NAME.match(source, start, end)
        if named:
            found.named[named["name"].lower()] = _stripped(source, named.end(), end)
        else:
            stop = _stripped(source, start, end)[1]  # a line that ends with the argument begins no new one
            found.unnamed.append((start, stop))
    if name.startswith("#tag:"):
        return name.split("|")[0].strip(), found
    return name.removeprefix("template:").removeprefix("vorlage:").strip(), found


def _stripped(source: str, start: int, end: int) -> tuple[int, int]:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end


def template(reader: Reader, node: Node, at: int) -> None:
    """Reads a template that stands in the text."""
    name, arguments = read_arguments(reader.source, node)
    if name in SIGNS and not arguments.find(1):
        reader.draft.add(SIGNS[name], at)
        reader.at = node.after
    elif name in SHORT:
        _short(reader, node, name, arguments, at)
    elif name in NAMED:
        for stretch in arguments.unnamed[:_MOST]:
            reader.note_sign(
                reader.label(reader.source[stretch[0] : stretch[1]].strip(), arguments.words("group", "g"))
            )
        reader.at = node.after
    else:
        reader.play(_steps(reader, name, arguments, at), node.after)


def _steps(reader: Reader, name: str, arguments: Arguments, at: int) -> Steps:
    if name in NOTES:
        return _note(reader, name, arguments)
    if name in QUOTES and arguments.find(*TEXT, 1, 2):
        return _quote(reader, name, arguments)
    if name == "citation" and arguments.find(1) and not arguments.find("title", "url"):
        return _inline_quote(reader, arguments)  # the French one
    if is_citing(name) or (arguments.find(*QUOTED) and arguments.find("title", "url")):
        steps = cite(reader, arguments, at)
        return reader.aside(BlockKind.REFERENCE, reader.note, steps) if reader.muted else steps
    if name in ("qi", "qq", "quote inline", "q", '"', "tq", "talk quote inline"):
        return _inline_quote(reader, arguments)
    if name in LINKING:
        return _link(reader, arguments, at)
    if name in SHOWN or _LANGUAGE.fullmatch(name):
        return _shown(reader, arguments, SHOWN.get(name, (1,)))
    if name in BRACKETED and arguments.find(1):
        return _bracketed(reader, arguments, at)
    if not reader.muted and not prints_nothing(name, arguments.named, len(arguments.unnamed)):
        reader.draft.mark(Unread(reader.draft.length, reader.draft.length, f"{{{{{name[:40]}}}}}"))
    return reader.silently(arguments.all)


def _shown(reader: Reader, arguments: Arguments, numbers: tuple[int, ...]) -> Steps:
    for count, number in enumerate(numbers):
        stretch = arguments.find(number) if number > 0 else (arguments.unnamed[-1] if arguments.unnamed else None)
        if stretch:
            if count:
                reader.draft.add(" ", stretch[0])
            yield stretch


def _bracketed(reader: Reader, arguments: Arguments, at: int) -> Steps:
    """What the writer put into a quotation."""
    words = arguments.find(1)
    reader.draft.put("[", at)
    if words:
        yield words
    reader.draft.put("]")


def _note(reader: Reader, name: str, arguments: Arguments) -> Steps:
    label = reader.label(
        arguments.words("name"),
        arguments.words("group") or ("" if name == "#tag:ref" else "note"),
        "n" if name.startswith("efn") else "",
    )
    reader.note_sign(label)
    text = arguments.find(1, "text", "content")
    if text:
        yield from reader.aside(BlockKind.PARAGRAPH, label, iter([text]))


def _quote(reader: Reader, name: str, arguments: Arguments) -> Steps:
    """A quotation that is set off, and the line that says whose words these are."""
    first = 2 if name == "rquote" and arguments.find(2) else 1
    text = arguments.find(*TEXT, first)
    author, origin = arguments.find(*AUTHOR, first + 1), arguments.find(*ORIGIN, first + 2)
    url = web_address(arguments.words("url"))

    def steps() -> Steps:
        reader.draft.source = url
        if text:
            yield text
        if author or origin:
            reader.draft.end_line()
            reader.draft.put("— ", (author or origin or (0, 0))[0])
        if author:
            yield author
        if origin:
            if author:
                reader.draft.put(", ", origin[0])
            yield origin

    yield from reader.block(BlockKind.QUOTE, steps())


def _inline_quote(reader: Reader, arguments: Arguments) -> Steps:
    text = arguments.find(1, *TEXT)
    start, draft = reader.draft.length, reader.draft
    if text:
        yield text
    if draft is reader.draft and draft.length > start:
        draft.mark(Quoted(start, draft.length, web_address(arguments.words("url"))))


def _link(reader: Reader, arguments: Arguments, at: int) -> Steps:
    written = arguments.words("url", 1, "1")
    url = web_address(written) or (
        web_address("https://" + written) if re.fullmatch(r"[\w.-]+\.\w+(?:/\S*)?", written) else None
    )
    start = reader.draft.length
    words = arguments.find(2, "text")
    if words and not arguments.find("date"):
        yield words
    elif url and arguments.find(1):
        reader.draft.put(written, at)
    if url:
        reader.draft.mark(Link(start, reader.draft.length, url))


def _short(reader: Reader, node: Node, name: str, arguments: Arguments, at: int) -> None:
    """A short reference (``{{sfn|Smith|2020|p=3}}``): a note, or words in the line."""
    works = short_works(arguments, several=name.startswith("sfnm"))
    if SHORT[name] == "line":
        short_words(reader.draft, works, at)
    else:
        label = reader.label(repr(works), "\x00sfn", "s")
        known = label in reader.told
        reader.told.add(label)
        reader.note_sign(label)
        if not known:
            draft = reader.draft.__class__(note=label)
            short_words(draft, works, at)
            reader.assembly.add(draft)
    reader.at = node.after
