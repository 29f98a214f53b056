"""Whoever is connected and asks nothing is shown out; whoever is being answered is not."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.web import patience
from archiver.web.desk import Desk
from archiver.web.facts import listing


@pytest.fixture
def server(cited: tuple[Path, dict[str, str]], serve: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    return serve(cited[0])


def line_to(desk: Desk) -> socket.socket:
    return socket.create_connection(("127.0.0.1", desk.access.port), 5)


def request(desk: Desk, more: str = "") -> bytes:
    token = desk.access.token
    return (
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{desk.access.port}\r\nAuthorization: Bearer {token}\r\n{more}\r\n".encode()
    )


def all_of(line: socket.socket) -> bytes:
    """What comes until the server hangs up; raises TimeoutError where it does not."""
    return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"GET"])
def test_who_asks_nothing_is_shown_out(server: Desk, begun: bytes) -> None:
    with line_to(server) as line:
        line.sendall(begun)
        assert all_of(line) == b""


def test_who_asked_once_and_begins_again_is_shown_out(server: Desk) -> None:
    with line_to(server) as line:
        line.sendall(request(server) + b"GET / HTT")
        assert all_of(line).startswith(b"HTTP/1.1 200")


def test_a_body_that_nobody_reads_is_not_waited_for(server: Desk) -> None:
    with line_to(server) as line:
        line.sendall(b"POST /packs HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 99\r\n\r\nx")
        assert all_of(line).startswith(b"HTTP/1.1 403")


def test_what_takes_long_is_answered(server: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*given: object) -> object:
        time.sleep(0.7)
        return quotes(*given)  # type: ignore[arg-type]

    quotes = listing.quotes
    monkeypatch.setattr(listing, "quotes", slow)
    with line_to(server) as line:
        line.sendall(request(server, "Connection: close\r\n"))
        assert all_of(line).rstrip().endswith(b"</html>")
