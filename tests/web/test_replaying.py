"""A recorded page in its frame: in a real browser nothing of it runs or reaches out, and its quotation is seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    "<meta http-equiv=refresh content='0;url=/'><base target=_top>"
)


def test_the_frame_has_the_quotation_and_the_page_around_it_says_when(client: TestClient, ids: dict[str, str]) -> None:
    outer = client.get(f"/snapshots/{ids['story']}/replay?quote={ids['true']}")
    assert outer.status_code == 200
    assert "A recording, not the live page." in outer.text
    assert "The quotation is marked in it." in outer.text
    (frame,) = re.findall(r"<iframe[^>]*>", outer.text)
    assert " sandbox " in frame
    assert "allow-" not in frame
    address = re.search(r'src="([^"#]+)#(archiver-[0-9a-f]+)"', frame)
    assert address is not None
    inner = client.get(address[1])
    assert f'id="{address[2]}"' in inner.text
    assert inner.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_without_the_mark_nobody_comes_in(stranger: TestClient, client: TestClient, ids: dict[str, str]) -> None:
    named = re.search(r'<iframe[^>]*src="([^"#]+)', client.get(f"/snapshots/{ids['story']}/replay").text)
    assert named is not None
    assert stranger.get(named[1], headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert stranger.get(re.sub("/[0-9a-f]{32}/", f"/{32 * '0'}/", named[1])).status_code == 403


def test_what_is_not_there_is_said(client: TestClient, ids: dict[str, str]) -> None:
    assert client.get(f"/snapshots/s-{64 * '0'}/replay").status_code == 404
    assert client.get(f"/snapshots/{ids['story']}/replay?quote=q-{64 * '0'}").status_code == 404
    assert "marked in it" not in client.get(f"/snapshots/{ids['story']}/replay").text


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
        judged = quote(archive, snapshot.id, Quotation(WORDS), options)
    desk = serve(tmp_path / "archive")
    tab, heard = page(desk)
    answers: list[tuple[str, int]] = []
    kept: dict[str, str | None] = {}
    tab.on("response", lambda response: answers.append((response.url, response.status)))
    tab.on("response", lambda it: kept.update({it.headers["content-type"]: it.headers.get("content-disposition")}))
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
