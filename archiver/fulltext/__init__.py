"""The index over the words of all recorded texts: for words, for quotations, verbatim or nearly, and for copies.

It can be thrown away and is made again from the recorded texts; what it finds is a candidate, which is judged against the evidence.
"""

from archiver.fulltext.filters import EVERYTHING, Filter
from archiver.fulltext.index import MOST_CAPTURES, Fulltext
from archiver.fulltext.query import LONGEST, MOST_WORDS, Query, parse_query
from archiver.fulltext.reading import Content, read
from archiver.fulltext.store import FILE, Busy, Unavailable, UnusableIndex, empty, open_index, set_aside
from archiver.fulltext.values import ORDERLESS, Alike, Candidate, Capture

__all__ = [
    "EVERYTHING",
    "FILE",
    "LONGEST",
    "MOST_CAPTURES",
    "MOST_WORDS",
    "ORDERLESS",
    "Alike",
    "Busy",
    "Candidate",
    "Capture",
    "Content",
    "Filter",
    "Fulltext",
    "Query",
    "Unavailable",
    "UnusableIndex",
    "empty",
    "open_index",
    "parse_query",
    "read",
    "set_aside",
]
