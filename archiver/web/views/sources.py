"""``/sources``: every page that was captured."""

from __future__ import annotations

from starlette.responses import Response

from archiver.web.facts import listing
from archiver.web.visit import Visit


def show(visit: Visit) -> Response:
    """The sources, a page of the list at a time (``?after=KEY``, ``?before=KEY``)."""
    after, before = visit.query("after"), visit.query("before")
    with visit.desk.reading() as archive:

        def page() -> Response:
            found = listing.sources(archive, after, before)
            return visit.render("sources.html", title="Sources", found=found, going_on=bool(after or before))

        return visit.listed(archive, (after, before), page)
