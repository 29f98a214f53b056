"""CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html): what Zotero, Pandoc and citeproc read.

The schema has no name for a digest or an archived address and forbids others than its own, so that they stand in ``custom``, which it leaves to
whoever writes the file.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from archiver.citing.citation import Citation
from archiver.citing.people import csl_name, family_of
from archiver.citing.plain import date_parts, one_line


def key_of(citation: Citation) -> str:
    """A key for ``\\cite`` and ``[@…]``: who, when, and the beginning of the id, so that no two are alike; ASCII letters, digits and ``-``."""
    who = family_of(citation.authors[0]) if citation.authors else citation.site or "source"
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", who).lower() if sign.isascii() and sign.isalnum())[
        :24
    ]
    year = "".join(str(part) for part in date_parts(citation.published)[:1])
    return f"{letters or 'source'}{year}-{citation.id[:1]}{citation.id[2:10]}"


def csl_item(citation: Citation) -> dict[str, Any]:
    """The item; ``custom.archiver`` has everything that proves it."""
    item: dict[str, Any] = {"id": key_of(citation), "type": "webpage" if citation.url else "document"}
    item["title"] = one_line(citation.heading)
    names = [csl_name(name) for name in citation.authors if one_line(name)]
    if names:
        item["author"] = names
    if citation.site:
        item["container-title"] = one_line(citation.site)
    if date_parts(citation.published):
        item["issued"] = {"date-parts": [date_parts(citation.published)]}
    item["accessed"] = {"date-parts": [date_parts(citation.accessed)]}
    if citation.url:
        item["URL"] = citation.url
    if citation.language:
        item["language"] = one_line(citation.language)
    if citation.quote is not None and citation.quote.pages:
        item["page"] = one_line(citation.quote.pages)
    item["archive"] = citation.copy.archive if citation.copy else citation.archive
    item["archive_location"] = citation.copy.uri if citation.copy else citation.snapshot
    notes = [*_warnings(citation), *citation.provenance]
    if notes:
        item["note"] = " ".join(f"{one_line(note).rstrip('.')}." for note in notes)
    item["custom"] = {"archiver": facts(citation)}
    return item


def _warnings(citation: Citation) -> list[str]:
    warning = citation.quote.warning if citation.quote else None
    return [f"WARNING: {warning}"] if warning else []


def facts(citation: Citation) -> dict[str, Any]:
    """What proves the citation, for programs; what is not known is left out."""
    value: dict[str, Any] = {
        "id": citation.id,
        "snapshot": citation.snapshot,
        "captured_at": citation.captured_at,
        "payload_sha256": citation.payload_sha256,
        "archive": citation.archive,
        "media_type": citation.media_type,
        "archived": [
            {
                name: part
                for name, part in (("url", copy.uri), ("archive", copy.archive), ("datetime", copy.datetime))
                if part
            }
            for copy in citation.copies
        ],
        "passage": citation.passage,
        "archived_passage": citation.archived_passage,
        "provenance": list(citation.provenance),
    }
    quote = citation.quote
    if quote is not None:
        value["quotation"] = {
            "text": quote.text, "verdict": quote.verdict, "holds": quote.holds, "exact": quote.exact, "page": quote.pages,
            "time": {"begin": quote.time[0], "end": quote.time[1]} if quote.time else None, "speaker": quote.speaker,
            "changes": list(quote.changes), "warning": quote.warning,
        }  # fmt: skip
    return {name: part for name, part in value.items() if part not in (None, [])}
