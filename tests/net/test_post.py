"""Handing a few bytes to a service: one address, guarded, bounded, no redirects."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archiver.errors import BadAnswer, BlockedAddress, InputError, Unreachable
from archiver.net import post
from archiver.net.request import build_post
from archiver.settings import FetchSettings
from archiver.urls import parse

TYPE = "application/timestamp-query"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: Application/Timestamp-Reply; x=y\r\nContent-Length: 4\r\n\r\nbody"


def test_the_body_is_sent_and_the_answer_comes_back(
    serve: Callable[..., object], settings: Callable[..., FetchSettings]
) -> None:
    server = serve(OK)
    reply = post(server.url + "tsr?x=1", b"\x00\r\n\r\nquery", TYPE, settings())
    assert (reply.media_type, reply.body) == ("application/timestamp-reply", b"body")
    (request,) = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /tsr?x=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert {b"Content-Length: 10", b"Content-Type: application/timestamp-query", b"User-Agent: archiver-test/1"} <= set(
        head.split(b"\r\n")
    )
    assert body.startswith(b"\x00")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://192.168.0.1/\r\nContent-Length: 0\r\n\r\n",
            "sends one on to http://192.168.0.1/",
        ),
        (b"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "is not followed"),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "status 500"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody", "was cut off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + bytes(99999), "is too long"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "is not HTTP"),
    ],
)
def test_what_is_no_answer(
    serve: Callable[..., object], settings: Callable[..., FetchSettings], answer: bytes, says: str
) -> None:
    server = serve(answer)
    with pytest.raises(BadAnswer, match=says):
        post(server.url, b"query", TYPE, settings(max_body=1000))
    assert server.connections == 1


def test_an_endless_answer_ends_with_the_time(
    serve: Callable[..., object], settings: Callable[..., FetchSettings]
) -> None:
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbo", then="hold")
    with pytest.raises(BadAnswer, match="took too long"):
        post(server.url, b"query", TYPE, settings(timeout=0.5))
    silent = serve(b"", then="hold")
    with pytest.raises(Unreachable, match="in time"):
        post(silent.url, b"query", TYPE, settings(timeout=0.5))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://2130706433/", "ftp://example.org/"]
)
def test_inside_addresses_are_not_contacted(url: str, settings: Callable[..., FetchSettings]) -> None:
    with pytest.raises(BlockedAddress):
        post(url, b"query", TYPE, settings(allow_net=()))


def test_a_password_is_not_sent(settings: Callable[..., FetchSettings]) -> None:
    with pytest.raises(InputError, match="never sent"):
        post("http://alice:s3cret@127.0.0.1/", b"query", TYPE, settings())


@pytest.mark.parametrize("value", ["a\r\nX-More: 1", "a\nb", "a\0b", "", " a", "€"])
def test_no_field_becomes_two(value: str) -> None:
    with pytest.raises(InputError, match="cannot be sent as webhook-id"):
        build_post(parse("https://e.test/"), "agent", "text/plain", b"", (("webhook-id", value),))
