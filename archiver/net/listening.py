"""Listening for plain HTTP, with the standard library, under limits that a stranger cannot stretch: one request a connection.

What is answered is not decided here: ``answer`` makes an `Answered` of an `Asked`, and can be called without any server.
"""

from __future__ import annotations

import contextlib
import io
import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast

from archiver.errors import ArchiverError, InputError
from archiver.urls import parse
from archiver.version import TOOL

_LENGTH = re.compile(r"[0-9]{1,12}")
_REASONS = {413: "the body is too large", 411: "Content-Length is missing"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. ``path`` is as it stands in the request line, before ``?``, ``query`` what follows; header names are in lower case.

    Of a header that came twice the values are joined with a comma (RFC 9110 section 5.3), but for Host, which may come once only.
    """

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    peer: str

    @property
    def host(self) -> str:
        return self.headers.get("host", "").lower()


@dataclass(frozen=True, slots=True)
class Answered:
    """What is answered. ``headers`` come beside Content-Length, Content-Type and those that every answer has."""

    status: int
    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


Answer = Callable[[Asked], Answered]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a body, seconds for the head of a request and for all of it with its answer, connections at once in all and from one address."""

    body: int = 2 << 20
    head: float = 5.0
    seconds: float = 15.0
    at_once: int = 64
    from_one: int = 16


class Listener:
    """A server on its own threads, from `start` to `close`. ``address`` is host and port as they came about (port 0 picks one).

    Raises InputError where the address cannot be listened on.
    """

    def __init__(self, host: str, port: int, answer: Answer, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        try:
            self._server = _Server(host, port, answer, self._limits)
        except (OSError, OverflowError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise InputError(f"Nothing can be opened on {host}:{port}: {why}; name another with --listen.") from error
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="listener", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._server.server_address[:2]
        return str(host), int(port)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Takes no more requests; those under way have a second to end."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


def parse_listen(text: str) -> tuple[str, int]:
    """Host and port of ``127.0.0.1:8765``, ``[::1]:8765`` or ``8765`` alone, which is on 127.0.0.1. Raises InputError."""
    host, colon, port = text.rpartition(":")
    host = host if colon else "127.0.0.1"
    try:
        number = int(port) if text.isascii() and port.isdigit() and len(port) < 6 else -1
        if not 0 <= number < 65536 or parse(f"http://{host}:{number}/").target != "/":
            raise InputError(text)
    except InputError as error:
        raise InputError(f"{text[:80]!r} is nothing to listen on; write it like 127.0.0.1:8765.") from error
    return host.strip("[]"), number


@dataclass(slots=True, eq=False)
class _Opened:
    """A connection. ``busy`` is it while its answer is being made: then it is we who keep it waiting."""

    request: socket.socket
    peer: str
    busy: bool = False


class _Server(HTTPServer):
    request_queue_size = 128
    allow_reuse_address = sys.platform != "win32"  # there it would let two listen at once

    def __init__(self, host: str, port: int, answer: Answer, limits: Limits) -> None:
        self.answer, self.limits = answer, limits
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._open: list[_Opened] = []  # the oldest first
        self._changed = threading.Condition()
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Without asking a name server for the name of this machine, as the base does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1 if self.allow_reuse_address else 0)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """On a thread of its own. Where there is no room, whoever has kept us waiting longest makes room; else the new one is closed at once.

        Behind a reverse proxy all strangers have one address, and a few slow ones must not keep the others out.
        """
        opened = _Opened(request, str(client_address[0]))
        with self._changed:
            kept = self._of(opened.peer) >= self.limits.from_one
            if (kept or len(self._open) >= self.limits.at_once) and not self._make_room(opened.peer if kept else None):
                self.shutdown_request(request)
                return
            self._open.append(opened)
        try:
            threading.Thread(target=self._handle, args=(opened, client_address), daemon=True).start()
        except RuntimeError:  # no thread is to be had
            self._leave(opened)

    def _of(self, peer: str) -> int:
        return sum(item.peer == peer for item in self._open)

    def _make_room(self, peer: str | None) -> bool:
        """Drops the oldest connection (of one address) that waits for its stranger and for nobody here. Says whether there was one."""
        slow = next((item for item in self._open if not item.busy and peer in (None, item.peer)), None)
        if slow is None:
            return False
        self._open.remove(slow)
        with contextlib.suppress(OSError):
            slow.request.shutdown(socket.SHUT_RDWR)  # its thread wakes, and closes it
        return True

    def _handle(self, opened: _Opened, client_address: Any) -> None:
        try:
            _Handler(opened, client_address, self)
        except (OSError, ValueError):
            pass  # whoever asked went away, or was too slow
        finally:
            self._leave(opened)

    def begins(self, opened: _Opened) -> bool:
        """Its answer is being made from now on; not where it was dropped."""
        with self._changed:
            opened.busy = opened in self._open
            return opened.busy

    def _leave(self, opened: _Opened) -> None:
        self.shutdown_request(opened.request)
        with self._changed:
            if opened in self._open:
                self._open.remove(opened)
            self._changed.notify_all()

    def server_close(self) -> None:
        super().server_close()
        end = time.monotonic() + 1.0
        with self._changed:
            while self._open and time.monotonic() < end:
                self._changed.wait(0.1)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing on stderr for what a stranger sends."""


class _Timed(io.RawIOBase):
    """A socket as a file that is read until a moment, ``end``, however little comes at a time."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection, self.end = connection, end

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._wait()
        return self._connection.recv_into(buffer)

    def write(self, data: Any) -> int:
        self._wait()
        return self._connection.send(data)

    def _wait(self) -> None:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)


class _Handler(BaseHTTPRequestHandler):
    """HTTP/1.0 towards everybody: the connection ends with the answer."""

    server: _Server
    protocol_version = "HTTP/1.0"

    def __init__(self, opened: _Opened, client_address: Any, server: _Server) -> None:
        self._opened = opened
        super().__init__(opened.request, client_address, server)

    def setup(self) -> None:
        self.connection = self.request
        limits, began = self.server.limits, time.monotonic()
        self._timed, self._end = _Timed(self.request, began + min(limits.head, limits.seconds)), began + limits.seconds
        self.rfile = io.BufferedReader(self._timed)
        self.wfile = cast(io.BufferedIOBase, io.BufferedWriter(self._timed))

    def finish(self) -> None:
        """The answer was flushed as it was sent."""

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What the standard library's parser refuses; in our own words, and without what was sent."""
        self.request_version = "HTTP/1.0"  # whatever it was: the answer has a head
        self._send(Answered(int(code), f"{self.responses.get(code, ('This was not understood',))[0]}.\n".encode()))

    def _answer(self) -> None:
        self._timed.end = self._end  # the head is there
        body = self._body()
        if isinstance(body, int):
            self._send(
                Answered(body, f"The request is refused: {_REASONS.get(body, 'it is not well formed')}.\n".encode())
            )
            return
        path, _, query = self.path.partition("?")
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            name = name.lower()
            headers[name] = f"{headers[name]}, {value}" if name in headers else str(value)
        method = "GET" if self.command == "HEAD" else self.command
        if not self.server.begins(self._opened):
            return  # it was dropped meanwhile
        try:
            answered = self.server.answer(Asked(method, path, query, headers, body, str(self.client_address[0])))
        except ArchiverError:
            answered = Answered(503, b"This cannot be answered just now.\n")
        except Exception:  # noqa: BLE001  # a fault of ours must not show a stranger anything, nor end the server
            answered = Answered(500, b"This cannot be answered.\n")
        self._opened.busy = False
        self._send(answered)

    def _body(self) -> bytes | int:
        """The body, or the status with which the request is refused before anything of it is looked at."""
        lengths, hosts = self.headers.get_all("content-length", []), self.headers.get_all("host", [])
        if len(hosts) != 1 or len(lengths) > 1 or (lengths and not _LENGTH.fullmatch(lengths[0])):
            return 400
        if "transfer-encoding" in self.headers:
            return 411
        length = int(lengths[0]) if lengths else 0
        if self.command == "POST" and not lengths:
            return 411
        if length > self.server.limits.body:
            return 413
        body = self.rfile.read(length)
        return body if len(body) == length else 400

    def _send(self, answered: Answered) -> None:
        self.send_response_only(answered.status)
        fields = (
            ("Server", TOOL.replace(" ", "/")),
            ("Content-Type", answered.media_type),
            ("Content-Length", str(len(answered.body))),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
            ("Connection", "close"),
            *answered.headers,
        )
        for name, value in fields:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answered.body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""
