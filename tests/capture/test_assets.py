"""Pages captured with their assets, from a web site to the archive."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from remains import faults, rebuilt
from styledsite import kinds, lasting, listed, noise, styled_page, take
from tampering import damage
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.capture import AssetRun, Options, capture
from archiver.digests import Digest
from archiver.errors import ArchiveError
from archiver.model import Role


def test_a_page_comes_with_its_styles_fonts_and_images(archive: Archive, site: Website, options: Options) -> None:
    snapshot = take(archive, styled_page(site), options)
    assets = listed(archive, snapshot)
    assert {(item.url.removeprefix(site.url), item.role, item.found_in and item.found_in.removeprefix(site.url)) for item in assets.recorded} == {
        ("/s.css", Role.STYLE, None), ("/i.png", Role.IMAGE, None), ("/f.woff2", Role.FONT, "/s.css"), ("/b.png", Role.IMAGE, "/s.css"),
    }  # fmt: skip
    for item in assets.recorded:
        leaf = archive.catalogue.leaf_of_record(f"<{item.record}>")
        record = archive.stored_record(leaf)
        assert (record.type, record.uri) == ("response", item.url)
        assert Digest.of(record.block.partition(b"\r\n\r\n")[2]).hex == item.sha256
        assert leaf.index < snapshot.capture_leaf
    assert snapshot.assets == assets.counts
    assert archive.catalogue.snapshots() == [snapshot], "assets are no snapshots"
    assert faults(archive.root) == []
    rebuilt(archive)


def test_the_page_is_as_without_them(archive: Archive, site: Website, options: Options) -> None:
    url = styled_page(site)
    with_assets = take(archive, url, options)
    without = capture(archive, url, replace(options, conditional=False))
    assert without.revisit_of == with_assets.id
    assert without.assets is None
    assert "assets" not in json.loads(archive.capture_record(without))


def test_the_lines_of_the_requests_are_kept(archive: Archive, site: Website, options: Options) -> None:
    request = listed(archive, take(archive, styled_page(site), options)).request
    assert request is not None
    assert "User-Agent: archiver/test" in request
    assert "Host" not in request
    assert kinds(archive).count("request") == 1  # that of the page


def test_the_same_assets_again_are_revisits_by_304(archive: Archive, site: Website, options: Options) -> None:
    url = styled_page(site)
    first, again = take(archive, url, options), take(archive, url, options)
    of = {item.url: item.record for item in listed(archive, first).recorded}
    for item in listed(archive, again).recorded:
        assert item.of == of[item.url]
        record = archive.stored_record(archive.catalogue.leaf_of_record(f"<{item.record}>"))
        assert record.headers["warc-profile"].endswith("server-not-modified")
        assert record.headers["warc-refers-to"] == f"<{item.of}>"
        assert record.block.startswith(b"HTTP/1.1 304")
        assert (item.status, item.etag) == (200, f'"{item.url.rpartition("/")[2][0]}"')
    assert len(listed(archive, again).recorded) == 4, "what the sheet names is read from the one on record"
    assert take(archive, url, options).assets == first.assets
    assert faults(archive.root) == []


def test_the_same_bytes_from_elsewhere_are_stored_once(archive: Archive, site: Website, options: Options) -> None:
    picture = noise(5)
    site.put("/one", b"<p>One.</p><img src=/a.png><img src=/b.png>")
    site.put("/two", b"<p>Two.</p><img src=/c.png>")
    for name in "abc":
        site.put(f"/{name}.png", picture, Content_Type="image/png")
    one, two = take(archive, f"{site.url}/one", options), take(archive, f"{site.url}/two", options)
    first, second = listed(archive, one).recorded
    (third,) = listed(archive, two).recorded
    assert (first.of, second.of, third.of) == (None, first.record, first.record)
    assert sum(leaf.length > 3000 for leaf in archive.catalogue.leaves()) == 1
    assert faults(archive.root) == []


def test_small_payloads_are_stored_as_they_come(archive: Archive, site: Website, options: Options) -> None:
    site.put("/p", b"<p>One.</p><img src=/a.gif><img src=/b.gif>")
    for name in "ab":
        site.put(f"/{name}.gif", b"GIF89a", Content_Type="image/gif")
    assert [item.of for item in listed(archive, take(archive, f"{site.url}/p", options)).recorded] == [None, None]


def test_what_cannot_be_had_is_said_and_fails_nothing(archive: Archive, site: Website, options: Options) -> None:
    site.routes["/hangs-up.png"] = None
    site.routes["/broken.png"] = Answer(b"x", 200, {"Content-Length": "50", "Content-Type": "image/png"})
    site.put("/p", b"<p>One.</p><img src=/gone.png><img src=/hangs-up.png><img src=http://10.1.2.3/x.png><img src=/ok.png>"
             b"<link rel=stylesheet href=/redirects>")  # fmt: skip
    site.put("/ok.png", noise(1), Content_Type="image/png")
    site.routes["/redirects"] = Answer(b"", 302, {"Location": "/redirects"})
    snapshot = take(archive, f"{site.url}/p", options)
    failed = {item.url.rpartition("/")[2]: item for item in listed(archive, snapshot).failed}
    assert failed.keys() == {"gone.png", "hangs-up.png", "x.png", "redirects"}
    assert failed["gone.png"].status == 404
    assert "inside address" in failed["x.png"].error
    assert snapshot.assets is not None
    assert (snapshot.assets.recorded, snapshot.assets.failed, snapshot.assets.found) == (1, 4, 5)
    assert not [notice for notice in snapshot.warnings if "asset" in notice.code]
    assert faults(archive.root) == []


def test_redirects_on_the_way_are_recorded(archive: Archive, site: Website, options: Options) -> None:
    site.put("/p", b"<p>One.</p><img src=/old.png>")
    site.routes["/old.png"] = Answer(b"", 301, {"Location": "/new.png"})
    site.routes["/new.png"] = lasting(noise(1), "image/png", '"n"')
    (item,) = listed(archive, take(archive, f"{site.url}/p", options)).recorded
    assert item.final_url == f"{site.url}/new.png"
    (through,) = item.through
    assert archive.stored_record(archive.catalogue.leaf_of_record(f"<{through}>")).uri == f"{site.url}/old.png"
    assert faults(archive.root) == []


def test_a_sheet_that_was_sent_gzipped_is_read(archive: Archive, site: Website, options: Options) -> None:
    site.put("/p", b"<p>One.</p><link rel=stylesheet href=/s.css>")
    site.put("/s.css", gzip.compress(b"a{background:url(i.png)}"), Content_Type="text/css", Content_Encoding="gzip")
    site.put("/i.png", noise(1), Content_Type="image/png")
    assert len(listed(archive, take(archive, f"{site.url}/p", options)).recorded) == 2


def test_sheets_that_import_one_another_end(archive: Archive, site: Website, options: Options) -> None:
    site.put("/p", b"<p>One.</p><link rel=stylesheet href=/0.css>")
    for n in range(9):
        site.put(f"/{n}.css", f"@import '/{n + 1}.css'; @import '/0.css';".encode(), Content_Type="text/css")
    snapshot = take(archive, f"{site.url}/p", options)
    assert snapshot.assets is not None
    assert snapshot.assets.recorded == 5
    assert snapshot.assets.left_out == (("too-deep", 1),)


def test_a_page_that_was_captured_without_them_gets_them_later(
    archive: Archive, site: Website, options: Options
) -> None:
    url = styled_page(site)
    page = site.routes["/page"]
    assert isinstance(page, Answer)
    site.routes["/page"] = lasting(page.body, "text/html", '"p"')
    capture(archive, url, options)
    later = take(archive, url, options)
    assert later.revisit_of is not None
    assert len(listed(archive, later).recorded) == 4
    assert faults(archive.root) == []


def test_a_page_of_another_medium_or_an_error_has_no_assets(archive: Archive, site: Website, options: Options) -> None:
    for path, body, status, kind in (
        ("/t", b"<img src=/i.png>", 200, "text/plain"),
        ("/e", b"<p>No such page.</p><img src=/i.png>", 404, "text/html"),
    ):
        assert take(archive, site.put(path, body, status, Content_Type=kind), options).assets is None
    assert [path for path, _ in site.requests] == ["/t", "/e"]


def test_a_page_that_names_nothing_says_so(archive: Archive, site: Website, options: Options) -> None:
    snapshot = take(archive, site.put("/story", STORY), options)
    assert snapshot.assets is not None
    assert snapshot.assets.found == 0


def test_pages_of_one_run_fetch_what_they_share_once(archive: Archive, site: Website, options: Options) -> None:
    run = AssetRun(4, 4, 4)
    one = take(archive, styled_page(site, "/one", "One page that is styled"), options, run)
    two = take(archive, styled_page(site, "/two", "Another page that is styled"), options, run)
    assert [item.record for item in listed(archive, one).recorded] == [
        item.record for item in listed(archive, two).recorded
    ]
    assert sum(path == "/s.css" for path, _ in site.requests) == 1
    assert faults(archive.root) == []
    rebuilt(archive)


def test_a_damaged_asset_is_built_upon_by_nothing(archive: Archive, site: Website, options: Options) -> None:
    url = styled_page(site)
    for item in listed(archive, take(archive, url, options)).recorded:
        damage(archive.root, archive.catalogue.leaf_of_record(f"<{item.record}>"))
    again = listed(archive, take(archive, url, options)).recorded
    assert len(again) == 4
    for item in again:
        assert item.of is None
        assert archive.stored_record(archive.catalogue.leaf_of_record(f"<{item.record}>")).uri == item.url


def test_where_the_page_cannot_be_recorded_nothing_is_kept(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, run = styled_page(site), AssetRun(4, 4, 4)

    def fail(_: object) -> None:
        raise ArchiveError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(archive, "record_capture", fail)
        with pytest.raises(ArchiveError, match="full"):
            take(archive, url, options, run)
    assert kinds(archive) == []
    assert len(listed(archive, take(archive, url, options, run)).recorded) == 4
