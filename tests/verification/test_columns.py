"""Rows of one width, in memory and in a file: what was put there is what comes back."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from archiver.errors import ArchiverError
from archiver.verification import columns
from archiver.verification.columns import ByLeaf, Column

WIDTH = 8
COUNT = 1000


def row(number: int) -> bytes:
    return (number * 7).to_bytes(WIDTH, "big")


def filled(column: Column) -> Column:
    for number in range(COUNT):
        column.extend(row(number))
    return column


@pytest.fixture(params=["in memory", "in a file", "no room"])
def column(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Column:
    monkeypatch.setattr(columns, "_SLOTS", 2)  # fewer than there are blocks
    if request.param != "in memory":
        monkeypatch.setattr(columns, "_HELD", 200 * WIDTH)
    if request.param == "no room":

        def refuse(*_: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "pwrite", refuse)
    made = filled(Column(WIDTH))
    assert (len(made._last) < COUNT * WIDTH) is (request.param == "in a file")
    return made


def test_every_row_comes_back(column: Column) -> None:
    assert len(column) == COUNT
    assert [column[number] for number in range(COUNT)] == [row(number) for number in range(COUNT)]
    assert column == filled(Column(WIDTH))
    other = filled(Column(WIDTH))
    column.extend(row(1))
    other.extend(row(2))
    assert column != other
    assert Column(WIDTH) != Column(WIDTH + 1)
    for number in (-1, COUNT + 1):
        with pytest.raises(IndexError):
            column[number]


@pytest.mark.parametrize(("start", "end"), [(0, COUNT), (5, 9), (100, 900), (895, 900), (990, 2000), (7, 7)])
def test_neighbouring_rows_come_back_together(column: Column, start: int, end: int) -> None:
    assert column.rows(start, end) == b"".join(row(number) for number in range(start, min(end, COUNT)))


def test_rows_are_found_from_the_end_and_only_whole_ones(column: Column, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_SCAN", 100)
    column.extend(row(3) + row(900))
    assert list(column.numbers_of(row(3), len(column))) == [COUNT, 3]
    assert list(column.numbers_of(row(900), COUNT)) == [900]
    assert list(column.numbers_of(row(0), 2)) == [0], "one that lies across two rows covers a part of it"
    edges = (0, 99, 100, 899, 900, 999)
    assert [list(column.numbers_of(row(number), COUNT)) for number in edges] == [[number] for number in edges]
    across = (row(300) + row(301))[4:12]
    assert list(column.numbers_of(across, COUNT)) == []
    assert list(column.numbers_of(row(3), 3)) == []
    assert list(column.numbers_of(row(3), len(column), 3)) == [COUNT, 3]
    assert list(column.numbers_of(row(3), len(column), 4)) == [COUNT]
    assert list(column.numbers_of(row(3), 3, 7)) == []


def test_a_file_that_was_cut_off_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_HELD", 200 * WIDTH)
    made = filled(Column(WIDTH))
    assert made._file is not None
    os.truncate(made._file, 10)
    with pytest.raises(ArchiverError, match="TMPDIR"):
        made[100]


def test_a_file_that_cannot_be_read_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(columns, "_HELD", 200 * WIDTH)
    made = filled(Column(WIDTH))
    monkeypatch.setattr(os, "pread", refuse)
    with pytest.raises(ArchiverError, match=r"Input/output error.*TMPDIR"):
        made[100]


ORDERS: list[Callable[[list[int]], list[int]]] = [sorted, lambda leaves: sorted(leaves, reverse=True)]


@pytest.mark.parametrize("order", ORDERS)
def test_rows_by_leaf(order: Callable[[list[int]], list[int]]) -> None:
    said = {3: row(1) + row(2), 9: b"", 12: row(5)}
    made = ByLeaf(WIDTH)
    for leaf in order([*said]):
        made.put(leaf, said[leaf])
    assert {leaf: made.get(leaf) for leaf in said} == said
    assert made.get(0) is made.get(4) is made.get(13) is None
    assert sorted(b"".join(made.all_rows())) == sorted(b"".join(said.values()))
    made.put(3, row(8))
    made.put(12, row(9))
    assert (made.get(3), made.get(12)) == (row(8), row(9)), "what was put last"
