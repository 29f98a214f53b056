"""Markdown (CommonMark, and what Pandoc and GitHub add): the quotation as a block quote, then the source."""

from __future__ import annotations

import re

from archiver.citing.citation import Citation
from archiver.citing.plain import long_date, one_line

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$^@&]")
_BLOCK = re.compile(r"^(\d{1,9}(?=[.)])|)([-+=.):])")  # what makes a list, a heading or a definition of a line


def markdown(citation: Citation) -> str:
    lines = []
    quote = citation.quote
    if quote is not None:
        if quote.warning:
            lines += [f"> **WARNING: {escaped(quote.warning)}.**", ">"]
        lines += [f"> {escaped(quote.text)}", ">"]
    who = [escaped(name) for name in citation.authors]
    where = [f"*{escaped(citation.site)}*"] if citation.site else []
    when = [long_date(citation.published)] if long_date(citation.published) else []
    page = [escaped(quote.pages_in_words)] if quote is not None and quote.pages_in_words else []
    spoken = [f"{quote.time[0]}–{quote.time[1]}"] if quote is not None and quote.time else []
    title = escaped(citation.heading)
    named = f"[{title}]({_target(citation.reading_address)})" if citation.reading_address else f"*{title}*"
    source = ", ".join([*([", ".join(who)] if who else []), named, *where, *when, *page, *spoken])
    archived = ""
    if citation.copy is not None:
        archived = f" [Archived]({_target(citation.archived_passage or citation.copy.uri)}) by {escaped(citation.copy.archive)}"
        archived += f", {long_date(citation.copy.datetime)}." if long_date(citation.copy.datetime) else "."
    else:
        archived = " No public copy is known."
    record = f" Captured {escaped(citation.captured_at)}, SHA-256 `{citation.payload_sha256}`, `{citation.snapshot}` in `{_code(citation.archive)}`."
    said = "".join(f" **{escaped(part[:1].upper() + part[1:])}.**" for part in citation.provenance)
    prefix = "> — " if quote is not None else ""
    lines.append(f"{prefix}{source}.{archived}{record}{said}")
    return "\n".join(lines)


def escaped(words: str) -> str:
    """Text that is nothing but text, wherever on a line it stands."""
    plain = _SPECIAL.sub(lambda found: f"\\{found[0]}", one_line(words))
    return _BLOCK.sub(r"\1\\\2", plain)


def _code(words: str) -> str:
    return one_line(words).replace("`", "'")


def _target(url: str) -> str:
    """Between angle brackets, where only these, a backslash and blanks mean something."""
    return "<" + "".join(f"%{ord(sign):02X}" if sign in "<>\\ " else sign for sign in one_line(url)) + ">"
