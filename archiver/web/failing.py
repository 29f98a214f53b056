"""The pages that say that something did not work: one sentence, what it is about, what to do. For programs, the same as JSON."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from archiver.errors import ArchiverError
from archiver.unforeseen import fault_sentence
from archiver.web.faults import status_of
from archiver.web.visit import Visit

API = "/api/"
_SENTENCES = {
    404: "There is no such page here; the menu leads to what there is.",
    405: "This address does not take that kind of request.",
    413: "That is more than this page takes; a pack may have up to 512 MB, a form a quarter of one.",
}


def failed(visit: Visit, error: ArchiverError) -> Response:
    """An error that a person can meet."""
    status, heading = status_of(error)
    return _said(visit, status, heading, str(error))


def fault(visit: Visit, error: Exception) -> Response:
    """An error that nobody foresaw."""
    return _said(visit, 500, "A fault", fault_sentence(error))


def no_such_page(visit: Visit, status: int) -> Response:
    """What the table of routes does not know."""
    return _said(visit, status, HTTPStatus(status).phrase, _SENTENCES.get(status, "This request cannot be answered."))


def not_our_form(visit: Visit) -> Response:
    """A form without its token."""
    sentence = "This form is not one of this run of the server; open its page again and send it from there."
    return _said(visit, 403, "Not from here", sentence)


def _said(visit: Visit, status: int, heading: str, sentence: str) -> Response:
    if visit.request.url.path.startswith(API):
        return JSONResponse({"error": sentence, "status": status}, status)
    return visit.render("error.html", status, title=heading, heading=heading, sentence=sentence, number=status)
