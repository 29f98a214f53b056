"""What is asked for together is what one by one gives."""

from __future__ import annotations

from contextlib import closing

import pytest
from samples import page_members

from archiver.archive import Archive
from archiver.catalogue import Catalogue, Rows, UnusableCatalogue
from archiver.model import StoredRecheck
from archiver.urls import page_key

URLS = [f"https://example.org/{name}" for name in ("a", "b", "it's", "ä?x=1")]
KEYS = [page_key(url) for url in URLS]


@pytest.fixture
def recorded() -> list[str]:
    """The ids of the snapshots of `filled`, in the order in which they were recorded."""
    return []


@pytest.fixture
def filled(archive: Archive, recorded: list[str]) -> Catalogue:
    """Four pages, the first two captured twice."""
    for number, url in enumerate([*URLS, *URLS[:2]]):
        name, made = page_members(url, f"<p>{number}</p>".encode(), date=f"2026-11-1{number}T10:00:00Z")
        archive.record(made)
        recorded.append(name)
    return archive.catalogue


def recheck(number: int, url: str, leaf: int) -> StoredRecheck:
    time = "2026-11-20T10:00:00Z"
    told = {
        "v": 1, "url": url, "time": time, "drift": "gone", "reason": "", "tool": "test", "previous": None, "snapshot": None,
        "moved_to": None, "revision": None, "changed": False, "quotes": [],
        "looks": [{"time": time, "met": "gone", "detail": "404", "snapshot": None}],
    }  # fmt: skip
    return StoredRecheck.of(told, leaf, f"{number:064x}", page_key(url))


def test_snapshots_are_those_of_one_by_one(filled: Catalogue, recorded: list[str]) -> None:
    with filled.connection.writing() as conn:  # a second text, which stands before the other in the table
        columns = "layer, leaf, sha256, characters, extractor, version, complete, why, unseen, places"
        conn.execute("UPDATE texts SET position = 1 WHERE snapshot = ?", recorded[:1])
        conn.execute(
            f"INSERT INTO texts (snapshot, position, {columns}) "  # noqa: S608
            f"SELECT snapshot, 0, 'document', {columns.partition(', ')[2]} FROM texts WHERE snapshot = ?",
            recorded[:1],
        )
    one_by_one = {name: filled.snapshot(name) for name in recorded}
    assert [text.layer.value for text in one_by_one[recorded[0]].texts] == ["document", "article"]
    assert filled.together.snapshots([*recorded, "s-nothing"]) == one_by_one
    assert filled.together.snapshots([]) == {}


def test_the_newest_is_what_was_fetched_last(filled: Catalogue, recorded: list[str]) -> None:
    newest = dict(zip(KEYS, [recorded[4], recorded[5], *recorded[2:4]], strict=True))
    assert filled.together.newest([*KEYS, "org,example)/nothing"]) == {**newest, "org,example)/nothing": None}
    assert {key: found.id for key in KEYS if (found := filled.latest(key))} == newest


def told(kind: str) -> str:
    return f'{{"kind": "{kind}", "sha256": "", "name": "", "claims": null, "archive": ""}}'


def test_leaves_are_those_of_one_by_one(filled: Catalogue) -> None:
    every = {leaf.index: leaf for leaf in filled.leaves()}
    assert len(every) > 20
    assert filled.together.leaves([*every, len(every) + 7]) == every
    assert filled.together.leaves([3]) == {3: filled.leaf(3)}
    assert filled.together.leaves([]) == {}


@pytest.mark.parametrize("origin", ["memento", "imported", "supplied"])
def test_a_page_that_was_never_fetched_has_a_newest_snapshot_too(
    filled: Catalogue, recorded: list[str], origin: str
) -> None:
    first, later, key = recorded[0], recorded[4], KEYS[0]
    with filled.connection.writing() as conn:
        conn.execute("UPDATE snapshots SET origin = ? WHERE id != ?", [told(origin), first])
    assert filled.together.newest([key]) == {key: first}, "what was fetched stands before all others"
    with filled.connection.writing() as conn:
        conn.execute("UPDATE snapshots SET origin = ?", [told(origin)])
    assert filled.together.newest([key]) == {key: later}
    if origin != "supplied":
        with filled.connection.writing() as conn:
            conn.execute("UPDATE snapshots SET origin = ? WHERE id = ?", [told("supplied"), later])
        assert filled.together.newest([key]) == {key: first}, "and what somebody supplied behind all others"


def test_the_last_recheck_of_each_page_is_given(filled: Catalogue) -> None:
    assert filled.together.rechecks(KEYS) == {}
    late, early, other = recheck(1, URLS[0], 900), recheck(2, URLS[0], 899), recheck(3, URLS[1], 901)
    filled.add(Rows(rechecks=(late, early, other)))
    assert filled.together.rechecks(KEYS) == {KEYS[0]: late, KEYS[1]: other}
    assert filled.together.rechecks(KEYS[2:]) == {}
    with filled.connection.writing() as conn:
        conn.execute("UPDATE rechecks SET drift = 'nothing of the kind' WHERE id = ?", [late.id])
    assert filled.together.rechecks(KEYS[1:]) == {KEYS[1]: other}
    with pytest.raises(UnusableCatalogue):
        filled.together.rechecks(KEYS)


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
