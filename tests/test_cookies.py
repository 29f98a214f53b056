"""Files of cookies, and to whom a cookie goes."""

from __future__ import annotations

import json

import pytest

from archiver.cookies import Cookie, header_for, read_cookies
from archiver.errors import InputError
from archiver.model import Exchange
from archiver.net.secrets import without_session
from archiver.urls import parse

NETSCAPE = (
    "# Netscape HTTP Cookie File\n\n.example.org\tTRUE\t/\tTRUE\t4102444800\tid\tabc\n"
    "#HttpOnly_www.example.org\tFALSE\t/news\tFALSE\t0\tkey\tx=y\nexample.org\tFALSE\t/\tFALSE\t1\told\tgone\n"
)


def test_cookies_txt() -> None:
    first, second, third = read_cookies("c.txt", NETSCAPE.encode())
    assert first == Cookie("id", "abc", "example.org", secure=True, expires=4102444800.0)
    assert second == Cookie("key", "x=y", "www.example.org", "/news", host_only=True, http_only=True)
    assert third.expires == 1.0


def test_json_of_extensions_and_of_playwright() -> None:
    entries = [
        {"name": "a", "value": "1", "domain": ".example.org", "secure": True, "sameSite": "no_restriction", "expirationDate": 4102444800.5},
        {"name": "b", "value": "2", "domain": "example.org", "hostOnly": True, "session": True},
    ]  # fmt: skip
    for value in (entries, {"cookies": entries, "origins": []}):
        first, second = read_cookies("c.json", json.dumps(value).encode())
        assert (first.domain, first.host_only, first.secure, first.same_site, first.expires) == (
            "example.org",
            False,
            True,
            "None",
            4102444800.5,
        )
        assert (second.host_only, second.expires) == (True, None)


@pytest.mark.parametrize(
    ("fields", "expires"),
    [
        ('"expires": null, "expirationDate": 978307200', 978307200.0), ('"expires": "978307200.5"', 978307200.5),
        ('"expires": -1', None), ('"expires": 0', None), ('"expires": null', None), ('"expirationDate": null', None), ('"path": "/"', None),
    ],
)  # fmt: skip
def test_when_a_cookie_of_json_ends(fields: str, expires: float | None) -> None:
    text = f'[{{"name": "a", "value": "b", "domain": "x.org", {fields}}}]'
    assert read_cookies("c.json", text.encode())[0].expires == expires


@pytest.mark.parametrize(
    "said",
    [
        "1" + "0" * 400, "1e999", "-1e999", "NaN", "Infinity", '"2001-01-01T00:00:00Z"', '""', "true", "[]", "4102444800000",
    ],
)  # fmt: skip
def test_an_end_that_is_no_time_is_refused(said: str) -> None:
    """Such a cookie would be sent as one that never ends."""
    with pytest.raises(InputError, match="entry 1 does not say in seconds"):
        read_cookies("c.json", f'[{{"name": "a", "value": "b", "domain": "x.org", "expires": {said}}}]'.encode())
    with pytest.raises(InputError, match="line 1 does not say in seconds"):
        read_cookies("c.txt", f".x.org\tTRUE\t/\tTRUE\t{said}\ta\tb\n".encode())


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://example.org/", "id=abc"),
        ("https://www.example.org/news/1", "key=x=y; id=abc"),
        ("http://www.example.org/news", "key=x=y"),
        ("http://www.example.org/newspaper", None),
        ("https://badexample.org/", None),
        ("https://example.org.evil.test/", None),
        ("https://org/", None),
    ],
)
def test_only_their_own_sites_get_them(url: str, sent: str | None) -> None:
    assert header_for(read_cookies("c.txt", NETSCAPE.encode()), parse(url)) == sent


def test_an_address_has_no_hosts_below_it() -> None:
    assert header_for([Cookie("a", "1", "0.0.1")], parse("http://127.0.0.1/")) is None


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"just words\n", b"a\tb\tc\td\te\tf\tg\n", b"[]", b"{}", b'{"cookies": 3}', b"[3]", b'[{"name": "a"}]', b"[" * 100_000,
        b'[{"name": "a b", "value": "SECRET", "domain": "x.org"}]', b'[{"name": "a", "value": "SECRET\\r\\nX: y", "domain": "x.org"}]',
        b'[{"name": "a", "value": "SECRET", "domain": "org"}]', b".x.org\tTRUE\t/\tTRUE\tnever\ta\tSECRET\n",
        "[{\"name\": \"a\", \"value\": \"é\", \"domain\": \"x.org\"}]".encode(),
    ],
)  # fmt: skip
def test_what_is_no_file_of_cookies(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read_cookies("c.txt", data)
    assert "SECRET" not in str(refused.value)


def test_a_cookie_does_not_show_its_value() -> None:
    assert "abc" not in repr(read_cookies("c.txt", NETSCAPE.encode()))


def test_values_are_cut_out_of_both_heads() -> None:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    request = b"GET / HTTP/1.1\r\nHost: x\r\ncookie: a=SECRET\r\nAuthorization:Bearer SECRET\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=SECRET\r\n\tmore SECRET\r\nX-Set-Cookie: kept\r\nset-cookie : b=SECRET\r SECRET\r\n\r\n"
    exchange = Exchange(
        "http://x/", request, head + b"Set-Cookie: in the page", b"", len(head), "1.1", 200, "OK", (("Set-Cookie", "a=SECRET"), ("X", "y")),
        b"Set-Cookie: in the page", None, "192.0.2.1", 80, ("http/1.1",), None, (), now, now,
    )  # fmt: skip
    cut = without_session(exchange)
    assert b"SECRET" not in cut.request + cut.response
    assert cut.request == b"GET / HTTP/1.1\r\nHost: x\r\ncookie: (cut out)\r\nAuthorization: (cut out)\r\n\r\n"
    assert cut.response[cut.head_length :] == exchange.body
    assert b"X-Set-Cookie: kept" in cut.response
    assert cut.headers == (("Set-Cookie", "(cut out)"), ("X", "y"))
