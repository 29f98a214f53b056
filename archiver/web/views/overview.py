"""``/``: the state of every citation, and what else the archive holds."""

from __future__ import annotations

from starlette.responses import Response

from archiver.web.facts import listing
from archiver.web.facts.citation import Standing
from archiver.web.visit import Visit


def show(visit: Visit) -> Response:
    """The citations, those of one state where it is named (``?state=fails``)."""
    standing = visit.query("state")
    with visit.desk.reading() as archive:
        found = listing.quotes(archive, standing, visit.number("page"))
        return visit.render(
            "overview.html",
            title="Citations",
            found=found,
            paging=found.paging,
            state=standing,
            standings=list(Standing),
            page_query=f"state={standing}&" if standing else "",
            closed=visit.desk.why_closed(),
        )
