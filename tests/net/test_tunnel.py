"""HTTP proxies: CONNECT for https, the absolute form for plain http."""

from __future__ import annotations

import ssl
from ipaddress import ip_network

import pytest
import trustme
from proxying import BASIC, SOCKS_LOGIN, proxying

from archiver.errors import BadCertificate, ProxyFailed, Unreachable
from archiver.net import fetch, post, tls
from archiver.proxies import parse_proxy
from archiver.settings import FetchSettings

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
LARGE = b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + bytes(range(250)) * 12_000


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority, monkeypatch, tmp_path):
    roots = tmp_path / "roots.pem"
    authority.cert_pem.write_to_path(roots)
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    tls.context.cache_clear()
    yield
    tls.context.cache_clear()


def wrapper(authority: trustme.CA, name: str):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return lambda connection: context.wrap_socket(connection, server_side=True, suppress_ragged_eofs=False)


def settings(port: int, login: str = "", scheme: str = "http", **changes) -> FetchSettings:
    proxy = parse_proxy(f"{scheme}://{login}127.0.0.1:{port}")
    return FetchSettings(**{"user_agent": "t", "timeout": 5.0, "proxy": proxy} | changes)


def test_plain_http_is_asked_for_in_absolute_form_and_recorded_as_it_was_sent(serve) -> None:
    server = serve(PAGE)
    with proxying(leads={"page.example": server.port}) as proxy:
        (exchange,) = fetch("http://page.example/a?b#c", settings(proxy.port))
    assert exchange.request == proxy.heads[0] == server.requests[0]
    assert exchange.request.startswith(b"GET http://page.example/a?b HTTP/1.1\r\nHost: page.example\r\n")
    assert (exchange.response, exchange.address) == (PAGE, "")
    assert exchange.via == f"http://127.0.0.1:{proxy.port}"
    assert exchange.notices == ()


def test_the_password_is_sent_and_a_mark_is_recorded(serve) -> None:
    server = serve(PAGE)
    with proxying(login=SOCKS_LOGIN, leads={"page.example": server.port}) as proxy:
        (exchange,) = fetch("http://page.example/", settings(proxy.port, "ada:secret%3Aword@"))
    assert b"Proxy-Authorization: " + BASIC in proxy.heads[0]
    assert exchange.request == proxy.heads[0].replace(BASIC, b"(cut out)")
    assert "secret" not in repr(exchange)
    assert BASIC not in exchange.request


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_is_no_page(scheme: str) -> None:
    with proxying(login=SOCKS_LOGIN) as proxy:
        with pytest.raises(ProxyFailed, match="wants a user name and password"):
            fetch(f"{scheme}://page.example/", settings(proxy.port))
        with pytest.raises(ProxyFailed, match="does not take the user name") as raised:
            fetch(f"{scheme}://page.example/", settings(proxy.port, "ada:sesame@"))
    assert "sesame" not in str(raised.value)


def test_what_may_be_the_proxys_own_answer_is_marked() -> None:
    with proxying(answer=b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n") as proxy:
        (exchange,) = fetch("http://page.example/", settings(proxy.port))
    assert [notice.code for notice in exchange.notices] == ["perhaps-the-proxy"]


def test_https_goes_through_a_tunnel_to_the_page_itself(serve, authority, trusted) -> None:
    server = serve(PAGE, wrap=wrapper(authority, "page.example"))
    with proxying(login=SOCKS_LOGIN, leads={"page.example": server.port}) as proxy:
        (exchange,) = fetch("https://page.example/a", settings(proxy.port, "ada:secret%3Aword@"))
    assert proxy.heads == [
        b"CONNECT page.example:443 HTTP/1.1\r\nHost: page.example:443\r\nProxy-Authorization: " + BASIC + b"\r\n\r\n"
    ]
    assert exchange.request == server.requests[0]
    assert exchange.request.startswith(b"GET /a HTTP/1.1\r\nHost: page.example\r\n")
    assert b"Proxy" not in exchange.request
    assert exchange.protocols == ("http/1.1", "tls/1.3")
    assert len(exchange.certificates) == 1
    assert exchange.cipher is not None


def test_a_proxy_that_breaks_tls_open_is_found_out(serve, authority, trusted) -> None:
    server = serve(PAGE, wrap=wrapper(trustme.CA(), "page.example"))
    with proxying(leads={"page.example": server.port}) as proxy:
        with pytest.raises(BadCertificate):
            fetch("https://page.example/", settings(proxy.port))
        (exchange,) = fetch("https://page.example/", settings(proxy.port, verify_tls=False))
    assert [notice.code for notice in exchange.notices] == ["certificate-not-trusted"]


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", ProxyFailed, "answered 403"), (b"HTTP/1.1 502 Bad\r\n\r\n", Unreachable, "did not reach"),
        (b"HTTP/1.1 503 No\r\n\r\n", Unreachable, "did not reach"), (b"HTTP/1.1 302 Go\r\nLocation: /\r\n\r\n", ProxyFailed, "302"),
        (b"", ProxyFailed, "hung up"), (b"HTTP/1.1 200 OK\r\n", ProxyFailed, "hung up"), (b"hello\r\n\r\n", ProxyFailed, "HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 80_000, ProxyFailed, "end of its answer"), (b"\x05\x00" * 9 + b"\n\n", ProxyFailed, "HTTP"),
        (b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\nforged", ProxyFailed, "nobody asked for"),
    ],
)  # fmt: skip
def test_a_tunnel_that_does_not_come_about_is_one_sentence(answer: bytes, kind: type[Exception], said: str) -> None:
    with proxying(answer=answer) as proxy, pytest.raises(kind, match=said) as raised:
        fetch("https://page.example/", settings(proxy.port))
    assert f"http://127.0.0.1:{proxy.port}" in str(raised.value)
    assert type(raised.value) is kind


def test_an_interim_answer_before_the_tunnel_is_passed_over(serve, authority, trusted) -> None:
    with (
        proxying(answer=b"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 403 No\r\n\r\n") as proxy,
        pytest.raises(ProxyFailed, match="403"),
    ):
        fetch("https://page.example/", settings(proxy.port))


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("answer", [PAGE, LARGE], ids=["small", "large"])
def test_the_way_to_the_proxy_may_be_secured_too(scheme: str, answer: bytes, serve, authority, trusted) -> None:
    inner = wrapper(authority, "page.example") if scheme == "https" else None
    server = serve(answer, wrap=inner)
    with proxying(leads={"page.example": server.port}, wrap=wrapper(authority, "127.0.0.1")) as proxy:
        (exchange,) = fetch(f"{scheme}://page.example/", settings(proxy.port, scheme="https", timeout=20))
    assert exchange.response == answer
    assert exchange.truncated is None
    assert exchange.via == f"https://127.0.0.1:{proxy.port}"
    # what was agreed on with the proxy is not passed off as the page's
    assert exchange.protocols == (("http/1.1", "tls/1.3") if scheme == "https" else ("http/1.1",))
    assert len(exchange.certificates) == (scheme == "https")


def test_a_large_request_goes_through_both(serve, authority, trusted) -> None:
    body = bytes(range(256)) * 2000
    received: list[int] = []

    def wrap(connection):
        secured = wrapper(authority, "page.example")(connection)
        head = b""
        while b"\r\n\r\n" not in head:
            head += secured.recv(65536)
        size = len(head.partition(b"\r\n\r\n")[2])
        while size < len(body):
            size += len(secured.recv(65536))
        received.append(size)
        secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 2\r\n\r\nok")
        return secured

    server = serve(b"", wrap=wrap)
    with proxying(leads={"page.example": server.port}, wrap=wrapper(authority, "127.0.0.1")) as proxy:
        reply = post("https://page.example/", body, "a/b", settings(proxy.port, scheme="https", timeout=20))
    assert (reply.body, received) == (b"ok", [len(body)])


def test_a_proxys_certificate_has_to_hold_whatever_is_said_of_pages(serve, authority, trusted) -> None:
    with (
        proxying(wrap=wrapper(trustme.CA(), "127.0.0.1")) as proxy,
        pytest.raises(ProxyFailed, match="certificate of the proxy https://"),
    ):
        fetch("http://page.example/", settings(proxy.port, scheme="https", verify_tls=False))
    with proxying() as proxy, pytest.raises(ProxyFailed, match="is it one of https"):
        fetch("http://page.example/", settings(proxy.port, scheme="https"))


def test_what_is_posted_goes_through_it_too(serve) -> None:
    server = serve(b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 2\r\n\r\nok")
    with proxying() as proxy:
        reply = post(server.url, b"", "a/b", settings(proxy.port, allow_net=(ip_network("127.0.0.0/8"),)))
    assert reply.body == b"ok"
    assert proxy.heads[0].startswith(b"POST http://127.0.0.1:")
