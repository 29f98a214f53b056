"""Lists of URLs: one a line, blank lines and lines that begin with ``#`` left out; or a table with a column of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver import urls
from archiver.bulk.columns import Cell, column_of_addresses
from archiver.digests import Digest
from archiver.errors import InputError
from archiver.plaintext import read_text

_LINE_END = re.compile(r"\r\n|\n|\r")  # and not what else Unicode calls one, such as U+2028 within an address
_ZIP = b"PK\x03\x04"
_SECOND = re.compile(r"\s(?:https?|ftp)://", re.IGNORECASE)
"""Where a second address begins: a parser would take it for a part of the first, and ask for what nobody meant."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A URL of a list and the line (from 1) on which it stands; 0 for one that was named by itself."""

    url: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is no URL, and why."""

    text: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class UrlList:
    """What a list holds: each URL once, in order, and the lines that are none. ``digest`` names the list for resuming.

    ``repeated`` is how many lines name a URL again, ``given`` the SHA-256 of the bytes that were handed in (hex; empty where nobody asked).
    """

    wanted: tuple[Wanted, ...]
    refused: tuple[Refused, ...]
    digest: str
    repeated: int = 0
    given: str = ""


def read_list(data: bytes, name: str = "") -> UrlList:
    """Reads a list in UTF-8 or, as PowerShell writes it, UTF-16 with its mark; raises InputError where it is no text.

    A file whose ``name`` ends in .csv or .tsv, and text whose first line names a column ``url``, is a table: see `column_of_addresses`.
    """
    if data.startswith(_ZIP):
        raise InputError(
            "The list of URLs is a zip file, as spreadsheets and documents are, and no text; save it as CSV."
        )
    text = read_text("The list of URLs", data, name)
    column = column_of_addresses(name, text)
    wanted: dict[str, Wanted] = {}
    refused: list[Refused] = []
    named = 0
    for cell in _lines(text) if column is None else column:
        try:
            if cell.why is not None:
                raise InputError(cell.why)
            if _SECOND.search(cell.text):
                shown = " ".join(urls.for_display(part, 80) for part in cell.text.split()[:4])
                raise InputError(f"'{shown}' is two addresses or more; give each a line of its own.")
            parsed = urls.parse_page(cell.text)
        except InputError as error:
            refused.append(Refused(cell.text, cell.line, str(error)))
            continue
        named += 1
        wanted.setdefault(parsed.href, Wanted(cell.text, cell.line))
    digest = Digest.of("\n".join(wanted).encode()).hex
    return UrlList(tuple(wanted.values()), tuple(refused), digest, named - len(wanted), Digest.of(data).hex)


def _lines(text: str) -> Iterable[Cell]:
    numbered: Iterator[tuple[int, str]] = enumerate((raw.strip() for raw in _LINE_END.split(text)), 1)
    return (Cell(line, number) for number, line in numbered if line and not line.startswith("#"))
