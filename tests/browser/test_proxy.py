"""The proxy by itself: what is sent on, what is given back, what is refused. A plain socket stands for the browser."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
import trustme
from browserpages import fetch_settings
from website import Answer, Website

from archiver.browser import proxy as proxy_module
from archiver.browser.authority import ThrowAwayAuthority
from archiver.browser.proxy import Proxy
from archiver.browser.relay import Relay
from archiver.browser.requests import BadRequest, BrowserRequest, Requests
from archiver.browser.traffic import Traffic
from archiver.errors import BadCertificate, BlockedAddress


class Running:
    """A proxy with what it collected."""

    def __init__(self, **limits: int) -> None:
        self.traffic = Traffic(limits.get("max_bytes", 1 << 20), limits.get("max_requests", 100))
        self.contacted: list[str] = []
        self.halt = threading.Event()
        self.relay = Relay(
            fetch_settings(), self.traffic, 20, self.halt, self.contacted.append, lambda exchange: exchange
        )
        self.authority = ThrowAwayAuthority()
        self.proxy = Proxy(self.authority, self.traffic, self.relay)

    def wait_for(self, number: int) -> None:
        """An answer is with the browser a moment before it is noted."""
        end = time.monotonic() + 10
        while len(self.traffic.exchanges()) < number and time.monotonic() < end:
            time.sleep(0.01)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.proxy.port), timeout=10)

    def ask(self, data: bytes) -> bytes:
        """Sends, and reads to the end of the connection."""
        with self.connect() as connection:
            connection.sendall(data)
            return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    answer = b""
    while data := connection.recv(65536):
        answer += data
    return answer


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    yield made
    made.proxy.close()
    made.relay.close()


def get(url: str, *headers: str) -> bytes:
    host = url.split("/")[2]
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"GET {url} HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\nAccept-Encoding: gzip, br, zstd\r\n{lines}\r\n".encode()


def test_bytes_come_back_and_are_kept_as_the_server_sent_them(running: Running, site: Website) -> None:
    url = site.put("/page", b"words " * 100)
    with running.connect() as connection:
        for _ in range(2):  # over one connection
            connection.sendall(get(url, "X-Kept: yes"))
            answer = b""
            while not answer.endswith(b"words "):
                answer += connection.recv(65536)
    running.wait_for(2)
    (_, first), (_, second) = running.traffic.exchanges()
    assert answer == second.response
    assert first.body == b"words " * 100
    head = first.request.decode()
    assert head.startswith("GET /page HTTP/1.1\r\nHost: 127.0.0.1")
    assert "Accept-Encoding: gzip\r\n" in head  # what cannot be read again later is not asked for
    assert "X-Kept: yes\r\n" in head
    assert "Proxy-Connection" not in head
    assert [path for path, _ in site.requests] == ["/page", "/page"]
    assert len(running.contacted) == 2


def test_an_answer_that_comes_after_the_end_leaves_no_connection_open(running: Running, site: Website) -> None:
    open_: list[bool] = []

    def answer(_: object) -> Answer:
        running.relay.close()
        return Answer(b"words")

    site.routes["/late"] = answer
    with running.connect() as connection:
        connection.sendall(get(site.url + "/late"))
        running.wait_for(1)
        open_ = [bool(kept) for kept in list(running.relay._idle.values())]
    assert not any(open_)


def test_a_request_body_is_sent_on(running: Running, site: Website) -> None:
    site.put("/form", b"taken")
    host = site.url.removeprefix("http://")
    with running.connect() as connection:
        connection.sendall(f"POST {site.url}/form HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\na=b&c".encode())
        running.wait_for(1)
    ((method, exchange),) = running.traffic.exchanges()
    assert method == "POST"
    assert exchange.request.endswith(b"Content-Length: 5\r\n\r\na=b&c")


def test_inside_addresses_are_refused(running: Running) -> None:
    answer = running.ask(get("http://169.254.169.254/latest/"))
    assert answer.startswith(b"HTTP/1.1 502")
    assert b"169.254" not in answer  # what a name leads to is not for scripts to read
    (refusal,) = running.traffic.refusals()
    assert isinstance(refusal.error, BlockedAddress)
    assert running.traffic.exchanges() == []


def test_a_page_is_not_exchanged_for_a_refusal(running: Running) -> None:
    for header in ("Upgrade-Insecure-Requests: 1", "Sec-Fetch-Mode: navigate"):
        assert running.ask(get("http://169.254.169.254/", header)).startswith(b"HTTP/1.1 204")


def test_websockets_are_refused(running: Running, site: Website) -> None:
    host = site.url.removeprefix("http://")
    running.ask(get(site.url + "/socket", "Connection: Upgrade", "Upgrade: websocket"))
    with running.connect() as connection:
        connection.sendall(f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        connection.recv(4096)
        connection.sendall(b"GET /socket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
        with suppress(OSError):
            read_all(connection)
    assert [refusal.why.split(",")[0] for refusal in running.traffic.refusals()] == [
        "a WebSocket",
        "a tunnel for something else than a secure page is refused",
    ]
    assert site.requests == []


def test_limits(site: Website) -> None:
    made = Running(max_requests=1)
    url = site.put("/page", b"words")
    with made.connect() as connection:
        connection.sendall(get(url))
        connection.recv(65536)
    assert made.ask(get(url)).startswith(b"HTTP/1.1 502")
    assert "more than 1 requests" in made.traffic.full
    made.proxy.close()
    small = Running(max_bytes=1000)
    with small.connect() as connection:
        connection.sendall(get(site.put("/big", b"x" * 5000)))
        read_all(connection)
    small.wait_for(1)
    ((_, exchange),) = small.traffic.exchanges()
    assert exchange.truncated == "length"
    small.proxy.close()


def test_answers_together_are_no_more_than_one_may_be(site: Website) -> None:
    """Each alone would fit: what has come by all connections counts while it comes."""
    made = Running(max_bytes=3_000_000)
    urls = [site.put(f"/big{number}", bytes(2_000_000), Connection="close") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda url: made.ask(get(url)), urls))
    kept = [exchange for _, exchange in made.traffic.exchanges()]
    assert sum(len(exchange.response) for exchange in kept) < 3_600_000  # what was on its way into four sockets
    assert "length" in {exchange.truncated for exchange in kept}
    assert made.traffic.full == "more than 2 MiB"
    made.proxy.close()


def test_what_a_page_sends_counts_too(site: Website) -> None:
    made = Running(max_bytes=100_000)
    head = f"POST {site.put('/form', b'taken', Connection='close')} HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n".encode()
    answers = [made.ask(head + bytes(60_000)) for _ in range(2)]
    assert [answer[:12] for answer in answers] == [b"HTTP/1.1 200", b"HTTP/1.1 502"]
    made.proxy.close()


def test_refusals_are_kept_within_bounds(running: Running) -> None:
    for number in range(1000):
        running.traffic.refuse(f"http://x/{number}", "no")
    assert len(running.traffic.refusals()) == 200


@contextmanager
def raw_server(answer: bytes, then: threading.Event | None = None) -> Iterator[str]:
    """A server that says just these bytes to whoever connects, and hangs up once ``then`` is set."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connection.recv(65536)
                connection.sendall(answer)
                if then is not None:
                    then.wait(20)
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for a connection
    listener.close()
    thread.join(10)


def test_what_is_under_way_at_the_end_is_kept_as_far_as_it_came(running: Running, site: Website) -> None:
    over = threading.Event()
    with (
        raw_server(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Some words", over) as endless,
        running.connect() as connection,
    ):
        connection.sendall(get(endless))
        while not connection.recv(65536).endswith(b"words"):
            continue
        running.halt.set()
        running.traffic.finish(5)
        over.set()
    ((_, exchange),) = running.traffic.exchanges()
    assert (exchange.body, exchange.truncated) == (b"<p>Some words", "time")
    assert running.traffic.refusals() == ()


def test_what_does_not_end_is_listed(running: Running) -> None:
    over = threading.Event()
    with raw_server(b"", over) as silent, running.connect() as connection:
        connection.sendall(get(silent))
        end = time.monotonic() + 5
        while not running.contacted and time.monotonic() < end:
            time.sleep(0.01)
        running.traffic.finish(0.1)
        over.set()
    assert [(refusal.url, refusal.why) for refusal in running.traffic.refusals()] == [
        (silent, "was still under way when the page was taken")
    ]


def test_a_surplus_is_not_taken_for_the_next_answer(running: Running, site: Website) -> None:
    """Browsers ask several sites over one connection to their proxy: what one says too much is not another's answer."""
    other = site.put("/other", b"the other site's own words")
    planted = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nplanted"
    with (
        raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + planted) as evil,
        running.connect() as connection,
    ):
        connection.sendall(get(evil))
        read_all(connection)  # the connection ends with it, though the server left it open
        with suppress(OSError):
            connection.sendall(get(other))
    assert site.requests == []
    assert [exchange.body for _, exchange in running.traffic.exchanges()] == [b"ok"]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\r\n\r\n", b"GET\r\n\r\n", b"GET /relative HTTP/1.1\r\n\r\n", b"GET ftp://x/ HTTP/1.1\r\n\r\n", b"CONNECT x HTTP/1.1\r\n\r\n",
        b"CONNECT x:0 HTTP/1.1\r\n\r\n", b"GET http://x/ HTTP/1.1\r\nno colon\r\n\r\n", b"\x16\x03\x01", b"A" * 300_000,
        b"POST http://x/ HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"POST http://x/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_request(running: Running, data: bytes) -> None:
    with running.connect() as connection, suppress(OSError):  # it may hang up while we are still sending
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        assert read_all(connection) == b""
    assert running.traffic.exchanges() == []


def test_tls_ends_at_the_proxy_and_the_servers_certificate_is_checked(running: Running) -> None:
    """A server with a certificate that nobody trusts: the browser is told of no page, and the refusal says why."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            connection, _ = listener.accept()
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    port = listener.getsockname()[1]
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    with running.connect() as connection:
        connection.sendall(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        with client.wrap_socket(connection, server_hostname="127.0.0.1") as secured:
            secured.sendall(f"GET /x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert secured.recv(4096).startswith(b"HTTP/1.1 502")
    listener.close()
    (refusal,) = running.traffic.refusals()
    assert isinstance(refusal.error, BadCertificate)


def test_the_authority_names_hosts_and_keeps_its_key_to_itself(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cryptography import x509

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    made = ThrowAwayAuthority()
    left, right = socket.socketpair()
    context = made.context("www.example.org")
    assert made.context("www.example.org") is context

    def serve() -> None:
        context.wrap_socket(left, server_side=True).close()

    threading.Thread(target=serve, daemon=True).start()
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    with client.wrap_socket(right, server_hostname="www.example.org") as secured:
        certificate = x509.load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["www.example.org"]
    assert list(tmp_path.iterdir()) == []
    assert made.fingerprint != ThrowAwayAuthority().fingerprint


def test_who_is_not_this_user_is_not_served(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    table = tmp_path / "tcp"
    table.write_text(
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:1F90 0100007F:0050 01 00000000:00000000 00:00000000 00000000  4242        0 1 1\n"
    )
    monkeypatch.setattr(proxy_module, "_TABLE", table)
    monkeypatch.setattr("os.getuid", lambda: 4242, raising=False)
    own, other = ("127.0.0.1", 0x1F90), ("127.0.0.1", 0x1F91)
    assert proxy_module.is_own(own, 0x50)
    assert not proxy_module.is_own(other, 0x50)
    assert not proxy_module.is_own(("127.0.0.2", 0x1F90), 0x50), "somebody else can have the same port there"
    monkeypatch.setattr("os.getuid", lambda: 1, raising=False)
    assert not proxy_module.is_own(own, 0x50)
    monkeypatch.setattr(proxy_module, "_TABLE", tmp_path / "none")
    assert proxy_module.is_own(own, 0x50)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one address on loopback, and no such table")
def test_a_port_of_ours_at_another_address_is_not_ours(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the system's own table, in which nobody but us stands for the address that is ours."""
    heard, is_own = [], proxy_module.is_own

    def listen(address: tuple[str, int], ours: int) -> bool:
        heard.append((address, is_own(address, ours), is_own(("127.0.0.3", address[1]), ours)))
        return heard[-1][1]

    monkeypatch.setattr(proxy_module, "is_own", listen)
    assert running.ask(get("http://169.254.169.254/")).startswith(b"HTTP/1.1 502")
    ((address, own, elsewhere),) = heard
    assert (address[0], own, elsewhere) == ("127.0.0.1", True, False)


def test_a_tunnel_that_is_given_up_is_no_refusal(running: Running) -> None:
    """Browsers open connections ahead, and close them without a word."""
    with running.connect() as connection:
        connection.sendall(b"CONNECT page.example:443 HTTP/1.1\r\nHost: page.example:443\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(4096) == b""
    assert running.traffic.refusals() == ()


def test_the_certificates_of_a_page_that_names_hosts_without_end_are_not_all_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archiver.browser.authority._MOST", 3)
    made = ThrowAwayAuthority()
    first = made.context("0.example")
    kept = [made.context(f"{number}.example") for number in range(1, 4)]
    assert made.context("1.example") is kept[0]
    assert made.context("0.example") is not first


def test_media_is_asked_for_as_it_is() -> None:
    request = BrowserRequest(
        "GET", "http://x.org/v", (("Accept-Encoding", "identity;q=1, *;q=0"), ("Range", "bytes=0-"))
    )
    sent = request.to_server(request.url(None)).decode()
    assert "Accept-Encoding: identity\r\n" in sent
    assert "Range: bytes=0-\r\n" in sent


def test_a_tunnel_is_for_its_own_host() -> None:
    request = BrowserRequest("GET", "http://other.org/", ())
    with pytest.raises(BadRequest):
        request.url(("x.org", 443))
    assert BrowserRequest("GET", "/p?q", ()).url(("x.org", 443)).href == "https://x.org/p?q"


def test_requests_one_behind_the_other() -> None:
    left, right = socket.socketpair()
    with left, right:
        left.sendall(
            b"GET http://x/1 HTTP/1.1\r\nA: 1\r\n\r\nPOST http://x/2 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET http://x/3 HTTP/1.1\r\n\r\n"
        )
        left.shutdown(socket.SHUT_WR)
        requests = Requests(right)
        read = [requests.next() for _ in range(4)]
    assert [request and (request.method, request.target, request.body) for request in read] == [
        ("GET", "http://x/1", b""),
        ("POST", "http://x/2", b"abc"),
        ("GET", "http://x/3", b""),
        None,
    ]
