"""Portions of a catalogue say together what it says as a whole."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import SealedArchive

from archiver.catalogue import Catalogue
from archiver.catalogue.portions import portions
from archiver.errors import ArchiveError
from archiver.model import StoredLeaf


@pytest.fixture
def path(sample: SealedArchive) -> Path:
    return sample.root / "catalogue.db"


def test_sums_in_parts_are_those_of_the_whole(path: Path) -> None:
    bounds = ["", *"123456789abcdef", "g"]
    with portions(path) as reading:
        whole = list(reading.sums())
        parts = [said for low, high in pairwise(bounds) for said in reading.sums(low, high)]
    assert sorted(parts) == sorted(whole)
    catalogue = Catalogue(path, read_only=True)
    assert list(catalogue.sums()) == whole
    names = {name for table in ("snapshots", "quotes") for name, _ in catalogue.named(table)}
    catalogue.close()
    assert {name for name, _ in whole} == names


def test_leaves_come_in_columns(path: Path) -> None:
    catalogue = Catalogue(path, read_only=True)
    leaves = list(catalogue.leaves())
    catalogue.close()
    with portions(path) as reading:
        found = [StoredLeaf(*row) for row in zip(*reading.leaves(2, len(leaves)), strict=True)]
        assert reading.leaves(len(leaves), len(leaves) + 9) == [()] * 10
    assert found == leaves[2:]


@pytest.mark.parametrize(
    "change",
    ["length = 'x'", "offset = -1", "file = '/etc/passwd'", "file = 'warc/../x'", "uri = x'00'", "kind = NULL"],
)
def test_rows_that_nobody_wrote_are_refused(path: Path, change: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(f"UPDATE leaves SET {change} WHERE idx = 3")  # noqa: S608
    connection.close()
    with pytest.raises(ArchiveError), portions(path) as reading:
        reading.leaves(0, 9)


def test_what_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database" * 99)
    with pytest.raises(ArchiveError), portions(tmp_path / "x.db") as reading:
        reading.leaves(0, 9)
    with pytest.raises(ArchiveError), portions(tmp_path / "nothing") as reading:
        list(reading.sums())
