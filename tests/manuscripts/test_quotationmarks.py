from __future__ import annotations

import time

import pytest

from archiver.manuscripts.quotationmarks import find_pairs, goes_on, opens_with


def words(text: str) -> list[str]:
    return [text[pair.start : pair.end] for pair in find_pairs(text) if pair.closed]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said “one two” and then "three four".', ["one two", "three four"]),
        ("Er sagte „eins zwei“, dann »drei vier« und «cinq six».", ["eins zwei", "drei vier", "cinq six"]),
        ("Il dit : « un deux » ; elle : « trois ».", [" un deux ", " trois "]),
        ("Hän sanoi: ”yksi kaksi” ja »kolme neljä».", ["yksi kaksi", "kolme neljä"]),
        ("Powiedział „jeden dwa” i ‚trzy’.", ["jeden dwa", "trzy"]),
        ("他说“你好吗”，她说「很好」。", ["你好吗", "很好"]),
        ('他说"你好吗"了', ["你好吗"]),
        ("彼は『白い「鳥」です』と言った。", ["白い「鳥」です"]),
        ("He read 《红楼梦》 aloud.", []),
        ("It was ‘the best of times,’ he wrote.", ["the best of times,"]),
        ("‘The dogs’ tails wag,’ he said.", ["The dogs’ tails wag,"]),
        ("the ‘some words’ and the workers’ rights", ["some words"]),
        ("the workers’ rights and the dogs’ tails", []),
        ("Rock 'n' roll in the '90s wasn't 'em all.", []),
        ("It's John's and the boys' own 'quoted words' here.", ["quoted words"]),
        ("They had ‘S 33 45% (1 combined)’ and ‘Round the clock’.", ["S 33 45% (1 combined)", "Round the clock"]),
        ("I don’t know what he’d say, or they’ve said.", []),
        ('He was 6\'2" tall and said "I am 5\'10" tall" to her.', ["I am 5'10\" tall"]),
        ('A 27" screen and a 24" one.', []),
        ("“He said ‘it’s “fine” now’ to me.”", ["He said ‘it’s “fine” now’ to me."]),
        ("“He said “no” and left.” Then “go.”", ["He said “no” and left.", "go."]),
        ("(“in brackets”) —“behind a dash”", ["in brackets", "behind a dash"]),
        ("He said ``one two'' in TeX.", ["one two"]),
        ('mixed “one two" shapes', ["one two"]),
        ("", []),
        ("“”", []),
    ],
)
def test_outermost_quotations_are_found(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_mark_that_nothing_closes_runs_to_the_next_one_or_the_end() -> None:
    text = "He said “one two. And then “three four” five “six"
    pairs = find_pairs(text)
    assert [(text[pair.start : pair.end], pair.closed) for pair in pairs] == [
        ("one two. And then ", False),
        ("three four", True),
        ("six", False),
    ]


def test_marks_in_code_count_for_nothing() -> None:
    text = 'Call "f(" or print("x") now'
    start = text.index("print")
    assert words(text) == ["f("] or words(text)
    assert [text[p.start : p.end] for p in find_pairs(text, [(5, 9), (start, start + 10)])] == []


def test_where_the_marks_stand_is_told() -> None:
    (pair,) = find_pairs("a “bc” d")
    assert (pair.outer_start, pair.start, pair.end, pair.outer_end) == (2, 3, 5, 6)


def test_a_paragraph_that_opens_again() -> None:
    assert goes_on("“", "“And then")
    assert goes_on("«", "» Et puis")
    assert not goes_on("“", "And then")
    assert opens_with("《书》") is None


@pytest.mark.parametrize("text", ["“" * 30_000, "“ ” " * 20_000, "‘a’b " * 20_000, '"' * 30_001, "“" * 30_000 + "”"])
def test_masses_of_marks_take_no_masses_of_time(text: str) -> None:
    began = time.process_time()
    find_pairs(text)
    assert time.process_time() - began < 5
