"""``/log``: the signed head, the key, the leaves, and proofs to take away."""

from __future__ import annotations

from starlette.responses import Response

from archiver.custody.reading import frozen, inclusion
from archiver.errors import InputError
from archiver.web.facts.log import log_state
from archiver.web.visit import Visit


def show(visit: Visit) -> Response:
    """The log."""
    with visit.desk.reading() as archive:
        found = log_state(archive, visit.number("page"))
        return visit.render(
            "log.html", title="Log", found=found, paging=found.paging, note=archive.log.checkpoint().decode()
        )


def checkpoint(visit: Visit) -> Response:
    """The signed head as a file, to be kept elsewhere."""
    with visit.desk.reading() as archive:
        head = archive.head()
        return _file(archive.log.checkpoint(), f"log-{head.size}.checkpoint")


def proof(visit: Visit) -> Response:
    """A C2SP tlog-proof of a leaf as a file; it shows nothing of the record."""
    number = visit.path("leaf")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise InputError("A leaf is named by its number.")
    with visit.desk.reading() as archive:
        return _file(inclusion(frozen(archive), int(number)), f"leaf-{int(number)}.tlog-proof")


def _file(data: bytes, name: str) -> Response:
    return Response(
        data, media_type="text/plain; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
