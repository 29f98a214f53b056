"""The index: found quickly, never trusted, thrown away when it is of no use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.catalogue import Catalogue, Rows, UnusableCatalogue, storable
from archiver.errors import AmbiguousId, ArchiveError, UnknownId
from archiver.model import Origin, PageInfo, Quote, Snapshot, StoredLeaf


def leaf(index: int, **more: object) -> StoredLeaf:
    values = {
        "kind": "text",
        "sha256": f"{index:064x}",
        "record_id": f"<urn:x:{index}>",
        "file": "warc/a",
        "offset": index * 10,
        "length": 10,
    }
    return StoredLeaf(index, **{**values, **more})  # type: ignore[arg-type]


def snapshot(digits: str, url: str = "https://example.org/", **more: object) -> Snapshot:
    return replace(
        Snapshot(
            f"s-{digits}", url, url, "2026-11-20T10:00:00Z", 200, "text/html", "ab" * 32, "", 0, "", 0, 0,
            PageInfo("t", ("a", "b"), None, None, None, "en", None), (), True,
        ),
        **more,
    )  # fmt: skip


def quote(digits: str, number: int = 0) -> Quote:
    judged = {
        "quote": "words", "verdict": "verbatim", "snapshot": "s-1", "captured_at": "t", "layer": None, "holds": True,
        "matches": [], "changes": [], "warnings": [],
    }  # fmt: skip
    return Quote(f"q-{digits}", number, "s-1", "u", "words", "verbatim", None, "t", None, None, judged)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "catalogue.db")
    yield made
    made.close()


def test_leaves_places_and_ends(catalogue: Catalogue) -> None:
    assert (catalogue.size(), catalogue.end_of("warc/a")) == (0, 0)
    catalogue.add(Rows((leaf(0), leaf(1), leaf(2, file="warc/b", offset=0, kind="quote"))))
    assert catalogue.size() == 3
    assert (catalogue.end_of("warc/a"), catalogue.end_of("warc/b"), catalogue.end_of("warc/c")) == (20, 10, 0)
    assert catalogue.leaf(1) == leaf(1)
    assert catalogue.leaf_of_record("<urn:x:0>") == leaf(0)
    assert [item.index for item in catalogue.leaves("quote")] == [2]
    assert list(catalogue.places())[2] == (2, "warc/b", 0)
    newest = catalogue.newest_of("text"), catalogue.newest_of("text", 2)
    assert [item and item.index for item in newest] == [1, None]
    for wrong in (lambda: catalogue.leaf(3), lambda: catalogue.leaf_of_record("<none>")):
        with pytest.raises(UnknownId):
            wrong()


def test_leaves_that_are_asked_for_together(catalogue: Catalogue) -> None:
    catalogue.add(Rows((leaf(0), leaf(1), replace(leaf(2), record_id="<urn:x:0>"), leaf(3))))
    find = catalogue.finder(["<urn:x:0>", "<urn:x:3>", "<none>", None, 7])
    assert [find("<urn:x:0>"), find("<urn:x:3>")] == [leaf(0), leaf(3)], (
        "the first that is of a record, as when it is asked for alone"
    )
    assert find("<urn:x:1>") == leaf(1), "nobody said that this would be asked for"
    with pytest.raises(UnknownId):
        find("<none>")


def test_large_catalogues_are_read_in_pieces(catalogue: Catalogue) -> None:
    catalogue.add(Rows(tuple(leaf(number) for number in range(12_001))))
    assert [item.index for item in catalogue.leaves()] == list(range(12_001))
    assert [place[0] for place in catalogue.places()] == list(range(12_001))


def test_ids_cut_short(catalogue: Catalogue) -> None:
    catalogue.add(
        Rows(
            snapshots=tuple((snapshot(digits), "org,example)/") for digits in ("abcd1", "abcd2", "abff", "ab")),
            quotes=(quote("0001"), quote("00ff", 1)),
        )
    )
    assert catalogue.snapshot("s-abf").id == "s-abff"
    assert catalogue.snapshot("s-ab").id == "s-ab", "a whole id is itself, though others begin so"
    assert catalogue.quote("q-00f").id == "q-00ff"
    with pytest.raises(AmbiguousId, match="s-abcd1"):
        catalogue.snapshot("s-abcd")
    with pytest.raises(AmbiguousId):
        catalogue.quote("q-00")
    for unknown in ("s-abce", "s-f", "s-abcd11"):
        with pytest.raises(UnknownId):
            catalogue.snapshot(unknown)


def test_the_same_record_twice_is_found_once(catalogue: Catalogue) -> None:
    catalogue.add(Rows((leaf(0),), ((snapshot("aa"), "k"),), (quote("aa"),), (("c", 0),)))
    catalogue.add(Rows((leaf(1),), ((snapshot("aa", url="https://other/"), "k"),), (quote("aa", 1),), (("c", 1),)))
    assert catalogue.snapshot("s-aa").url == "https://example.org/"
    assert catalogue.quote("q-aa").leaf == 0
    assert catalogue.size() == 2


def test_a_batch_is_added_whole_or_not_at_all(catalogue: Catalogue) -> None:
    catalogue.add(Rows((leaf(0),)))
    with pytest.raises(ArchiveError):
        catalogue.add(Rows((leaf(1), leaf(0)), ((snapshot("aa"), "k"),)))
    assert catalogue.size() == 1
    assert catalogue.snapshots() == []
    catalogue.add(Rows((leaf(1),)))


def test_the_newest_good_snapshot(catalogue: Catalogue) -> None:
    rows = [
        snapshot("aa", captured_at="2026-01-01T00:00:00Z", capture_leaf=1),
        snapshot("bb", captured_at="2026-01-02T00:00:00Z", capture_leaf=2, status=404),
        snapshot("cc", captured_at="2026-01-03T00:00:00Z", capture_leaf=3, complete=False),
    ]
    catalogue.add(Rows(snapshots=tuple((item, "k") for item in rows)))
    good, latest = catalogue.latest_good("k"), catalogue.latest("k")
    assert good is not None
    assert latest is not None
    assert (good.id, latest.id) == ("s-aa", "s-cc")
    assert [item.id for item in catalogue.snapshots_of("k")] == ["s-aa", "s-bb", "s-cc"]
    assert catalogue.latest("other") is None
    assert catalogue.latest_good("other") is None


def test_lists_are_read_a_few_at_a_time(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.catalogue.catalogue._MANY", 2)
    dates = [1, 3, 3, 3, 2, 3, 4]
    rows = [snapshot(f"{n}a", captured_at=f"2026-01-0{day}T00:00:00Z", capture_leaf=n) for n, day in enumerate(dates)]
    quotes = [quote(f"{n}b", n) for n in range(5)]
    catalogue.add(Rows(snapshots=tuple((item, "k") for item in rows), quotes=tuple(quotes)))
    expected = ["s-6a", "s-5a", "s-3a", "s-2a", "s-1a", "s-4a", "s-0a"]
    read: list[int] = []
    all_of = catalogue._all

    def counted(*question: Any) -> list[Any]:
        found = all_of(*question)
        read.append(len(found))
        return found

    monkeypatch.setattr(catalogue, "_all", counted)
    for limit in (None, 1, 2, 3, 7, 9):
        assert [item.id for item in catalogue.each_snapshot(limit)] == expected[:limit]
        assert [item.id for item in catalogue.each_quote(limit)] == ["q-4b", "q-3b", "q-2b", "q-1b", "q-0b"][:limit]
    assert max(read) == 2


def test_what_was_fetched_last_is_the_newest_whatever_its_clock_said(catalogue: Catalogue) -> None:
    """Once the clock was ten days ahead; what others captured is dated by them, and stands behind."""
    file = Origin("imported", "f.warc", "cd" * 32, "2026-01-01T00:00:00Z", claims="x")
    rows = [
        snapshot("aa", captured_at="2026-01-11T00:00:00Z", capture_leaf=1),
        snapshot("bb", captured_at="2026-01-01T00:00:00Z", capture_leaf=2),
        snapshot("cc", captured_at="2026-02-01T00:00:00Z", capture_leaf=3, origin=file),
    ]
    catalogue.add(Rows(snapshots=tuple((item, "k") for item in rows)))
    imported = [
        snapshot("dd", captured_at="2026-03-01T00:00:00Z", capture_leaf=4, origin=file),
        snapshot("ee", captured_at="2026-02-01T00:00:00Z", capture_leaf=5, origin=file),
    ]
    catalogue.add(Rows(snapshots=tuple((item, "other") for item in imported)))
    for found in (catalogue.latest, catalogue.latest_good):
        newest, other = found("k"), found("other")
        assert newest is not None
        assert other is not None
        assert (newest.id, other.id) == ("s-bb", "s-dd")
    fetched = catalogue.latest_fetched("k")
    assert fetched is not None
    assert fetched.id == "s-aa"  # whether the page was there then is asked by the clock, as the timeline is told
    assert catalogue.latest_fetched("other") is None


def test_quotes_of_a_page_come_by_snapshot_the_oldest_first(catalogue: Catalogue) -> None:
    rows = [
        snapshot("aa", captured_at="2026-01-02T00:00:00Z", capture_leaf=1),
        snapshot("bb", captured_at="2026-01-01T00:00:00Z", capture_leaf=2),
    ]
    quotes = [replace(quote(f"0{at}", at + 3), snapshot=f"s-{on}") for at, on in enumerate(("aa", "bb", "cc", "aa"))]
    catalogue.add(
        Rows(
            snapshots=(*((item, "k") for item in rows), (snapshot("cc", capture_leaf=9), "other")), quotes=tuple(quotes)
        )
    )
    assert [item.id for item in catalogue.quotes_of_page("k")] == ["q-01", "q-00", "q-03"]


def test_the_last_leaves_of_some_kinds(catalogue: Catalogue) -> None:
    kinds = ["quote", "text", "quote", *["text"] * 30, "capture"]
    catalogue.add(Rows(tuple(replace(leaf(at), kind=kind) for at, kind in enumerate(kinds))))

    def last(names: tuple[str, ...], start: int, limit: int) -> list[int]:
        return [item.index for item in catalogue.last_leaves(names, start, limit)]

    assert last(("quote", "capture"), 0, 9) == [33, 2, 0]
    assert last(("quote", "capture"), 1, 9) == [33, 2]
    assert last(("text",), 0, 20) == list(range(32, 12, -1))
    assert last(("text",), 0, 99) == [*range(32, 2, -1), 1]
    assert last(("none",), 0, 9) == []


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("etag", "x", True),
        ("etag", None, True),
        ("etag", "\ud800", False),
        ("etag", 1.5, False),
        ("etag", [], False),
        ("etag", b"", False),
        ("status", 2**63, False),
        ("status", 2**63 - 1, True),
        ("status", -1, False),
        ("status", True, False),
        ("url", None, False),
        ("warnings", ({},), False),
    ],
)
def test_what_could_not_be_stored_or_read_back_is_known_before(name: str, value: object, *, good: bool) -> None:
    item = snapshot("aa", **{name: value})
    assert storable(Rows(snapshots=((item, "k"),))) is good


def test_migrations_twice_are_migrations_once(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    first = Catalogue(path)
    first.add(Rows((leaf(0),)))
    first.close()
    for _ in range(2):
        again = Catalogue(path)
        assert again.size() == 1
        again.close()


def older(path: Path) -> None:
    """A catalogue of before the last indices, with a leaf."""
    with closing(Catalogue(path)) as catalogue:
        catalogue.add(Rows((leaf(0),)))
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE name IN ('idx_leaves_kind', 'idx_snapshots_revisit_of', 'idx_quotes_leaf', "
            "'idx_quotes_verdict_leaf', 'idx_snapshots_capture_leaf', 'idx_snapshots_surt_capture_leaf')"
        ).fetchall():
            connection.execute(f"DROP INDEX {name}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name IN ('indices', 'lists')")
        connection.commit()


def test_an_older_catalogue_gets_the_newer_indices_in_place(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    older(path)
    with pytest.raises(UnusableCatalogue):
        Catalogue(path, make=False)  # whoever may write brings it up to date first, holding the lock
    with closing(Catalogue(path, read_only=True)) as catalogue:
        assert catalogue.size() == 1  # who may not takes it as it is: it only finds more slowly
    with closing(Catalogue(path)) as catalogue:
        assert catalogue.size() == 1
        assert plans(catalogue) == BY_INDEX


BY_INDEX = [
    "idx_leaves_kind", "idx_leaves_kind", "idx_snapshots_revisit_of", "idx_quotes_leaf", "idx_quotes_verdict_leaf",
    "idx_snapshots_capture_leaf", "idx_snapshots_surt_capture_leaf",
]  # fmt: skip


def plans(catalogue: Catalogue) -> list[str]:
    """By which index SQLite finds what the catalogue asks for by kind, newest of a kind, what stands on a snapshot, the ends of lists, and the
    newest of a page; without sorting any of it."""
    found = []
    for sql in (
        "SELECT * FROM leaves WHERE idx >= 0 AND kind = 'certificate' ORDER BY idx LIMIT 5000",
        "SELECT * FROM leaves WHERE idx >= 0 AND kind = 'timestamp' ORDER BY idx DESC LIMIT 1",
        "SELECT id FROM snapshots WHERE revisit_of = 's' ORDER BY capture_leaf",
        "SELECT rowid FROM quotes WHERE leaf < 9 ORDER BY leaf DESC LIMIT 25 OFFSET 50",
        "SELECT rowid, leaf FROM quotes WHERE verdict = 'absent' AND leaf < 9 ORDER BY leaf DESC LIMIT 25",
        "SELECT id FROM snapshots WHERE capture_leaf < 9 ORDER BY capture_leaf DESC LIMIT 25",
        "SELECT id FROM snapshots WHERE surt = 'k' AND origin IS NULL AND complete = 1 ORDER BY capture_leaf DESC LIMIT 1",
    ):
        steps = [row[3].replace("COVERING ", "") for row in catalogue.connection.all(f"EXPLAIN QUERY PLAN {sql}")]
        found += [step.split("USING INDEX ")[1].split(" ")[0] for step in steps if "USING INDEX" in step]
        assert sql.startswith("SELECT id FROM snapshots WHERE revisit_of") or not any("TEMP B-TREE" in s for s in steps)
    return found


def test_a_closed_or_missing_catalogue_is_one_sentence(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.db")
    catalogue.close()
    with pytest.raises(ArchiveError, match="cannot be used"):
        catalogue.size()
    with pytest.raises(ArchiveError):
        Catalogue(tmp_path / "none" / "catalogue.db")
    with pytest.raises(ArchiveError):
        Catalogue(tmp_path / "none.db", read_only=True)


def test_reading_only_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    Catalogue(path).close()
    before = path.read_bytes()
    catalogue = Catalogue(path, read_only=True)
    assert catalogue.size() == 0
    with pytest.raises(ArchiveError):
        catalogue.add(Rows((leaf(0),)))
    catalogue.close()
    assert [item.name for item in tmp_path.iterdir()] == ["catalogue.db"]
    assert path.read_bytes() == before


def test_what_a_rebuilt_catalogue_says(sealed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """B6: the same logical dump, however it came about."""
    with Archive.open(sealed.root) as archive:
        before = list(archive.catalogue.dump())
        assert archive.rebuild() == archive.head().size
        assert list(archive.catalogue.dump()) == before
    (sealed.root / "catalogue.db").unlink()
    with Archive.open(sealed.root) as archive:
        assert list(archive.catalogue.dump()) == before
        assert len(archive.notices) == 1
    with Archive.open(sealed.root, read_only=True) as archive:
        assert list(archive.catalogue.dump()) == before
