"""``/search``: words, or a quotation verbatim or nearly, in every snapshot."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from archiver.searching import filter_of
from archiver.web.facts import searching
from archiver.web.visit import Visit

FIRST, MOST = 10, 100  # places: each is read back from the evidence and costs a millisecond


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
        return visit.render("search.html", title=title, limit=FIRST, **facts)
    limit = min(visit.number("n", FIRST), MOST)
    where = filter_of(since or None, until or None, (url,) if url else ())
    found, as_quotation = searching.looked_for(visit.desk.searching, asked, kind, where, limit)
    facts |= {"found": found, "as_quotation": as_quotation, "rows_of": searching.rows, "pieces_of": searching.marked}
    return visit.render("search.html", title=title, limit=limit, **facts)
