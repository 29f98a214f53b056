"""``/api/receiving``: where a browser extension hands over the page that a person reads; ``/received``: the verdicts; ``/browser``: how to."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.responses import JSONResponse, Response

from archiver.errors import InputError
from archiver.web.receiving import MAX_PAGE, Handed, receive, verdicts
from archiver.web.visit import Visit

LARGEST = MAX_PAGE + 512 * 1024
_RECEIVED = "/received"
_PAGES = ("http:", "https:", "null")  # what an origin begins with that is no extension's


def take(visit: Visit) -> Response:
    """A page as multipart form: ``address``, ``words``, ``title``, ``time``, and the file ``page`` (HTML in UTF-8). Answers 202 and the act.

    Programs alone may send one, with the token; a page of the web may not even with it. No answer here has a CORS header: an extension that
    has the permission for this host needs none, and nobody else is to read an answer.
    """
    if not visit.is_program:
        return _refused("This address takes pages from the browser extension, by the token alone.")
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
    return JSONResponse(receive(visit.desk, handed).to_json(), 202)


def progress(visit: Visit) -> Response:
    """How far it is; once it is done, with ``verdicts``."""
    act = visit.desk.acts.find(visit.path("id"))
    value = act.to_json()
    to = urlsplit(act.to or "")
    if act.ended and to.path == _RECEIVED:
        named = dict(parse_qsl(to.query))
        with visit.desk.reading() as archive:
            found = verdicts(archive, named.get("supplied", ""), named.get("captured", ""))
        value["verdicts"] = [item.to_json() for item in found]
    return JSONResponse(value)


def show(visit: Visit) -> Response:
    """Both verdicts beside each other; ``?supplied=`` and ``?captured=`` name the quotes."""
    if not visit.query("supplied"):
        raise InputError("This address needs the id of a quotation.")
    with visit.desk.reading() as archive:
        found = verdicts(archive, visit.query("supplied"), visit.query("captured"))
    return visit.render("received.html", title="From your browser", verdicts=found, words=found[0].quote.text)


def guide(visit: Visit) -> Response:
    """The bookmarklet, and what the extension wants to know."""
    access = visit.desk.access
    here = f"http://127.0.0.1:{access.port}"
    return visit.render(
        "browser.html", title="From your browser", here_url=here, bookmarklet=bookmarklet(here), token=access.token
    )


def bookmarklet(here: str) -> str:
    """What a bookmark holds: it opens the form with the address and the selected words, and knows no secret."""
    return (
        "javascript:void(open('" + here + "/quote?'+new URLSearchParams({source:location.href,"
        "quotation:String(getSelection()).trim().slice(0,4000)}),'_blank','noopener'))"
    )


def _refused(why: str) -> Response:
    return JSONResponse({"error": why, "status": 403}, 403)
