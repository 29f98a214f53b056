"""Lists, a page at a time."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from samples import page_members, quote_member

from archiver.archive import Archive
from archiver.catalogue import Catalogue, Rows
from archiver.model import Quote
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
    assert [row.key for row in listing.sources_before(page_key(urls[2]), 1)] == [page_key(urls[1])]
    assert listing.sources_before(page_key(urls[2]), 9) == listing.sources("", 0, 2)
    assert listing.source(page_key(urls[0])) == first
    assert listing.source("org,example)/nothing") is None
    names = listing.snapshot_ids(first.key, 0, 10)
    assert [archive.catalogue.snapshot(name).captured_at for name in names] == [first.last, first.first]
    assert listing.snapshot_ids(first.key, 1, 10) == names[1:]
    assert listing.quote_counts(names) == dict.fromkeys(names, 1)
    assert {quote.snapshot for quote in listing.quotes_of(first.key, 0, 10)} == set(names)
    assert listing.key_of(names[0]) == first.key
    assert listing.key_of("s-nothing") is None
    every = [(snapshot.capture_leaf, snapshot.id) for snapshot in archive.catalogue.snapshots_since(0)]
    size = archive.head().size
    assert listing.snapshots_between(every[1][0], size, 9) == every[1:]
    assert listing.snapshots_between(every[1][0], every[3][0], 9) == every[1:3]
    assert listing.snapshots_between(0, size, 2) == every[:2]
    assert [listing.count_between(leaf, size) for leaf, _ in every] == [4, 3, 2, 1]
    assert [listing.count_between(0, leaf) for leaf, _ in every] == [0, 1, 2, 3]
    assert listing.snapshots_below(None, every[3][0], 2) == [every[2][1], every[1][1]]
    assert listing.snapshots_below(first.key, every[3][0], 9) == [every[0][1]]
    assert [leaf.index for leaf in listing.leaves(size, 3)] == [size - 1, size - 2, size - 3]
    assert listing.leaves(0, 3) == []


def test_quotes_of_sources_are_counted_as_of_now(archive: Archive) -> None:
    for number in (1, 2):
        url, content = "https://example.org/a", f"<p>{number}</p>".encode()
        name, made = page_members(url, content, date=f"2026-11-20T1{number}:00:00Z")
        archive.record([*made, quote_member(name, made)])
        assert [row.quotes for row in archive.catalogue.listing.sources("", 0, 3)] == [number]


def test_lists_of_several_verdicts_are_one_list(tmp_path: Path) -> None:
    verdicts = ["absent", "verbatim", "altered", "verbatim", "elided", "absent", "altered", "verbatim"]
    with closing(Catalogue(None)) as catalogue:
        catalogue.add(Rows(quotes=tuple(quoted(leaf * 3, verdict) for leaf, verdict in enumerate(verdicts))))
        listing = catalogue.listing
        for wanted in (None, [], ["absent"], ["verbatim", "elided"], ["altered", "absent", "spliced"]):
            there = [leaf * 3 for leaf, each in reversed(list(enumerate(verdicts))) if wanted is None or each in wanted]
            assert [quote.leaf for quote in listing.quotes(wanted, 0, 99)] == there
            for offset in range(len(there) + 2):
                assert [quote.leaf for quote in listing.quotes(wanted, offset, 2)] == there[offset : offset + 2]
            assert [quote.leaf for quote in listing.quotes_below(wanted, 9, 2)] == [leaf for leaf in there if leaf < 9][
                :2
            ]


def test_counts_are_of_now_whoever_changed_something(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    with closing(Catalogue(path)) as one, closing(Catalogue(path)) as other, closing(Catalogue(None)) as third:
        assert one.listing.counts().verdicts == {}
        assert one.listing.counts() is one.listing.counts()
        one.add(Rows(quotes=(quoted(0, "absent"),)))
        assert one.listing.counts().verdicts == {"absent": 1}
        other.add(Rows(quotes=(quoted(1, "verbatim"),)))
        assert one.listing.counts().verdicts == {"absent": 1, "verbatim": 1}
        one.take_over(third)
        assert one.listing.counts().verdicts == {}


def quoted(leaf: int, verdict: str) -> Quote:
    judged = {
        "quote": "words", "verdict": verdict, "holds": None, "snapshot": "s-aa", "captured_at": "", "layer": None, "matches": [],
        "changes": [], "warnings": [],
    }  # fmt: skip
    return Quote(f"q-{leaf}", leaf, "s-aa", "https://example.org/", "words", verdict, None, "", None, None, judged)


def test_an_empty_catalogue_has_nothing(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "empty") as archive:
        assert archive.catalogue.listing.counts().quotes == 0
        assert archive.catalogue.listing.sources("", 0, 10) == []


def test_what_lies_behind_half_of_a_list_is_looked_for_from_its_end(tmp_path: Path) -> None:
    with closing(Catalogue(tmp_path / "catalogue.db")) as catalogue:
        catalogue.add(Rows(quotes=tuple(quoted(leaf, "absent") for leaf in range(4000))))
        steps = []
        for offset in (0, 1900, 3980):
            catalogue.connection.conn.set_progress_handler(lambda: steps.append(offset), 100)  # noqa: B023
            catalogue.listing.quotes(None, offset, 10)
        catalogue.connection.conn.set_progress_handler(None, 0)
        counted = [steps.count(offset) for offset in (0, 1900, 3980)]
        assert counted[2] < counted[1] / 3, counted
