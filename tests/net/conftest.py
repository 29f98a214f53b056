"""A server that sends exactly the bytes a test names, in the pieces it names, and then closes, resets or holds."""

from __future__ import annotations

import contextlib
import errno
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import pytest

from archiver.settings import FetchSettings

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@pytest.fixture(scope="session", autouse=True)
def no_outside_network() -> Iterator[None]:
    """Whatever a test comes upon (``http:1.0`` is a public address), nothing leaves this machine."""
    real = socket.socket.connect_ex

    def connect(self: socket.socket, address: tuple[object, ...]) -> int:
        return real(self, address) if address[0].startswith("127.") or address[0] == "::1" else errno.ENETUNREACH

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect_ex", connect, raising=False)
        yield


def receive_request(connection: socket.socket) -> bytes:
    """Everything up to the blank line; what is there if the client hangs up before."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            break
        data += piece
    return data


def reset(connection: socket.socket) -> None:
    """Close with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class RawServer:
    """Answers each connection, in its own thread, with what ``answer(request)`` gives; keeps the requests it saw."""

    def __init__(self, answer: Callable[[bytes], bytes], pieces: int | None, then: str, wrap=None) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._answer, self._pieces, self._then, self._wrap = answer, pieces, then, wrap
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def close(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._wrap is not None:
                connection = self._wrap(connection)
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        request = receive_request(connection)
        self.requests.append(request)
        answer = self._answer(request)
        size = self._pieces or len(answer) or 1
        for start in range(0, len(answer), size):
            connection.sendall(answer[start : start + size])
        if self._then == "hold":
            self._over.wait(10)
        elif self._then == "reset":
            reset(connection)


@pytest.fixture
def serve() -> Iterator[Callable[..., RawServer]]:
    """``serve(bytes or function of the request, pieces=None, then="close", wrap=None)`` starts a RawServer."""
    servers: list[RawServer] = []

    def start(answer: bytes | Callable[[bytes], bytes], *, pieces: int | None = None, then: str = "close", wrap=None):
        reply = (lambda _: answer) if isinstance(answer, bytes) else answer
        servers.append(RawServer(reply, pieces, then, wrap))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def settings() -> Callable[..., FetchSettings]:
    """``settings(**changes)``: loopback allowed, five seconds in all."""

    def make(**changes: object) -> FetchSettings:
        return FetchSettings(**{"user_agent": "archiver-test/1", "timeout": 5.0, "allow_net": LOOPBACK} | changes)

    return make
