"""What becomes of assets when a page that shows them is erased."""

from __future__ import annotations

from remains import faults, left_of, rebuilt
from styledsite import kinds, listed, noise, styled_page, take
from tampering import damage
from website import Website

from archiver.archive import Archive
from archiver.capture import AssetRun, Options
from archiver.erasure import erase, make_plan


def erased(archive: Archive, *names: str) -> None:
    erase(archive, make_plan(archive, names), "a letter came")
    assert faults(archive.root) == []
    rebuilt(archive)


def test_what_no_other_page_shows_goes(archive: Archive, site: Website, options: Options) -> None:
    snapshot = take(archive, styled_page(site), options)
    ids = [item.record for item in listed(archive, snapshot).recorded]
    erased(archive, snapshot.id)
    assert kinds(archive) == ["erasure"]
    assert left_of(archive.root, *ids, "f.woff2") == []


def test_what_another_page_shows_stays(archive: Archive, site: Website, options: Options) -> None:
    one = take(archive, styled_page(site, "/one", "The first of the two pages"), options)
    site.put("/two", b"<p>The other of the two.</p><img src=/i.png>")
    two = take(archive, f"{site.url}/two", options)  # its image is a revisit of the first one's
    plan = make_plan(archive, [one.id])
    assert plan.shared == (f"{site.url}/i.png",)
    erased(archive, one.id)
    (item,) = listed(archive, archive.catalogue.snapshot(two.id)).recorded
    assert archive.stored_record(archive.catalogue.leaf_of_record(f"<{item.of}>")).block.endswith(noise(2))
    assert kinds(archive).count("response") == 2  # the other page, and the image
    erased(archive, two.id)
    assert kinds(archive) == ["erasure", "erasure"]


def test_an_answer_that_two_pages_of_a_run_share_stays_with_all_that_led_to_it(
    archive: Archive, site: Website, options: Options
) -> None:
    run = AssetRun(2, 2, 2)
    for name in ("one", "two"):
        site.put(f"/{name}", f"<p>It is page {name}.</p><img src=/old.png>".encode())
    site.put("/old.png", b"", 302, Location="/new.png")
    site.put("/new.png", noise(1), Content_Type="image/png")
    one, two = (take(archive, f"{site.url}/{name}", options, run) for name in ("one", "two"))
    (item,) = listed(archive, two).recorded
    assert item == listed(archive, one).recorded[0]
    erased(archive, one.id)
    for name in item.records:
        archive.catalogue.leaf_of_record(f"<{name}>")
    erased(archive, two.id)
    assert kinds(archive) == ["erasure", "erasure"]


def test_a_revisit_of_the_page_goes_with_its_assets(archive: Archive, site: Website, options: Options) -> None:
    url = styled_page(site)
    first = take(archive, url, options)
    take(archive, url, options)
    erased(archive, first.id)
    assert kinds(archive) == ["erasure"]


def test_where_the_capture_is_damaged_the_catalogue_says_what_goes(
    archive: Archive, site: Website, options: Options
) -> None:
    run = AssetRun(2, 2, 2)
    one = take(archive, styled_page(site, "/one", "The first of the two pages"), options, run)
    site.put("/two", b"<p>The other of the two.</p><img src=/i.png>")
    two = take(archive, f"{site.url}/two", options, run)
    damage(archive.root, archive.catalogue.leaf(two.capture_leaf))
    (shared,) = [item.record for item in listed(archive, one).recorded if item.url.endswith("/i.png")]
    erase(archive, make_plan(archive, [two.id]), "a letter came")
    archive.stored_record(archive.catalogue.leaf_of_record(f"<{shared}>"))
