"""Searching an archive: the index brought up to date with it, and what it finds held against the evidence."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.searching.filters import filter_of
    from archiver.searching.hits import QuotationHit, WordsHit
    from archiver.searching.places import forget_index, searching
    from archiver.searching.search import LIMIT, Found, Search
    from archiver.searching.wanted import is_quotation, is_too_short, unquoted

__all__ = [
    "LIMIT",
    "Found",
    "QuotationHit",
    "Search",
    "WordsHit",
    "filter_of",
    "forget_index",
    "is_quotation",
    "is_too_short",
    "searching",
    "unquoted",
]

_MODULES = {
    "filters": ("filter_of",),
    "hits": ("QuotationHit", "WordsHit"),
    "places": ("forget_index", "searching"),
    "search": ("LIMIT", "Found", "Search"),
    "wanted": ("is_quotation", "is_too_short", "unquoted"),
}


def __getattr__(name: str) -> Any:
    """Loads the room when it is asked for: the children that cut texts start sooner without what only their parent needs."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"archiver.searching.{module}"), name)
    raise AttributeError(f"module 'archiver.searching' has no attribute {name!r}")
