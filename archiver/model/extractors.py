"""The versions of what draws texts from pages, so that it can be told without loading them whether a text would be drawn the same today."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import metadata

from archiver.model.snapshot import StoredText

ARTICLE = "trafilatura"
DOCUMENT = "archiver-document"
EMBEDDED = "archiver-embedded"
PLAIN = "archiver-plain"
CAPTIONS = "archiver-captions"

_DOCUMENT = "9"
VERSIONS = {DOCUMENT: _DOCUMENT, EMBEDDED: f"1.{_DOCUMENT}", PLAIN: "2", CAPTIONS: "3"}
"""To be raised with whatever makes an extractor read a page otherwise; markup is drawn as that of a document everywhere."""


def are_of_today(texts: Iterable[StoredText]) -> bool:
    """Whether texts were drawn by the extractors of this version; those of extractors that are not listed here are taken to be."""
    return all(_today(text.extractor) in (None, text.version) for text in texts)


@cache
def _today(extractor: str) -> str | None:
    if extractor != ARTICLE:
        return VERSIONS.get(extractor)
    try:
        return f"{metadata.version(ARTICLE)}+{VERSIONS[DOCUMENT]}"
    except metadata.PackageNotFoundError:
        return None
