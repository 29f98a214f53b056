"""Snapshots of an archive replayed: the page, its assets, the headers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from styledsite import WORDS, styled_page, take
from website import Website

from archiver import replay
from archiver.archive import Archive
from archiver.capture import Options
from archiver.errors import UnknownId
from archiver.model import BrowserView, Snapshot
from archiver.quoting import Quotation, quote
from archiver.replay import Marking
from archiver.replay.recorded import read_page

PREFIX = "/replay/s-0/m"


@pytest.fixture
def snapshot(archive: Archive, site: Website, options: Options) -> Snapshot:
    """A page with a style sheet, a font and two images, one of which the sheet names."""
    return take(archive, styled_page(site), options)


def _asset_of(archive: Archive, snapshot: Snapshot, html: str) -> list[replay.ReplayedAsset]:
    named = dict.fromkeys(re.findall(rf"{PREFIX}/(asset/[0-9a-f]+)", html))
    return [replay.asset(archive, snapshot, address, PREFIX) for address in named]


def test_a_page_is_replayed_with_what_was_recorded(archive: Archive, snapshot: Snapshot, site: Website) -> None:
    before = len(site.requests)
    page = replay.page(archive, snapshot, None, PREFIX)
    assert (page.marking, page.fragment, page.missing, page.source) == (Marking.NONE, None, (), "page")
    assert WORDS in page.html.decode()
    assert site.url not in page.html.decode()
    sheet, image = _asset_of(archive, snapshot, page.html.decode())
    assert sheet.media_type == "text/css; charset=utf-8"
    assert image.media_type == "image/png"
    font, background = _asset_of(archive, snapshot, sheet.body.decode())
    assert (font.media_type, background.media_type) == ("font/woff2", "image/png")
    assert len(site.requests) == before


def test_a_quotation_is_marked(archive: Archive, snapshot: Snapshot, options: Options) -> None:
    judged = quote(archive, snapshot.url, Quotation("the river Lorn will close on the 13th of May"), options)
    recorded = archive.find_quote(judged.id or "")
    page = replay.page(archive, archive.catalogue.snapshot(recorded.snapshot), recorded, PREFIX)
    assert page.marked
    assert f'id="{page.fragment}"' in page.html.decode()


def test_a_page_found_again_is_replayed_as_it_was(archive: Archive, snapshot: Snapshot, options: Options) -> None:
    again = take(archive, snapshot.url, options)
    assert again.revisit_of == snapshot.id
    page = replay.page(archive, again, None, PREFIX)
    assert page.missing == ()
    assert len(_asset_of(archive, again, page.html.decode())) == 2


def test_headers_allow_nothing_but_looks(archive: Archive, snapshot: Snapshot) -> None:
    headers = dict(replay.page(archive, snapshot, None, PREFIX).headers)
    assert headers["Content-Security-Policy"].startswith(f"sandbox {replay.SANDBOX}; default-src 'none'; ")
    assert headers["Content-Security-Policy"].count("allow-") == 1
    assert replay.SANDBOX == "allow-top-navigation-by-user-activation"
    absolute = dict(replay.page(archive, snapshot, None, "http://127.0.0.1:8000/replay/s/m").headers)
    assert "img-src http://127.0.0.1:8000/replay/s/m/ data:" in absolute["Content-Security-Policy"]
    with pytest.raises(ValueError, match="cannot stand"):
        replay.page(archive, snapshot, None, "/a; script-src *")


def test_what_was_not_recorded_is_said(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/bare", f"<p>{WORDS}<img src='/gone.png'>".encode())
    snapshot = take(archive, url, options)
    assert replay.page(archive, snapshot, None, PREFIX).missing == (f"{site.url}/gone.png",)
    with pytest.raises(UnknownId):
        replay.asset(archive, snapshot, "asset/" + 32 * "0", PREFIX)


def test_what_is_no_page_is_shown_as_its_text(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/text", b"<b>Not bold</b>: the ferry leaves at ten.\n", Content_Type="text/plain")
    page = replay.page(archive, take(archive, url, options), None, PREFIX)
    assert page.source == "text"
    assert b'<pre dir="auto" lang="" ' in page.html
    assert "&lt;b&gt;Not bold&lt;/b&gt;: the ferry leaves at ten." in page.html.decode()


def test_scripts_are_no_asset(archive: Archive, site: Website, options: Options) -> None:
    site.put("/i.png", b"<script>f()</script>", Content_Type="text/html")
    snapshot = take(archive, site.put("/p", f"<p>{WORDS}<img src='/i.png'>".encode()), options)
    html = replay.page(archive, snapshot, None, PREFIX).html.decode()
    with pytest.raises(UnknownId):
        _asset_of(archive, snapshot, html)


def test_where_a_browser_looked_its_page_is_replayed(archive: Archive, snapshot: Snapshot) -> None:
    held = archive.catalogue.leaf(snapshot.texts[0].leaf).record_id  # any record serves as what a browser wrote out
    view = BrowserView("Chromium 1", "agent", (1280, 1024), "http://page.test/shown", 0, dom=held)
    found = read_page(archive, replace(snapshot, browser=view))
    assert found is not None
    assert (found.rendered, found.url, WORDS in found.source) == (True, "http://page.test/shown", True)
