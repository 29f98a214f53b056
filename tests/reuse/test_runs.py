import time

from hypothesis import given
from hypothesis import strategies as st

from archiver.reuse import runs
from archiver.reuse.runs import Run


def test_the_longest_run_is_taken_and_followed_to_both_sides() -> None:
    assert runs.shared("xxabcdefyy", "zzabcdefz", 3) == [Run(2, 2, 6)]


def test_what_one_has_twice_is_covered_in_both() -> None:
    found = runs.shared("abcdef", "abcdef--abcdef", 3)
    assert found == [Run(0, 0, 6), Run(0, 8, 6)]


@given(st.text("abc", max_size=40), st.text("abc", max_size=40))
def test_runs_are_equal_words_of_both(a: str, b: str) -> None:
    for run in runs.shared(a, b, 3):
        assert run.length >= 3
        assert a[run.a : run.a_end] == b[run.b : run.b_end]


@given(st.text("abcdefgh", max_size=40), st.text("abcdefgh", max_size=40))
def test_every_seed_that_both_have_is_covered(a: str, b: str) -> None:
    covered = {place for run in runs.shared(a, b, 3) for place in range(run.a, run.a_end)}
    for at in range(len(a) - 2):
        if a[at : at + 3] in b:
            assert set(range(at, at + 3)) <= covered


def test_repeats_without_end_take_bounded_time() -> None:
    begun = time.process_time()
    runs.shared("abcde" * 40_000, "bcdeaf" * 30_000, 4)
    assert time.process_time() - begun < 10


def test_long_texts_need_longer_seeds() -> None:
    assert runs.seed_of(10, unspaced=False) < runs.seed_of(100_000, unspaced=False) < runs.seed_of(10, unspaced=True)
