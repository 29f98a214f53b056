"""What a search found, as it is shown and given out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from archiver import match
from archiver.fulltext import LONGEST, MOST_WORDS, Filter, UnusableIndex
from archiver.match import Part
from archiver.searching import QuotationHit, Search, WordsHit, is_quotation, is_too_short, unquoted

Row = tuple[tuple[Part, str], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """``quotations`` or ``words``; where a quotation stands nowhere, ``words`` are the places that have all of its words. ``more`` where there
    may be others, ``unread`` counts snapshots whose text could not be read back."""

    quotations: tuple[QuotationHit, ...]
    words: tuple[WordsHit, ...]
    more: bool
    unread: int

    def to_json(self) -> dict[str, Any]:
        hits = [*(hit.to_json() for hit in self.quotations), *(hit.to_json() for hit in self.words)]
        return {"schema_version": 1, "hits": hits, "more": self.more, "unread": self.unread}


def looked_for(
    searching: Callable[[], AbstractContextManager[Search]], asked: str, kind: str, where: Filter, limit: int
) -> tuple[Hits, bool]:
    """What was found, and whether it was looked for as a quotation: where that is the ``kind``, or none is named (empty) and it looks like one,
    as on the command line. An index that turns out to be damaged is set aside and made again, once. Raises InputError, ArchiveError.
    """
    as_quotation = (kind == "quotation" or (kind != "words" and is_quotation(asked))) and not is_too_short(asked)

    def look() -> Hits:
        with searching() as search:
            if as_quotation:
                return quotation(search, unquoted(asked), where, limit)
            return words(search, asked, where, limit)

    try:
        return look(), as_quotation
    except UnusableIndex:  # set aside by now
        return look(), as_quotation


def quotation(search: Search, text: str, where: Filter, limit: int) -> Hits:
    """Places where a quotation stands or something near it. Raises InputError."""
    found = search.quotation(text, where, limit)
    if found.hits:
        return Hits(tuple(found.hits), (), found.more, found.damaged + search.unread)
    every = " ".join(f'"{word}"' for word in re.findall(r"\w+", text)[:MOST_WORDS])
    near = search.words(every, where, limit) if every and len(text) <= LONGEST else None
    return Hits((), tuple(near.hits) if near else (), bool(near and near.more), found.damaged + search.unread)


def words(search: Search, text: str, where: Filter, limit: int) -> Hits:
    """Places where words stand together. Raises InputError."""
    found = search.words(text, where, limit)
    return Hits((), tuple(found.hits), found.more, found.damaged + search.unread)


def marked(hit: WordsHit) -> Iterator[tuple[bool, str]]:
    """The passage in pieces, each with whether it is one of the words."""
    at, passage = 0, hit.place.passage
    for span in hit.marks:
        if span.start >= at:
            yield False, passage[at : span.start]
            yield True, passage[span.start : span.end]
            at = span.end
    yield False, passage[at:]


def rows(hit: QuotationHit) -> tuple[Row, Row]:
    """Quotation and passage over each other."""
    return match.to_rows(match.align(hit.judged.judgement, hit.judged.quotation))
