"""Proxies of the tests' own, on raw sockets: they keep what they were asked and sent, and lead names wherever a test says."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SOCKS_LOGIN = (b"ada", b"secret:word")
BASIC = b"Basic YWRhOnNlY3JldDp3b3Jk"  # ada:secret:word


@dataclass
class FakeProxy:
    """Takes SOCKS 5, CONNECT and requests in absolute form alike. ``asked`` are (host, port) of the ways it opened, ``heads`` the HTTP
    heads it was sent, ``leads`` says where a host leads (port on loopback), else to the same port there.

    ``answer`` replaces what it says by bytes of a test's choice, after the greeting (SOCKS) or the head (HTTP).
    """

    login: tuple[bytes, bytes] | None = None
    leads: dict[str, int] = field(default_factory=dict)
    answer: bytes | None = None
    surplus: bytes = b""
    asked: list[tuple[str, int]] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    wrap: Callable[[socket.socket], socket.socket] | None = None

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ssl.SSLError), connection:
            connection.settimeout(10)
            if self.wrap is not None:
                connection = self.wrap(connection)
            with connection:
                first = connection.recv(1)
                if first == b"\x05":
                    self._socks(connection)
                elif first:
                    self._http(connection, first)

    def _socks(self, connection: socket.socket) -> None:
        methods = _exactly(connection, _exactly(connection, 1)[0])
        if self.login is None:
            connection.sendall(b"\x05\x00")
        elif 2 not in methods:
            connection.sendall(b"\x05\xff")
            return
        else:
            connection.sendall(b"\x05\x02")
            _exactly(connection, 1)
            given = tuple(_exactly(connection, _exactly(connection, 1)[0]) for _ in range(2))
            connection.sendall(b"\x01\x00" if given == self.login else b"\x01\x01")
            if given != self.login:
                return
        _, _, _, kind = _exactly(connection, 4)
        if kind == 3:
            host = _exactly(connection, _exactly(connection, 1)[0]).decode()
        else:
            family, size = {1: (socket.AF_INET, 4), 4: (socket.AF_INET6, 16)}[kind]
            host = socket.inet_ntop(family, _exactly(connection, size))
        port = int.from_bytes(_exactly(connection, 2), "big")
        self.asked.append((host, port))
        if self.answer is not None:
            connection.sendall(self.answer)
            return
        self._pipe(connection, host, port, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")

    def _http(self, connection: socket.socket, first: bytes) -> None:
        head = first
        while b"\r\n\r\n" not in head:
            head += connection.recv(1)
        self.heads.append(head)
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        if self.login is not None and BASIC not in head:
            connection.sendall(b"HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n")
            return
        if self.answer is not None:
            connection.sendall(self.answer)
            return
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            self.asked.append((host, int(port)))
            self._pipe(connection, host, int(port), b"HTTP/1.1 200 Connected\r\n\r\n" + self.surplus)
            return
        authority = target.split("/")[2]
        host, _, port = authority.partition(":")
        self.asked.append((host, int(port or 80)))
        self._pipe(connection, host, int(port or 80), b"", head)

    def _pipe(self, connection: socket.socket, host: str, port: int, hello: bytes, head: bytes = b"") -> None:
        with socket.create_connection(("127.0.0.1", self.leads.get(host, port)), timeout=10) as server:
            connection.sendall(hello)
            server.sendall(head)
            _carry(connection, server)


def _carry(one: socket.socket, other: socket.socket) -> None:
    """Both ways in one thread, since two must not use one TLS connection at once; over when either side ends."""
    while True:
        for source, target in ((one, other), (other, one)):
            source.settimeout(0.003)
            try:
                data = source.recv(65536)
            except TimeoutError:
                continue
            finally:
                source.settimeout(10)
            if not data:
                if isinstance(target, ssl.SSLSocket):
                    target.unwrap()
                return
            target.sendall(data)


def _exactly(connection: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = connection.recv(length - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return data


@contextmanager
def proxying(**options: object) -> Iterator[FakeProxy]:
    """A running proxy on loopback."""
    proxy = FakeProxy(**options)  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        proxy.port = listener.getsockname()[1]
        thread = threading.Thread(target=proxy.serve, args=(listener,), daemon=True)
        thread.start()
        yield proxy
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        thread.join(10)
