"""Which two snapshots are compared, and what became of the quotations."""

from __future__ import annotations

import pytest
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.errors import InputError
from archiver.model import Snapshot
from archiver.quoting import Quotation, quote
from archiver.quoting.versions import versions

EDITED = STORY.replace(b"13th", b"31st")


def take(archive: Archive, site: Website, options: Options, *bodies: bytes) -> list[Snapshot]:
    return [capture(archive, site.put("/story", body), options) for body in bodies]


def test_the_last_two_whose_articles_differ(archive: Archive, site: Website, options: Options) -> None:
    one, two, _, last = take(
        archive, site, options, STORY, EDITED, EDITED, EDITED.replace(b"Home | News", b"Home | 12 comments")
    )
    url = site.url + "/story"
    found = versions(archive, url)
    assert (found.older.id, found.newer.id, found.holds) == (one.id, last.id, True)
    quote(archive, one.id, Quotation("will close on the 13th of May"), None)
    quote(archive, one.id, Quotation("Nobody has been hurt on this bridge"), None)
    found = versions(archive, url)
    assert [item.state for item in found.diff.quotes] == ["altered", "holds"]
    assert found.holds is False
    assert versions(archive, two.id, last.id).diff.sentence.endswith("1 line of page furniture differs")
    assert versions(archive, one.short_id).newer.id == last.id


def test_a_wall_decides_nothing(archive: Archive, site: Website, options: Options) -> None:
    (one,) = take(archive, site, options, STORY)
    quote(archive, one.id, Quotation("Nobody has been hurt on this bridge"), None)
    wall = capture(archive, site.put("/story", b"<h1>Not here</h1>", 404), options)
    found = versions(archive, one.id, wall.id)
    assert (found.holds, found.notices[0].code, found.diff.quotes[0].state) == (None, "not-the-page", "undecided")
    (two,) = take(archive, site, options, EDITED)
    capture(archive, site.put("/story", b"<h1>Not here</h1>", 404), options)
    found = versions(archive, one.url)
    assert (found.older.id, found.newer.id, found.notices[0].code) == (one.id, two.id, "newer-not-the-page")


def test_one_snapshot_is_too_few(archive: Archive, site: Website, options: Options) -> None:
    (one,) = take(archive, site, options, STORY)
    with pytest.raises(InputError, match="one snapshot"):
        versions(archive, one.url)
    with pytest.raises(InputError, match="two are needed"):
        versions(archive, one.id, one.id)


WALL = "The wall will be rebuilt before the winter storms."
TWICE = article(
    "The harbour wall at Port Anna",
    f"The council met on Tuesday in the old town hall. {WALL} So its minutes say, and nobody voted against it.",
    "Fishermen had asked for that since the flood of last year, when four boats were lost in one night.",
    f"The county sent its own letter on Friday. {WALL} It bears three signatures and no date at all.",
)


def test_the_place_that_was_quoted_is_compared_and_not_its_twin(
    archive: Archive, site: Website, options: Options
) -> None:
    head, middle, tail = TWICE.partition(b"The county sent")
    later = head + middle + tail.replace(b"before the winter", b"after the winter")
    one, two = take(archive, site, options, TWICE, later)
    for prefix in ("Tuesday in the old town hall. ", "letter on Friday. "):
        quote(archive, one.id, Quotation(WALL, prefix=prefix), None)
    found = versions(archive, one.id, two.id)
    assert [item.state for item in found.diff.quotes] == ["holds", "altered"]
    assert found.holds is False
    old, new = found.diff.quotes[1].old, found.diff.quotes[1].new
    assert old is not None
    assert new is not None
    assert WALL in old.text
    assert "after the winter storms" in new.text


def test_a_twin_in_a_list_of_stories_does_not_speak_for_the_sentence(
    archive: Archive, site: Website, options: Options
) -> None:
    said = "About 4,200 drivers use the bridge each day"
    edited = STORY.replace(said.encode(), said.replace("4,200", "2,400").encode())
    twin = edited.replace(
        b"</main>", f"<aside><ul><li><a href=/x>{said}, says county</a></li></ul></aside></main>".encode()
    )
    one, two = take(archive, site, options, STORY, twin)
    quote(archive, one.id, Quotation(said), None)
    found = versions(archive, one.id, two.id)
    assert ([item.state for item in found.diff.quotes], found.holds) == (["altered"], False)
