"""The site of the made pairs on loopback: each case at an address of its own, first as it was, then as it became."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from driftcase import Case
from driftwalls import Answer


@dataclass
class Site:
    """``url`` is its address. A case is at ``/<number>/story``; `turn` brings its second version, look by look."""

    url: str = ""
    routes: dict[str, list[Answer]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, number: int, case: Case) -> str:
        self.routes[f"/{number}/story"] = [self._at(number, case.first)]
        return f"{self.url}/{number}/story"

    def turn(self, number: int, case: Case) -> None:
        with self.lock:
            self.routes[f"/{number}/story"] = [self._at(number, answer) for answer in case.answers]
            for path, answer in case.others.items():
                self.routes[path if path.startswith("/") else f"/{number}/{path}"] = [self._at(number, answer)]

    def _at(self, number: int, answer: Answer) -> Answer:
        base = f"{self.url}/{number}/"
        headers = {name: value.replace("{}", base) for name, value in answer.headers.items()}
        links = answer.body.replace(b"href='{}", b"href='" + base.encode())
        return Answer(answer.status, links, headers, answer.delay, answer.hangs_up)

    def next(self, path: str) -> Answer:
        with self.lock:
            left = self.routes.get(path.partition("?")[0])
            if not left:
                return Answer(404, b"<h1>Not found</h1>")
            return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def running() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            answer = site.next(self.path)
            if answer.delay:
                time.sleep(answer.delay)
            if answer.hangs_up:
                self.close_connection = True
                return
            try:
                self.send_response(answer.status)
                for name, value in ({"Content-Type": "text/html; charset=utf-8"} | answer.headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True  # who asked has gone

        def log_message(self, *args: object) -> None:
            del args

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
