"""What a view is given: the request with its form, the desk, and the templates."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from archiver.archive import Archive
from archiver.errors import InputError
from archiver.web.access import same
from archiver.web.desk import Desk
from archiver.web.guard import PROGRAM
from archiver.web.templating import TEMPLATES

_REPLAY = "/snapshots/{id}/replay"
MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. ``form`` is empty but for a POST."""

    request: Request
    desk: Desk
    form: Mapping[str, str | UploadFile] = field(default_factory=dict)

    def path(self, name: str) -> str:
        """A part of the address that the route names."""
        return str(self.request.path_params[name])

    def query(self, name: str, default: str = "") -> str:
        """An argument of the address."""
        return self.request.query_params.get(name, default)

    def number(self, name: str, default: int = 1) -> int:
        """An argument that is a number from 1 on; raises InputError for anything else."""
        text = self.query(name, str(default))
        if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 7 and 1 <= int(text) <= MOST_PAGES):
            raise InputError(f"{name} must be a whole number from 1 to {MOST_PAGES:,}.")
        return int(text)

    def text(self, name: str) -> str:
        """A field of the form, without white space around; empty where it is not there."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def upload(self, name: str) -> UploadFile | None:
        """A file of the form, None where none was chosen."""
        value = self.form.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    @property
    def is_program(self) -> bool:
        """Whether a program asks, by the token, and no browser with its cookie."""
        return bool(self.request.scope.get(PROGRAM))

    @property
    def is_own(self) -> bool:
        """Whether a change is asked for by one of our own forms, or by a program."""
        sent = self.request.headers.get("x-csrf-token") or self.form.get("csrf", "")
        return self.is_program or (isinstance(sent, str) and same(sent, self.desk.access.csrf))

    @property
    def has_replay(self) -> bool:
        """Whether recorded pages can be looked at as pages."""
        return any(getattr(route, "path", "") == _REPLAY for route in self.request.app.routes)

    def render(self, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
        """A page. Every template knows ``csrf`` (the hidden field of a form) and ``here`` (the path of the page)."""
        known = {
            "csrf_token": self.desk.access.csrf,
            "here": self.request.url.path,
            "has_replay": self.has_replay,
            **facts,
        }
        return HTMLResponse(TEMPLATES.get_template(template).render(known), status)

    def listed(self, archive: Archive, asked: Hashable, page: Callable[[], Response]) -> Response:
        """A page of a list as it is kept, or made now; ``asked`` is all that it depends on beside the catalogue."""
        body = self.desk.listed(archive, (self.request.url.path, asked), lambda: bytes(page().body))
        return HTMLResponse(body)

    def see_other(self, path: str) -> Response:
        """Leads on after a form."""
        return RedirectResponse(path, 303)
