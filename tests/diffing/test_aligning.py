"""Lists laid beside one another in order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archiver.diffing.aligning import align, heaviest

LETTERS = st.lists(st.sampled_from("abcde"), max_size=90)


@given(LETTERS, LETTERS)
def test_pairs_are_equal_and_rise_on_both_sides(old: list[str], new: list[str]) -> None:
    pairs = align(old, new, [1] * len(old))
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_what_is_the_same_stays_and_the_heavier_part_keeps_its_place() -> None:
    assert align("abcd", "abcd", [1] * 4) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert align("abXcd", "abcdX", [1, 1, 9, 1, 1])[-1] == (2, 4)
    assert heaviest([(0, 2), (1, 0), (2, 1)], [5, 1, 1]) == [(0, 2)]
    assert heaviest([(0, 2), (1, 0), (2, 1)], [1, 1, 1]) == [(1, 0), (2, 1)]
    assert heaviest([], []) == []


def test_long_lists_are_laid_by_what_stands_once_in_both() -> None:
    old = [str(n) for n in range(500)]
    new = [*old[:100], "x", *old[150:300], *old[400:], "y"]
    assert align(old, new, [1] * 500) == [(int(word), at) for at, word in enumerate(new) if word.isdecimal()]
