"""Ways to reach an inside address: none of them opens a connection."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from ipaddress import ip_address, ip_network

import pytest
from inside import WRITTEN

from archiver.errors import BlockedAddress, NameNotFound, NameUnanswered, Unreachable
from archiver.net import fetch, reason_to_block
from archiver.net.deadline import Deadline
from archiver.net.guard import BAD_PORTS, Pinned, check_url, is_literal, look_up, resolve
from archiver.settings import FetchSettings
from archiver.urls import parse

PUBLIC = (
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255", "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0", "168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255",
    "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255",
    "203.0.112.255", "203.0.114.0", "223.255.255.255", "2001:4860:4860::8888", "2606:4700:4700::1111",
    "2a00:1450:4001:81d::200e",
    "2001:200::1", "2001:db7:ffff::1", "2400:cb00::1", "3fff:1000::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8",
    "2a00:1450::5efe:808:808",
)  # fmt: skip

OUTSIDE = "http://page.example/"


@pytest.fixture
def dialled(monkeypatch) -> list[object]:
    """Every address that a socket was told to connect to; the connection itself fails."""
    seen: list[object] = []

    def refuse(_: socket.socket, address: object) -> int:
        seen.append(address)
        return 111

    monkeypatch.setattr(socket.socket, "connect_ex", refuse, raising=False)
    monkeypatch.setattr(socket.socket, "connect", refuse, raising=False)
    return seen


@pytest.fixture
def names(monkeypatch) -> dict[str, list[list[str]]]:
    """Host name -> the answers of a resolver, one list of addresses a look-up, the last one for ever."""
    table: dict[str, list[list[str]]] = {}

    def look_up(host, port, *_, **__):
        answers = table.get(host.decode())
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


def settings(*allowed: str, **changes) -> FetchSettings:
    return FetchSettings(
        **{"user_agent": "t", "timeout": 5.0, "allow_net": tuple(map(ip_network, allowed))} | changes,
    )


def test_there_are_enough_ways() -> None:
    assert len(set(WRITTEN)) >= 130


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", WRITTEN)
def test_written_address_is_refused(host: str, scheme: str, dialled) -> None:
    with pytest.raises(BlockedAddress) as raised:
        fetch(f"{scheme}://{host}/", settings())
    assert dialled == []
    assert "--allow-net" in str(raised.value)
    assert "pass" not in str(raised.value)


@pytest.mark.parametrize(
    "host", [host for host in WRITTEN if "@" not in host and host.isprintable() and "%" not in host]
)
def test_name_that_leads_inside_is_refused(host: str, dialled, names) -> None:
    names["page.example"] = [[parse(f"http://{host}/").host.strip("[]")]]
    with pytest.raises(BlockedAddress, match="leads to"):
        fetch(OUTSIDE, settings())
    assert dialled == []


@pytest.fixture
def routed(monkeypatch, names) -> list[object]:
    """page.example is a public address that leads, by a bent seam, to the server whose port is put in the list first.

    Every other address that is dialled is added to the list.
    """
    names["page.example"] = [["93.184.216.34"]]
    seen: list[object] = []
    real = socket.socket.connect_ex

    def bend(self: socket.socket, address: tuple[object, ...]) -> int:
        if address[0] == "93.184.216.34":
            return real(self, ("127.0.0.1", seen[0]))
        seen.append(address)
        return 111

    monkeypatch.setattr(socket.socket, "connect_ex", bend, raising=False)
    return seen


@pytest.mark.parametrize("host", WRITTEN)
def test_redirect_is_refused(host: str, serve, routed) -> None:
    location = f"http://{host}/".replace("\n", "").encode()
    server = serve(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n")
    routed.append(server.port)
    with pytest.raises(BlockedAddress):
        fetch(OUTSIDE, settings())
    assert routed == [server.port]
    assert server.connections == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/", "//169.254.169.254/", "http:\\\\169.254.169.254\\",
        "https://[::ffff:169.254.169.254]/", "http://0xa9fea9fe/", "\thttp://169.254.169.254/",
        "http://user@169.254.169.254/",
        "file:///etc/passwd", "ftp://ftp.example.org/", "gopher://127.0.0.1:6379/_x", "javascript:alert(1)",
        "data:text/html,x",
        "ws://page.example/", "mailto:a@b.example", "about:blank", "http://page.example:22/", "blob:http://127.0.0.1/x",
    ],
)  # fmt: skip
def test_redirect_of_every_kind(status: int, location: str, serve, settings) -> None:
    server = serve(f"HTTP/1.1 {status} Go\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())
    seen = []
    with pytest.raises(BlockedAddress) as raised:
        fetch(server.url, settings(), on_exchange=seen.append)
    assert server.connections == 1
    assert seen[0].status == status
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/x", "gopher://example.org/", "javascript:alert(1)",
        "data:text/plain,x",
        "mailto:a@example.org", "ws://example.org/", "wss://example.org/", "about:blank", "urn:isbn:1",
        "unix:/var/run/x.sock",
        "dict://127.0.0.1:2628/x", "ldap://127.0.0.1/", "jar:http://example.org/!/", "view-source:http://example.org/",
    ],
)  # fmt: skip
def test_other_schemes_are_refused(url: str, dialled) -> None:
    with pytest.raises(BlockedAddress, match="only http and https"):
        fetch(url, settings("0.0.0.0/0", "::/0"))
    assert dialled == []


@pytest.mark.parametrize("port", sorted(BAD_PORTS - {80, 443}))
def test_ports_of_other_services_are_refused(port: int, dialled, names) -> None:
    names["page.example"] = [["93.184.216.34"]]
    with pytest.raises(BlockedAddress, match="port"):
        fetch(f"http://page.example:{port}/", settings("0.0.0.0/0"))
    assert dialled == []


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "a.localhost", "ｌocalhost", "%6cocalhost"])
def test_localhost_is_refused(host: str, dialled, names) -> None:
    names |= {name: [["::1", "127.0.0.1"]] for name in ("localhost", "localhost.", "a.localhost")}
    with pytest.raises(BlockedAddress):
        fetch(f"http://{host}/", settings())
    assert dialled == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["93.184.216.34", "10.0.0.1"], ["10.0.0.1", "93.184.216.34"], ["2606:4700::1", "::1"], ["93.184.216.34",
        "fe80::1%eth0"],
        ["93.184.216.34", "::ffff:127.0.0.1"], ["fe80::1%2"], ["1.1.1.1"] * 20 + ["127.0.0.1"],
    ],
)  # fmt: skip
def test_one_inside_address_among_others_is_enough(addresses: list[str], dialled, names) -> None:
    names["page.example"] = [addresses]
    with pytest.raises(BlockedAddress):
        fetch(OUTSIDE, settings())
    assert dialled == []


def test_rebinding_name_is_asked_once_and_the_judged_address_is_used(dialled, names) -> None:
    names["page.example"] = [["93.184.216.34"], ["127.0.0.1"]]
    with pytest.raises(Unreachable):
        fetch(OUTSIDE, settings())
    assert dialled == [("93.184.216.34", 80)]
    with pytest.raises(BlockedAddress):
        fetch(OUTSIDE, settings())
    assert len(dialled) == 1


def test_name_that_turns_inside_between_hops(serve, names, monkeypatch) -> None:
    """The second hop goes to the same name, which by then means another address."""
    server = serve(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
    names["page.example"] = [["127.0.0.1"], ["10.0.0.1"]]
    with pytest.raises(BlockedAddress, match=r"10\.0\.0\.1"):
        fetch(f"http://page.example:{server.port}/", settings("127.0.0.1/32"))
    assert server.connections == 1


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_passes(address: str, dialled, names) -> None:
    assert reason_to_block(ip_address(address)) is None
    names["page.example"] = [[address]]
    with pytest.raises(Unreachable):
        fetch(OUTSIDE, settings())
    assert [seen[0] for seen in dialled] == [address]


@pytest.mark.parametrize(
    ("allowed", "address", "passes"),
    [
        ("127.0.0.0/8", "127.0.0.1", True), ("127.0.0.0/8", "::ffff:127.0.0.1", True), ("127.0.0.0/8", "::1", False),
        ("127.0.0.0/8", "10.0.0.1", False), ("127.0.0.0/8", "::127.0.0.1", False), ("127.0.0.0/8", "64:ff9b::7f00:1",
        True),
        ("127.0.0.0/8", "2002:7f00:1::", False), ("2002::/16", "2002:7f00:1::", False), ("2002::/16",
        "2002:808:808::", True),
        ("::/0", "::1", True), ("::/0", "2002:7f00:1::", False), ("0.0.0.0/0", "10.0.0.1", True), ("0.0.0.0/0", "::1",
        False),
        ("fd00::/8", "fd00::1", True), ("fd00::/8", "fc00::1", False), ("::1/128", "::1", True), ("::/0",
        "::ffff:10.0.0.1", False),
        ("64:ff9b:1::/48", "64:ff9b:1::7f00:1", False), ("::/0", "2a00::5efe:7f00:1", False),
    ],
)  # fmt: skip
def test_what_allow_net_covers(allowed: str, address: str, passes: bool) -> None:
    assert (reason_to_block(ip_address(address), (ip_network(allowed),)) is None) == passes


def test_wrapped_both_ways_needs_both_allowed() -> None:
    nets = (ip_network("2002::/16"), ip_network("127.0.0.0/8"))
    assert reason_to_block(ip_address("2002:7f00:1::"), nets) is None


def test_localhost_with_only_ipv4_allowed_leaves_ipv6_out(names) -> None:
    names["localhost"] = [["::1", "127.0.0.1"]]
    found = resolve(parse("http://localhost/"), (ip_network("127.0.0.0/8"),), Deadline(5))
    assert [pinned.address for pinned in found] == ["127.0.0.1"]


def test_other_names_do_not_get_that_exception(names) -> None:
    names["page.example"] = [["::1", "127.0.0.1"]]
    names["localhost"] = [["10.0.0.1", "127.0.0.1"]]
    for host in ("page.example", "localhost"):
        with pytest.raises(BlockedAddress):
            resolve(parse(f"http://{host}/"), (ip_network("127.0.0.0/8"),), Deadline(5))


def test_repeated_addresses_are_tried_once(names) -> None:
    names["page.example"] = [["1.1.1.1", "1.1.1.1", "2606:4700::1"]]
    found = resolve(parse(OUTSIDE), (), Deadline(5))
    assert [pinned.address for pinned in found] == ["1.1.1.1", "2606:4700::1"]


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL])
def test_unknown_name(code: int, monkeypatch) -> None:
    def fail(*_, **__):
        raise socket.gaierror(code, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(NameNotFound, match=r"page\.example"):
        fetch(OUTSIDE, settings())


@pytest.mark.parametrize(
    "host", ["a" * 64 + ".example", "a." * 130 + "example", ".example", "a..example", "x_y.invalid"]
)
def test_impossible_name(host: str) -> None:
    with pytest.raises(NameNotFound):
        fetch(f"http://{host}/", settings(timeout=20.0))


def test_slow_look_up_obeys_the_deadline(monkeypatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20) and [])
    try:
        with pytest.raises(Unreachable, match="looking up"):
            fetch(OUTSIDE, settings(timeout=0.2))
    finally:
        over.set()


def test_canary_hears_nothing(serve, monkeypatch) -> None:
    """A real listener on loopback, asked for in the ways that would reach it."""
    canary = serve(b"HTTP/1.1 200 OK\r\n\r\nsecret")
    ways = [
        host
        for host in WRITTEN
        if parse(f"http://{host}/").host in ("127.0.0.1", "[::ffff:7f00:1]", "0.0.0.0")  # noqa: S104
    ]
    assert len(ways) >= 40
    for host in [*ways, "localhost", "localhost."]:
        with pytest.raises((BlockedAddress, NameNotFound) if host == "localhost." else BlockedAddress):
            fetch(f"http://{host}:{canary.port}/", settings())
    assert canary.connections == 0


# the words of each row, at its first and its last address
ROWS = (
    ("0.0.0.0", "0.255.255.255", "unspecified"),  # noqa: S104
    ("10.0.0.0", "10.255.255.255", "private"),
    ("100.64.0.0", "100.127.255.255", "shared (CGNAT)"),
    ("127.0.0.0", "127.255.255.255", "loopback"),
    ("168.63.129.16", "168.63.129.16", "a cloud's metadata service"),
    ("169.254.0.0", "169.254.255.255", "link-local or a cloud's metadata service"),
    ("172.16.0.0", "172.31.255.255", "private"),
    ("192.0.0.0", "192.0.0.255", "reserved for protocols"),
    ("192.0.2.0", "192.0.2.255", "documentation"),
    ("192.31.196.0", "192.31.196.255", "reserved (AS112)"),
    ("192.52.193.0", "192.52.193.255", "reserved (AMT)"),
    ("192.88.99.0", "192.88.99.255", "a 6to4 relay"),
    ("192.168.0.0", "192.168.255.255", "private"),
    ("192.175.48.0", "192.175.48.255", "reserved (AS112)"),
    ("198.18.0.0", "198.19.255.255", "benchmarking"),
    ("198.51.100.0", "198.51.100.255", "documentation"),
    ("203.0.113.0", "203.0.113.255", "documentation"),
    ("224.0.0.0", "239.255.255.255", "multicast"),
    ("240.0.0.0", "255.255.255.255", "reserved or broadcast"),
    ("::", "::", "unspecified"),
    ("::1", "::1", "loopback"),
    ("::2", "::ffff:ffff", "IPv4-compatible"),
    ("::ffff:0:0:0", "::ffff:0:ffff:ffff", "IPv4-translated"),
    ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "local NAT64"),
    ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "private (ULA)"),
    ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link-local"),
    ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "site-local"),
    ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast"),
    ("2001::", "2001::ffff:ffff:ffff:ffff:ffff:ffff", "Teredo"),
    ("2001:1::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved for protocols"),
    ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"),
    ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "6to4"),
    ("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "reserved (AS112)"),
    ("3ffe::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "the former 6bone"),
    ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"),
    ("64:ff9b:0:0:0:1::", "64:ff9b:0:ffff:ffff:ffff:ffff:ffff", "not global unicast"),
    ("100::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"),
    ("4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "not global unicast"),
)


@pytest.mark.parametrize(("first", "last", "why"), ROWS)
def test_the_reason_is_that_of_the_row(first: str, last: str, why: str) -> None:
    assert (reason_to_block(ip_address(first)), reason_to_block(ip_address(last))) == (why, why)


@pytest.mark.parametrize(
    "address",
    [
        "2620:4f:7fff:ffff::1", "2620:4f:8001::1", "3ffd:ffff::1", "2003::1", "2001:db9::1", "2000::1", "2001:200::", "3fff:1000::",
        "64:ff9b::101:101", "64:ff9b::dfff:ffff", "168.63.129.17", "192.31.195.255", "192.31.197.0", "192.52.192.255", "192.52.194.0",
        "192.88.98.255", "192.88.100.0", "192.175.47.255", "192.175.49.0", "1.0.0.0", "2a00:1450::5eff:7f00:1", "2a00:1450::1:5efe:7f00:1",
    ],
)  # fmt: skip
def test_neighbours_of_the_rows_are_public(address: str) -> None:
    assert reason_to_block(ip_address(address)) is None


@pytest.mark.parametrize(
    ("outer", "address", "why"),
    [
        # the IPv4 address within stays refused where only what carries it is allowed
        ("::/96", "::127.0.0.1", "loopback, wrapped in IPv6"),
        ("::/96", "::8.8.8.8", None),
        ("::/96", "::192.168.0.1", "private, wrapped in IPv6"),
        ("::/64", "::1:7f00:1", None),
        ("::ffff:0:0:0/96", "::ffff:0:192.168.0.1", "private, wrapped in IPv6"),
        ("::/64", "::ffff:1:7f00:1", None),
        ("64:ff9b::/32", "64:ff9b:2::7f00:1", None),
        ("64:ff9b::/32", "64:ff9b:1:8000::7f00:1", "loopback, wrapped in IPv6"),
        ("::/96", "::2", "unspecified, wrapped in IPv6"),
        ("::/96", "::1", None),
        ("::/96", "::", None),
        ("::ffff:0:0:0/96", "::ffff:0:10.0.0.1", "private, wrapped in IPv6"),
        ("::ffff:0:0:0/96", "::ffff:0:8.8.8.8", None),
        ("64:ff9b:1::/48", "64:ff9b:1::10.0.0.1", "private, wrapped in IPv6"),
        ("64:ff9b:1::/48", "64:ff9b:1::8.8.8.8", None),
        ("64:ff9b::/96", "64:ff9b::a9fe:a9fe", "link-local or a cloud's metadata service, wrapped in IPv6"),
        ("2002::/16", "2002:c0a8:101::1", "private, wrapped in IPv6"),
        ("2001::/32", "2001:0:4136:e378:8000:63bf:80ff:fffe", "loopback, wrapped in IPv6"),  # the client's address
        ("2001::/32", "2001:0:a00:1:8000:63bf:f7f7:f7f7", "private, wrapped in IPv6"),  # the server's
        ("2001::/32", "2001:0:4136:e378:8000:63bf:f7f7:f7f7", None),
        ("fc00::/7", "fd00::5efe:7f00:1", "loopback, wrapped in IPv6"),
        ("fc00::/7", "fd00::200:5efe:7f00:1", "loopback, wrapped in IPv6"),
        ("fc00::/7", "fd00::100:5efe:7f00:1", None),
        ("fc00::/7", "fd00::7f00:1", None),
        ("2000::/3", "2a00::5efe:808:808", None),
    ],
)
def test_what_carries_an_address_does_not_allow_it(outer: str, address: str, why: str | None) -> None:
    assert reason_to_block(ip_address(address), (ip_network(outer),)) == why


def test_ports_of_other_services_are_those_of_the_fetch_standard() -> None:
    # https://fetch.spec.whatwg.org/#port-blocking, written down apart, so that a port that is lost from the guard is missed
    listed = (
        "0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 "
        "161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 "
        "4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"
    )
    assert frozenset(map(int, listed.split())) == BAD_PORTS


def _refusal(url: str, *allowed: str) -> str:
    with pytest.raises(BlockedAddress) as raised:
        resolve(parse(url), tuple(map(ip_network, allowed)), Deadline(5))
    return str(raised.value)


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("10.0.0.1", "10.0.0.1 is an inside address (private)"),
        ("[fd00::1]", "[fd00::1] is an inside address (private (ULA))"),
        ("page.example", "page.example leads to 10.0.0.7, which is an inside address (private)"),
    ],
)
def test_refusal_says_what_leads_where(host: str, told: str, names) -> None:
    names["page.example"] = [["1.1.1.1", "10.0.0.7", "192.168.0.1"]]
    assert _refusal(f"http://{host}/").startswith(f"{told} and is not contacted; allow it with --allow-net ")


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("10.0.0.1", ["10.0.0.1/32"]),
        ("[fd00::1]", ["fd00::1/128"]),
        ("[::ffff:127.0.0.1]", ["127.0.0.1/32"]),
        ("[2002:7f00:1::]", ["2002:7f00:1::/128", "127.0.0.1/32"]),
        ("[64:ff9b::10.0.0.1]", ["10.0.0.1/32"]),
    ],
)
def test_what_a_refusal_advises_lets_the_address_through(host: str, allowed: list[str]) -> None:
    advice = _refusal(f"http://{host}/").partition("; allow it with ")[2]
    assert advice == " ".join(f"--allow-net {network}" for network in allowed) + "."
    assert resolve(parse(f"http://{host}/"), tuple(map(ip_network, allowed)), Deadline(5))


def test_advice_leaves_out_what_is_allowed_already() -> None:
    assert _refusal("http://[2002:7f00:1::]/", "2002::/16").endswith("allow it with --allow-net 127.0.0.1/32.")


@pytest.mark.parametrize("host", ["localhost", "localhost.", "a.localhost", "a.localhost."])
def test_names_of_this_machine_leave_out_the_loopback_that_is_not_allowed(host: str, names) -> None:
    names[host] = [["::1", "127.0.0.1"]]
    found = resolve(parse(f"http://{host}/"), (ip_network("127.0.0.0/8"),), Deadline(5))
    assert [pinned.address for pinned in found] == ["127.0.0.1"]
    with pytest.raises(BlockedAddress, match="leads to ::1"):
        resolve(parse(f"http://{host}/"), (), Deadline(5))


@pytest.mark.parametrize("host", ["notlocalhost", "localhost.example", "a.notlocalhost"])
def test_names_that_look_like_it_leave_nothing_out(host: str, names) -> None:
    names[host] = [["::1", "127.0.0.1"]]
    with pytest.raises(BlockedAddress):
        resolve(parse(f"http://{host}/"), (ip_network("127.0.0.0/8"),), Deadline(5))


@pytest.mark.parametrize("url", ["http://page.example/", "https://page.example/", "http://page.example:8080/"])
def test_the_port_of_the_address_is_the_one_that_is_dialled(url: str, names) -> None:
    names["page.example"] = [["1.1.1.1", "2606:4700::1"]]
    port = {"http://page.example/": 80, "https://page.example/": 443}.get(url, 8080)
    assert resolve(parse(url), (), Deadline(5)) == (
        Pinned(socket.AF_INET, ("1.1.1.1", port), "1.1.1.1"),
        Pinned(socket.AF_INET6, ("2606:4700::1", port, 0, 0), "2606:4700::1"),
    )


def test_written_addresses_are_dialled_as_they_are() -> None:
    assert look_up("1.1.1.1", 81, Deadline(5)) == (Pinned(socket.AF_INET, ("1.1.1.1", 81), "1.1.1.1"),)
    assert look_up("[2606:4700::1]", 81, Deadline(5)) == (
        Pinned(socket.AF_INET6, ("2606:4700::1", 81, 0, 0), "2606:4700::1"),
    )


def test_the_zone_of_an_answer_is_dialled_and_not_judged(monkeypatch) -> None:
    row = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%eth0", 80, 3, 2))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [row])
    assert look_up("page.example", 80, Deadline(5)) == (Pinned(socket.AF_INET6, ("fe80::1%eth0", 80, 3, 2), "fe80::1"),)


@pytest.mark.parametrize(("host", "is_one"), [("1.1.1.1", True), ("[::1]", True), ("page.example", False), ("", False)])
def test_is_literal(host: str, is_one: bool) -> None:
    assert is_literal(host) is is_one


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), NameNotFound),
        (socket.gaierror(socket.EAI_AGAIN, "later"), NameUnanswered),
        (OSError(socket.EAI_AGAIN, "of another kind"), NameNotFound),
        (UnicodeEncodeError("idna", "x", 0, 1, "too long"), NameNotFound),
        (None, NameNotFound),
    ],
)
def test_look_up_that_fails_says_how(failure: Exception | None, raised: type[Exception], monkeypatch) -> None:
    def answer(*_, **__):
        if failure is not None:
            raise failure
        return []

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(NameNotFound, match=r"page\.example") as caught:
        look_up("page.example", 80, Deadline(5))
    assert type(caught.value) is raised


def test_host_that_is_not_ascii_is_no_name() -> None:
    with pytest.raises(NameNotFound):
        look_up("münchen.example", 80, Deadline(5))


def test_a_thread_that_cannot_be_started_is_said(monkeypatch) -> None:
    def fail(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", fail)
    with pytest.raises(Unreachable, match="lower --jobs"):
        look_up("page.example", 80, Deadline(5))


def test_a_look_up_that_nobody_waits_for_holds_no_program_up(monkeypatch) -> None:
    over, kinds = threading.Event(), []

    def answer(*_, **__):
        kinds.append(threading.current_thread().daemon)
        return over.wait(20) and []

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    try:
        with pytest.raises(Unreachable, match=r"while looking up page\.example;"):
            look_up("page.example", 80, Deadline(0.1))
    finally:
        over.set()
    assert kinds == [True]


@pytest.mark.parametrize("url", ["http://page.example/", "https://page.example/"])
def test_web_addresses_need_no_more(url: str) -> None:
    check_url(parse(url))


def test_address_without_host_or_port_is_refused() -> None:
    whole = parse("http://page.example/")
    for lacking in (replace(whole, host=""), replace(whole, port=None)):
        with pytest.raises(BlockedAddress, match="names no host"):
            check_url(lacking)
