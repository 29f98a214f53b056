"""What is said of an archived copy in each kind of file, in ASCII.

The snapshot's id is in all of them: by it an entry is known that has its fields already.
"""

from __future__ import annotations

import re

from archiver.citing.bibtex import address
from archiver.citing.citation import Citation
from archiver.citing.plain import iso_date

NOTED = re.compile(r"\bsnapshot s-[0-9a-f]{64}\b")
"""How the sentence is known that `sentence` writes."""


def archived_on(citation: Citation) -> str:
    """The day of the public copy, else of our own."""
    return (iso_date(citation.copy.datetime) if citation.copy else "") or citation.accessed


def public_copy(citation: Citation) -> tuple[str, str] | None:
    """Archive and address of the public copy, without what a field could be left by."""
    if citation.copy is None:
        return None
    return _ascii(citation.copy.archive), address(citation.copy.uri)


def sentence(citation: Citation) -> str:
    """One line for a note; it begins with what anybody can open."""
    copy = public_copy(citation)
    where = (
        f"Archived at {copy[1]} ({archived_on(citation)})" if copy else f"Archived privately ({archived_on(citation)})"
    )
    return f"{where}; SHA-256 {citation.payload_sha256}; snapshot {citation.snapshot} in {_ascii(citation.archive)}"


def _ascii(words: str) -> str:
    return re.sub(r"[^ -;=?-~]|[\\{}&\"%]", "", words.partition(" [")[0])
