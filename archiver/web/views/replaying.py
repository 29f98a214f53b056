"""``/snapshots/{id}/replay``: a recorded page as a page, in a frame that can do nothing; around it, out of its reach, when and from where it is."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from archiver import replay
from archiver.archive import Archive
from archiver.errors import UnknownId
from archiver.model import Quote, Snapshot
from archiver.replay import Marking
from archiver.urls import normalise, parse_page
from archiver.web import doorway
from archiver.web.facts import source
from archiver.web.facts.captures import captures, moment_of, nearest
from archiver.web.facts.citation import Pages, state_of
from archiver.web.views.snapshots import pictures
from archiver.web.visit import Visit

_LINK = "/snapshots/{}/link?{}"
_STYLES = (
    " Where you do not see it, the page's own styles keep it from who has no scripts; it stands in the recorded text."
)
_SAYS = {
    Marking.NONE: "",
    Marking.MARKED: "The quotation is marked in it.",
    Marking.NOT_SHOWN: "The quotation stands in what this page does not show its reader: hidden, in its title or in its scripts.",
    Marking.NOT_FOUND: "The quotation was not found in the page as it is shown here.",
}


def show(visit: Visit) -> Response:
    """The page in its frame (``?quote=q-...``: with a quotation marked and scrolled to)."""
    with visit.desk.reading() as archive:
        snapshot = archive.catalogue.snapshot(visit.path("id"))
        quote = _quote(archive, snapshot, visit.query("quote"))
        prefix = _prefix(visit, snapshot)
        pages = Pages(archive)
        state = state_of(quote, pages.anchor(quote), pages) if quote else None
        page = replay.page(archive, snapshot, quote, prefix)
    address = f"{prefix}/page" + (f"/{quote.id}" if quote else "") + (f"#{page.fragment}" if page.fragment else "")
    return visit.render(
        "replay.html",
        title=f"Replay: {snapshot.info.title or snapshot.url}",
        snapshot=snapshot,
        key=source.key_or_none(snapshot.url),
        tab="replay",
        pictures=pictures(snapshot),
        quote=quote,
        state=state,
        says=_SAYS[page.marking] + (_STYLES if page.marked and page.source == "page" else ""),
        page=page,
        address=address,
        sandbox=replay.SANDBOX,
    )


def framed(visit: Visit) -> Response:
    """What stands in the frame."""
    with visit.desk.reading() as archive:
        snapshot = archive.catalogue.snapshot(visit.path("id"))
        quote = _quote(archive, snapshot, str(visit.request.path_params.get("quote", "")))
        page = replay.page(archive, snapshot, quote, _prefix(visit, snapshot))
    return Response(page.html, headers=dict(page.headers))


def clicked(visit: Visit) -> Response:
    """Where a link in the frame leads first. The click comes out of a page of no origin, without our cookie; this leads on by itself, with it."""
    return HTMLResponse(doorway.welcome(_LINK.format(visit.path("id"), urlencode({"to": visit.path("address")}))))


def link(visit: Visit) -> Response:
    """A link of a recorded page: to the replay of what is on record of its address, nearest in time to the page that it stands in; where
    nothing is, a page says where it would lead, and asks nothing of anybody. Raises InputError for what is no address of the web.
    """
    with visit.desk.reading() as archive:
        snapshot = archive.catalogue.snapshot(visit.path("id"))
        # without name and password, which a page may have put into it
        address = normalise(parse_page(visit.query("to")).href)
        try:
            found = captures(archive, address)
        except UnknownId:
            return visit.render(
                "leaving.html", title="Out of the archive", address=address, back=f"/snapshots/{snapshot.id}/replay"
            )
        return visit.see_other(f"/snapshots/{nearest(found, moment_of(snapshot)).id}/replay")


def asset(visit: Visit) -> Response:
    """An image, a style sheet or a font of the page in the frame."""
    with visit.desk.reading() as archive:
        snapshot = archive.catalogue.snapshot(visit.path("id"))
        found = replay.asset(archive, snapshot, f"asset/{visit.path('key')}", _prefix(visit, snapshot))
    return Response(found.body, headers={"Content-Type": found.media_type, **dict(found.headers)})


def _quote(archive: Archive, snapshot: Snapshot, named: str) -> Quote | None:
    """The quotation that is to be marked; None where none is named, or one of another page."""
    quote = archive.find_quote(named) if named else None
    same = quote is not None and quote.snapshot in (snapshot.id, snapshot.revisit_of)
    return quote if same else None


def _prefix(visit: Visit, snapshot: Snapshot) -> str:
    """The address of this replay; the frame is of no origin and has no cookie, so a mark that only we can make lets it in."""
    return f"/replay/{snapshot.id}/{visit.desk.access.mark(snapshot.id)}"
