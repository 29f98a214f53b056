"""``/feed.atom``: what the watch told, as an Atom feed (RFC 4287), the same entries as the file that `archiver watch --feed` writes."""

from __future__ import annotations

from starlette.responses import Response

from archiver import clock
from archiver.catalogue import Alert, WatchState
from archiver.watching import STATE
from archiver.watching.feed import MOST_ENTRIES, feed_of
from archiver.web.visit import Visit


def show(visit: Visit) -> Response:
    """The newest alerts; an archive that is not under watch has a feed without any."""
    with visit.desk.reading() as archive:
        path, origin = archive.root / STATE, archive.settings.origin
    alerts: list[Alert] = []
    told = 0
    if path.exists():
        with WatchState(path) as state:
            alerts, told = state.alerts(MOST_ENTRIES), state.told()
    address = f"http://{visit.request.headers['host']}/feed.atom"
    feed = feed_of(alerts, origin, clock.stamp(), address, told)
    return Response(feed, headers={"Content-Type": "application/atom+xml"})
