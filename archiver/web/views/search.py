"""``/search``: words, or a quotation verbatim or nearly, in every snapshot."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from archiver.fulltext import UnusableIndex
from archiver.searching import LIMIT, Search, filter_of, is_quotation, is_too_short, unquoted
from archiver.web.facts import searching
from archiver.web.visit import Visit

MOST = 100


def show(visit: Visit) -> Response:
    """The places that were found; five words or more are looked for as a quotation, as on the command line."""
    asked = visit.query("q").strip()
    since, until, url, kind = (visit.query(name).strip() for name in ("since", "until", "url", "as"))
    facts: dict[str, Any] = {
        "asked": asked,
        "since": since,
        "until": until,
        "url": url,
        "kind": kind,
        "found": None,
        "as_quotation": False,
    }
    title = f"Search: {asked}" if asked else "Search"
    if not asked:
        return visit.render("search.html", title=title, limit=LIMIT, **facts)
    limit = min(visit.number("n", LIMIT), MOST)
    where = filter_of(since or None, until or None, (url,) if url else ())
    as_quotation = kind == "quotation" or (kind != "words" and is_quotation(asked))
    as_quotation = as_quotation and not is_too_short(asked)

    def look(search: Search) -> searching.Hits:
        if as_quotation:
            return searching.quotation(search, unquoted(asked), where, limit)
        return searching.words(search, asked, where, limit)

    try:
        with visit.desk.searching() as search:
            found = look(search)
    except UnusableIndex:  # set aside by now
        with visit.desk.searching() as search:
            found = look(search)
    facts |= {"found": found, "as_quotation": as_quotation, "rows_of": searching.rows, "pieces_of": searching.marked}
    return visit.render("search.html", title=title, limit=limit, **facts)
