"""``/received``: the verdicts on what a browser handed over; ``/browser``: how to."""

from __future__ import annotations

from starlette.responses import Response

from archiver.errors import InputError
from archiver.web.receiving import verdicts
from archiver.web.visit import Visit


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
        "browser.html",
        title="From your browser",
        here_url=here,
        bookmarklet=bookmarklet(here),
        token=access.receiving_token,
    )


def bookmarklet(here: str) -> str:
    """What a bookmark holds: it opens the form with the address and the selected words, and knows no secret."""
    return (
        "javascript:void(open('" + here + "/quote?'+new URLSearchParams({source:location.href,"
        "quotation:String(getSelection()).trim().slice(0,4000)}),'_blank','noopener'))"
    )
