"""The extension in a real Chromium: the words behind a wall, their verdicts, and pages that want what is not theirs."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from webdesks import TRUE
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.web.desk import Desk

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
HTML = {"Content-Type": "text/html; charset=utf-8"}
WALL = (
    b"<!DOCTYPE html><html><head><title>Cookies</title></head><body><main><h1>We value your privacy</h1><p>Accept all cookies to read this story."
    b"</p><button onclick=\"document.cookie='consent=yes'; location.reload()\">Accept</button></main></body></html>"
)
# names that hide the document's own properties, a click that nobody made, a call of the server, a look for the token
HOSTILE = STORY.replace(
    b"</main>",
    b'<img name="title" alt=""><form name="documentElement"></form><script>window.getSelection = () => "lies"; '
    b"Object.defineProperty(Element.prototype, 'outerHTML', { get: () => 'lies' });"
    b"document.addEventListener('click', event => window.trusted = event.isTrusted);</script></main>",
)


def behind_a_wall(headers: Mapping[str, str]) -> Answer:
    return Answer(HOSTILE if "consent=yes" in headers.get("cookie", "") else WALL, 200, HTML)


@pytest.fixture
def browser(playwright: Any, tmp_path: Path) -> Iterator[Any]:
    """A Chromium with the extension in it; skipped where it cannot run one."""
    from playwright.sync_api import Error

    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no Chromium on this machine (chromium-headless-shell loads no extensions)")
    arguments = [
        "--no-sandbox",
        "--headless=new",
        "--enable-unsafe-extension-debugging",  # so that the button can be pressed
        f"--disable-extensions-except={EXTENSION}",
        f"--load-extension={EXTENSION}",
    ]
    try:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=program, headless=False, args=arguments
        )
    except Error as error:
        pytest.skip(f"Chromium does not start: {str(error).splitlines()[0]}")
    yield context
    context.close()


def worker_of(browser: Any) -> Any:
    workers = browser.service_workers
    return workers[0] if workers else browser.wait_for_event("serviceworker", timeout=30_000)


def press(browser: Any, address: str, home: str) -> None:
    """Presses the button in the toolbar, over the tab with this address; the extension may read that tab from then on."""
    session = browser.browser.new_browser_cdp_session()
    tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
    (tab,) = [item["targetId"] for item in tabs if item["url"] == address]
    try:
        session.send("Extensions.triggerAction", {"id": home.rsplit("/", 1)[1], "targetId": tab})
    except Exception as error:
        if "wasn't found" in str(error):
            pytest.skip("this Chromium is too old to have its toolbar's buttons pressed by a program")
        raise
    end = time.monotonic() + 30
    while f"{home}/popup.html" not in [item["url"] for item in session.send("Target.getTargets")["targetInfos"]]:
        assert time.monotonic() < end, "the popup opens"
        time.sleep(0.05)


def test_words_behind_a_wall_are_judged_and_the_page_gets_nothing_of_it(
    browser: Any,
    tmp_path: Path,
    options: Options,
    site: Website,
    serve: Callable[[Path, Options | None], Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    Archive.create(tmp_path / "own").close()
    desk = serve(tmp_path / "own", options)
    site.routes["/story"] = behind_a_wall
    worker = worker_of(browser)
    home = worker.url.rsplit("/", 1)[0]

    form = browser.new_page()
    form.goto(f"{home}/options.html")
    form.fill("#address", "http://evil.example")
    form.fill("#token", desk.access.receiving_token)
    form.click("button")
    form.get_by_text("this machine only").wait_for(timeout=30_000)
    form.fill("#address", f"http://127.0.0.1:{desk.access.port}/")
    form.fill("#token", desk.access.token)
    form.click("button")
    form.get_by_text("opens the whole archive").wait_for(timeout=30_000)
    assert worker.evaluate("() => chrome.storage.local.get('token')") == {}
    form.fill("#token", desk.access.receiving_token)
    form.click("button")
    form.get_by_text("Saved.").wait_for(timeout=30_000)

    page = browser.new_page()
    page.goto(site.url.replace("127.0.0.1", "localhost") + "/story")  # the extension has no permission for this host
    page.click("button")
    page.get_by_text("cross it twice").wait_for(timeout=30_000)
    page.evaluate(
        """words => { const text = [...document.querySelectorAll("p")].find(p => p.textContent.includes(words)).firstChild;
        const from = text.data.indexOf(words); document.getSelection().setBaseAndExtent(text, from, text, from + words.length); }""",
        TRUE,
    )
    find = "async address => (await chrome.tabs.query({})).find(tab => tab.url === address)?.id ?? null"
    assert worker.evaluate(find, page.url) is None, "before it is called, it does not even see the address"
    press(browser, page.url, home)
    tab = worker.evaluate(find, page.url)
    popup = browser.new_page()
    popup.goto(f"{home}/popup.html?tab={tab}")
    popup.evaluate("document.getElementById('send').click()")  # no person's click
    popup.wait_for_timeout(100)
    assert worker.evaluate("() => chrome.storage.session.get(null)") == {}
    popup.click("#send")
    popup.locator("section").nth(1).wait_for(timeout=60_000)
    seen, own = popup.locator("section").all_inner_texts()
    assert "As you saw it (supplied by you)" in seen
    assert "✓ holds" in seen
    assert "As the archive was given it" in own
    assert "✓" not in own
    assert popup.locator("blockquote").inner_text() == TRUE, "what the page's own functions say is not asked"
    with desk.reading() as archive:
        (supplied,) = [item for item in archive.catalogue.snapshots() if item.origin is not None]
        assert supplied.url == page.url
        assert "Bridge over the Lorn" in str(supplied.origin and supplied.origin.note)

    # what the page can find out and do
    assert desk.access.receiving_token not in page.content()
    assert page.evaluate("typeof chrome === 'undefined' || !chrome.storage") is True
    assert page.evaluate("document.documentElement.shadowRoot === null && !document.querySelector('[class*=archiver]')")
    call = """async ([address, token]) => { const body = new FormData(); body.set("address", "https://example.org/");
        body.set("page", new Blob(["<p>a lie</p>"]), "p"); const headers = token ? { Authorization: `Bearer ${token}` } : {};
        try { return (await fetch(address + "/api/receiving", { method: "POST", body, headers })).status; } catch { return "unread"; } }"""
    address = f"http://127.0.0.1:{desk.access.port}"
    assert page.evaluate(call, [address, ""]) == "unread"
    assert page.evaluate(call, [address, desk.access.receiving_token]) == "unread", "not even with a token"
    assert (
        page.evaluate(
            "async at => { try { await fetch(at); return 'read'; } catch { return 'unread'; } }", f"{home}/popup.html"
        )
        == "unread"
    )
    with desk.reading() as archive:
        assert len(archive.catalogue.snapshots()) == 2


def test_the_bookmarklet_fills_the_form_and_a_person_records(
    page: Callable[..., tuple[Any, list[str]]],
    tmp_path: Path,
    site: Website,
    serve: Callable[[Path, Options | None], Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    Archive.create(tmp_path / "own").close()
    desk = serve(tmp_path / "own", None)
    tab, _ = page(desk)
    tab.goto(f"http://127.0.0.1:{desk.access.port}/browser")
    code = tab.get_attribute("#bookmarklet", "href")
    address = site.put("/story", STORY).replace("127.0.0.1", "localhost")  # another site than the server's
    tab.goto(address)
    tab.evaluate(
        "code => { const link = document.createElement('a'); link.href = code; link.id = 'mark'; link.textContent = 'bookmark'; "
        "document.body.append(link); getSelection().selectAllChildren(document.querySelector('h1')); link.draggable = false; }",
        code,
    )
    with tab.context.expect_page() as opened:
        tab.evaluate("document.getElementById('mark').click()")
    form = opened.value
    form.click("text=Open the form")
    assert form.input_value("#source") == address
    assert form.input_value("#quotation") == "Bridge over the Lorn to close for repairs"
    assert form.evaluate("window.opener") is None
    with desk.reading() as archive:
        assert archive.catalogue.snapshots() == []


def test_the_extension_asks_for_no_more_than_it_needs() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["permissions"]) == {"activeTab", "scripting", "contextMenus", "storage"}
    assert manifest["host_permissions"] == ["http://127.0.0.1/*"]
    assert not {
        "content_scripts",
        "web_accessible_resources",
        "externally_connectable",
        "optional_host_permissions",
    } & set(manifest)
    for script in EXTENSION.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not [
            word
            for word in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "importScripts")
            if word in text
        ]
