"""Two word lists beside one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archiver.match.diff import align


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
