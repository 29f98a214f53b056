"""A web site of the tests' own: routes are set from the test, every request is kept."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><nav>Home | News</nav><main><article>'
    "<h1>{title}</h1>{body}</article></main><footer>Terms of use</footer></body></html>"
)


def article(title: str, *paragraphs: str) -> bytes:
    """A plain article page."""
    return PAGE.format(title=title, body="".join(f"<p>{text}</p>" for text in paragraphs)).encode()


STORY = article(
    "Bridge over the Lorn to close for repairs",
    "The bridge over the river Lorn will close on the 13th of May for repairs that the county says cannot wait any longer.",
    "“We will not ask the ferrymen to work at night,” said county engineer Ada Voss. “Nobody has been hurt on this bridge, and nobody will be.”",
    "About 4,200 drivers use the bridge each day, the county says, and some of them cross it twice before noon.",
    "The repairs are to cost 1.7 million crowns. The council has set aside 2 million.",
)


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    length: int | None = None  # what it says of its own; where the body is shorter, the answer is cut off


@dataclass
class Website:
    """``routes`` maps a path to an answer or to a function of the request's headers; ``requests`` are (path, headers), ``bodies`` what was
    posted."""

    url: str
    routes: dict[str, Answer | Callable[[Mapping[str, str]], Answer] | None] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Sets a page and gives its URL; header names with ``_`` for ``-``."""
        names = {"Content-Type": "text/html; charset=utf-8"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.routes[path] = Answer(body, status, names)
        return self.url + path


@contextmanager
def website(context: ssl.SSLContext | None = None) -> Iterator[Website]:
    """A running site, over TLS where a ``context`` is given."""
    site: Website

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            site.bodies.append(self.rfile.read(length))
            self.do_GET()

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.requests.append((self.path, headers))
            answer = site.routes.get(self.path, Answer(b"<h1>Not found</h1>", 404))
            if callable(answer):
                answer = answer(headers)
            if answer is None:  # a server that hangs up
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(answer.length or len(answer.body)))
            self.close_connection = self.close_connection or answer.length is not None
            try:
                self.end_headers()
                self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True  # the client has gone, as it does where a run is interrupted

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Website(f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
