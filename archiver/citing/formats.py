"""The forms that a citation can have."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from archiver.citing.bibtex import biblatex, bibtex
from archiver.citing.citation import Citation
from archiver.citing.csl import csl_item
from archiver.citing.html import html
from archiver.citing.markdown import markdown
from archiver.citing.plain import steady
from archiver.citing.ris import ris
from archiver.citing.styled import styled
from archiver.citing.wikitext import wikitext

_WRITERS: Mapping[str, Callable[[Citation], str]] = {
    "bibtex": bibtex, "biblatex": biblatex, "ris": ris, "markdown": markdown, "html": html, "wikipedia": wikitext,
}  # fmt: skip
FORMATS = ("csl-json", *_WRITERS, "text")
"""As the command line names them."""


def formatted(citation: Citation, form: str, style: bytes = b"") -> str | dict[str, Any]:
    """One citation: an object for ``csl-json``, else text without a line end; ``style`` is for ``text``. Raises InputError for a style."""
    if form == "csl-json":
        return csl_item(citation)
    return styled(citation, style) if form == "text" else _WRITERS[form](citation)


def joined(citations: Sequence[str | dict[str, Any]]) -> str:
    """Several in one form, as a file of it: a list of CSL-JSON, entries with a blank line between them."""
    if any(isinstance(item, dict) for item in citations):
        return steady(json.dumps(list(citations), ensure_ascii=False, indent=2))
    return "\n\n".join(str(item) for item in citations)
