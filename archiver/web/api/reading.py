"""What can be read: the same facts as the pages."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from archiver.cohorts import runs_of, summary_of
from archiver.errors import InputError
from archiver.model.cohort import read_tag
from archiver.searching import filter_of
from archiver.urls import page_key
from archiver.web.api.cursor import leaf_of, limit_of, page
from archiver.web.facts import listing, searching
from archiver.web.facts.citation import VERDICTS, Standing
from archiver.web.facts.log import log_state
from archiver.web.visit import Visit


def sources(visit: Visit) -> Response:
    """In the order of their keys; the cursor is the last key."""
    limit, after = limit_of(visit), visit.query("cursor")
    with visit.desk.reading() as archive:
        found = listing.sources_after(archive, after, limit + 1)
    items = [source.to_json() for source in found[:limit]]
    return page(items, items[-1]["key"] if len(found) > limit else None)


def snapshots(visit: Visit) -> Response:
    """The last recorded first, of one page where an address is given."""
    limit, below, url = limit_of(visit), leaf_of(visit), visit.query("url")
    with visit.desk.reading() as archive:
        names = archive.catalogue.listing.snapshots_below(page_key(url) if url else None, below, limit + 1)
        found = [archive.catalogue.snapshot(name) for name in names[:limit]]
    return page([item.to_json() for item in found], found[-1].capture_leaf if len(names) > limit else None)


def snapshot(visit: Visit) -> Response:
    with visit.desk.reading() as archive:
        return JSONResponse(archive.catalogue.snapshot(visit.path("id")).to_json())


def quotes(visit: Visit) -> Response:
    """The last recorded first, of one state where that is given."""
    limit, below, state = limit_of(visit), leaf_of(visit), visit.query("state")
    if state and state not in VERDICTS:
        raise InputError(f"There is no such state; there are: {', '.join(VERDICTS)}.")
    verdicts = VERDICTS[Standing(state)] if state else None
    with visit.desk.reading() as archive:
        found = archive.catalogue.listing.quotes_below(verdicts, below, limit + 1)
        items = [item.to_json() for item in listing.cited(archive, found[:limit])]
    return page(items, found[limit - 1].leaf if len(found) > limit else None)


def quote(visit: Visit) -> Response:
    with visit.desk.reading() as archive:
        (found,) = listing.cited(archive, [archive.find_quote(visit.path("id"))])
        return JSONResponse(found.to_json())


def rechecks(visit: Visit) -> Response:
    """In the order of the log."""
    limit, start = limit_of(visit), leaf_of(visit, 0)
    with visit.desk.reading() as archive:
        found = archive.catalogue.rechecks.since(start, limit + 1)
    return page([item.to_json() for item in found[:limit]], found[limit].leaf if len(found) > limit else None)


def search(visit: Visit) -> Response:
    """Words, or a quotation verbatim or nearly: five words or more, as on the command line."""
    asked, kind, limit = visit.query("q").strip(), visit.query("as"), limit_of(visit)
    if not asked:
        raise InputError("Nothing to look for: q is empty.")
    if kind not in ("", "words", "quotation"):
        raise InputError("as is words or quotation.")
    where = filter_of(
        visit.query("since") or None, visit.query("until") or None, tuple(filter(None, [visit.query("url")]))
    )
    found, _ = searching.looked_for(visit.desk.searching, asked, kind, where, limit)
    return JSONResponse(found.to_json())


def diff(visit: Visit) -> Response:
    one, two = visit.query("a"), visit.query("b")
    if not one or not two:
        raise InputError("Two snapshots are compared: give a and b.")
    found = visit.desk.versions(one, two)
    return JSONResponse(
        {**found.diff.to_json(), "older": found.older.short_id, "newer": found.newer.short_id, "holds": found.holds}
    )


def cohort(visit: Visit) -> Response:
    """The runs of a list with a tag, in their order; each row of it is read, as on the command line."""
    tag = read_tag(visit.query("tag"))
    with visit.desk.reading() as archive:
        runs = [summary_of(archive, run).to_json() for run in runs_of(archive, tag)]
    return JSONResponse({"schema_version": 1, "tag": tag, "runs": runs})


def head(visit: Visit) -> Response:
    """The signed head of the log with the key that it is signed with."""
    with visit.desk.reading() as archive:
        state = log_state(archive)
    told = {"origin": state.head.origin, "size": state.head.size, "root": state.head.root.hex()}
    return JSONResponse(
        {**told, "key": state.key, "fingerprint": state.fingerprint, "records": state.records, "window": state.window}
    )
