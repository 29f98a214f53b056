"""An archive with one story in it, its search, and a quotation of it."""

from __future__ import annotations

from dataclasses import dataclass

from tracepages import Told

from archiver.archive import Archive
from archiver.model import Quote
from archiver.searching import Search


@dataclass(frozen=True, slots=True)
class Story:
    archive: Archive
    search: Search
    pages: Told
    quote: Quote
