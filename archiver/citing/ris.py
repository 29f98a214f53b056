"""RIS records, which EndNote, Zotero and Mendeley read: a value is one line, so that no page can begin a tag."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.citing.citation import Citation
from archiver.citing.csl import key_of
from archiver.citing.people import csl_name
from archiver.citing.plain import date_parts, one_line


def ris(citation: Citation) -> str:
    """The record, from ``TY`` to ``ER``."""
    lines = [f"{tag}  - {one_line(value)}" for tag, value in _tags(citation)]
    return "\n".join([*lines, "ER  - "])


def _tags(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC" if citation.url else "GEN"
    yield "ID", key_of(citation)
    for name in citation.authors:
        if one_line(name):
            yield "AU", _name(name)
    yield "TI", citation.heading
    if citation.site:
        yield "T2", citation.site
    parts = date_parts(citation.published)
    if parts:
        yield "PY", f"{parts[0]:04}"
        yield "DA", "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]), *[""] * (4 - len(parts))])
    yield "Y2", citation.accessed.replace("-", "/") + "/"
    if citation.url:
        yield "UR", citation.url
    if citation.language:
        yield "LA", citation.language
    if citation.quote is not None and citation.quote.page:
        yield "SP", citation.quote.page
        if citation.quote.last_page:
            yield "EP", citation.quote.last_page
    # archive and location in archive, as Zotero reads them
    yield "DB", citation.copy.archive if citation.copy else citation.archive
    yield "AV", citation.copy.uri if citation.copy else citation.snapshot
    for statement in citation.statements():
        yield "N1", statement
    if citation.quote is not None:
        yield "N1", f"Quotation ({citation.quote.verdict}): “{citation.quote.words}”"
    if citation.passage:
        yield "N1", f"Passage: {citation.passage}"


def _name(name: str) -> str:
    parts = csl_name(name)
    if "literal" in parts:
        return parts["literal"]
    family = " ".join(part for part in (parts.get("non-dropping-particle"), parts["family"]) if part)
    return ", ".join(part for part in (family, parts["given"], parts.get("suffix")) if part)
