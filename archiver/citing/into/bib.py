"""``.bib``: fields before the brace that ends an entry."""

from __future__ import annotations

import re

from archiver.bibliography import Work
from archiver.bibliography.bib import raw_entries
from archiver.bibliography.bibcomments import without_comments
from archiver.citing.citation import Citation
from archiver.citing.into.fields import archived_on, public_copy
from archiver.citing.into.insertion import Insertion

NAMES = ("archiveurl", "archivedate", "archivesha256", "archivesnapshot")
_FIELD = re.compile(rf"[,\s{{(](?:{'|'.join(NAMES)})\s*=", re.IGNORECASE)
_FIRST = re.compile(r",(\s*\n)([ \t]*)[^\s=]+([ \t]*)=([ \t]*)")


def is_done(entry: str) -> bool:
    """Whether it has one of the fields: as a field, not in the words of another one."""
    return _FIELD.search(entry) is not None and any(
        name in raw.fields for raw in raw_entries(entry, []) for name in NAMES
    )


def insertions(text: str, work: Work, citation: Citation) -> list[Insertion]:
    """The fields behind the last one, indented as the first one is."""
    entry = text[work.start : work.end]
    body = entry[:-1].rstrip()
    laid_out = _FIRST.search(entry)
    line_end = "\r\n" if laid_out and "\r\n" in laid_out[1] else "\n"
    lead = f"{line_end}{laid_out[2]}" if laid_out else " "
    equals = " = " if laid_out is None or laid_out[3] or laid_out[4] else "="
    copy = public_copy(citation)
    values = {"archiveurl": copy[1] if copy else "", "archivedate": archived_on(citation)}
    values |= {"archivesha256": citation.payload_sha256, "archivesnapshot": citation.snapshot}
    fields = [f"{name}{equals}{{{value}}}" for name, value in values.items() if value]
    end = len(without_comments(entry)[:-1].rstrip())
    closed = entry[:end].endswith(",")
    # a comment behind the last field stays behind it; but neither a comma nor a field may come to stand within one
    at = len(body) if closed and laid_out else end
    words = f"{'' if closed else ','}{lead}{f',{lead}'.join(fields)}{',' if closed else ''}"
    return [Insertion(work.start + at, words)]
