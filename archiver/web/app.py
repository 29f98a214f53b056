"""The application: the table of routes behind the guard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from archiver.errors import ArchiverError
from archiver.web import failing
from archiver.web.desk import Desk
from archiver.web.forms import read_form
from archiver.web.guard import Guard
from archiver.web.routes import ROUTES, Way
from archiver.web.visit import Visit

STATIC = Path(__file__).parent / "static"


def make_app(desk: Desk) -> Starlette:
    """The web page over an archive. Whoever runs it closes the desk."""
    routes = [Route(way.path, _endpoint(way, desk), methods=["POST" if way.post else "GET"]) for way in ROUTES]

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        answer = await run_in_threadpool(failing.no_such_page, Visit(request, desk), status)
        answer.headers.update(getattr(error, "headers", None) or {})  # `Allow` of a 405
        return answer

    return Starlette(
        routes=[*routes, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(Guard, access=desk.access)],
        exception_handlers={HTTPException: refused},
    )


def _endpoint(way: Way, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """A view as Starlette wants it: its form read and checked, its errors made pages, its work in a thread."""

    async def endpoint(request: Request) -> Response:
        visit = Visit(request, desk)
        try:
            if way.post:
                visit = Visit(request, desk, await read_form(request, way.largest))
            return await run_in_threadpool(_seen, way, visit)
        except ArchiverError as error:
            return await run_in_threadpool(failing.failed, visit, error)
        except HTTPException:
            raise
        except Exception as error:  # noqa: BLE001  # the last resort: one sentence, the traceback in a file
            return await run_in_threadpool(failing.fault, visit, error)
        finally:
            for value in visit.form.values():
                if isinstance(value, UploadFile):
                    await value.close()

    return endpoint


def _seen(way: Way, visit: Visit) -> Response:
    if way.post and not visit.is_own:
        return failing.not_our_form(visit)
    return way.view(visit)
