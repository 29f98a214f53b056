"""``/snapshots/{id}``: a recorded page as text with its quotations marked; its picture; how it was captured."""

from __future__ import annotations

from starlette.responses import Response

from archiver.archive import Archive
from archiver.errors import UnknownId
from archiver.model import Snapshot
from archiver.urls import page_key
from archiver.web.facts import evidence, source
from archiver.web.facts import snapshot as facts
from archiver.web.visit import Visit

_VIEWS = {"screenshot": "image/png", "print": "application/pdf"}


def show(visit: Visit) -> Response:
    """The text, a layer and a part of it at a time (``?layer=article&part=2``)."""
    with visit.desk.reading() as archive:
        snapshot = archive.catalogue.snapshot(visit.path("id"))
        citations = facts.quotes_of(archive, snapshot)
        layer = visit.query("layer") or facts.best_layer(snapshot, citations)
        reading = facts.reading(archive, snapshot, layer, visit.number("part"), citations) if layer else None
        return visit.render(
            "snapshot.html",
            title=snapshot.info.title or snapshot.url,
            snapshot=snapshot,
            reading=reading,
            citations=citations,
            capture=facts.capture_of(archive, snapshot),
            key=source.key_or_none(snapshot.url),
            newer=_newer(archive, snapshot),
            proof=evidence.of_leaf(archive, snapshot.capture_leaf),
            tab="text",
            pictures=pictures(snapshot),
        )


def screenshot(visit: Visit) -> Response:
    """The page as a browser showed it."""
    with visit.desk.reading() as archive:
        snapshot = archive.catalogue.snapshot(visit.path("id"))
        if "screenshot" not in pictures(snapshot):
            raise UnknownId(
                f"{snapshot.short_id} has no picture: no browser looked at it. `archiver snapshot --browser` takes a page with one."
            )
        return visit.render(
            "screenshot.html",
            title=snapshot.info.title or snapshot.url,
            snapshot=snapshot,
            key=source.key_or_none(snapshot.url),
            tab="screenshot",
            pictures=pictures(snapshot),
        )


def picture(visit: Visit) -> Response:
    """The picture itself, or the print."""
    with visit.desk.reading() as archive:
        snapshot, view = archive.catalogue.snapshot(visit.path("id")), visit.path("view")
        record = getattr(snapshot.browser, view) if snapshot.browser and view in _VIEWS else None
        if record is None:
            raise UnknownId(f"{snapshot.short_id} has no {view}.")
        block = archive.stored_record(archive.catalogue.leaf_of_record(record)).block
    named = f'{"inline" if view == "screenshot" else "attachment"}; filename="{snapshot.short_id}-{view}.{_VIEWS[view][-3:]}"'
    policy = "default-src 'none'; sandbox"
    return Response(
        block, media_type=_VIEWS[view], headers={"Content-Disposition": named, "Content-Security-Policy": policy}
    )


def pictures(snapshot: Snapshot) -> tuple[str, ...]:
    """What a browser left of it: ``screenshot``, ``print``."""
    return tuple(view for view in _VIEWS if snapshot.browser and getattr(snapshot.browser, view))


def _newer(archive: Archive, snapshot: Snapshot) -> Snapshot | None:
    """The newest good snapshot of the page, where that is another one and newer."""
    key = source.key_or_none(snapshot.url)
    found = archive.catalogue.latest_good(key) if key else None
    return found if found is not None and found.captured_at > snapshot.captured_at else None


def by_address(visit: Visit) -> Response:
    """``/snapshots?url=``: leads to the newest good snapshot of an address."""
    with visit.desk.reading() as archive:
        url = visit.query("url")
        page_key(url)  # raises InputError for what is none
        return visit.see_other(f"/snapshots/{archive.find_snapshot(url).id}")
