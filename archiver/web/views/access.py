"""``/access``: a link that opens the archive in another browser of this machine."""

from __future__ import annotations

from starlette.responses import Response

from archiver.web.visit import Visit


def another(visit: Visit) -> Response:
    """Makes the link; it is good for once."""
    return visit.render("access.html", title="Another browser", link=visit.desk.access.link())
