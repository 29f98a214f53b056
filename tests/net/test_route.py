"""What is judged before a proxy is asked: nothing inside is, in whatever way it is written."""

from __future__ import annotations

import socket
from ipaddress import ip_network

import pytest
from inside import WRITTEN
from proxying import proxying

from archiver.errors import BlockedAddress, NameNotFound, ProxyFailed
from archiver.net import fetch
from archiver.net.deadline import Deadline
from archiver.net.route import find_route
from archiver.proxies import parse_proxy
from archiver.settings import FetchSettings
from archiver.urls import parse

PROXIES = ("http", "socks5h", "socks5")
INSIDE_NAMES = (
    "localhost", "localhost.", "LOCALHOST", "a.localhost", "printer.local", "local", "db.internal", "x.y.internal.", "metadata.google.internal",
    "intranet", "router", "nas.lan", "fritz.home", "x.home.arpa", "wiki.corp", "a.private", "b.intranet", "host.localdomain", "%6cocalhost",
    "ｌｏｃａｌｈｏｓｔ", "printer。local", "user@printer.local",
)  # fmt: skip


@pytest.fixture
def names(monkeypatch) -> dict[str, str]:
    """Host name -> address; others are unknown."""
    table: dict[str, str] = {}

    def look_up(host, port, *_, **__):
        if host.decode() not in table:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (table[host.decode()], port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


def settings(port: int = 9, scheme: str = "socks5h", *allowed: str) -> FetchSettings:
    return FetchSettings(
        "t", timeout=5.0, allow_net=tuple(map(ip_network, allowed)), proxy=parse_proxy(f"{scheme}://127.0.0.1:{port}")
    )


@pytest.mark.parametrize("scheme", PROXIES)
def test_no_proxy_is_asked_for_an_inside_address(scheme: str, names) -> None:
    with proxying() as proxy:
        for host in WRITTEN:
            with pytest.raises(BlockedAddress):
                fetch(f"http://{host}/", settings(proxy.port, scheme))
        assert (proxy.connections, proxy.asked) == (0, [])


@pytest.mark.parametrize("host", INSIDE_NAMES)
@pytest.mark.parametrize("scheme", ["http", "https", "socks5h"])
def test_no_proxy_is_asked_for_an_inside_name(scheme: str, host: str, names) -> None:
    with proxying() as proxy:
        with pytest.raises(BlockedAddress):
            fetch(f"http://{host}/", settings(proxy.port, scheme))
        assert proxy.connections == 0


@pytest.mark.parametrize("url", ["http://page.example:25/", "ftp://page.example/", "file:///etc/passwd"])
def test_schemes_and_ports_are_judged_as_without_a_proxy(url: str) -> None:
    with pytest.raises(BlockedAddress):
        find_route(parse(url), settings(), Deadline(5))


@pytest.mark.parametrize("scheme", ["http", "socks5h"])
@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest",
        "//localhost/",
        "http://x.internal/",
        "http://[::1]/",
        "http://2130706433/",
    ],
)
def test_a_redirect_to_the_inside_is_refused(scheme: str, location: str, serve) -> None:
    server = serve(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())
    with proxying(leads={"page.example": server.port}) as proxy:
        with pytest.raises(BlockedAddress):
            fetch("http://page.example/", settings(proxy.port, scheme))
        assert proxy.asked == [("page.example", 80)]


def test_a_name_is_looked_up_by_the_proxy_and_by_nobody_else(names) -> None:
    route = find_route(parse("https://page.example/"), settings(), Deadline(5))
    assert (route.asked, [pinned.address for pinned in route.addresses]) == ("page.example", ["127.0.0.1"])


def test_with_socks5_it_is_looked_up_here_and_judged(names) -> None:
    names |= {"page.example": "93.184.216.34", "rebound.example": "10.0.0.1"}
    assert find_route(parse("http://page.example/"), settings(9, "socks5"), Deadline(5)).asked == "93.184.216.34"
    with pytest.raises(BlockedAddress, match=r"leads to 10\.0\.0\.1"):
        find_route(parse("http://rebound.example/"), settings(9, "socks5"), Deadline(5))
    with pytest.raises(NameNotFound):
        find_route(parse("http://unknown.example/"), settings(9, "socks5"), Deadline(5))


def test_an_ipv6_address_is_asked_for_in_brackets() -> None:
    url = parse("http://[2606:4700:4700::1111]/")
    for scheme in PROXIES:
        assert find_route(url, settings(9, scheme), Deadline(5)).asked == "[2606:4700:4700::1111]"


def test_loopback_is_asked_of_a_proxy_only_when_allowed() -> None:
    for host in ("127.0.0.1", "localhost"):
        url = parse(f"http://{host}:8000/")
        assert find_route(url, settings(9, "http", "127.0.0.0/8"), Deadline(5)).asked == host
        with pytest.raises(BlockedAddress):
            find_route(url, settings(9, "http", "10.0.0.0/8"), Deadline(5))


def test_a_proxy_whose_name_is_unknown_is_named(names) -> None:
    lost = FetchSettings("t", proxy=parse_proxy("http://ada:secret@lost.example:1"))
    with pytest.raises(ProxyFailed, match=r"http://lost\.example:1") as raised:
        find_route(parse("http://page.example/"), lost, Deadline(5))
    assert "secret" not in str(raised.value)


def test_an_onion_address_never_reaches_a_name_server(monkeypatch) -> None:
    def look_up(*_, **__):
        raise AssertionError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    url = parse("http://duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion/")
    assert find_route(url, settings(), Deadline(5)).asked == url.host
    for given in (FetchSettings("t"), settings(9, "socks5")):
        with pytest.raises(BlockedAddress, match="socks5h"):
            find_route(url, given, Deadline(5))
