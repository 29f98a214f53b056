"""Two word lists beside one another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archiver.match.diff import MOST_CELLS, align


def test_align() -> None:
    assert align(["a", "b", "c"], ["a", "x", "c"]) == [(1, 2, 1, 2)]
    assert align(["a", "b", "c"], ["a", "c"]) == [(1, 2, 1, 1)]
    assert align([], ["a"]) == [(0, 0, 0, 1)]
    assert align(["a"], ["a"]) == []


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_what_is_left_is_equal(one: list[str], two: list[str]) -> None:
    i = j = 0
    for a, b, c, d in [*align(one, two), (len(one), len(one), len(two), len(two))]:
        assert one[i:a] == two[j:c]
        i, j = b, d


def cheapest(one: list[str], two: list[str]) -> int:
    """What it costs at least to make one list of the other, the plain way: 2 for a word more or less, 3 for another."""
    last = [2 * j for j in range(len(two) + 1)]
    for i, word in enumerate(one, 1):
        row = [2 * i]
        for j, other in enumerate(two, 1):
            row.append(min(last[j] + 2, row[j - 1] + 2, last[j - 1] + (0 if word == other else 3)))
        last = row
    return last[-1]


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_fewest_words_are_changed(one: list[str], two: list[str]) -> None:
    stretches = align(one, two)
    cost = sum(3 * min(b - a, d - c) + 2 * abs((b - a) - (d - c)) for a, b, c, d in stretches)
    assert cost <= cheapest(one, two) or any(min(b - a, d - c) > 1 for a, b, c, d in stretches)
    assert sum(max(b - a, d - c) for a, b, c, d in stretches) <= cheapest(one, two) / 2
    assert all(b > a or d > c for a, b, c, d in stretches)
    assert all(two[0] > one[1] or two[2] > one[3] for one, two in pairwise(stretches)), "stretches that touch are one"


def test_long_lists_are_told_as_one_change() -> None:
    one, two = ["a", *"xy" * 39, "b"], ["a", *"yz" * 38, "b"]
    assert len(one[1:-1]) * len(two[1:-1]) == 78 * 76 <= MOST_CELLS
    assert len(align(one, two)) > 1
    longer = ["a", *"yz" * 39, "b"]
    assert MOST_CELLS < 78 * 78
    assert align(one, longer) == [(1, 79, 1, 79)]
