"""``/quote``: a place to paste an address and a quotation; and the acts that come of it."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from archiver.errors import ArchiverError
from archiver.web.faults import status_of
from archiver.web.submitting import recheck, submit
from archiver.web.visit import Visit

_FIELDS = ("source", "quotation", "speaker", "note", "fresh")


def form(visit: Visit) -> Response:
    """The empty form; ``?source=`` fills in an address or a snapshot."""
    return _form(visit, {name: visit.query(name) for name in _FIELDS})


def take(visit: Visit) -> Response:
    """Lines it up and leads to its progress; what cannot be taken comes back in the form with the reason."""
    given = {name: visit.text(name) for name in _FIELDS}
    try:
        act = submit(
            visit.desk, given["source"], given["quotation"], given["speaker"], given["note"], fresh=bool(given["fresh"])
        )
    except ArchiverError as error:
        return _form(visit, given, str(error), status_of(error)[0])
    return visit.see_other(f"/acts/{act.id}")


def again(visit: Visit) -> Response:
    """Looks at a live page again."""
    act = recheck(visit.desk, visit.text("url"), visit.text("back") or None)
    return visit.see_other(f"/acts/{act.id}")


def act(visit: Visit) -> Response:
    """How far an act is; one that is done leads on."""
    found = visit.desk.acts.find(visit.path("id"))
    if found.to is not None and found.ended:
        return visit.see_other(found.to)
    return visit.render("act.html", title=found.words, act=found)


def act_json(visit: Visit) -> Response:
    """The same for scripts and programs."""
    return JSONResponse(visit.desk.acts.find(visit.path("id")).to_json())


def stop(visit: Visit) -> Response:
    """Asks an act to stop; what it had recorded stays."""
    found = visit.desk.acts.find(visit.path("id"))
    found.stop.set()
    return visit.see_other(f"/acts/{found.id}")


def _form(visit: Visit, given: dict[str, str], error: str = "", status: int = 200) -> Response:
    closed = visit.desk.why_closed()
    return visit.render("submit.html", status, title="Add", given=given, error=error, closed=closed)
