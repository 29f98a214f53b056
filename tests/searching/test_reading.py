"""Texts that are read back with what the catalogue was asked for ahead are those of one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archiver.archive import Archive
from archiver.catalogue import Catalogue, UnusableCatalogue
from archiver.catalogue.together import Together
from archiver.fulltext import EVERYTHING, Filter, Fulltext, parse_query
from archiver.model import Snapshot
from archiver.searching import searching
from archiver.searching.reading import Reader

Add = Callable[..., Snapshot]

BRIDGE = "The bridge over the river Lorn will close on the 13th of May for repairs, the county council said on Monday."


@pytest.fixture
def pages(archive: Archive, add: Add) -> list[Snapshot]:
    """Two captures of one text, and another text."""
    return [add("/bridge", BRIDGE), add("/bridge", BRIDGE), add("/other", BRIDGE.replace("13th", "14th"))]


def _numbers(index: Fulltext) -> list[int]:
    return list(index.words(parse_query("bridge lorn")))


@pytest.mark.parametrize("most", [20, 1, 0])
def test_asked_for_ahead_or_one_by_one_it_is_the_same(
    archive: Archive, pages: list[Snapshot], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("archiver.searching.reading._AHEAD", most)
    with searching(archive) as search:
        ahead, alone = (Reader(archive, search.index, EVERYTHING) for _ in range(2))
        numbers = _numbers(search.index)
        assert len(numbers) == 2
        ahead.ahead(numbers)
        for number in numbers:
            read = ahead.read(number)
            assert read is not None
            assert read == alone.read(number)
            assert any(BRIDGE.split()[0] in layer.content for layer in read.layers)
        captures = [[newest.id, *(other.id for other in others)] for newest, others in ahead.read(numbers[-1]).pages]  # type: ignore[union-attr]
        assert captures == [[pages[1].id, pages[0].id]]
        assert (ahead.more, ahead.damaged) == (False, 0)


def test_what_was_asked_for_ahead_is_not_asked_for_again(
    archive: Archive, pages: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    with searching(archive) as search:
        reader = Reader(archive, search.index, EVERYTHING)
        numbers = _numbers(search.index)
        reader.ahead(numbers)

        def asked(*_: object) -> object:
            raise AssertionError("asked for once more")

        for name in ("snapshot", "leaf"):
            monkeypatch.setattr(Catalogue, name, asked)
        monkeypatch.setattr(Fulltext, "captures", asked)
        assert all(reader.read(number) for number in numbers)


def test_only_captures_that_are_meant_are_told(archive: Archive, pages: list[Snapshot]) -> None:
    with searching(archive) as search:
        reader = Reader(archive, search.index, Filter(until="2000"))
        numbers = _numbers(search.index)
        reader.ahead(numbers)
        assert [reader.read(number) for number in numbers] == [None, None]


def test_a_misshapen_row_costs_the_one_text_that_needs_it(
    archive: Archive, pages: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> object:
        raise UnusableCatalogue("a row is misshapen")

    with searching(archive) as search:
        reader = Reader(archive, search.index, EVERYTHING)
        numbers = _numbers(search.index)
        monkeypatch.setattr(Together, "snapshots", refused)
        reader.ahead(numbers)
        assert all(reader.read(number) for number in numbers)


def test_a_text_that_is_not_what_was_recorded_is_counted(archive: Archive, pages: list[Snapshot]) -> None:
    with searching(archive) as search:
        numbers = _numbers(search.index)
        (warc,) = archive.root.glob("warc/**/*.warc.gz")
        leaf = archive.catalogue.leaf(pages[2].texts[0].leaf)
        with warc.open("r+b") as file:
            file.seek(leaf.offset + leaf.length // 2)
            byte = file.read(1)[0]
            file.seek(-1, 1)
            file.write(bytes([byte ^ 1]))
        reader = Reader(archive, search.index, EVERYTHING)
        reader.ahead(numbers)
        assert [reader.read(number) is None for number in numbers] == [True, False]
        assert reader.damaged == 1
