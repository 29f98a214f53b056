from __future__ import annotations

import pytest

from archiver.net import open_response


@pytest.mark.parametrize(
    ("response", "payload"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", b"abc"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", b"abc"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", b""),
        (b"HTTP/1.0 200 OK\n\nabc", b"abc"),
    ],
)
def test_a_response_is_taken_apart(response: bytes, payload: bytes) -> None:
    opened = open_response(response)
    assert opened is not None
    assert opened[1] == payload


@pytest.mark.parametrize("response", [b"", b"abc", b"HTTP/1.1 200 OK\r\n", b"x\r\n\r\nabc"])
def test_what_has_no_head_is_none(response: bytes) -> None:
    assert open_response(response) is None
