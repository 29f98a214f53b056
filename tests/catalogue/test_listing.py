"""Lists, a page at a time."""

from __future__ import annotations

from pathlib import Path

from samples import page_members, quote_member

from archiver.archive import Archive
from archiver.urls import page_key


def test_quotes_sources_and_snapshots_come_in_pages(archive: Archive) -> None:
    urls = [f"https://example.org/{name}" for name in "abc"]
    members = []
    for number, url in enumerate([*urls, urls[0]]):
        name, made = page_members(url, f"<p>{number}</p>".encode(), date=f"2026-11-2{number}T10:00:00Z")
        members += [*made, quote_member(name, made)]
    archive.record(members)
    listing = archive.catalogue.listing
    counts = listing.counts()
    assert (counts.snapshots, counts.sources, counts.quotes, counts.verdicts) == (4, 3, 4, {"verbatim": 4})
    newest = [quote.id for quote in reversed(archive.catalogue.quotes())]
    assert [quote.id for quote in listing.quotes(None, 0, 10)] == newest
    assert [quote.id for quote in listing.quotes(["verbatim"], 1, 2)] == newest[1:3]
    assert listing.quotes(["altered"], 0, 10) == []
    assert [row.key for row in listing.sources("", 0, 2)] == [page_key(url) for url in urls[:2]]
    (first,) = listing.sources(page_key(urls[0]), 0, 1)
    assert (first.snapshots, first.quotes, first.first, first.last) == (
        2,
        2,
        "2026-11-20T10:00:00Z",
        "2026-11-23T10:00:00Z",
    )
    assert listing.source(page_key(urls[0])) == first
    assert listing.source("org,example)/nothing") is None
    names = listing.snapshot_ids(first.key, 0, 10)
    assert [archive.catalogue.snapshot(name).captured_at for name in names] == [first.last, first.first]
    assert listing.snapshot_ids(first.key, 1, 10) == names[1:]
    assert listing.quote_counts(names) == dict.fromkeys(names, 1)
    assert {quote.snapshot for quote in listing.quotes_of(first.key, 0, 10)} == set(names)
    assert listing.key_of(names[0]) == first.key
    assert listing.key_of("s-nothing") is None
    size = archive.head().size
    assert [leaf.index for leaf in listing.leaves(size, 3)] == [size - 1, size - 2, size - 3]
    assert listing.leaves(0, 3) == []


def test_an_empty_catalogue_has_nothing(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "empty") as archive:
        assert archive.catalogue.listing.counts().quotes == 0
        assert archive.catalogue.listing.sources("", 0, 10) == []
