"""Finding and chaining runs."""

from __future__ import annotations

import pytest

from archiver.match import locate
from archiver.match.locate import MOST_LOOKED_AT, MOST_PLACES, Run


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


def test_seeds_inside_a_run_are_looked_for_elsewhere_only_where_that_is_asked() -> None:
    words, page = "abcdefg", "abcdefg--cde--defg"
    assert locate.runs(words, page, 3, []) == [Run(0, 0, 7)]
    thorough = locate.runs(words, page, 3, [], thorough=True)
    assert {Run(0, 0, 7), Run(2, 9, 3), Run(3, 14, 4)} == set(thorough)


@pytest.mark.parametrize("count", [MOST_LOOKED_AT - 1, MOST_LOOKED_AT, MOST_LOOKED_AT + 1])
def test_an_index_with_many_places_finds_the_same(count: int) -> None:
    page = "ab" * count + "abc"
    index: dict[str, list[int]] = {}
    for place, code in enumerate(page):
        index.setdefault(code, []).append(place)
    for words in ("abc", "bab", "abab"):
        assert locate.runs(words, page, 3, [], index=index) == locate.runs(words, page, 3, [])


def test_there_are_no_more_places_than_are_followed() -> None:
    page = "abcx" * (MOST_PLACES + 5)
    for index in (None, {code: [at for at, one in enumerate(page) if one == code] for code in set(page)}):
        found = locate.runs("abc", page, 3, [], index=index)
        assert [run.source for run in found] == [4 * k for k in range(MOST_PLACES)]
