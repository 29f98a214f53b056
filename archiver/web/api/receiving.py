"""Where a browser extension hands over the page that a person reads, and asks what came of it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.responses import JSONResponse, Response

from archiver.errors import InputError, UnknownId
from archiver.web.receiving import KIND, MAX_PAGE, RESULT, Handed, receive, verdicts
from archiver.web.visit import Visit

LARGEST = MAX_PAGE + 512 * 1024
_PAGES = ("http:", "https:", "null")  # what an origin begins with that is no extension's


def take(visit: Visit) -> Response:
    """A page as multipart form: ``address``, ``words``, ``title``, ``time``, and the file ``page`` (HTML in UTF-8). Answers 202 and the act.

    Programs alone may send one, with the token; a page of the web may not even with it. No answer here has a CORS header: an extension that
    has the permission for this host needs none, and nobody else is to read an answer.
    """
    if not visit.is_program:
        return _refused("This address takes pages from the browser extension, by its token alone.")
    if visit.request.headers.get("origin", "").lower().startswith(_PAGES):
        return _refused("A page of the web may not hand anything over.")
    page = visit.upload("page")
    if page is None:
        raise InputError("The page is missing; send it as the file named page.")
    handed = Handed(
        visit.text("address"),
        page.file.read(MAX_PAGE + 1),
        visit.text("words"),
        visit.text("title"),
        visit.text("time"),
    )
    begun = receive(visit.desk, handed)
    return JSONResponse(begun.to_json(), 202, {"Location": f"/api/receiving/{begun.id}"})


def progress(visit: Visit) -> Response:
    """How far it is; once it is done, with ``verdicts``. Other acts than these are not told here: the token for receiving may ask."""
    act = visit.desk.acts.find(visit.path("id"))
    if act.kind != KIND:
        raise UnknownId("There is no such act of receiving.")
    value = act.to_json()
    to = urlsplit(act.to or "")
    if act.ended and to.path == RESULT:
        named = dict(parse_qsl(to.query))
        with visit.desk.reading() as archive:
            found = verdicts(archive, named.get("supplied", ""), named.get("captured", ""))
        value["verdicts"] = [item.to_json() for item in found]
    return JSONResponse(value)


def _refused(why: str) -> Response:
    return JSONResponse({"error": why, "status": 403}, 403)
