"""The door: whoever is not let in gets 403 and sees nothing, and does nothing."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from webdesks import BASE, PORT, entered

from archiver.web.desk import Desk
from archiver.web.guard import CSP, HEADERS
from archiver.web.routes import ROUTES

EVIL = "https://evil.example"
FORM = {"url": "https://example.org/", "quotation": "words"}

# (name, method, path, headers, with the cookie): calls as pages, names and programs of others would make them
FOREIGN: list[tuple[str, str, str, dict[str, str], bool]] = [
    ("no cookie", "GET", "/", {}, False),
    ("no cookie, a page below", "GET", "/quotes/q-0123456789ab", {}, False),
    ("no cookie, the style sheet", "GET", "/static/style.css", {}, False),
    ("no cookie, an address that is not there", "GET", "/nowhere", {}, False),
    ("no cookie, HEAD", "HEAD", "/", {}, False),
    ("no cookie, a form", "POST", "/quote", {"Origin": BASE}, False),
    ("no cookie, OPTIONS", "OPTIONS", "/quote", {"Origin": EVIL, "Access-Control-Request-Method": "POST"}, False),
    ("a used or made-up ticket", "GET", "/?ticket=0123456789abcdef", {}, False),
    ("an empty ticket", "GET", "/?ticket=", {}, False),
    ("a cookie of another run", "GET", "/", {"Cookie": f"archiver_{PORT}=0123"}, False),
    ("a cookie of another port", "GET", "/", {"Cookie": "archiver_1=0123"}, False),
    ("an empty cookie", "GET", "/", {"Cookie": f"archiver_{PORT}="}, False),
    ("a made-up token", "GET", "/", {"Authorization": "Bearer 0123"}, False),
    ("an empty token", "GET", "/", {"Authorization": "Bearer "}, False),
    ("another scheme", "GET", "/", {"Authorization": "Basic YTpi"}, False),
    ("a replay's address without its mark", "GET", f"/replay/s-{'0' * 64}/{'0' * 32}/page", {}, False),
    ("a name that was made to mean 127.0.0.1", "GET", "/", {"Host": f"evil.example:{PORT}"}, True),
    ("our name without the port", "GET", "/", {"Host": "127.0.0.1"}, True),
    ("our name with another port", "GET", "/", {"Host": "127.0.0.1:80"}, True),
    ("our name with a dot behind", "GET", "/", {"Host": f"localhost.:{PORT}"}, True),
    ("our name within another", "GET", "/", {"Host": f"localhost.evil.example:{PORT}"}, True),
    ("another address of this machine", "GET", "/", {"Host": f"127.0.0.2:{PORT}"}, True),
    ("an empty name", "GET", "/", {"Host": ""}, True),
    ("another site's script", "GET", "/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, True),
    ("another port's page", "GET", "/", {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"}, True),
    ("another site's fetch", "GET", "/", {"Origin": EVIL}, True),
    ("another site's form", "POST", "/quote", {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"}, True),
    ("another port's form", "POST", "/quote", {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"}, True),
    ("a form from a sandbox", "POST", "/quote", {"Origin": "null"}, True),
    ("a form that says nothing of where it is from", "POST", "/quote", {"Origin": "-", "Sec-Fetch-Site": "-"}, True),
    ("a form from https", "POST", "/quote", {"Origin": f"https://127.0.0.1:{PORT}"}, True),
    ("our own form without its token", "POST", "/access", {}, True),
    ("our own form with another token", "POST", "/access?csrf=1", {"X-CSRF-Token": "0123"}, True),
    ("a form to a page that only shows, from elsewhere", "POST", "/", {"Origin": EVIL}, True),
]


@pytest.mark.parametrize(("name", "method", "path", "headers", "inside"), FOREIGN, ids=[call[0] for call in FOREIGN])
def test_foreign_calls_get_403(
    desk: Desk, stranger: TestClient, name: str, method: str, path: str, headers: dict[str, str], inside: bool
) -> None:
    caller = entered(desk) if inside else stranger
    for header, value in headers.items():
        caller.headers.pop(header, None)
        if value != "-":
            caller.headers[header] = value
    answer = caller.request(method, path, data=FORM if method == "POST" else None)
    assert answer.status_code == 403
    assert "Ada Voss" not in answer.text
    if path in ("/", "/quote") or not inside:  # what our own pages hold, those who sent a wrong one may see again
        assert desk.access.csrf not in answer.text
    assert desk.acts.all() == []


def test_at_least_thirty_foreign_calls_are_tried() -> None:
    assert len(FOREIGN) >= 30


def test_a_link_opens_the_archive_once(desk: Desk, stranger: TestClient) -> None:
    link = desk.access.link("/sources")
    opened = stranger.get(link)
    assert opened.status_code == 200
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert desk.access.token not in opened.text + opened.headers["set-cookie"]
    assert 'content="0; url=/sources"' in opened.text
    assert stranger.get("/sources").status_code == 200
    stranger.cookies.clear()
    assert stranger.get(link).status_code == 403


def test_odd_cookies_of_other_servers_lock_nobody_out(desk: Desk, stranger: TestClient) -> None:
    own = f"{desk.access.cookie_name}={desk.access.cookie}"
    for cookies in (f'x={{"a": [1, 2]}}; {own}', f"=; {own}; y", f"{desk.access.cookie_name}=other; {own}"):
        assert stranger.get("/", headers={"Cookie": cookies}).status_code == 200


def test_no_link_leads_out_of_the_server(desk: Desk, stranger: TestClient) -> None:
    for path in ("//evil.example/", "/\\evil.example/", '/"><script>alert(1)</script>'):
        said = stranger.get(f"{BASE}{path}?ticket={desk.access.ticket()}").text
        assert "url=//" not in said
        assert 'href="//' not in said
        assert "<script" not in said


def test_a_program_with_the_token_comes_in_and_needs_no_form(desk: Desk, stranger: TestClient) -> None:
    stranger.headers["authorization"] = f"Bearer {desk.access.token}"
    assert stranger.get("/").status_code == 200
    assert stranger.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert stranger.post("/access", data={}).status_code == 200


def test_the_token_for_receiving_opens_nothing_else(desk: Desk, stranger: TestClient) -> None:
    stranger.headers["authorization"] = f"Bearer {desk.access.receiving_token}"
    assert desk.access.receiving_token.removeprefix("receive-") not in desk.access.token
    others = [way for way in ROUTES if not way.path.startswith("/api/receiving")]
    assert len(others) == len(ROUTES) - 2
    for path in [
        *(re.sub(r"{[^}]*}", "0123456789abcdef", way.path) for way in others),
        "/static/style.css",
        "/nowhere",
        "/api/receiving",
        "/api/receiving/",
        "/api/receiving/../v1/quotes",
        "/api/receiving/0123456789abcdef/",
        "/api/receiving/0123456789abcdef%2f..",
        "//api/receiving",
        "/api/receiving%0a",
    ]:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            if (method, path) != ("POST", "/api/receiving"):
                assert stranger.request(method, path).status_code == 403, (method, path)
    assert stranger.post("/api/receiving/0123456789abcdef").status_code == 403
    assert stranger.post("/api/receiving").status_code == 400
    assert stranger.get("/api/receiving/0123456789abcdef").status_code == 404
    assert stranger.post("/api/receiving", headers={"Host": "evil.example"}).status_code == 403
    assert desk.acts.all() == []


def test_a_replayed_page_may_ask_for_its_own_without_a_cookie(desk: Desk, stranger: TestClient) -> None:
    snapshot = f"s-{'0' * 64}"
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "null"}
    assert stranger.get(f"/replay/{snapshot}/{desk.access.mark(snapshot)}/x.png", headers=foreign).status_code != 403
    assert stranger.get(f"/replay/s-{'1' * 64}/{desk.access.mark(snapshot)}/x.png", headers=foreign).status_code == 403


@pytest.mark.parametrize("path", ["/", "/sources", "/static/style.css", "/nowhere"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in CSP


def test_the_server_listens_on_loopback_alone(cited: tuple[Path, dict[str, str]], serve: Callable[..., Desk]) -> None:
    desk = serve(cited[0])
    with socket.create_connection(("127.0.0.1", desk.access.port), 5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")
        assert line.recv(20).split()[1] in (b"400", b"403")
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as line, pytest.raises(ConnectionError):
        line.connect(("::1", desk.access.port))
