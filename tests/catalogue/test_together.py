"""What is asked for together is what one by one gives."""

from __future__ import annotations

from contextlib import closing

import pytest
from samples import page_members

from archiver.archive import Archive
from archiver.catalogue import Catalogue, UnusableCatalogue
from archiver.urls import page_key

URLS = [f"https://example.org/{name}" for name in ("a", "b", "it's", "ä?x=1")]


@pytest.fixture
def filled(archive: Archive) -> Catalogue:
    """Four pages, the first two captured twice, and one of them handed in as well."""
    for number, url in enumerate([*URLS, *URLS[:2]]):
        _, made = page_members(url, f"<p>{number}</p>".encode(), date=f"2026-11-1{number}T10:00:00Z")
        archive.record(made)
    return archive.catalogue


def test_snapshots_and_newest_ones_are_those_of_one_by_one(filled: Catalogue) -> None:
    every = {snapshot.id: snapshot for snapshot in filled.snapshots()}
    assert len(every) == 6
    assert filled.together.snapshots([*every, "s-nothing"]) == every
    assert filled.together.snapshots([]) == {}
    keys = [page_key(url) for url in URLS]
    newest = {key: found.id for key in keys if (found := filled.latest(key))}
    assert len(newest) == 4
    assert filled.together.newest([*keys, "org,example)/nothing"]) == {**newest, "org,example)/nothing": None}
    assert filled.together.rechecks(keys) == {}


def test_leaves_are_those_of_one_by_one(filled: Catalogue) -> None:
    every = {leaf.index: leaf for leaf in filled.leaves()}
    assert len(every) > 20
    assert filled.together.leaves([*every, len(every) + 7]) == every
    assert filled.together.leaves([3]) == {3: filled.leaf(3)}
    assert filled.together.leaves([]) == {}


@pytest.mark.parametrize("origin", ["memento", "imported", "supplied"])
def test_a_page_that_was_never_fetched_has_a_newest_snapshot_too(filled: Catalogue, origin: str) -> None:
    (first, *_), key = filled.listing.snapshot_ids(page_key(URLS[0]), 0, 9), page_key(URLS[0])
    told = f'{{"kind": "{origin}", "sha256": "", "name": "", "claims": null, "archive": ""}}'
    with filled.connection.writing() as conn:
        conn.execute("UPDATE snapshots SET origin = ? WHERE id != ?", [told, first])
    assert filled.together.newest([key]) == {key: first}
    with filled.connection.writing() as conn:
        conn.execute("UPDATE snapshots SET origin = ?", [told])
    assert filled.together.newest([key]) == {key: first}


def test_a_misshapen_row_is_refused(filled: Catalogue) -> None:
    names = [snapshot.id for snapshot in filled.snapshots()]
    with filled.connection.writing() as conn:
        conn.execute("UPDATE snapshots SET status = 'two hundred' WHERE id = ?", names[:1])
    assert len(filled.together.snapshots(names[1:])) == 5
    with pytest.raises(UnusableCatalogue):
        filled.together.snapshots(names)


def test_an_empty_catalogue_has_none() -> None:
    with closing(Catalogue(None)) as catalogue:
        assert catalogue.together.newest(["a"]) == {"a": None}
        assert catalogue.together.rechecks(["a"]) == {}
