"""Rows that no archiver wrote: SQLite keeps any value anywhere, and each is refused in one sentence, never with a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, SealedArchive

from archiver.archive import Archive
from archiver.catalogue import Catalogue, UnusableCatalogue

FORGED = {
    "snapshots": [
        "authors = 'no json'",
        "authors = '3'",
        "authors = '[1]'",
        "wall = '[]'",
        "wall = '{\"code\": 1}'",
        "warnings = '{}'",
        "warnings = '[[]]'",
        "warnings = 'null'",
        "warnings = NULL",
        "title = x'00ff'",
        "url = NULL",
        "status = 'teapot'",
        "status = -1",
        "complete = 7",
        "capture_leaf = 'x'",
        "response_leaf = x'00'",
        "captured_at = cast(x'ff' as text)",
    ],
    "texts": ["layer = 'margin'", "unseen = '[[1]]'", "unseen = '{'", "unseen = '[[\"a\", 2]]'", "places = '[[1]]'", "places = '[[0, -1, 1, 1]]'",
        "leaf = 'x'", "sha256 = NULL"],
    "quotes": [
        "judged = '[]'",
        "judged = '{}'",
        "judged = '{'",
        "judged = json_set(judged, '$.holds', 'yes')",
        "judged = json_set(judged, '$.matches[0].exact', 3)",
        "judged = json_set(judged, '$.matches[0].spans[0].start', 'a')",
        "judged = json_remove(judged, '$.changes')",
        "verdict = NULL",
        "leaf = 'x'",
    ],
    "leaves": [
        "offset = 'x'",
        "offset = -1",
        "length = 1.5",
        "length = -1",
        "sha256 = x'00'",
        "file = '/etc/passwd'",
        "file = 'warc/../../x'",
        "file = NULL",
    ],
}  # fmt: skip


def forge(root: Path, table: str, change: str) -> None:
    connection = sqlite3.connect(root / "catalogue.db")
    with connection:
        connection.execute(f"UPDATE {table} SET {change}")  # noqa: S608
    connection.close()


def refused(read: Callable[[], object]) -> bool:
    try:
        read()
    except UnusableCatalogue as error:
        return "archiver rebuild" in str(error)
    return False


@pytest.mark.parametrize(("table", "change"), [(table, change) for table in FORGED for change in FORGED[table]])
def test_a_forged_row_is_an_unusable_catalogue(
    sealed: SealedArchive, archiver: Callable[..., Ran], table: str, change: str
) -> None:
    forge(sealed.root, table, change)
    catalogue = Catalogue(sealed.root / "catalogue.db", read_only=True)
    readers: list[Callable[[], object]] = [
        catalogue.snapshots,
        catalogue.quotes,
        lambda: list(catalogue.leaves()),
        lambda: catalogue.quote(sealed.quotes[0]),
        lambda: catalogue.leaf(3),
    ]
    assert any(refused(read) for read in readers)
    catalogue.close()
    for command in (("list",), ("show", sealed.quotes[0]), ("show", sealed.snapshots[0]), ("verify", sealed.quotes[0])):
        ran = archiver("--archive", sealed.root, *command)  # it fails the test where it says "Traceback"
        assert ran.code in (0, 1, 2)
        assert ran.code != 2 or ran.err.count("\n") <= 2
    assert any(finding.check == "catalogue" for finding in sealed.faults())
    with Archive.open(sealed.root) as archive:
        archive.rebuild()
    assert sealed.faults() == []


def test_a_place_outside_the_archive_is_not_looked_at(sealed: SealedArchive) -> None:
    forge(sealed.root, "leaves", "file = '../outside.warc.gz'")
    with Archive.open(sealed.root) as archive, pytest.raises(UnusableCatalogue):
        archive.texts(archive.find_snapshot(sealed.snapshots[0]))
