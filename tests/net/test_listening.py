"""The server under its limits: strangers are answered, and none of them can hold it up."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from archiver.errors import ArchiveError, InputError
from archiver.net.listening import Answered, Asked, Limits, Listener, parse_listen

LIMITS = Limits(body=1000, head=0.6, seconds=1.5, at_once=6, from_one=4)
GO = threading.Event()
WAITING = threading.Semaphore(0)


def echo(asked: Asked) -> Answered:
    if asked.path == "/fault":
        raise RuntimeError("secret words")
    if asked.path == "/slow":
        WAITING.release()
        GO.wait(10)
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
        got = b""
        with contextlib.suppress(ConnectionError):
            opened.sendall(sent)
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


@pytest.fixture
def slow(server: tuple[str, int]) -> Iterator[list[socket.socket]]:
    """Strangers that begin a request and do not end it, as many as may be at once from one address."""
    opened = [socket.create_connection(server, timeout=5) for _ in range(LIMITS.from_one)]
    for one in opened:
        one.sendall(b"GET / HT")
    yield opened
    for one in opened:
        one.close()


def closed(opened: socket.socket) -> bool:
    opened.settimeout(0.05)
    try:
        return opened.recv(10) == b""
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True


def test_slow_strangers_keep_nobody_out(server: tuple[str, int], slow: list[socket.socket]) -> None:
    for _ in range(2):
        assert ask(server, "GET", "/")[0] == 200
    # who has kept us waiting longest makes room, and a second one where the first of us had not quite left
    assert [closed(slow[0]), closed(slow[-1])] == [True, False]


def test_a_byte_now_and_then_gains_nobody_time(server: tuple[str, int], slow: list[socket.socket]) -> None:
    began = time.monotonic()
    body = socket.create_connection(server, timeout=5)  # takes the place of the first
    body.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n")
    while not closed(slow[3]):
        for opened in (*slow, body):
            with contextlib.suppress(OSError):
                opened.sendall(b"x")
        assert time.monotonic() - began < 5
    assert LIMITS.head - 0.3 < time.monotonic() - began
    assert not closed(body)  # a body has longer than a head
    while not closed(body):
        assert time.monotonic() - began < 5
    assert time.monotonic() - began > LIMITS.seconds - 0.3
    body.close()


def test_who_waits_for_an_answer_is_not_dropped(server: tuple[str, int]) -> None:
    GO.clear()
    waiting = [socket.create_connection(server, timeout=5) for _ in range(LIMITS.from_one)]
    try:
        for one in waiting:
            one.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        assert all(WAITING.acquire(timeout=10) for _ in waiting)
        assert raw(server, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") == b""  # then there is no room
        GO.set()
        assert [b" 200 " in one.recv(1000) for one in waiting] == [True] * len(waiting)
    finally:
        GO.set()
        for one in waiting:
            one.close()


def test_where_no_thread_is_to_be_had_the_room_is_given_back(
    server: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, left = threading.Thread.start, [LIMITS.at_once + 1]

    def failing(thread: threading.Thread) -> None:
        if left[0]:
            left[0] -= 1
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", failing)
    for _ in range(LIMITS.at_once + 1):
        assert raw(server, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") == b""
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
    "text",
    ["", "here:", "here:port", "a b:80", "127.0.0.1:70000", "127.0.0.1:-1", "x/y:80", "²:1", "a:²", "a:" + "9" * 5000],
)
def test_what_cannot_be_listened_on(text: str) -> None:
    with pytest.raises(InputError, match="nothing to listen on"):
        parse_listen(text)


def test_a_port_in_use(server: tuple[str, int]) -> None:
    with pytest.raises(InputError, match="Nothing can be opened"):
        Listener(*server, echo)
