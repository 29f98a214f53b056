"""Which reader reads a manuscript: by the ending of its name, by its first bytes where that says nothing."""

from __future__ import annotations

import codecs
import importlib
import re
from dataclasses import replace
from pathlib import PurePath

from archiver.errors import InputError
from archiver.manuscripts.document import Block, BlockKind, Manuscript
from archiver.manuscripts.sourcing.authoryear import with_author_years

ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".qmd": "markdown", ".rmd": "markdown", ".mdown": "markdown",
    ".txt": "plain", ".text": "plain",
    ".tex": "latex", ".ltx": "latex",
    ".docx": "docx", ".odt": "odt",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".wikitext": "wikitext", ".wiki": "wikitext", ".mediawiki": "wikitext",
}  # fmt: skip
"""Endings of names, lower case, and the module that reads such a file."""

MAX_BYTES = 256 * 1024 * 1024
"""A longer file is no manuscript that somebody wrote."""

_CONTROLS = bytes(
    {*range(32), 127} - set(b"\t\n\f\r\v\x1a\x1b\x0e\x0f")
)  # the last three steer charsets, or end old files
_STRAY, _STRAY_SHARE = 4, 200  # more than four, and more than one in two hundred bytes
_ZIP = b"PK\x03\x04"
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
_DOCUMENTS = (".doc", ".dot", ".rtf", ".pages", ".wpd", ".sxw")
_PDF = b"%PDF-"
_WORKS = re.compile(
    r"(?:(?:list of )?(?:references?|bibliography|works cited|literature(?: cited)?|sources?)"
    r"|literatur(?:verzeichnis|nachweise|angaben)?|quellen(?:verzeichnis|angaben)?|bibliographie|bibliografie"
    r"|références(?: bibliographiques)?|sources?|referencias(?: bibliográficas)?|bibliografía|referências(?: bibliográficas)?"
    r"|bibliografia|riferimenti(?: bibliografici)?|literatuur(?:lijst)?|bronnen|källor|litteratur|kilder|参考文献|引用文献|참고 ?문헌"
    r"|список литературы|литература|источники)\s*:?",
    re.IGNORECASE,
)


def is_manuscript(name: str) -> bool:
    """True where the ending of the name says that one of the readers reads it."""
    return PurePath(name).suffix.lower() in ENDINGS


def format_of(name: str, data: bytes) -> str:
    """The module that reads it. Raises InputError where neither name nor bytes say what it is."""
    known = ENDINGS.get(PurePath(name).suffix.lower())
    if known is not None:
        return known
    if PurePath(name).suffix.lower() in _SPREADSHEETS:
        raise InputError(
            f"{name} is no table and no manuscript that can be checked: save the spreadsheet as CSV, with the columns url and quote."
        )
    if data.startswith(_ZIP):
        return "odt" if b"opendocument.text" in data[:200] else "docx"
    head = data[:2000].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if b"\\documentclass" in head or b"\\begin{document}" in head:
        return "latex"
    ending = PurePath(name).suffix.lower()
    if ending in _DOCUMENTS or data.startswith(_PDF):
        what = "give the file that the PDF was made from" if data.startswith(_PDF) else "save it as .docx or .odt"
        raise InputError(f"{name} is no table and no manuscript that can be checked: {what}.")
    raise InputError(
        f"{name} is no table and no manuscript that can be checked: give one of {', '.join(('.jsonl', '.csv', *ENDINGS))}."
    )


def read_manuscript(name: str, data: bytes) -> Manuscript:
    """Reads a manuscript. What cannot be read of it is in its ``troubles``; raises InputError where nothing of it can be read."""
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} has more than {MAX_BYTES // 2**20} MiB; check it in parts.")
    form = format_of(name, data)
    if form not in ("docx", "odt"):
        _refuse_bytes(name, data)
    module = importlib.import_module(f"archiver.manuscripts.formats.{form}")
    manuscript: Manuscript = module.read(data, name)
    return with_author_years(replace(manuscript, blocks=_with_references(manuscript.blocks)))


def _refuse_bytes(name: str, data: bytes) -> None:
    """Raises InputError for a file that is no text: it has control characters that no text has, but for a stray one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    stray = len(data) - len(data.translate(None, _CONTROLS))
    if stray > _STRAY and stray * _STRAY_SHARE > len(data):
        what = "UTF-16 that lost its mark, or another kind of file" if b"\x00" in data else "another kind of file"
        raise InputError(
            f"{name} is no plain text ({stray:,} control characters: {what}); if it is text, save it as UTF-8."
        )


def _with_references(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What stands under a heading such as "References" is a list of works, whatever the format calls it: titles in it are no quotations."""
    made, inside = [], False
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            inside = _WORKS.fullmatch(re.sub(r"^[\d.]+\s*", "", block.text.strip())) is not None
        elif inside and block.note is None and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            block = replace(block, kind=BlockKind.REFERENCE)
        made.append(block)
    return tuple(made)
