"""The server under its limits: strangers are answered, and none of them can hold it up."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator

import pytest

from archiver.errors import ArchiveError, InputError
from archiver.net.listening import Answered, Asked, Limits, Listener, parse_listen

LIMITS = Limits(body=1000, seconds=1.0, at_once=6, from_one=4)


def echo(asked: Asked) -> Answered:
    if asked.path == "/fault":
        raise RuntimeError("secret words")
    if asked.path == "/busy":
        raise ArchiveError("secret words")
    return Answered(
        200,
        f"{asked.method} {asked.path} {asked.query} {asked.host} ".encode() + asked.body,
        headers=(("X-Told", "yes"),),
    )


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    listener = Listener("127.0.0.1", 0, echo, LIMITS)
    listener.start()
    yield listener.address
    listener.close()


def ask(
    server: tuple[str, int], method: str, path: str, body: bytes | None = None
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection(*server, timeout=5)
    connection.request(method, path, body)
    answer = connection.getresponse()
    return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}


def raw(server: tuple[str, int], sent: bytes) -> bytes:
    with socket.create_connection(server, timeout=5) as opened:
        opened.sendall(sent)
        got = b""
        with contextlib.suppress(ConnectionResetError):
            while piece := opened.recv(65536):
                got += piece
        return got


def test_a_request_is_handed_over_and_answered(server: tuple[str, int]) -> None:
    status, body, headers = ask(server, "GET", "/a/b?x=1&y")
    assert (status, body) == (200, f"GET /a/b x=1&y 127.0.0.1:{server[1]} ".encode())
    assert headers["x-told"] == "yes"
    assert headers["content-security-policy"] == "default-src 'none'"
    assert ask(server, "POST", "/", b"words")[1].endswith(b" words")
    status, body, headers = ask(server, "HEAD", "/a")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n" + b"x" * 1001, b"413"),
        (b"POST / HTTP/1.1\r\nHost: a\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", b"400"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabcd", b"400"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabcd", b"400"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", b"505"),
        (b"PUT / HTTP/1.1\r\nHost: a\r\n\r\n", b"501"),
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-A: b\r\n" * 200 + b"\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS says hello\r\n\r\n", b"400"),
    ],
)
def test_what_is_not_well_formed_is_refused(server: tuple[str, int], sent: bytes, status: bytes) -> None:
    got = raw(server, sent)
    assert status in got.partition(b"\r\n")[0] or got == b""  # closed where more was sent than is read
    assert ask(server, "GET", "/")[0] == 200


def test_a_fault_shows_nothing(server: tuple[str, int]) -> None:
    for path, status in (("/fault", 500), ("/busy", 503)):
        got = ask(server, "GET", path)
        assert got[0] == status
        assert b"secret" not in got[1]


def test_slow_strangers_are_cut_off_and_their_room_given_back(server: tuple[str, int]) -> None:
    began = time.monotonic()
    slow = [socket.create_connection(server, timeout=5) for _ in range(6)]
    try:
        for opened in slow:
            opened.sendall(b"GET / HT")
        assert slow[5].recv(10) == b""  # more than four from one address: closed at once
        assert time.monotonic() - began < 0.9
        while time.monotonic() - began < 1.2:
            for opened in slow[:4]:
                with contextlib.suppress(OSError):
                    opened.sendall(b"x")  # a byte now and then gains nobody time
            time.sleep(0.1)
        with contextlib.suppress(ConnectionResetError):
            assert slow[0].recv(1000) == b""
    finally:
        for opened in slow:
            opened.close()
    time.sleep(0.2)
    assert ask(server, "GET", "/")[0] == 200


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("127.0.0.1:8765", ("127.0.0.1", 8765)),
        ("8765", ("127.0.0.1", 8765)),
        ("[::1]:80", ("::1", 80)),
        ("archive.example:0", ("archive.example", 0)),
    ],
)
def test_what_to_listen_on(text: str, parsed: tuple[str, int]) -> None:
    assert parse_listen(text) == parsed


@pytest.mark.parametrize(
    "text", ["", "here:", "here:port", "a b:80", "127.0.0.1:70000", "127.0.0.1:-1", "x/y:80", "²:1", "a:²"]
)
def test_what_cannot_be_listened_on(text: str) -> None:
    with pytest.raises(InputError, match="nothing to listen on"):
        parse_listen(text)


def test_a_port_in_use(server: tuple[str, int]) -> None:
    with pytest.raises(InputError, match="Nothing can be opened"):
        Listener(*server, echo)
