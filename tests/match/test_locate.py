"""Finding and chaining runs."""

from __future__ import annotations

from archiver.match import locate
from archiver.match.locate import Run


def test_find_gives_every_place() -> None:
    assert list(locate.find("ab", "abcabab")) == [0, 3, 5]


def test_runs_are_maximal_and_cut_at_marks() -> None:
    assert locate.runs("abcdef", "xabcdefy", 3, []) == [Run(0, 1, 6)]
    assert locate.runs("abcdef", "xabcdefy", 3, [2]) == [Run(0, 1, 2), Run(2, 3, 4)]


def test_an_index_finds_the_same() -> None:
    page = "abcde" * 50 + "xyz"
    index: dict[str, list[int]] = {}
    for place, code in enumerate(page):
        index.setdefault(code, []).append(place)
    assert locate.runs("cdexyz", page, 3, [], index=index) == locate.runs("cdexyz", page, 3, [])


def test_chain_prefers_near_pieces() -> None:
    chained, score = locate.chain([Run(0, 100, 5), Run(5, 105, 5), Run(5, 900, 5)], [], [])
    assert chained == [Run(0, 100, 5), Run(5, 105, 5)]
    assert score == 10


def test_chain_trims_what_overlaps() -> None:
    chained, _ = locate.chain([Run(0, 0, 6), Run(4, 10, 6)], [], [])
    assert chained == [Run(0, 0, 6), Run(6, 12, 4)]
