"""TLS on loopback with throw-away authorities."""

from __future__ import annotations

import datetime
import socket
import ssl
import sys
import threading

import pytest
import trustme

from archiver.errors import BadCertificate, Stopped, Unreachable
from archiver.net import fetch, tls

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority, monkeypatch, tmp_path) -> None:
    """The authority is one of the system's, as $SSL_CERT_FILE makes it."""
    roots = tmp_path / "roots.pem"
    authority.cert_pem.write_to_path(roots)
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    tls.context.cache_clear()
    yield
    tls.context.cache_clear()


@pytest.fixture
def names(monkeypatch) -> None:
    """Every name means 127.0.0.1."""
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda _, port, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))],
    )


@pytest.fixture
def secure(serve, trusted, names):
    """``secure(certificate, answer)``: an https server; what SNI it was asked for is in ``server.names``."""

    def start(certificate: trustme.LeafCert, answer: bytes = PAGE, highest=ssl.TLSVersion.TLSv1_3, **options):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = highest
        certificate.configure_cert(context)
        seen: list[str | None] = []
        context.sni_callback = lambda _, name, __: seen.append(name)
        server = serve(answer, wrap=lambda connection: context.wrap_socket(connection, server_side=True), **options)
        server.names = seen
        return server

    return start


def test_chain_protocol_and_cipher_are_recorded(secure, authority, settings) -> None:
    intermediate = authority.create_child_ca()
    certificate = intermediate.issue_cert("page.example")
    server = secure(certificate)
    (exchange,) = fetch(f"https://page.example:{server.port}/", settings())
    assert exchange.body == b"hi"
    assert exchange.protocols == ("http/1.1", "tls/1.3")
    assert exchange.cipher is not None
    assert exchange.cipher.startswith("TLS_AES")
    leaf, *rest = (ssl.PEM_cert_to_DER_cert(blob.bytes().decode()) for blob in certificate.cert_chain_pems)
    assert exchange.certificates == (leaf, *rest)
    assert len(exchange.certificates) == 2
    assert exchange.notices == ()
    assert server.names == ["page.example"]
    assert f"Host: page.example:{server.port}\r\n".encode() in server.requests[0]


def test_no_session_key_is_written_for_others_to_read(secure, authority, settings, monkeypatch, tmp_path) -> None:
    keys = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    tls.context.cache_clear()
    server = secure(authority.issue_cert("page.example"))
    (exchange,) = fetch(f"https://page.example:{server.port}/", settings())
    assert exchange.body == b"hi"
    assert not keys.exists()


def test_tls_1_2(secure, authority, settings) -> None:
    server = secure(authority.issue_cert("page.example"), highest=ssl.TLSVersion.TLSv1_2)
    (exchange,) = fetch(f"https://page.example:{server.port}/", settings())
    assert exchange.protocols == ("http/1.1", "tls/1.2")
    assert exchange.cipher in set(tls._IANA_NAMES.values())


def test_tls_1_1_is_refused(secure, authority, settings) -> None:
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        server = secure(authority.issue_cert("page.example"), highest=ssl.TLSVersion.TLSv1_1)
    with pytest.raises(Unreachable):
        fetch(f"https://page.example:{server.port}/", settings())


def test_every_cipher_on_offer_has_a_name() -> None:
    offered = {cipher["name"] for cipher in tls.context(verify=True).get_ciphers()}
    assert {name for name in offered if not name.startswith("TLS_")} <= tls._IANA_NAMES.keys()


def test_dot_after_the_host_is_not_part_of_the_certificate(secure, authority, settings) -> None:
    server = secure(authority.issue_cert("page.example"))
    (exchange,) = fetch(f"https://page.example.:{server.port}/", settings())
    assert exchange.status == 200
    assert server.names == ["page.example"]


def test_international_host(secure, authority, settings) -> None:
    server = secure(authority.issue_cert("xn--mnchen-3ya.example"))
    (exchange,) = fetch(f"https://münchen.example:{server.port}/", settings())
    assert exchange.status == 200
    assert server.names == ["xn--mnchen-3ya.example"]


def test_address_in_the_certificate(secure, authority, settings) -> None:
    server = secure(authority.issue_cert("127.0.0.1"))
    (exchange,) = fetch(f"https://127.0.0.1:{server.port}/", settings())
    assert exchange.status == 200
    assert server.names == [None]


def bad_certificates(authority) -> dict[str, trustme.LeafCert]:
    yesterday = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    return {
        "wrong host": authority.issue_cert("other.example"),
        "address only": authority.issue_cert("127.0.0.1"),
        "expired": authority.issue_cert("page.example", not_after=yesterday),
        "unknown authority": trustme.CA().issue_cert("page.example"),
    }


BAD = ("wrong host", "address only", "expired", "unknown authority")


@pytest.mark.parametrize("kind", BAD)
def test_bad_certificate_is_refused(kind: str, secure, authority, settings) -> None:
    server = secure(bad_certificates(authority)[kind])
    with pytest.raises(BadCertificate, match=r"page\.example"):
        fetch(f"https://page.example:{server.port}/", settings())
    assert server.requests == []


@pytest.mark.parametrize("kind", BAD)
def test_bad_certificate_is_marked_when_asked_for(kind: str, secure, authority, settings) -> None:
    server = secure(bad_certificates(authority)[kind])
    (exchange,) = fetch(f"https://page.example:{server.port}/", settings(verify_tls=False))
    assert exchange.body == b"hi"
    assert exchange.certificates
    (notice,) = exchange.notices
    assert notice.code == "certificate-not-trusted"
    assert notice.detail


def test_good_certificate_is_not_marked(secure, authority, settings) -> None:
    server = secure(authority.issue_cert("page.example"))
    (exchange,) = fetch(f"https://page.example:{server.port}/", settings(verify_tls=False))
    assert exchange.notices == ()


def test_plain_server_on_https(serve, settings) -> None:
    server = serve(PAGE)
    with pytest.raises(Unreachable, match="secure"):
        fetch(server.url.replace("http:", "https:"), settings())


def test_server_that_never_shakes_hands(settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(Unreachable, match="secure"):
        fetch(f"https://127.0.0.1:{listener.getsockname()[1]}/", settings(timeout=0.3))


@pytest.mark.parametrize(
    ("head", "truncated"),
    [(b"", "disconnect"), (b"Content-Length: 2\r\n", None), (b"Content-Length: 3\r\n", "disconnect")],
)
def test_close_without_saying_so(head: bytes, truncated: str | None, secure, authority, settings) -> None:
    """RFC 9112 section 9.8: without close_notify, a body that only the close ends may be cut."""
    server = secure(authority.issue_cert("page.example"), b"HTTP/1.1 200 OK\r\n" + head + b"\r\nhi")
    (exchange,) = fetch(f"https://page.example:{server.port}/", settings())
    assert (exchange.body, exchange.truncated) == (b"hi", truncated)
    assert [notice.code for notice in exchange.notices] == ([] if head else ["tls-cut"])


def test_secure_to_plain_redirect_is_marked(secure, serve, authority, settings) -> None:
    plain = serve(PAGE)
    server = secure(authority.issue_cert("page.example"), f"HTTP/1.1 302 F\r\nLocation: {plain.url}\r\n\r\n".encode())
    *_, last = fetch(f"https://page.example:{server.port}/", settings())
    assert [notice.code for notice in last.notices] == ["redirect-to-plain-http"]


def test_chain_falls_back_to_the_leaf() -> None:
    class Plain:
        def getpeercert(self, binary_form: bool) -> bytes | None:
            return b"leaf" if binary_form else None

    assert tls._chain(Plain()) == (b"leaf",)


def test_what_is_stopped_before_it_is_secure_is_closed(serve, settings, monkeypatch) -> None:
    server, stop = serve(PAGE, then="hold"), threading.Event()
    module = sys.modules["archiver.net.connect"]
    opened: list[socket.socket] = []
    real = module._open

    def then_stopped(*given):
        made = real(*given)
        opened.append(made[0])
        stop.set()
        return made

    monkeypatch.setattr(module, "_open", then_stopped)
    with pytest.raises(Stopped):
        fetch(server.url.replace("http:", "https:"), settings(), stop=stop)
    assert opened[0].fileno() == -1
