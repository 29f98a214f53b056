"""A recorded page in its frame: in a real browser nothing of it runs or reaches out, and its quotation is seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from starlette.testclient import TestClient
from styledsite import WORDS, styled_page, take
from website import Website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.quoting import Quotation, quote
from archiver.web.desk import Desk

HOSTILE = (
    "<script>top.document.title='taken';fetch('http://127.0.0.1:1/x')</script><img src='http://127.0.0.1:1/y' onerror='alert(1)'>"
    "<meta http-equiv=refresh content='0;url=/'><base target=_top><a id=in href='/other?a=1&b=2#c'>in</a>"
    "<a id=out href='https://outside.test/x?a=1&b=2' ping='http://127.0.0.1:1/z'>out</a>"
)


def test_the_frame_has_the_quotation_and_the_page_around_it_says_when(client: TestClient, ids: dict[str, str]) -> None:
    outer = client.get(f"/snapshots/{ids['story']}/replay?quote={ids['true']}")
    assert outer.status_code == 200
    assert "A recording, not the live page." in outer.text
    assert "The quotation is marked in it. Where you do not see it, the page&#39;s own styles keep it" in outer.text
    (frame,) = re.findall(r"<iframe[^>]*>", outer.text)
    assert ' sandbox="allow-top-navigation-by-user-activation" ' in frame
    address = re.search(r'src="([^"#]+)#(archiver-[0-9a-f]+)"', frame)
    assert address is not None
    inner = client.get(address[1])
    assert f'id="{address[2]}"' in inner.text
    assert inner.headers["content-security-policy"].startswith(
        "sandbox allow-top-navigation-by-user-activation; default-src 'none'"
    )


def test_what_the_page_does_not_say_is_not_shown_as_if_it_did(client: TestClient, ids: dict[str, str]) -> None:
    """The words over the frame are those that were quoted: with their verdict, since the page may say others."""
    false = client.get(f"/snapshots/{ids['story']}/replay?quote={ids['false']}").text
    assert "will close on the 31st" in false
    assert re.search(r'<span class="state fails">.*13th.*31st', false, re.DOTALL)
    assert '<span class="state holds">' in client.get(f"/snapshots/{ids['story']}/replay?quote={ids['true']}").text
    assert "state fails" not in client.get(f"/snapshots/{ids['story']}/replay").text


def test_without_the_mark_nobody_comes_in(stranger: TestClient, client: TestClient, ids: dict[str, str]) -> None:
    named = re.search(r'<iframe[^>]*src="([^"#]+)', client.get(f"/snapshots/{ids['story']}/replay").text)
    assert named is not None
    assert stranger.get(named[1], headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert stranger.get(re.sub("/[0-9a-f]{32}/", f"/{32 * '0'}/", named[1])).status_code == 403


def test_what_is_not_there_is_said(client: TestClient, ids: dict[str, str]) -> None:
    assert client.get(f"/snapshots/s-{64 * '0'}/replay").status_code == 404
    assert client.get(f"/snapshots/{ids['story']}/replay?quote=q-{64 * '0'}").status_code == 404
    assert "marked in it" not in client.get(f"/snapshots/{ids['story']}/replay").text


def test_a_link_leads_to_the_replay_of_what_is_on_record_and_out_only_by_a_page_in_between(
    client: TestClient, stranger: TestClient, ids: dict[str, str]
) -> None:
    story = f"/snapshots/{ids['story']}"
    frame = re.search(r'<iframe[^>]*src="([^"#]+)/page', client.get(f"{story}/replay").text)
    assert frame is not None
    there = f"{frame[1]}/link/{quote_plus(ids['url'])}"
    clicked = stranger.get(there, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"})
    assert clicked.status_code == 200
    assert f'content="0; url={story}/link?to={quote_plus(ids["url"])}"' in clicked.text
    assert stranger.get(re.sub("/[0-9a-f]{32}/", f"/{32 * '0'}/", there)).status_code == 403
    assert stranger.get(f"{story}/link?to={quote_plus(ids['url'])}").status_code == 403
    recorded = client.get(f"{story}/link", params={"to": ids["url"]})
    assert (recorded.status_code, recorded.headers["location"]) == (303, f"{story}/replay")
    outside = "https://user:secret@b\u00fccher.example/a?b=%22><script>hit(1)</script>&c=1"
    leaving = client.get(f"{story}/link", params={"to": outside})
    assert leaving.status_code == 200
    assert "The archive has no snapshot of it." in leaving.text
    assert "http-equiv" not in leaving.text
    assert "<script" not in leaving.text
    assert "secret" not in leaving.text
    assert "[b\u00fccher.example]" in leaving.text
    live = re.search(r'id="live" href="([^"]*)" rel="noopener noreferrer external"', leaving.text)
    assert live is not None
    assert unescape(live[1]).startswith("https://xn--bcher-kva.example/a?b=%22%3E%3Cscript")
    for other in ("javascript:alert(1)", "file:///etc/passwd", "", "//"):
        assert client.get(f"{story}/link", params={"to": other}).status_code == 400


@pytest.mark.slow
def test_in_a_browser_it_looks_as_it_did_and_does_nothing(
    page: Callable[..., tuple[Any, list[str]]],
    serve: Callable[..., Desk],
    site: Website,
    options: Options,
    tmp_path: Path,
) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        url = styled_page(site)
        answer = site.routes["/page"]
        site.put("/page", answer.body.replace(b"</article>", HOSTILE.encode() + b"</article>"))  # type: ignore[union-attr]
        site.put(
            "/i.png", b"<svg xmlns='http://www.w3.org/2000/svg' width='7' height='9'/>", Content_Type="image/svg+xml"
        )
        site.put("/s.css", b"p{color:rgb(1,2,3)}", Content_Type="text/css")
        snapshot = take(archive, url, options)
        other = take(archive, site.put("/other?a=1&b=2", b"<title>Other</title><p>Another page."), options)
        judged = quote(archive, snapshot.id, Quotation(WORDS), options)
    desk = serve(tmp_path / "archive")
    tab, heard = page(desk)
    answers: list[tuple[str, int]] = []
    kept: dict[str, str | None] = {}
    tab.on("response", lambda response: answers.append((response.url, response.status)))

    def keep(response: Any) -> None:
        if "/asset/" in response.url:  # the icon of our own page is drawn in the same form, and comes when it likes
            kept[response.headers.get("content-type", "")] = response.headers.get("content-disposition")

    tab.on("response", keep)
    tab.goto(f"http://127.0.0.1:{desk.access.port}/snapshots/{snapshot.id}/replay?quote={judged.id}", wait_until="load")
    tab.wait_for_timeout(300)
    assert "Replay" in tab.title()
    assert heard == []
    assets = [status for address, status in answers if "/asset/" in address]
    assert assets == [200, 200]
    assert kept["image/svg+xml"] == "attachment"  # by itself it would be a page
    drawn = tab.locator("iframe.replay").content_frame.locator("img[src*='/asset/']").first
    assert drawn.evaluate("it => [it.naturalWidth, it.naturalHeight]") == [7, 9]
    marked = tab.locator("iframe.replay").content_frame.locator("mark").first
    assert marked.is_visible()
    assert marked.locator("xpath=..").evaluate("it => getComputedStyle(it).color") == "rgb(1, 2, 3)"
    shown = tab.url
    tab.locator("iframe.replay").content_frame.locator("#in").click()
    tab.wait_for_url(f"**/snapshots/{other.id}/replay")
    tab.goto(shown)
    tab.locator("iframe.replay").content_frame.locator("#out").click()
    tab.wait_for_url("**/link?to=**")
    assert tab.locator("#live").get_attribute("href") == "https://outside.test/x?a=1&b=2"
    assert tab.locator("h1").inner_text() == "This link leads out of the archive"
    assert [line for line in heard if not line.startswith("Blocked script")] == []  # the test's own script in the frame
