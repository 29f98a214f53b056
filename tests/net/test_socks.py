"""SOCKS 5 against a proxy on raw sockets."""

from __future__ import annotations

import socket
import threading
from ipaddress import ip_network

import pytest
from proxying import SOCKS_LOGIN, proxying

from archiver.errors import ProxyFailed, Stopped, Unreachable
from archiver.net import fetch
from archiver.proxies import parse_proxy
from archiver.settings import FetchSettings

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def settings(port: int, login: str = "", scheme: str = "socks5h", **changes) -> FetchSettings:
    proxy = parse_proxy(f"{scheme}://{login}127.0.0.1:{port}")
    return FetchSettings(**{"user_agent": "t", "timeout": 5.0, "proxy": proxy} | changes)


def test_a_page_comes_through_it_as_it_was_asked_for(serve) -> None:
    server = serve(PAGE)
    with proxying(leads={"page.example": server.port}) as proxy:
        (exchange,) = fetch("http://page.example/a?b", settings(proxy.port))
    assert proxy.asked == [("page.example", 80)]
    assert (exchange.request, exchange.response) == (server.requests[0], PAGE)
    assert exchange.request.startswith(b"GET /a?b HTTP/1.1\r\nHost: page.example\r\n")
    assert (exchange.address, exchange.port, exchange.via) == ("", 80, f"socks5h://127.0.0.1:{proxy.port}")


def test_with_socks5_the_address_is_asked_for(serve, monkeypatch) -> None:
    server = serve(PAGE)
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    )
    with proxying(leads={"93.184.216.34": server.port}) as proxy:
        (exchange,) = fetch("http://page.example/", settings(proxy.port, scheme="socks5"))
    assert proxy.asked == [("93.184.216.34", 80)]
    assert b"Host: page.example\r\n" in exchange.request


def test_an_ipv6_address_is_asked_for_as_one(serve) -> None:
    server = serve(PAGE)
    with proxying(leads={"2606:4700:4700::1111": server.port}) as proxy:
        fetch("http://[2606:4700:4700::1111]/", settings(proxy.port))
    assert proxy.asked == [("2606:4700:4700::1111", 80)]


def test_name_and_password_are_given_and_kept_nowhere(serve) -> None:
    server = serve(PAGE)
    with proxying(login=SOCKS_LOGIN, leads={"page.example": server.port}) as proxy:
        (exchange,) = fetch("http://page.example/", settings(proxy.port, "ada:secret%3Aword@"))
        assert exchange.status == 200
        assert "secret" not in repr(exchange)
        with pytest.raises(ProxyFailed, match="does not take the user name and password") as raised:
            fetch("http://page.example/", settings(proxy.port, "ada:sesame@"))
        assert "sesame" not in str(raised.value)
        with pytest.raises(ProxyFailed, match="wants a user name and password"):
            fetch("http://page.example/", settings(proxy.port))
    assert len(proxy.asked) == 1


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (1, ProxyFailed, "a general failure"), (2, ProxyFailed, "rules"), (3, Unreachable, "network"), (4, Unreachable, "name"),
        (5, Unreachable, "refused"), (6, Unreachable, "in time"), (7, ProxyFailed, "connections"), (8, ProxyFailed, "type"),
        (0x42, ProxyFailed, "reply 66"), (0xF0, Unreachable, "onion"), (0xF2, Unreachable, "not up"),
    ],
)  # fmt: skip
def test_each_refusal_is_one_sentence_that_names_the_proxy(reply: int, kind: type[Exception], said: str) -> None:
    with proxying(answer=bytes([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])) as proxy, pytest.raises(kind, match=said) as raised:
        fetch("http://page.example/", settings(proxy.port))
    assert f"socks5h://127.0.0.1:{proxy.port}" in str(raised.value)
    assert type(raised.value) is kind


@pytest.mark.parametrize(
    "answer",
    [b"", b"\x05", b"\x05\x00\x00", b"HTTP/1.1 400 Bad\r\n\r\n", b"\x04\x00\x00\x01\x00\x00\x00\x00\x00\x00", b"\x05\x00\x00\x07\x00",
     b"\x05\x00\x00\x03\xff" + b"x" * 20],
)  # fmt: skip
def test_what_is_no_answer_is_refused(answer: bytes) -> None:
    with proxying(answer=answer) as proxy, pytest.raises(ProxyFailed, match=r"SOCKS 5|hung up"):
        fetch("http://page.example/", settings(proxy.port))


@pytest.mark.parametrize("address", [b"\x03\x04name\x00\x50", b"\x04" + bytes(16) + b"\x00\x50"])
def test_whatever_address_the_proxy_says_it_uses_is_taken(address: bytes) -> None:
    with proxying(answer=b"\x05\x00\x00" + address + PAGE) as proxy:
        (exchange,) = fetch("http://page.example/", settings(proxy.port))
    assert exchange.response == PAGE


@pytest.mark.parametrize("answer", [PAGE, b"\x05\x07", b"\x05\x02", b"\x04\x00"])
def test_what_is_no_such_proxy_is_told(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1)
                connection.sendall(answer)
                connection.recv(1000)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(ProxyFailed, match="SOCKS 5"):
            fetch("http://page.example/", settings(listener.getsockname()[1]))
        thread.join(5)


def test_a_proxy_that_is_not_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(
        ProxyFailed, match=rf"No connection to the proxy socks5h://127\.0\.0\.1:{port} \(connection refused\)"
    ):
        fetch("http://page.example/", settings(port))


def test_a_proxy_that_says_nothing_ends_with_the_time_and_with_a_wish_to_stop(serve) -> None:
    server = serve(lambda _: b"", then="hold")
    with pytest.raises(ProxyFailed, match="in time"):
        fetch("http://page.example/", settings(server.port, timeout=0.5))
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(Stopped):
        fetch("http://page.example/", settings(server.port, timeout=30), stop=stop)


def test_a_name_that_is_too_long_is_refused() -> None:
    name = ".".join(["a" * 60] * 5) + ".example"
    with proxying() as proxy, pytest.raises(ProxyFailed, match="too long"):
        fetch(f"http://{name}/", settings(proxy.port))


def test_loopback_is_reached_through_it_when_allowed(serve) -> None:
    server = serve(PAGE)
    with proxying() as proxy:
        fetch(server.url, settings(proxy.port, allow_net=(ip_network("127.0.0.0/8"),)))
    assert proxy.asked == [("127.0.0.1", server.port)]
