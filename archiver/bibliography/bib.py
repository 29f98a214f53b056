"""``.bib`` files, of BibTeX and of biblatex: their entries with macros put in and inherited fields filled in.

bibtexparser splits the file; what a value means (``@string``, ``#``, ``crossref``, ``xdata``) is said here, with bounds, since a few lines of
``@string`` that stand on one another are a gigabyte when they are put in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from archiver.bibliography.bibcomments import without_comments
from archiver.bibliography.bibfields import Values, csl_item
from archiver.bibliography.entry import Entry
from archiver.bibliography.latex import Budget
from archiver.bibliography.needs import needing
from archiver.bibliography.works import Trouble, Work, shown

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 1 << 20  # characters of one value, once macros are put in
_LONGEST_ALL = 64 << 20  # characters of all values of a file that macros are put into
_MOST_INHERITED = 1_000_000  # fields that the entries of a file have from others
_LONGEST_INHERITED = 64 << 20  # characters of these
_MORE_LATEX = 1 << 19  # characters of LaTeX that macros and inheritance may make of a file, beyond its own
_LONGEST_CHAIN = 1000  # entries that stand on one another
_NO_WORKS = frozenset(
    {"xdata", "set", "control", "xmpdata"}
)  # entries that only others refer to, or that steer a program
# what a chapter does not have from the book that it is in: its key, and where it can be read
_NOT_INHERITED = frozenset({
    "ids", "crossref", "xref", "xdata", "entryset", "execute", "label", "options", "presort", "related", "relatedtype", "shorthand", "sortkey",
    "sortname", "sorttitle", "url", "urldate", "doi", "eprint", "eprinttype", "eprintclass", "archiveprefix", "howpublished", "pages", "file",
    "abstract", "archiveurl", "archivedate", "archivehash", "note", "annotation",
})  # fmt: skip
_ADDRESSES = frozenset(("url", "doi", "eprint", "howpublished"))
_IN_BOOKS = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_IN_PERIODICALS = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_PARTS_OF_BOOKS = frozenset(
    {"incollection", "inproceedings", "conference", "inbook", "bookinbook", "suppbook", "inreference", "suppcollection"}
)


@dataclass(slots=True)
class Raw:
    """An entry as it stands in the file: its type and fields in lower case, values with macros put in, LaTeX as it is."""

    type: str
    key: str
    fields: dict[str, str]
    line: int
    start: int
    end: int
    complete: bool = field(default=False)


class _Macros(dict[str, str]):
    """The macros of a file, by name; ``left`` is how many characters may yet be put in of them."""

    left = _LONGEST_ALL


@dataclass(slots=True)
class _Inheriting:
    """``left`` is how many fields may yet be inherited in a file, ``characters`` how many characters of them."""

    left: int
    characters: int
    told: bool = False


def read_bib(text: str) -> tuple[tuple[Work, ...], tuple[Trouble, ...]]:
    """The works of a ``.bib`` file, and its faults."""
    troubles: list[Trouble] = []
    raws = list(raw_entries(text, troubles))
    by_key: dict[str, Raw] = {}
    for raw in raws:
        by_key.setdefault(raw.key.lower(), raw)
    works = []
    inheriting = _Inheriting(_MOST_INHERITED, _LONGEST_INHERITED)
    budget = Budget(len(text) + _MORE_LATEX)
    values = Values(budget)
    for raw in raws:
        _inherit(raw, by_key, troubles, inheriting)
        if raw.type in _NO_WORKS:
            continue
        spent = budget.left < 0
        url, item = csl_item(raw.type, raw.key, raw.fields, values)
        if budget.left < 0 and not spent:
            troubles.append(
                Trouble(
                    "The LaTeX of this file is too long once its macros are put in; from here on it is read without its commands.",
                    raw.line,
                )
            )
        aliases = tuple(alias.strip() for alias in raw.fields.get("ids", "").split(",") if alias.strip())
        works.append(Work(Entry(raw.key, url, item, raw.line), raw.start, raw.end, aliases))
    return tuple(works), tuple(troubles)


def raw_entries(text: str, troubles: list[Trouble]) -> Iterator[Raw]:
    """The entries in the file's order; what cannot be read is told in ``troubles``."""
    text = without_comments(text)
    library, model = _split(text)
    strings = _Macros((name, name.capitalize()) for name in _MONTHS)  # what every BibTeX style defines
    begins = [0, *(found.end() for found in re.finditer("\n", text))]
    at = 0
    for block in library.blocks:
        raw: str = block.raw or ""
        line = (block.start_line or 0) + 1
        start = text.find(raw, max(at, begins[line - 1]))
        # the next block may begin within one that could not be read
        at = start + (1 if isinstance(block, model.ParsingFailedBlock) else len(raw))
        inner = block
        if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
            inner = block.ignore_error_block
            if isinstance(inner, model.DuplicateFieldKeyBlock):
                inner = inner.ignore_error_block
        if isinstance(inner, model.Entry) and not inner.key:
            troubles.append(Trouble("This entry has no key and cannot be cited; give it one.", line))
        if isinstance(inner, model.Entry):
            yield _raw(inner, strings, line, start, start + len(raw), troubles)
        elif isinstance(inner, model.String):
            strings[inner.key.lower()] = _value(str(inner.value), strings, line, troubles)
        elif isinstance(block, model.ParsingFailedBlock):
            name = shown(raw.partition("\n")[0])
            troubles.append(
                Trouble(
                    f"The entry that begins with {name} cannot be read: a brace, quotation mark or comma is missing.",
                    line,
                    lost=True,
                )
            )


def _split(text: str) -> tuple[Any, ModuleType]:
    with needing("bibtexparser"):
        from bibtexparser import model
        from bibtexparser.splitter import Splitter
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # its warnings are our troubles
    return Splitter(text).split(), model


def _raw(entry: Any, strings: _Macros, line: int, start: int, end: int, troubles: list[Trouble]) -> Raw:
    fields: dict[str, str] = {}
    for item in entry.fields:
        # what stands before the name is a comment, in files of people who know LaTeX
        name, where = str(item.key).rpartition("\n")[2].strip().lower(), (item.start_line or 0) + 1
        value = _value(str(item.value), strings, where, troubles)
        if name in fields:
            troubles.append(
                Trouble(f"The entry {shown(entry.key)} has the field {shown(name)} twice; the first one counts.", where)
            )
        fields.setdefault(name, value)
    return Raw(str(entry.entry_type).lower(), str(entry.key), fields, line, start, end)


def _value(raw: str, strings: _Macros, line: int, troubles: list[Trouble]) -> str:
    """A value with its braces or quotation marks off, macros put in, and parts that ``#`` joins put together."""
    parts, length = [], 0
    for part in _parts(raw):
        if part[:1] in ("{", '"'):
            words = part[1:-1] if len(part) > 1 else ""
        elif part.isdigit():
            words = part
        else:
            words = strings.get(part.lower(), part)
            strings.left -= len(words)
            if strings.left < 0:
                if strings.left + len(words) >= 0:
                    troubles.append(
                        Trouble(
                            "The macros of this file are too long when they are put in; from here on they stay as names.",
                            line,
                        )
                    )
                words = part
            if part and part.lower() not in strings:
                troubles.append(
                    Trouble(f"{shown(part)} is no number and no @string of this file; it is taken for a word.", line)
                )
        length += len(words)
        if length > _LONGEST:
            troubles.append(
                Trouble("A value is longer than a million characters once its macros are put in; it is cut.", line)
            )
            break
        parts.append(words)
    return "".join(parts)


def _parts(raw: str) -> Iterator[str]:
    """The parts of a value between those ``#`` that stand in neither braces nor quotation marks."""
    depth, quoted, begin, escaped = 0, False, 0, False
    for at, sign in enumerate(raw):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield raw[begin:at].strip()
            begin = at + 1
    yield raw[begin:].strip()


def _inherit(raw: Raw, by_key: Mapping[str, Raw], troubles: list[Trouble], inheriting: _Inheriting) -> None:
    """Fills in the fields of ``xdata`` and ``crossref``, those of these first; one that leads in a circle is told once and left."""
    chain, within = [(raw, iter(_parents(raw)))], {id(raw)}
    while (
        chain
    ):  # down to where nothing is inherited any more; a loop, since a file may have a thousand of them in a row
        here, names = chain[-1]
        following = None
        if not here.complete and len(chain) < _LONGEST_CHAIN:
            parents = (by_key.get(name.lower()) for name in names)
            waiting = (parent for parent in parents if parent is not None and not parent.complete)
            following = next((parent for parent in waiting if id(parent) not in within), None)
        if following is not None:
            chain.append((following, iter(_parents(following))))
            within.add(id(following))
            continue
        _fill(here, by_key, troubles, inheriting)
        chain.pop()
        within.discard(id(here))


def _parents(raw: Raw) -> list[str]:
    names = [name.strip() for name in raw.fields.get("xdata", "").split(",")] + [raw.fields.get("crossref", "").strip()]
    return [name for name in names if name]


def _fill(raw: Raw, by_key: Mapping[str, Raw], troubles: list[Trouble], inheriting: _Inheriting) -> None:
    if raw.complete:
        return
    raw.complete = True
    crossref = raw.fields.get("crossref", "").strip()
    for name in _parents(raw):
        parent = by_key.get(name.lower())
        if parent is None or parent is raw:
            troubles.append(
                Trouble(f"The entry {shown(raw.key)} refers to {shown(name)}, which this file does not hold.", raw.line)
            )
            continue
        inherited = _inherited(raw, parent, is_whole=name == crossref)
        inheriting.left -= len(parent.fields)
        inheriting.characters -= sum(map(len, inherited.values()))
        if inheriting.left < 0 or inheriting.characters < 0:
            if not inheriting.told:
                troubles.append(
                    Trouble("The entries of this file inherit too many fields; from here on none are.", raw.line)
                )
            inheriting.told = True
            return
        raw.fields |= inherited


def _inherited(raw: Raw, parent: Raw, *, is_whole: bool) -> dict[str, str]:
    """What an entry has from another; ``is_whole``: its ``crossref`` names that one."""
    found: dict[str, str] = {}
    as_is = not is_whole or parent.type == "xdata"
    for other, value in parent.fields.items():
        if other not in (("ids", "xdata") if as_is else _NOT_INHERITED):
            called = other if as_is else _inherited_as(raw.type, parent.type, other)
            if called not in raw.fields:
                found.setdefault(called, value)
    # where it has none of its own, it is read where its whole is
    if is_whole and not any(other in raw.fields or other in found for other in _ADDRESSES):
        found |= {other: value for other, value in parent.fields.items() if other in ("url", "urldate")}
    return found


def _inherited_as(child: str, parent: str, name: str) -> str:
    """What a field of a book is called in its chapter (biblatex manual, appendix B)."""
    if child in _PARTS_OF_BOOKS and parent != child:
        return _IN_BOOKS.get(name, name)
    if child in ("article", "suppperiodical") and parent in ("periodical", "journal"):
        return _IN_PERIODICALS.get(name, name)
    return name
