"""``/sources``: every page that was captured."""

from __future__ import annotations

from starlette.responses import Response

from archiver.web.facts import listing
from archiver.web.visit import Visit


def show(visit: Visit) -> Response:
    """The sources, a page of the list at a time."""
    number = visit.number("page")
    with visit.desk.reading() as archive:
        found, more = listing.sources(archive, number)
        return visit.render("sources.html", title="Sources", found=found, number=number, more=more)
