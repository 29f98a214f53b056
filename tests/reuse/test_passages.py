from archiver.reuse import passages, runs


def joined(a: str, b: str) -> list[passages.Stretch]:
    return passages.join(runs.shared(a, b, 3), a, b, 4)


def test_a_small_edit_does_not_part_a_passage() -> None:
    (only,) = joined("abcdef12ghijkl", "abcdef3ghijkl")
    assert (only.a, only.a_end, only.b, only.b_end, only.equal) == (0, 14, 0, 13, 12)


def test_words_in_the_gap_that_are_equal_are_pieces_too() -> None:
    (only,) = joined("abcdef1x2ghijkl", "abcdef3x4ghijkl")
    assert [run.length for run in only.runs] == [6, 1, 6]


def test_a_long_insertion_parts_it() -> None:
    assert len(joined("abcdef" + "1234567890" + "ghijkl", "abcdefghijkl")) == 2


def test_another_order_parts_it() -> None:
    assert len(joined("abcdefghijkl", "ghijklabcdef")) == 2


def test_of_endless_runs_the_longest_are_joined() -> None:
    many = [runs.Run(k, k, 3 + k % 2) for k in range(passages.MOST_RUNS + 10)]
    kept = passages.longest(many)
    assert len(kept) == passages.MOST_RUNS
    assert kept == sorted(kept)
