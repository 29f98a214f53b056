from __future__ import annotations

from styledsite import listed, styled_page, take
from tampering import damage
from website import Website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.capture.onrecord import asset_on_record, on_record


def test_a_response_is_read_back_with_its_payload(archive: Archive, site: Website, options: Options) -> None:
    url = styled_page(site)
    take(archive, url, options)
    take(archive, url, options)
    known = archive.catalogue.assets.latest(f"{site.url}/i.png")
    assert known is not None
    assert known.of is not None, "the newest is a revisit"
    found = asset_on_record(archive, known)
    assert found is not None
    assert (len(found.payload), found.status, found.header("content-type"), found.header("etag")) == (
        3000,
        200,
        "image/png",
        '"i"',
    )


def test_what_is_damaged_or_another_payload_is_none(archive: Archive, site: Website, options: Options) -> None:
    item = listed(archive, take(archive, styled_page(site), options)).recorded[0]
    leaf = archive.catalogue.leaf_of_record(f"<{item.record}>")
    assert on_record(archive, leaf.index, item.sha256) is not None
    assert on_record(archive, leaf.index, "00" * 32) is None
    damage(archive.root, leaf)
    assert on_record(archive, leaf.index, item.sha256) is None
