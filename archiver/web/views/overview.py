"""``/``: the state of every citation, and what else the archive holds."""

from __future__ import annotations

from starlette.responses import Response

from archiver.web.facts import listing
from archiver.web.facts.citation import Standing
from archiver.web.visit import Visit


def show(visit: Visit) -> Response:
    """The citations, those of one state where it is named (``?state=fails``)."""
    standing, number, closed = visit.query("state"), visit.number("page"), visit.desk.why_closed()
    with visit.desk.reading() as archive:

        def page() -> Response:
            found = listing.quotes(archive, standing, number)
            return visit.render(
                "overview.html",
                title="Citations",
                found=found,
                paging=found.paging,
                state=standing,
                standings=list(Standing),
                page_query=f"state={standing}&" if standing else "",
                closed=closed,
            )

        return visit.listed(archive, (standing, number, closed), page)
