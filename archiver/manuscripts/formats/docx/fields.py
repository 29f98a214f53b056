"""Fields of Word: links, and the citations of Zotero, Mendeley, EndNote and Word itself, by their instructions."""

from __future__ import annotations

import base64
import binascii
import html
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.bibliography import Entry
from archiver.manuscripts.addresses import web_address
from archiver.manuscripts.formats import csl
from archiver.manuscripts.formats.csl import Work
from archiver.manuscripts.sourcing.pinpoints import locator_of

_LONGEST = 8 << 20
_MOST_CITES = 500
_REFERENCES = re.compile(r"\s*(?:ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography|EN\.REFLIST)|BIBLIOGRAPHY)\b")
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b")


@dataclass(frozen=True, slots=True)
class Read:
    """What a field is: a link, a citation of works, or neither. ``broken`` says that a citation could not be read."""

    url: str | None = None
    works: tuple[Work, ...] = ()
    broken: bool = False


def read_instruction(instruction: str) -> Read:
    """Reads the instruction of a field."""
    instruction = instruction[:_LONGEST]
    words = instruction.split(None, 2)
    if not words:
        return Read()
    kind = words[0].upper()
    if kind == "HYPERLINK":
        return Read(url=_hyperlink(instruction))
    if kind == "CITATION":
        return Read(works=tuple(_own(instruction)))
    if kind != "ADDIN" or len(words) < 2:
        return Read()
    if "CSL_CITATION" in instruction[:200]:
        works = csl.from_code(instruction)
        return Read(works=works or (), broken=works is None)
    if words[1].startswith("EN.CITE"):
        return Read(works=tuple(_endnote(instruction)))
    return Read()


def field_data(packed: str) -> str:
    """What a field keeps beside its instruction: EndNote's XML, in base64; ``""`` where it is anything else."""
    try:
        data = base64.b64decode("".join(packed.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    start = data.find(b"<EndNote")
    return data[start:].decode("utf-8", "replace") if start >= 0 else ""


def is_references(instruction: str) -> bool:
    """Whether a field's result is the list of works."""
    return _REFERENCES.match(instruction[:200]) is not None


def is_contents(instruction: str) -> bool:
    """Whether a field's result repeats the text: a table of contents, an index."""
    return _CONTENTS.match(instruction[:200]) is not None


def _arguments(instruction: str) -> list[str]:
    lexer = shlex.shlex(instruction[:5_000], posix=True)
    lexer.whitespace_split, lexer.escape, lexer.quotes, lexer.commenters = True, "", '"', ""
    try:
        return list(lexer)
    except ValueError:  # a quotation mark that is never closed
        return instruction[:5_000].replace('"', " ").split()


def _hyperlink(instruction: str) -> str | None:
    words = _arguments(instruction)[1:]
    address, anchor = "", ""
    while words:
        word = words.pop(0)
        if word in ("\\l", "\\o", "\\t"):
            value = words.pop(0) if words else ""
            anchor = value if word == "\\l" else anchor
        elif not word.startswith("\\") and not address:
            address = word
    return web_address(f"{address}#{anchor}" if anchor and address else address)


def _own(instruction: str) -> list[Work]:
    """``CITATION Smi20 \\l 1033 \\p 12 \\m Doe21``: tags of works of the document's own list, each with its pages."""
    found: list[list[str]] = []
    words = _arguments(instruction)[1:]
    while words:
        word = words.pop(0)
        if word in ("\\l", "\\f", "\\s", "\\v", "\\p", "\\m"):
            value = words.pop(0) if words else ""
            if word == "\\m":
                found.append([value, ""])
            elif word == "\\p" and found:
                found[-1][1] = value
        elif not word.startswith("\\") and not found:
            found.append([word, ""])
    return [Work(key, locator_of(page), Entry(key, None)) for key, page in found if key]


def _endnote(instruction: str) -> list[Work]:
    """EndNote's XML, as far as it names the work: its number in the library, author, year, title and address."""
    works = []
    for cite in _cites(html.unescape(instruction) if "&lt;" in instruction else instruction):
        number, author, year = _value(cite, "RecNum"), _value(cite, "Author"), _value(cite, "Year")
        key = f"endnote-{number}" if number else f"{author}{year}"
        item: dict[str, object] = {
            "id": key,
            "title": _value(cite, "title"),
            "author": [{"literal": author}],
            "issued": {"raw": year},
        }
        urls = re.findall(r"<url>\s*(?:<style[^>]*>)?([^<]+)", cite)
        item["URL"] = next(filter(None, map(web_address, map(html.unescape, urls))), None)
        item["DOI"] = _value(cite, "electronic-resource-num")
        kept = {name: value for name, value in item.items() if value}
        if key:
            works.append(Work(key, locator_of(_value(cite, "Pages") or _value(cite, "Suffix")), csl.entry(key, kept)))
    return works


def _cites(source: str) -> Iterator[str]:
    """What stands in each ``<Cite>``; one that is never closed ends the search, not begins it again."""
    at = 0
    for _ in range(_MOST_CITES):
        start = source.find("<Cite>", at)
        end = source.find("</Cite>", start)
        if start < 0 or end < 0:
            return
        yield source[start + len("<Cite>") : end]
        at = end


def _value(source: str, name: str) -> str:
    found = re.search(rf"<{name}>(?:\s*<style[^>]*>)?([^<]*)", source)
    return html.unescape(found[1]).strip() if found else ""
