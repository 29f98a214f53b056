"""Fetching over loopback: redirects, limits, validators, secrets, junk."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import hypothesis
import pytest
from hypothesis import strategies as st

from archiver.errors import ArchiverError, BadAnswer, InputError, Stopped, TooManyRedirects, Unreachable
from archiver.net import Conditional, fetch
from archiver.net.request import build_request
from archiver.settings import FetchSettings
from archiver.urls import parse


def page(body: bytes = b"hi", status: str = "200 OK", **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body


def site(pages: dict[str, bytes]):
    """Answers by path."""
    return lambda request: pages.get(request.split(b" ")[1].decode() if request else "", page(b"none", "404 Not Found"))


def test_one_page(serve, settings) -> None:
    server = serve(page(b"hello"))
    (exchange,) = fetch(server.url + "a?b=c#part", settings())
    assert exchange.url == server.url + "a?b=c"
    assert exchange.request == server.requests[0]
    assert exchange.request.startswith(b"GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % server.port)
    assert b"Accept-Encoding: gzip\r\n" in exchange.request
    assert b"User-Agent: archiver-test/1\r\n" in exchange.request
    assert (exchange.status, exchange.reason, exchange.body, exchange.http_version) == (200, "OK", b"hello", "1.1")
    assert exchange.protocols == ("http/1.1",)
    assert (exchange.cipher, exchange.certificates, exchange.notices) == (None, (), ())
    assert exchange.started.utcoffset() is not None
    assert exchange.started <= exchange.ended


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int, serve, settings) -> None:
    server = serve(site({"/": page(b"go", f"{status} Go", Location="/b#part"), "/b": page(b"there")}))
    seen = []
    first, second = fetch(server.url, settings(), on_exchange=seen.append)
    assert (first.status, first.body) == (status, b"go")
    assert (second.url, second.body) == (server.url + "b", b"there")
    assert seen == [first, second]


@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 404, 500])
def test_other_statuses_are_not_followed(status: int, serve, settings) -> None:
    (exchange,) = fetch(serve(page(b"", f"{status} X", Location="/b")).url, settings())
    assert exchange.status == status


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("b", "/a/b"), ("./b", "/a/b"), ("../b", "/b"), ("/b", "/b"), ("?q=1", "/a/?q=1"), ("b c", "/a/b%20c"),
        ("/caf\xc3\xa9", "/caf%C3%A9"), ("/caf\xe9", "/caf%C3%A9"), ("/b#x#y", "/b"), ("\\b", "/b"), ("/a/../../b",
        "/b"),
        ("/%zz", "/%zz"), ("/b\tc", "/bc"), ("/\xe2\x80\xae", "/%E2%80%AE"),
    ],
)  # fmt: skip
def test_location(location: str, path: str, serve, settings) -> None:
    server = serve(site({"/a/": page(b"", "302 Found", Location=location), path: page(b"there")}))
    *_, last = fetch(server.url + "a/", settings())
    assert last.url == server.url[:-1] + path
    assert last.body == b"there"


def test_location_with_another_host_on_the_same_scheme(serve, settings) -> None:
    other = serve(page(b"there"))
    server = serve(page(b"", "302 Found", Location=f"//127.0.0.1:{other.port}/x"))
    *_, last = fetch(server.url, settings())
    assert last.body == b"there"


@pytest.mark.parametrize("location", ["", "   "])
def test_redirect_without_target_is_the_page(location: str, serve, settings) -> None:
    (exchange,) = fetch(serve(page(b"body", "302 Found", Location=location)).url, settings())
    assert exchange.body == b"body"
    assert [notice.code for notice in exchange.notices] == ["redirect-without-target"]


def test_several_locations(serve, settings) -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nLocation: /c\r\nContent-Length: 0\r\n\r\n"
    first, last = fetch(serve(site({"/": answer, "/b": page()})).url, settings())
    assert last.url.endswith("/b")
    assert [notice.code for notice in first.notices] == ["several-locations"]


@pytest.mark.parametrize(
    "location", ["http://", "http://[", "http://a b/", "http://1.2.3.4.5/", "http://h:99999/", "//"]
)
def test_location_that_is_no_address(location: str, serve, settings) -> None:
    with pytest.raises(BadAnswer, match="redirects to"):
        fetch(serve(page(b"", "302 Found", Location=location)).url, settings())


@pytest.mark.parametrize("chain", [["/"], ["/#again"], ["/a", "/"], ["/a", "/b", "/a"]])
def test_loop(chain: list[str], serve, settings) -> None:
    pages, at = {}, "/"
    for target in chain:
        pages[at] = page(b"", "302 Found", Location=target)
        at = target
    seen = []
    with pytest.raises(TooManyRedirects, match="circle"):
        fetch(serve(site(pages)).url, settings(), on_exchange=seen.append)
    assert len(seen) == len(chain)


def endless(request: bytes) -> bytes:
    number = int(request.split(b" ")[1][1:] or b"0")
    return page(b"", "302 Found", Location=f"/{number + 1}") if number != 20 else page(b"end")


def test_twenty_hops_are_followed(serve, settings) -> None:
    exchanges = fetch(serve(endless).url, settings())
    assert len(exchanges) == 21
    assert exchanges[-1].body == b"end"


def test_one_hop_too_many(serve, settings) -> None:
    seen = []
    with pytest.raises(TooManyRedirects, match="19 times"):
        fetch(serve(endless).url, settings(max_hops=19), on_exchange=seen.append)
    assert len(seen) == 20


def test_deadline_is_for_the_whole_chain(serve, settings) -> None:
    """Each hop is quick enough; a limit for each of them would end in too many redirects."""
    over = threading.Event()
    server = serve(lambda request: over.wait(0.1) or endless(request))
    with pytest.raises(Unreachable):
        fetch(server.url, settings(timeout=0.5))


def test_stop(serve, settings) -> None:
    stop = threading.Event()
    server = serve(b"HTTP/1.1 200 OK\r\n", then="hold")
    timer = threading.Timer(0.1, stop.set)
    timer.start()
    with pytest.raises(Stopped):  # and not that the time is over, which is an hour here
        fetch(server.url, settings(timeout=3600), stop=stop)
    timer.join()


def test_endless_time_limit(serve, settings) -> None:
    (exchange,) = fetch(serve(page()).url, settings(timeout=float("inf"), connect_timeout=float("inf")))
    assert exchange.body == b"hi"


def test_refused(serve, settings) -> None:
    server = serve(b"")
    server.close()
    with pytest.raises(Unreachable, match="refused"):
        fetch(server.url, settings())


def test_conditional(serve, settings) -> None:
    server = serve(
        lambda request: page(b"", "304 Not Modified", ETag='"x"') if b'If-None-Match: "x"' in request else page(b"new")
    )
    since = "Sat, 21 Nov 2026 10:00:00 GMT"
    (exchange,) = fetch(server.url + "#f", settings(), conditional=Conditional(server.url, '"x"', since))
    assert (exchange.status, exchange.body) == (304, b"")
    assert f"If-Modified-Since: {since}\r\n".encode() in exchange.request
    (exchange,) = fetch(server.url, settings(), conditional=Conditional(server.url + "other", '"x"', since))
    assert exchange.status == 200
    assert b"If-" not in exchange.request


def test_conditional_goes_to_its_own_hop_only(serve, settings) -> None:
    server = serve(site({"/": page(b"", "302 Found", Location="/b"), "/b": page(b"", "304 Not Modified")}))
    first, last = fetch(server.url, settings(), conditional=Conditional(server.url + "b", '"x"'))
    assert b"If-None-Match" not in first.request
    assert b'If-None-Match: "x"\r\n' in last.request


@pytest.mark.parametrize("etag", ['"a\r\nX: y"', "\0", " ", "", "\u2028", '"ü\u0100"'])
def test_validator_that_is_no_header_value_is_left_out(etag: str) -> None:
    assert b"If-None" not in build_request(parse("http://h/"), "t", Conditional("http://h/", etag))


@pytest.mark.parametrize("agent", ["", " ", "a\r\nX: y", "a\nb", "a\0", "\u2603", " a", "a\x7f"])
def test_user_agent_that_is_no_header_value(agent: str) -> None:
    with pytest.raises(InputError, match="User-Agent"):
        fetch("http://127.0.0.1:9999/", FetchSettings(user_agent=agent))


def test_no_secret_is_sent_or_kept(serve, settings, monkeypatch, tmp_path) -> None:
    other = serve(page(b"proxy"))
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login planted-user password planted-secret\n")
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://planted-user:planted-secret@127.0.0.1:{other.port}")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    target = "http://planted-user:planted-secret@127.0.0.1:{}/{}"
    server = serve(lambda request: page(b"there") if b"/b" in request else redirect)
    redirect = page(b"", "302 Found", Location=target.format(server.port, "b"), Set_Cookie="planted-secret=1")
    exchanges = fetch(target.format(server.port, ""), settings())
    assert len(exchanges) == 2
    assert other.connections == 0
    for exchange, received in zip(exchanges, server.requests, strict=True):
        assert received == exchange.request
        for kept in (exchange.request, exchange.url.encode()):
            assert b"planted" not in kept
            assert b"Authorization" not in kept
            assert b"Cookie" not in kept
        assert [notice.code for notice in exchange.notices] == ["credentials-removed"]


@pytest.mark.parametrize(
    "url", ["http://u:planted@[", "http://u:pl/anted@h h/", "ftp://u:planted@h/", "http://u:planted@127.0.0.1/"]
)
def test_no_secret_in_messages(url: str) -> None:
    with pytest.raises(ArchiverError) as raised:
        fetch(url, FetchSettings(user_agent="t"))
    assert "anted" not in str(raised.value)


JUNK = (
    "", " ", "\0", "http", "http:", "http://", "http:///", "https://?", "//h/", "/path", "http://[", "http://]",
    "http://[::1",
    "http://a b/", "http://\ud800/", "http://h:port/", "http://h:99999/", "http://h:-1/", "http://%/", "http://%00/",
    "http://<>/",
    "http://1.2.3.4.5/", "http://256.256.256.256/", "http://0x100000000/", "http://xn--/", "http://\u202e/",
    "http://" + "a" * 70000,
    "http://h/" + "b" * 70000, "ht tp://h/", "http://*/", "http://h^/", "http://h|/", "\U0010ffff",
    "http://a\u3002\u3002b/", "1",
    "http://[::ffff:1.2.3]/", "http://[v1.x]/", "http://-/", "http://_/", "http://.../", "http://\t\n/",
    "about:blank", "x:y",
)  # fmt: skip


@pytest.mark.parametrize("url", JUNK)
def test_junk_address(url: str, monkeypatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [])
    with pytest.raises(ArchiverError) as raised:
        fetch(url, FetchSettings(user_agent="t", timeout=5.0))
    message = str(raised.value)
    assert message.isprintable()
    assert len(message) < 800


@hypothesis.settings(max_examples=300)
@hypothesis.given(
    st.one_of(st.text(), st.text().map("http://".__add__), st.text(alphabet="htp:/@[]%.0x1#?\\").map("http:".__add__))
)
@hypothesis.example("http:1.0")
def test_any_text_gives_one_of_our_errors(url: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("socket.getaddrinfo", lambda *_, **__: [])
        with pytest.raises(ArchiverError):
            fetch(url, FetchSettings(user_agent="t", timeout=5.0))


def test_sixty_four_at_once(serve, settings) -> None:
    server = serve(lambda request: page(request.split(b" ")[1] * 1000))
    paths = [f"{number}" for number in range(256)]
    with ThreadPoolExecutor(64) as pool:
        bodies = list(pool.map(lambda path: fetch(server.url + path, settings(timeout=30))[-1].body, paths))
    assert bodies == [f"/{path}".encode() * 1000 for path in paths]


def test_not_modified_is_of_another_version_only_where_that_was_asked_about(serve, settings) -> None:
    server = serve(b'HTTP/1.1 304 Not Modified\r\nETag: "B"\r\n\r\n')
    answer = fetch(server.url, settings())[-1]
    asked = {url: Conditional(url, '"A"', None) for url in (f"{server.url}#part", f"{server.url}other")}
    assert [condition.is_mistaken_by(answer) for condition in asked.values()] == [True, False]
    assert not Conditional(server.url, 'W/"B"').is_mistaken_by(answer)
    assert not Conditional(server.url, None, "Sun, 01 Feb 2026 10:00:00 GMT").is_mistaken_by(answer)
