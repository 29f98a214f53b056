"""Captures with a browser: what is recorded, linked and read; and when one is used."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import trustme
from browserpages import PARAGRAPHS, fetch_settings, png, put_scripted
from proxying import proxying
from website import STORY, Answer, Website, website

from archiver import quoting
from archiver.archive import Archive
from archiver.browser import VARIABLE, find_browser
from archiver.capture import ALWAYS, AUTO, AssetRun, Options, browsing, capture
from archiver.cookies import Cookie
from archiver.errors import MissingExtra, Stopped
from archiver.model import Layer, Snapshot, Verdict
from archiver.packs.collecting import collect
from archiver.packs.declaration import Form, draft
from archiver.packs.evidence import Evidence, PackedLeaf
from archiver.packs.replay import index
from archiver.proxies import parse_proxy
from archiver.urls import parse
from archiver.verification import Request, Verification
from archiver.warc import StoredRecord

pytestmark = pytest.mark.slow


def _need_browser(patch: pytest.MonkeyPatch) -> None:
    patch.delenv(VARIABLE, raising=False)
    try:
        find_browser()
    except MissingExtra as error:
        pytest.skip(str(error))


@pytest.fixture
def take(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Snapshot]:
    """Captures a page with the browser."""
    _need_browser(monkeypatch)

    def take(url: str, when: str = ALWAYS, **changes: object) -> Snapshot:
        return capture(archive, url, Options(fetch_settings(**changes), browser=when))

    return take


def sound(archive: Archive) -> None:
    findings = list(Verification(archive.root, Request(re_extract=True), archive.keys).findings())
    assert [finding for finding in findings if finding.ok is False] == []


BIG = png(300, 300, (1, 2, 3)) + b"x" * 50_000


def test_everything_is_recorded_as_it_came_and_the_text_that_was_shown_can_be_quoted(
    take, archive: Archive, site: Website
) -> None:
    """One page with all of it: a browser is slow to start."""
    site.put("/plain", b'<title>Plain</title><p>Before.</p><img src="/big.png">')
    for name in ("/big.png", "/same.png"):
        site.put(name, BIG, Content_Type="image/png")
    before = capture(archive, site.url + "/plain", Options(fetch_settings(), assets=AssetRun(4, 4, 4)))
    picture = png(64, 64, (200, 30, 30))
    site.put("/picture.png", picture, Content_Type="image/png")
    site.put("/style.css", b".gone { display: none }", Content_Type="text/css", Content_Encoding="identity")
    packed = gzip.compress(
        b"document.title = 'Set by a script'; document.body.append('Drawn by a script.');"
        b"fetch(location.href, { method: 'POST', body: 'asked' }).then(() => fetch('/api?q'))"
    )
    site.put("/script.js", packed, Content_Type="text/javascript", Content_Encoding="gzip")
    site.put("/api?q", b"{}", Content_Type="application/json")
    page = (
        b'<!doctype html><title>Whole</title><link rel="stylesheet" href="/style.css"><body><h1>Whole</h1>'
        b'<img src="/picture.png"><img src="/big.png"><img src="/same.png"><p class="gone">Nobody is shown this sentence.</p>'
        b'<script src="/script.js"></script>'
    )
    snapshot = take(site.put("/whole", page, ETag='"1"'))

    record = json.loads(archive.capture_record(snapshot))
    block_of = _blocks(archive)
    assert block_of(record["hops"][-1]["response"]).block.endswith(b"\r\n\r\n" + page)
    assets = [(asset["url"].removeprefix(site.url), asset) for asset in record["assets"]["recorded"]]
    stored = {path: block_of(f"<{item['record']}>") for path, item in assets if "of" not in item}
    assert {path: response.block.partition(b"\r\n\r\n")[2] for path, response in stored.items()} == {
        "/picture.png": picture, "/style.css": b".gone { display: none }", "/script.js": packed, "/whole": page, "/api?q": b"{}",
    }  # fmt: skip
    assert all(response.block.startswith(b"HTTP/1.1 200") for response in stored.values())
    roles = {path: asset["role"] for path, asset in assets}
    assert roles == {
        "/picture.png": "image", "/big.png": "image", "/same.png": "image", "/style.css": "style", "/script.js": "script",
        "/whole": "data", "/api?q": "data",
    }  # fmt: skip
    # what the archive had is stored once
    again = {path: item for path, item in assets if "of" in item}
    assert set(again) == {"/big.png", "/same.png"}
    known = json.loads(archive.capture_record(before))["assets"]["recorded"][0]["record"]
    assert {item["of"] for item in again.values()} == {known}
    assert {block_of(f"<{item['record']}>").type for item in again.values()} == {"revisit"}
    # the request as it was sent
    asked = block_of(record["hops"][-1]["request"]).block.decode().split("\r\n")
    sent = next(headers for path, headers in site.requests if path == "/whole")
    assert asked[0] == "GET /whole HTTP/1.1"
    assert [line.lower() for line in asked[1:] if line] == [f"{name}: {value}".lower() for name, value in sent.items()]
    # how it was shown
    view = snapshot.browser
    assert view is not None
    dom = block_of(str(view.dom))
    assert (dom.type, dom.uri) == ("resource", f"urn:archiver:dom:{snapshot.id}")
    assert dom.headers["warc-refers-to"] == snapshot.warc_record_id
    assert b"Set by a script" in dom.block
    assert snapshot.to_json()["browser"]["screenshot"] == view.screenshot
    assert block_of(str(view.screenshot)).block.startswith(b"\x89PNG")
    # its words
    assert Layer.RENDERED in [text.layer for text in snapshot.texts]
    judged = quoting.quote(archive, snapshot.id, quoting.Quotation("Drawn by a script."), None)
    assert (judged.judgement.verdict, judged.judgement.layer) == (Verdict.VERBATIM, Layer.RENDERED)
    hidden = quoting.quote(archive, snapshot.id, quoting.Quotation("Nobody is shown this sentence."), None)
    assert "not-shown" in [notice.code for notice in hidden.judgement.warnings]
    # what a browser saw is not taken over by a capture without one
    plain = take(site.url + "/whole", "never")
    assert (plain.revisit_of, plain.browser) == (None, None)
    assert Layer.RENDERED not in [text.layer for text in plain.texts]
    sound(archive)
    # a pack leads to the page, not to what its script got under the same address
    evidence = collect(archive, [snapshot.id])
    lines = [line for line in gzip.decompress(index(evidence)).decode().splitlines() if "/whole" in line]
    assert len(lines) == 1
    assert f'"offset": "{_leaf(evidence, record["hops"][-1]["response"]).offset}"' in lines[0]
    words = draft(evidence, Form.MARKDOWN)
    assert "looked at with a browser  Chromium" in words
    assert "names as looked at with a browser were loaded" in words
    assert "names as fetched were fetched" not in words
    for kind in ("dom", "screenshot", "print"):
        assert f"SHA-256, {kind}" in words


def _blocks(archive: Archive) -> Callable[[str], StoredRecord]:
    return lambda record: archive.stored_record(archive.catalogue.leaf_of_record(record))


def _leaf(evidence: Evidence, record: str) -> PackedLeaf:
    return evidence.by_record[record]


def test_a_browser_is_used_where_the_page_needs_one(take, archive: Archive, site: Website) -> None:
    site.put("/story", STORY)
    site.put("/missing", b"<title>No</title><script>1</script>", 404)
    for page in ("/story", "/missing"):
        assert take(site.url + page, AUTO).browser is None
    # that it is on record without one, and the server would say "not modified", is no reason to leave it so
    url = put_scripted(site)
    script = site.routes["/scripted"]
    assert isinstance(script, Answer)
    site.routes["/scripted"] = lambda headers: (
        Answer(b"", 304, {"ETag": '"1"'})
        if "if-none-match" in headers
        else replace(script, headers={**script.headers, "ETag": '"1"'})
    )
    plain = take(url, "never")
    assert plain.wall is not None
    looked = take(url, AUTO)
    assert looked.browser is not None
    assert looked.info.title == "Drawn by scripts"
    assert "browser-used" in [notice.code for notice in looked.warnings]


def test_where_the_browser_is_refused_what_came_without_it_stays(take, site: Website) -> None:
    shell = Answer(b"<title>Shell</title><div id=root></div><script src=/app.js></script>")
    site.routes["/shell"] = lambda headers: Answer(b"<h1>No</h1>", 403) if "Chrome/" in headers["user-agent"] else shell
    snapshot = take(site.url + "/shell", AUTO)
    assert (snapshot.status, snapshot.browser) == (200, None)
    assert "answered with 403" in next(item.detail for item in snapshot.warnings if item.code == "browser-failed")


def test_where_the_browser_fails_the_page_is_recorded_without(
    take, archive: Archive, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "false")
    snapshot = take(put_scripted(site), AUTO)
    assert snapshot.browser is None
    assert "browser-failed" in [notice.code for notice in snapshot.warnings]
    sound(archive)


def test_a_session_is_used_marked_and_not_recorded(take, archive: Archive, site: Website) -> None:
    site.put(
        "/mine", b"<title>Mine</title><p id=p>Hello.<script>fetch('/own').then(a => a.text()).then(t => p.append(t))</script>",
        Set_Cookie="session=renewed-secret; Path=/",
    )  # fmt: skip
    site.put("/own", PARAGRAPHS.encode(), Content_Type="text/plain")
    cookies = (
        Cookie("session", "planted-secret", "127.0.0.1", host_only=True),
        Cookie("other", "foreign-secret", "example.org"),
    )
    for when in (ALWAYS, "never"):
        snapshot = take(site.url + "/mine", when, cookies=cookies)
        assert "with-session" in [notice.code for notice in snapshot.warnings]
    sent = [headers.get("cookie", "") for _, headers in site.requests]
    assert all("session=planted-secret" in value or "session=renewed-secret" in value for value in sent)
    assert not any("foreign-secret" in value for value in sent)
    everything = b"".join(archive.stored_record(leaf).block for leaf in archive.catalogue.leaves())
    for secret in (b"planted-secret", b"renewed-secret", b"foreign-secret"):
        assert secret not in everything
    assert b"Cookie: (cut out)" in everything
    assert b"Set-Cookie: (cut out)" in everything
    sound(archive)


def test_no_more_browsers_at_once_than_a_machine_bears(site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages of a list are captured at once; and who waits can be stopped."""
    inside, most = [], []
    monkeypatch.setattr(browsing, "_AT_ONCE", threading.BoundedSemaphore(2))

    def visit(*_: object) -> str:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.05)
        inside.pop()
        return "looked"

    monkeypatch.setattr(browsing, "visit", visit)
    url, options = parse(site.url + "/"), Options(fetch_settings(), stop=threading.Event())
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: browsing.look(url, options), range(8))) == {"looked"}
    assert max(most) == 2
    assert options.stop is not None
    options.stop.set()
    monkeypatch.setattr(browsing, "_AT_ONCE", threading.BoundedSemaphore(1))
    with browsing._AT_ONCE, pytest.raises(Stopped):
        browsing.look(url, options)


def test_a_page_of_a_host_that_browsers_know_to_want_https(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of .dev is on the browser's list: such a page was recorded, and `verify` called the archive damaged for ever after."""
    _need_browser(monkeypatch)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("page.dev").configure_cert(context)
    with website(context) as site, proxying(leads={"page.dev": int(site.url.rpartition(":")[2])}) as proxy:
        site.put("/story", STORY)
        fetch = fetch_settings(verify_tls=False, proxy=parse_proxy(f"socks5h://127.0.0.1:{proxy.port}"))
        snapshot = capture(archive, "http://page.dev/story", Options(fetch, browser=ALWAYS))
    assert (snapshot.url, snapshot.final_url) == ("http://page.dev/story", "https://page.dev/story")
    assert {"browser-went-to-https", "certificate-not-trusted"} <= {notice.code for notice in snapshot.warnings}
    sound(archive)
