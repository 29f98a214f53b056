"""Searching an archive: the index brought up to date with it, and what it finds held against the evidence."""

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
