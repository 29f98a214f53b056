"""What is told of a shared source, and what is not: of other pages, of quotations, of what was before."""

from __future__ import annotations

from collections.abc import Callable

from website import Answer, Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.catalogue import ShareState
from archiver.model import Drift
from archiver.quoting import Quotation, quote
from archiver.rechecking import Recheck
from archiver.sharing import STATE, tell
from archiver.sharing.sighting import Sighting, Told

Look = Callable[[str], Recheck]
Edit = Callable[[int], bytes]
Share = Callable[[str], None]


def told(archive: Archive) -> list[Sighting]:
    with ShareState(archive.root / STATE) as state:
        return [item.sighting for item in tell(archive, state.shared())]


def test_an_edit_is_told_with_the_digests_of_what_was_seen(archive: Archive, shared: str) -> None:
    snapshot = archive.latest_snapshot(shared)
    assert snapshot is not None
    (sighting,) = told(archive)  # of the look before it was shared nothing
    assert (sighting.url, sighting.told, sighting.time) == (shared, Told.EDITED, snapshot.captured_at)
    assert (sighting.payload, sighting.leaf) == (snapshot.payload_sha256, snapshot.response_leaf)
    text = next(text for text in snapshot.texts if text.layer == "article")
    assert (sighting.text, sighting.text_leaf, sighting.answers) == (text.sha256, text.leaf, "")


def test_a_look_that_found_nothing_new_or_nothing_at_all_is_not_told(
    archive: Archive, shared: str, site: Website, look: Look
) -> None:
    look(shared)
    for status in (403, 503):
        site.put("/bridge", b"no", status)
        assert look(shared).changed
    assert len(told(archive)) == 1
    site.put("/bridge", b"gone", 410)
    assert look(shared).drift is Drift.GONE
    assert [item.told for item in told(archive)] == [Told.GONE, Told.EDITED]


def test_what_became_of_a_quotation_is_not_told(
    archive: Archive, site: Website, look: Look, edition: Edit, share: Share, options: Options
) -> None:
    url = site.put("/page", edition(0))
    quote(archive, url, Quotation("3 of its bridges need new bearings"), options)
    share(url)
    site.put("/page", edition(1))
    assert look(url).drift is Drift.QUOTE_ALTERED
    assert [item.told for item in told(archive)] == [Told.EDITED]


def test_of_a_page_that_leads_to_another_only_that_is_told(
    archive: Archive, site: Website, look: Look, edition: Edit, share: Share
) -> None:
    url = site.put("/page", edition(0))
    look(url)
    share(url)
    site.routes["/page"] = Answer(b"", 301, {"Location": "/somewhere-private"})
    site.put("/somewhere-private", edition(0))
    recheck = look(url)
    assert recheck.drift is Drift.MOVED
    (sighting,) = told(archive)
    assert (sighting.told, sighting.payload, sighting.text, sighting.text_leaf) == (Told.MOVED, "", "", None)
    assert archive.catalogue.leaf(sighting.leaf).kind == "recheck"


def test_the_record_of_a_text_that_another_page_brought_is_not_handed_out(
    archive: Archive, site: Website, look: Look, share: Share, options: Options
) -> None:
    first, both = (
        article("Ferry", "The ferry sails at noon. " * 9),
        article("Ferry", "The ferry sails at ten o'clock. " * 9),
    )
    private, url = site.put("/private", both), site.put("/page", first)
    kept = capture(archive, private, options)
    look(url)
    share(url)
    site.put("/page", both)
    recheck = look(url)
    assert recheck.snapshot is not None
    assert recheck.snapshot.revisit_of == kept.id  # the same payload: its texts are the other page's records
    (sighting,) = told(archive)
    assert sighting.text
    assert sighting.text_leaf is None


def test_what_is_erased_is_not_told(archive: Archive, shared: str) -> None:
    from archiver.erasure import erase, make_plan

    snapshot = archive.latest_snapshot(shared)
    assert snapshot is not None
    erase(archive, make_plan(archive, [snapshot.id]), "asked for")
    assert told(archive) == []


def test_what_is_unshared_is_told_no_longer(archive: Archive, shared: str) -> None:
    with ShareState(archive.root / STATE) as state:
        assert state.unshare(state.shared()[0].key)
    assert told(archive) == []


def test_the_record_of_a_text_from_before_it_was_shared_is_not_handed_out(
    archive: Archive, site: Website, look: Look, share: Share, edition: Edit, options: Options
) -> None:
    url = site.put("/page", edition(0))
    before = capture(archive, url, options)
    site.put("/page", edition(1))
    look(url)
    share(url)
    site.put("/page", edition(0))  # as it was before: its texts are in the records of then
    recheck = look(url)
    assert recheck.snapshot is not None
    assert recheck.snapshot.revisit_of == before.id
    (sighting,) = told(archive)
    assert (sighting.payload, sighting.text_leaf) == (before.payload_sha256, None)
