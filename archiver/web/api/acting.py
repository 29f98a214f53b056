"""What takes a while: it is lined up, and its state can be asked for."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from archiver.errors import InputError
from archiver.web.acts import Act
from archiver.web.submitting import recheck as look_again
from archiver.web.submitting import submit
from archiver.web.visit import Visit


def quote(visit: Visit) -> Response:
    """Judges a quotation against a page or a snapshot, and records it."""
    words = visit.text("quote")
    if not words:
        raise InputError("quote is empty; give the words that are quoted.")
    fresh = bool(visit.text("fresh"))
    return _begun(submit(visit.desk, _url(visit), words, visit.text("speaker"), visit.text("note"), fresh=fresh))


def snapshot(visit: Visit) -> Response:
    """Captures a page."""
    return _begun(submit(visit.desk, _url(visit), ""))


def recheck(visit: Visit) -> Response:
    """Looks at a live page again."""
    return _begun(look_again(visit.desk, _url(visit)))


def act(visit: Visit) -> Response:
    """How far an act is."""
    return JSONResponse(visit.desk.acts.find(visit.path("id")).to_json())


def _url(visit: Visit) -> str:
    url = visit.text("url")
    if not url:
        raise InputError("url is empty; give the address of a page.")
    return url


def _begun(begun: Act) -> Response:
    return JSONResponse(begun.to_json(), 202, {"Location": f"/api/v1/acts/{begun.id}"})
