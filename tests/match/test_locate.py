"""Finding and chaining runs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.match import locate, prepare
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


def _all_runs(words: str, page: str, seed: int) -> set[Run]:
    """Every stretch of words that both have and that cannot be made longer, the plain way."""
    found = set()
    for at in range(len(words)):
        for place in range(len(page)):
            if words[at] != page[place] or (at and place and words[at - 1] == page[place - 1]):
                continue
            length = 0
            while (
                at + length < len(words) and place + length < len(page) and words[at + length] == page[place + length]
            ):
                length += 1
            if length >= seed:
                found.add(Run(at, place, length))
    return found


@given(st.text("abcd", max_size=9), st.text("abcd", max_size=20), st.integers(2, 4), st.booleans())
def test_a_thorough_look_finds_every_shared_stretch_whole(words: str, page: str, seed: int, indexed: bool) -> None:
    index = {code: [at for at, one in enumerate(page) if one == code] for code in set(page)} if indexed else None
    assert set(locate.runs(words, page, seed, [], thorough=True, index=index)) == _all_runs(words, page, seed)
    assert set(locate.runs(words, page, seed, [], index=index)) <= _all_runs(words, page, seed)


@given(
    st.lists(st.builds(Run, st.integers(0, 9), st.integers(0, 30), st.integers(1, 5)), max_size=7),
    st.sets(st.integers(0, 9), max_size=2),
)
def test_what_is_chained_stands_in_the_order_of_both_texts(found: list[Run], marks: set[int]) -> None:
    chained, score = locate.chain(found, sorted(marks), [])
    assert bool(chained) == bool(found)
    assert all(one.quote_end <= two.quote and one.source_end <= two.source for one, two in pairwise(chained))
    for run in chained:
        assert run.length > 0
        assert any(
            one.source - one.quote == run.source - run.quote
            and one.quote <= run.quote
            and run.quote_end <= one.quote_end
            for one in found
        )
    assert score <= sum(run.length for run in chained)
    assert not found or score >= max(run.length for run in found)


@pytest.mark.parametrize(
    ("runs", "omissions", "brackets", "score"),
    [
        ([Run(0, 0, 4), Run(4, 4, 4)], [], [], 8.0),
        ([Run(0, 0, 4), Run(4, 14, 4)], [4], [], 8 - 0.3 - 0.04),
        ([Run(0, 0, 4), Run(4, 2004, 4)], [4], [], 8 - 0.3 - 2.5),
        ([Run(0, 0, 4), Run(4, 14, 4)], [], [4], 8 - 0.3 - 0.5),
        ([Run(0, 0, 4), Run(4, 16, 4)], [], [4], 8 - 0.3 - 0.6),
        ([Run(0, 0, 4), Run(4, 17, 4)], [], [4], 8 - 0.4 - 1.95 - 0.0065),
        ([Run(0, 0, 4), Run(4, 14, 4)], [], [], 8 - 0.4 - 1.5 - 0.005),
        ([Run(0, 0, 4), Run(6, 6, 4)], [], [], 8 - 0.4 - 0.001),
        ([Run(0, 0, 4), Run(4, 14, 4)], [3], [9], 8 - 0.4 - 1.5 - 0.005),
        ([Run(0, 0, 8), Run(8, 9000, 8)], [], [], 16 - 0.4 - 5 - 1),
        ([Run(0, 0, 4), Run(3, 10, 4)], [], [], 7 - 0.4 - 1.05 - 0.0035),
    ],
)  # fmt: skip
def test_leaving_words_out_is_cheap_at_a_mark_and_dear_elsewhere(
    runs: list[Run], omissions: list[int], brackets: list[int], score: float
) -> None:
    assert locate.chain(runs, omissions, brackets)[1] == pytest.approx(score)


def test_few_words_behind_a_mark_are_there_by_chance_unless_they_end_the_quotation() -> None:
    assert locate.runs("abcdefgh", "abcde-fgh", 3, [4]) == [Run(0, 0, 4), Run(5, 6, 3)]
    assert locate.runs("abcde", "abcde", 3, [4]) == [Run(0, 0, 4), Run(4, 4, 1)]
    assert locate.runs("abcdefgh", "abcde", 3, [4, 5]) == [Run(0, 0, 4), Run(4, 4, 1)]
    assert locate.runs("abcdefgh", "abcdefg-", 3, [4]) == [Run(0, 0, 4), Run(4, 4, 3)]
    assert locate.runs("abcdefgh", "abcdefgh", 3, [0, 8]) == [Run(0, 0, 8)]


def test_the_longest_of_many_runs_are_chained() -> None:
    many = [Run(0, 3 * k, 2) for k in range(200)]
    assert locate.chain([*many, Run(0, 900, 9)], [], [])[0] == [Run(0, 900, 9)]
    assert list(locate.find("a", "a" * 200)) == list(range(100))
    assert list(locate.find("a", "aaaa", 1, 3)) == [1, 2]


def _slid(text: str, one: Run, two: Run, marked: tuple[int, ...] = ()) -> list[Run]:
    """Two runs of a quotation that has all words of the page but those between them."""
    prepared = prepare(text)
    page = prepared.pages[0]
    words = page.words[: one.source_end] + page.words[two.source :]
    return locate.slid([one, two], words, ("",) * len(words), page, set(marked))


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_a_border_that_overshot_by_up_to_four_words_is_moved_to_the_marks(words: int) -> None:
    same = " ".join(f"a{k}" for k in range(words))
    # the remark begins as the speech goes on
    text, after = f"“We go,” {same} said, “{same} then home we go.”", 3 + 2 * words
    runs = [Run(0, 0, 2 + words), Run(2 + words, after, 4)]
    back = [Run(0, 0, 2), Run(2, after - words, 4 + words)]
    assert _slid(text, *runs) == (back if words < 5 else runs)
    assert _slid(text, *runs, marked=(2 + words,)) == runs, "a border at a mark of the quotation's stays"
    assert _slid(text.replace("“", "").replace("”", ""), *runs) == runs, "without marks there is no remark"
    # the remark ends as the speech went
    text = f"“We go {same},” he said {same} “then home we go.”"
    runs = [Run(0, 0, 2), Run(2, 4 + words, 4 + words)]
    on = [Run(0, 0, 2 + words), Run(2 + words, 4 + 2 * words, 4)]
    assert _slid(text, *runs) == (on if words < 5 else runs)


def test_a_border_leaves_a_word_on_either_side() -> None:
    runs = [Run(0, 0, 1), Run(1, 3, 4)]
    assert _slid("“a said, “a then home we go.”", *runs) == runs
