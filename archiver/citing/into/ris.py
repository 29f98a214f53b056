"""RIS: a note before ``ER``, and ``DB`` with ``AV`` for a public copy where the record names no archive of its own."""

from __future__ import annotations

import re

from archiver.bibliography import Work
from archiver.citing.citation import Citation
from archiver.citing.into.fields import NOTED, public_copy, sentence
from archiver.citing.into.insertion import Insertion

_END = re.compile(r"(?:^|(?<=\r))ER  -", re.MULTILINE)
_OWN_ARCHIVE = re.compile(r"(?:^|(?<=\r))(?:DB|AV)  -", re.MULTILINE)


def is_done(record: str) -> bool:
    return NOTED.search(record) is not None


def insertions(text: str, work: Work, citation: Citation) -> list[Insertion]:
    record = text[work.start : work.end]
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in record), "\n")
    lines = []
    copy = public_copy(citation)
    if copy is not None and not _OWN_ARCHIVE.search(record):
        lines += [f"DB  - {copy[0]}", f"AV  - {copy[1]}"]
    lines.append(f"N1  - {sentence(citation)}")
    closing = _END.search(record)
    if closing:
        return [Insertion(work.start + closing.start(), "".join(f"{line}{line_end}" for line in lines))]
    return [Insertion(work.start + len(record.rstrip()), "".join(f"{line_end}{line}" for line in lines))]
