"""Looking at pages with a real browser."""

from __future__ import annotations

import os
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import trustme
from browserpages import SENTENCES, fetch_settings, put_consent, put_endless, put_lazy, put_scripted
from website import Answer, Website, website

from archiver.browser.processes import tree
from archiver.browser.visit import visit
from archiver.errors import NameNotFound, Stopped, Unreachable
from archiver.texts import rendered
from archiver.urls import parse

pytestmark = pytest.mark.slow


@pytest.fixture
def secure_site() -> Iterator[Website]:
    """A site over TLS, under a certificate that nobody trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with website(context) as running:
        yield running


def text_of(rendering) -> str:
    shown = rendered.read(rendering.dom, url="", status=200)
    assert shown.text is not None
    return shown.text.content


def test_what_scripts_draw_is_read_and_what_is_hidden_is_marked(
    look, site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    rendering = look(put_scripted(site))
    shown = rendered.read(rendering.dom, url="", status=200)
    assert all(sentence in shown.text.content for sentence in SENTENCES)
    assert "These words stand in a shadow tree." in shown.text.content
    assert "These stand in an element without a box." in shown.text.content
    hidden = [shown.text.content[span.start : span.end] for span in shown.text.unseen]
    assert hidden == ["Nobody is shown this sentence."]
    assert shown.info.title == "Drawn by scripts"
    assert rendering.screenshot.startswith(b"\x89PNG")
    assert rendering.print.startswith(b"%PDF-")
    assert [exchange.url for exchange in rendering.others] == [site.url + "/api/story"]
    assert rendering.notices == ()
    assert not list(tmp_path.iterdir())


def test_the_list_that_grows_is_scrolled_to_its_end(look, site: Website) -> None:
    rendering = look(put_endless(site, 60))
    assert "Entry 60 of the list that grows." in text_of(rendering)
    assert rendering.scrolled > 12_000


def test_a_list_without_end_is_cut_and_said(look, site: Website) -> None:
    rendering = look(put_endless(site, 100_000), timeout=4.0)
    assert "scroll-capped" in [notice.code for notice in rendering.notices]
    assert "Entry 10 of the list that grows." in text_of(rendering)


def test_lazy_pictures_are_loaded(look, site: Website) -> None:
    rendering = look(put_lazy(site, 5))
    assert {exchange.url for exchange in rendering.others} == {f"{site.url}/lazy/{number}.png" for number in range(5)}


def test_a_banner_is_refused_and_nothing_else_is_pressed(look, site: Website) -> None:
    for path in ("/agreed", "/settings", "/refused", "/policy"):
        site.put(path, b"")
    rendering = look(put_consent(site, "Tout refuser"))
    assert all(sentence in text_of(rendering) for sentence in SENTENCES)
    (pressed,) = rendering.pressed
    assert (pressed.words, pressed.rule, pressed.banner) == ("Tout refuser", "refuse", "div#cookie-banner")
    asked = {path for path, _ in site.requests}
    assert "/refused" in asked
    assert not {"/agreed", "/settings", "/policy"} & asked


def test_a_banner_that_cannot_be_refused_is_left_and_a_button_of_the_page_itself_is_not_pressed(
    look, site: Website
) -> None:
    """The words alone are no banner."""
    for path in ("/agreed", "/no"):
        site.put(path, b"")
    page = site.put(
        "/vote",
        b"<title>Motion 12</title><main><p>Shall the motion pass?</p><button onclick=\"fetch('/no')\">Reject</button></main>"
        b'<div id="cookie-bar" style="position:fixed;bottom:0">We use cookies. <button onclick="fetch(\'/agreed\')">Fine</button></div>',
    )
    rendering = look(page)
    assert rendering.pressed == ()
    assert "consent-not-closed" in [notice.code for notice in rendering.notices]
    assert {path for path, _ in site.requests} <= {"/vote", "/favicon.ico"}


def test_redirects_are_hops(look, site: Website) -> None:
    site.routes["/a"] = Answer(b"", 302, {"Location": "/b", "Content-Length": "0"})
    site.put("/b", b"<title>B</title><script>location.replace('/c')</script>")
    site.put("/c", b"<title>C</title><p>The end of the way.")
    rendering = look(site.url + "/a")
    assert [exchange.url.removeprefix(site.url) for exchange in rendering.hops] == ["/a", "/b", "/c"]
    assert "The end of the way." in text_of(rendering)


def test_the_page_is_what_was_shown_and_not_what_a_script_got_at_its_address(look, site: Website) -> None:
    def answer(headers: Mapping[str, str]) -> Answer:
        whole = headers.get("sec-fetch-mode") == "navigate"
        return Answer(b"<p>The page that is shown." if whole else b"<p>A part for scripts.")

    site.routes["/b"] = answer
    script = b"<p>First.<script>fetch('/b', {cache: 'no-store'}).then(() => { location = '/b' })</script>"
    rendering = look(site.put("/a", script))
    assert rendering.hops[-1].body == b"<p>The page that is shown."
    assert "The page that is shown." in text_of(rendering)


def test_what_no_browser_shows_is_recorded_all_the_same(look, site: Website) -> None:
    rendering = look(site.put("/file", b"\x00\x01 bytes", Content_Type="application/x-thing"))
    assert rendering.hops[-1].body == b"\x00\x01 bytes"
    assert rendering.dom is None
    assert [notice.code for notice in rendering.notices] == ["not-rendered"]


def test_unknown_names(look) -> None:
    with pytest.raises(NameNotFound):
        look("http://nowhere.invalid/")


def test_a_page_that_blocks_its_browser_is_recorded_without_being_shown(
    look, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys.modules["archiver.browser.visit"], "_LONGEST_START", 12.0
    )  # a loaded machine starts it in seconds
    page = site.put("/spin", b"<title>Spin</title><p>Text<script>setTimeout(() => { for (;;); }, 100)</script>")
    began = time.monotonic()
    rendering = look(page, timeout=2.0)
    assert time.monotonic() - began < 40
    assert rendering.hops[-1].status == 200
    assert {"browser-ended", "not-rendered"} <= {notice.code for notice in rendering.notices}
    assert not _browsers()


def test_too_much_memory_ends_it(look, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["archiver.browser.visit"], "MAX_MEMORY", 500 << 20)
    rendering = look(
        site.put(
            "/slow",
            b"<title>Greedy</title><p>Text<script>const kept = []; setInterval(() => kept.length < 14 &&"
            b" kept.push(new Uint8Array(5e7).fill(kept.length)), 50); setInterval(() => fetch('/x?' + Math.random()), 200)</script>",
        )
    )
    assert any("memory" in notice.detail for notice in rendering.notices)
    assert not _browsers()


def test_stopping_ends_the_browser(browser: None, site: Website) -> None:
    stop = threading.Event()
    threading.Timer(2.0, stop.set).start()
    site.put("/", b"<p>Text<script>setInterval(() => fetch('/x?' + Math.random()), 100)</script>")
    with pytest.raises(Stopped):
        visit(parse(site.url + "/"), fetch_settings(), lambda _: None, stop)
    assert not _browsers()


def test_a_browser_that_does_not_start(look, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVER_BROWSER", "false")
    with pytest.raises(Unreachable, match="did not start"):
        look(site.url + "/")


def test_dialogs_popups_downloads_and_a_way_to_an_inside_address(look, site: Website) -> None:
    """A page that sends its reader to what is refused, or to a file, stays what it is."""
    site.put("/file", b"x" * 1000, Content_Type="application/octet-stream", Content_Disposition="attachment")
    site.put("/popup", b"<title>Popup</title>")
    body = (
        b"<title>Busy</title><p id=p>Text<a id=a href=/file download></a><script>alert(1); p.append(confirm('go?') ? ' yes' : ' no'); "
        b"window.open('/popup'); a.click(); location = 'http://127.0.0.9/'</script>"
    )
    rendering = look(site.put("/busy", body))
    assert text_of(rendering) == "Busy\nText no"
    assert [refusal.url for refusal in rendering.refusals] == ["http://127.0.0.9/"]


_NAMED = [
    "attributes",
    "childNodes",
    "localName",
    "nodeType",
    "shadowRoot",
    "closest",
    "checkVisibility",
    "id",
    "innerText",
    "parentElement",
]
_CLOBBERS = "".join(f"<input name={name}>" for name in _NAMED)
_PICTURES = "".join(
    f"<img name={name}>" for name in ("querySelectorAll", "childNodes", "scrollingElement", "readyState", "body")
)


def test_over_tls_a_page_whose_elements_answer_for_the_dom(look, secure_site: Website) -> None:
    """Names of fields and pictures hide what forms and documents say of themselves, in every world; and it is too wide for a picture."""
    secure_site.put("/refused", b"")
    page = secure_site.put(
        "/named",
        f'<title>Named</title>{_PICTURES}<form>{_CLOBBERS}<p>Inside the form.</p><p style="display:none">Not shown.</p></form>'
        '<div style="width:9000px">Wide</div><div id="cookie-banner" style="position:fixed;bottom:0">We use cookies. '
        "<button onclick=\"fetch('/refused');this.parentNode.remove()\">Reject all</button></div>".encode(),
    )
    rendering = look(page, verify_tls=False)
    shown = rendered.read(rendering.dom, url="", status=200).text
    assert shown is not None
    assert [line for line in shown.content.splitlines() if line] == ["Named", "Inside the form.", "Not shown.", "Wide"]
    assert [shown.content[span.start : span.end].strip() for span in shown.unseen] == ["Not shown."]
    assert [item.words for item in rendering.pressed] == ["Reject all"]
    assert [notice.code for notice in rendering.notices] == ["screenshot-cut"]
    assert rendering.screenshot is not None
    assert struct.unpack(">II", rendering.screenshot[16:24]) == (4096, 1024)
    final = rendering.hops[-1]
    assert (final.url, final.protocols) == (page, ("http/1.1", "tls/1.3"))
    assert final.certificates


_PLANTED = """
const put = (element, text) => { element.append(text.slice(0, 4), text.slice(4)); document.body.append(element); };
document.body.append(document.createComment("--><p>Planted by a comment.</p><!--"), document.createComment("><p>Planted by another.</p>"));
for (const name of ["script", "style", "noscript", "noembed", "noframes", "iframe"]) {
  const element = document.createElement(name);
  element.type = "text/plain";
  put(element, `</${name.toUpperCase()}><p>Planted by ${name}.</p>`);
}
const open = document.createElement("script");
open.type = "text/plain";
put(open, "<!--<script>");
const hidden = document.createElement("p");
hidden.style.display = "none";
hidden.append(document.createElement("div"));
hidden.firstChild.append("Hidden where no parser leaves it.");
document.body.append(hidden);
const plain = document.createElement("plaintext");
plain.append("As it is. ");
const last = document.createElement("p");
last.append("The last words.");
document.body.append(plain, last);
"""


def test_what_scripts_put_into_comments_and_scripts_is_not_read_as_words_that_are_shown(look, site: Website) -> None:
    """Written out as it stands in the tree, it would end its comment or element, and be read as the page's own."""
    site.put("/planted.js", _PLANTED.encode(), Content_Type="text/javascript")
    page = b"<title>Planted</title><p>The first words.</p><script src=/planted.js></script>"
    rendering = look(site.put("/planted", page))
    shown = rendered.read(rendering.dom, url="", status=200).text
    assert shown is not None
    words = list(shown.content)
    for span in shown.unseen:
        words[span.start : span.end] = " " * (span.end - span.start)
    lines = [line.strip() for line in "".join(words).splitlines() if line.strip()]
    assert lines == ["Planted", "The first words.", "As it is.", "The last words."]
    assert "Hidden where no parser leaves it." in shown.content


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_nothing_is_left_where_this_program_is_killed(browser: None, site: Website, tmp_path: Path) -> None:
    """kill -9 gives no time to clear up: the process that has the browser does it."""
    site.put("/", b"<p>Text<script>localStorage.x = 'x'; setInterval(() => fetch('/x?' + Math.random()), 100)</script>")
    program = (
        f"from archiver.browser.visit import visit; from browserpages import fetch_settings; from archiver.urls import parse\n"
        f"visit(parse({site.url + '/'!r}), fetch_settings(), lambda _: None)"
    )
    path = os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])
    child = subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": path}
    )
    _wait(lambda: any(path == "/" for path, _ in site.requests))
    below = tree(child.pid)[1:]
    child.kill()
    child.wait()
    assert len(below) >= 3
    assert _wait(
        lambda: not [process for process in below if Path(f"/proc/{process}").exists() and _is_browser(process)]
    )
    assert _wait(lambda: not list(tmp_path.iterdir()))


def _wait(done: Callable[[], bool]) -> bool:
    end = time.monotonic() + 15
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()


def _browsers() -> list[int]:
    for _ in range(50):
        left = [process for process in tree(os.getpid())[1:] if _is_browser(process)]
        if not left:
            return []
        time.sleep(0.1)
    return left


def _is_browser(process: int) -> bool:
    try:
        line = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
    return b"chrom" in line or b"playwright" in line
