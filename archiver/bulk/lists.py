"""Lists of URLs: one a line, blank lines and lines that begin with ``#`` left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archiver import urls
from archiver.digests import Digest
from archiver.errors import InputError
from archiver.plaintext import read_text

_LINE_END = re.compile(r"\r\n|\n|\r")  # and not what else Unicode calls one, such as U+2028 within an address


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


def read_list(data: bytes) -> UrlList:
    """Reads a list in UTF-8 or, as PowerShell writes it, UTF-16 with its mark; raises InputError where it is no text."""
    text = read_text("The list of URLs", data)
    wanted: dict[str, Wanted] = {}
    refused: list[Refused] = []
    named = 0
    for number, raw in enumerate(_LINE_END.split(text), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            parsed = urls.parse_page(line)
        except InputError as error:
            refused.append(Refused(line, number, str(error)))
            continue
        named += 1
        wanted.setdefault(parsed.href, Wanted(line, number))
    digest = Digest.of("\n".join(wanted).encode()).hex
    return UrlList(tuple(wanted.values()), tuple(refused), digest, named - len(wanted), Digest.of(data).hex)
