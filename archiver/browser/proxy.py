"""The proxy that all of a browser's traffic goes through: HTTP and CONNECT, on loopback, for one capture.

TLS ends here, under a throw-away authority, so that what a server sends is seen as it comes. What is no HTTP is refused: WebSocket,
and tunnels in which something else than TLS is spoken.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from archiver.browser.authority import ThrowAwayAuthority
from archiver.browser.relay import refuse
from archiver.browser.requests import BadRequest, BrowserRequest, Requests
from archiver.browser.traffic import Traffic
from archiver.urls import Url

_PATIENCE = 60.0  # seconds that a connection of the browser's may say nothing
_HERE = "127.0.0.1"
_TABLE = Path("/proc/net/tcp")

Relayed = Callable[[BrowserRequest, Url, socket.socket], bool]


class Proxy:
    """Listens from its making on; ``close`` (or ``with``) ends it and every connection."""

    def __init__(self, authority: ThrowAwayAuthority, traffic: Traffic, relay: Relayed) -> None:
        self._authority = authority
        self._traffic = traffic
        self._relay = relay
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._closing = False
        self._listener = socket.create_server((_HERE, 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="proxy", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._closing = True
            connections = list(self._connections)
        for opened in (self._listener, *connections):
            with contextlib.suppress(OSError):  # it may be at its end already
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection, address), name="proxied", daemon=True).start()

    def _serve(self, connection: socket.socket, address: tuple[str, int]) -> None:
        with self._lock:
            if self._closing:
                connection.close()
                return
            self._connections.add(connection)
        try:
            if is_own(address, self.port):
                connection.settimeout(_PATIENCE)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._converse(connection)
        except (OSError, BadRequest, ValueError):
            pass  # the browser sees that it is closed, and what was asked for stands in the traffic
        finally:
            with self._lock:
                self._connections.discard(connection)
            connection.close()

    def _converse(self, connection: socket.socket) -> None:
        requests = Requests(connection)
        while (request := requests.next()) is not None:
            if request.method == "CONNECT":
                if requests.ahead:
                    raise BadRequest("bytes for a tunnel that is not there yet")
                self._tunnel(connection, *request.connect_to())
                return
            if not self._answer(request, request.url(None), connection):
                return

    def _tunnel(self, connection: socket.socket, host: str, port: int) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        first = connection.recv(1, socket.MSG_PEEK)
        if not first:
            return  # the browser has thought better of it, and asked for nothing
        if first != b"\x16":  # no TLS handshake: a WebSocket, or a protocol of its own
            self._traffic.refuse(f"http://{host}:{port}/", "a tunnel for something else than a secure page is refused")
            return
        context = self._authority.context(host.strip("[]").rstrip("."))
        with context.wrap_socket(connection, server_side=True) as secured:
            requests = Requests(secured)
            while (request := requests.next()) is not None:
                if not self._answer(request, request.url((host, port)), secured):
                    return

    def _answer(self, request: BrowserRequest, url: Url, connection: socket.socket) -> bool:
        if request.wants_upgrade:
            self._traffic.refuse(url.href, "a WebSocket, which is refused: what goes over it would not be recorded")
            refuse(connection, request)
            return False
        return self._relay(request, url, connection)


def is_own(address: tuple[str, int], ours: int) -> bool:
    """Whether a connection from ``address`` to port ``ours`` of 127.0.0.1 is of this user's, as far as the system tells: nobody else on the
    machine is to have requests recorded as the page's. True where it does not tell.
    """
    host, port = address
    if not hasattr(os, "getuid"):
        return True
    try:
        lines = _TABLE.read_text("ascii").splitlines()[1:]
    except (OSError, UnicodeDecodeError):
        return True
    # the address too: somebody else can come from 127.0.0.2 and a port of ours
    wanted = [_in_table(host, port), _in_table(_HERE, ours)]
    return any(fields[1:3] == wanted and int(fields[7]) == os.getuid() for fields in map(str.split, lines))


def _in_table(host: str, port: int) -> str:
    """An address as the system's table has it: in the byte order of the machine."""
    return f"{int.from_bytes(socket.inet_aton(host), sys.byteorder):08X}:{port:04X}"
