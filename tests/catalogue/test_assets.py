from __future__ import annotations

from styledsite import listed, styled_page, take
from website import Website

from archiver.archive import Archive
from archiver.capture import AssetRun, Options


def test_assets_are_found_by_payload_and_address(archive: Archive, site: Website, options: Options) -> None:
    url = styled_page(site)
    first, again = take(archive, url, options), take(archive, url, options)
    assets = archive.catalogue.assets
    image, newer = listed(archive, first).recorded[1], listed(archive, again).recorded[1]
    oldest, latest = assets.with_payload(image.sha256), assets.latest(image.url)
    assert oldest is not None
    assert latest is not None
    assert archive.catalogue.leaf(oldest.payload_leaf).record_id == f"<{image.record}>"
    assert archive.catalogue.leaf(latest.leaf).record_id == f"<{newer.record}>"
    assert latest.payload_leaf == oldest.leaf
    assert assets.with_payload("00" * 32) is None
    assert assets.latest("https://example.org/") is None
    assert [item.url for item in assets.of(first.id)] == [item.url for item in listed(archive, first).recorded]


def test_it_is_known_who_needs_what(archive: Archive, site: Website, options: Options) -> None:
    url, run = styled_page(site), AssetRun(2, 2, 2)
    one, two = take(archive, url, options, run), take(archive, url, options, run)
    later = take(archive, url, options)
    assets = archive.catalogue.assets
    leaves = {item.leaf for item in assets.of(one.id)}
    assert leaves == {item.leaf for item in assets.of(two.id)}
    assert assets.needed(leaves, {one.id}) == (leaves, leaves)
    assert assets.needed(leaves, {one.id, two.id}) == (set(), leaves)
    assert assets.needed(leaves, {one.id, two.id, later.id}) == (set(), set())


def test_every_row_belongs_to_a_capture(archive: Archive, site: Website, options: Options) -> None:
    take(archive, styled_page(site), options)
    assert not archive.catalogue.assets.unlisted()
