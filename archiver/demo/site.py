"""The demo's web site: an agency story, a syndicated copy of it, and a page that is edited in silence."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from types import TracebackType
from typing import Self

_DATE = "Sat, 14 Mar 2026 09:00:00 GMT"  # fixed, so that the sample archive says nothing of when it was made


def page(name: str) -> bytes:
    """A page of the site as its file holds it."""
    return resources.files("archiver.demo").joinpath("pages", f"{name}.html").read_bytes()


class DemoSite:
    """Serves the pages on 127.0.0.1 while it is open; `edit` changes the council's page as such pages change: without a word."""

    def __init__(self) -> None:
        self._pages = {
            "/wire/ferry-crossing": page("wire"),
            "/gazette/ferry-crossing": page("gazette"),
            "/council/timetable": page("council"),
        }
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def edit(self) -> None:
        """The council's page now says something else."""
        self._pages["/council/timetable"] = (
            page("council").replace(b"13th", b"31st").replace(b"will not charge", b"will charge")
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self._pages

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = pages.get(self.path)
                self.send_response_only(200 if body is not None else 404)
                self.send_header("Date", _DATE)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                body = body if body is not None else b"<!DOCTYPE html><title>Not found</title><h1>Not found</h1>"
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        return Handler
