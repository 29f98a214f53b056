"""What the browser asks of its proxy: read off the connection, and written anew for the server (RFC 9110, RFC 9112)."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

from archiver.errors import InputError
from archiver.urls import Url, parse

MAX_HEAD = 256 * 1024
MAX_BODY = 16 * 1024 * 1024
"""Bytes of a request's body at most: a page that is read has little to send."""

_REQUEST_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) (\S+) HTTP/1\.[01]")
_LENGTH = re.compile(r"[0-9]{1,12}")
_AUTHORITY = re.compile(r"([^\s/@?#]+):([0-9]{1,5})")

# meant for the proxy or for this one connection, or a wish to leave HTTP
_HOP_BY_HOP = frozenset(
    (
        "connection", "proxy-connection", "proxy-authorization", "keep-alive", "te", "trailer", "upgrade",
        "transfer-encoding", "http2-settings", "expect",
    )
)  # fmt: skip


class BadRequest(Exception):
    """What came is no request that is taken here."""


@dataclass(frozen=True, slots=True)
class BrowserRequest:
    """One request: ``target`` as it stands in the request line, header names and values in Latin-1, in order."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first value of a header, compared without case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def wants_upgrade(self) -> bool:
        """Whether it asks to leave HTTP, as WebSocket does."""
        return self.header("upgrade") is not None

    @property
    def is_navigation(self) -> bool:
        """Whether a page or frame is to be exchanged for the answer. To servers without TLS the browser says so by the older header only."""
        return self.header("sec-fetch-mode") == "navigate" or self.header("upgrade-insecure-requests") is not None

    def connect_to(self) -> tuple[str, int]:
        """Host and port of a CONNECT. Raises BadRequest."""
        found = _AUTHORITY.fullmatch(self.target)
        if found is None or not 0 < int(found[2]) < 65536:
            raise BadRequest("a CONNECT to no host")
        return found[1], int(found[2])

    def url(self, tunnel: tuple[str, int] | None) -> Url:
        """The address that is asked for, inside a ``tunnel`` (host, port) or as the whole address. Raises BadRequest."""
        address = self.target
        if tunnel is not None:
            address = f"https://{tunnel[0]}:{tunnel[1]}{self.target}" if self.target.startswith("/") else ""
        try:
            parsed = parse(address)
        except InputError as error:
            raise BadRequest("a request for no web address") from error
        if parsed.scheme not in ("http", "https"):
            raise BadRequest("a request for no web address")
        return parsed

    def to_server(self, url: Url) -> bytes:
        """The bytes that are sent on. Only codings that can be undone offline are asked for; whatever a page is coded in otherwise
        could be kept, but not read."""
        lines = [f"{self.method} {url.target or '/'} HTTP/1.1", f"Host: {url.authority}"]
        for name, value in self.headers:
            lower = name.lower()
            if lower in _HOP_BY_HOP or lower in ("host", "content-length"):
                continue
            if lower == "accept-encoding":
                value = "identity" if value.startswith("identity") else "gzip"  # media is asked for in ranges
            lines.append(f"{name}: {value}")
        if self.body or self.method in ("POST", "PUT", "PATCH"):
            lines.append(f"Content-Length: {len(self.body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + self.body


class Requests:
    """Reads one request after another from a connection of the browser's."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = bytearray()

    def next(self) -> BrowserRequest | None:
        """The next one; None where the browser has no more. Raises BadRequest, OSError."""
        head = self._head()
        if head is None:
            return None
        lines = head.decode("latin-1").split("\r\n")
        found = _REQUEST_LINE.fullmatch(lines[0])
        if found is None:
            raise BadRequest("no request line")
        headers = []
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon:
                raise BadRequest("a header line without a colon")
            headers.append((name, value.strip(" \t")))
        request = BrowserRequest(found[1], found[2], tuple(headers))
        if request.header("transfer-encoding") is not None:
            raise BadRequest("a body of unknown length")
        length = request.header("content-length")
        if length is None or found[1] == "CONNECT":
            return request
        if not _LENGTH.fullmatch(length) or int(length) > MAX_BODY:
            raise BadRequest("a body that is too long")
        return BrowserRequest(request.method, request.target, request.headers, self._take(int(length)))

    @property
    def ahead(self) -> bool:
        """Whether more has come already than was read."""
        return bool(self._buffer)

    def _head(self) -> bytes | None:
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > MAX_HEAD:
                raise BadRequest("a head that is too long")
            data = self._connection.recv(65536)
            if not data:
                return None
            self._buffer += data
        head = bytes(self._buffer[:end])
        del self._buffer[: end + 4]
        return head

    def _take(self, length: int) -> bytes:
        while len(self._buffer) < length:
            data = self._connection.recv(65536)
            if not data:
                raise BadRequest("a body that breaks off")
            self._buffer += data
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        return body
