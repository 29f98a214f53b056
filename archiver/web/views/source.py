"""``/sources/{key}``: a source with its timeline and its citations."""

from __future__ import annotations

from starlette.responses import Response

from archiver.web.facts import source
from archiver.web.visit import Visit


def show(visit: Visit) -> Response:
    """The timeline, newest first, a page of it at a time."""
    with visit.desk.reading() as archive:
        key = source.key_of(archive, visit.path("key"))
        found = source.timeline(archive, key, visit.number("page"))
        newest = found.source.newest
        return visit.render(
            "source.html",
            title=newest.info.title or newest.url,
            found=found,
            paging=found.paging,
            newest=newest,
            key=key,
        )
