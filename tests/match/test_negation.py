"""Negations."""

from __future__ import annotations

import pytest

from archiver.match.lexicon import lexicon
from archiver.match.negation import affirms, negates, negation_count


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "don t", 1),
        ("en", "not never", 2),
        ("cs", "nepodpořila nebo", 1),
        ("ko", "제출하지 않았다 잘못", 1),
        ("tr", "almadı namaz", 1),
        ("fa", "نمی‌رود", 1),
    ],
)
def test_count(language: str, text: str, count: int) -> None:
    assert negation_count(text.split(), lexicon((language,))) == count


def test_count_in_scripts_without_spaces() -> None:
    assert negation_count("没有非常", lexicon(("zh",))) == 1
    assert negation_count("していない", lexicon(("ja",))) == 1


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "lawful", "unlawful"),
        ("en", "harmless", "harmful"),
        ("de", "zulässig", "unzulässig"),
        ("tr", "imzaladı", "imzalamadı"),
        ("ru", "законный", "незаконный"),
    ],
)
def test_turned_words(language: str, one: str, two: str) -> None:
    assert negates(one, two, lexicon((language,)))
    assert negates(two, one, lexicon((language,)))
    assert not negates(one, one + "x", lexicon((language,)))


@pytest.mark.parametrize(
    ("one", "two", "language", "turned"),
    [
        ("doing", "undoing", "en", True), ("do", "undo", "en", False), ("non-violent", "violent", "en", True), ("harmful", "harmless", "en", True),
        ("hope", "hopeless", "en", True), ("ho", "holess", "en", False), ("fit", "misfit", "en", False), ("able", "unable", "en", True),
        ("ables", "unable", "en", False), ("alır", "almır", "tr", True), ("aldı", "almadı", "tr", True), ("geldi", "gelmedi", "tr", True),
    ],
)  # fmt: skip
def test_a_part_of_a_word_turns_it(one: str, two: str, language: str, turned: bool) -> None:
    assert negates(one, two, lexicon((language,))) is negates(two, one, lexicon((language,))) is turned


@pytest.mark.parametrize(
    ("words", "before", "language", "count"),
    [
        ("t", "don", "en", 1), ("t", "can", "en", 1), ("t", "it", "en", 0), ("t", "", "en", 0), ("t", "don", "de", 0), ("nebyl", "", "cs", 1),
        ("nebo", "", "cs", 0), ("never nobody", "", "en", 2), ("", "", "en", 0), ("NOT", "", "en", 1), ("않았다", "", "ko", 1), ("잘못", "", "ko", 0),
    ],
)  # fmt: skip
def test_negations_are_counted_with_the_word_before(words: str, before: str, language: str, count: int) -> None:
    assert negation_count(words.split(), lexicon((language,)), before.split()) == count


@pytest.mark.parametrize(
    ("words", "language", "count"),
    [
        ("nes", "cs", 0), ("nest", "cs", 1), ("nemocnice", "cs", 0), ("GELMEDI", "tr", 1), ("medine", "tr", 0), ("değil", "tr", 1),
        ("잘못 않았다", "ko", 1), ("not", "tlh", 0), ("T", "en", 0),
    ],
)  # fmt: skip
def test_what_is_counted_as_a_negation(words: str, language: str, count: int) -> None:
    assert negation_count(words.split(), lexicon((language,))) == count


def test_a_contraction_is_one_whatever_its_capitals_and_behind_an_n_only() -> None:
    english = lexicon(("en",))
    assert negation_count(["T"], english, ["DON"]) == 1
    assert negation_count(["don", "t", "t"], english) == 1
    assert negation_count(["t"], english, ["don", "it"]) == 0


@pytest.mark.parametrize(
    ("words", "affirmed"),
    [
        ("there is no doubt that", True), ("no one can doubt", True), ("no one can ever doubt", False), ("nobody denies that", True),
        ("i don t doubt it", True), ("there is doubt that", False), ("no doubt and no wonder", False), ("it is no lie that", False),
        ("doubt is no help", False), ("never", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_denied_of_a_doubt_affirms(words: str, affirmed: bool) -> None:
    assert affirms(words.split(), lexicon(("en",))) is affirmed


@pytest.mark.parametrize(
    ("one", "two", "language", "turned"),
    [
        ("abc", "unabc", "en", True), ("ab", "unab", "en", False), ("abc", "unabd", "en", False), ("abc", "un-abc", "en", True),
        ("abc", "xunabc", "en", False),
        ("careful", "careless", "en", True), ("care", "careless", "en", True), ("carefully", "careless", "en", False),
        ("hope", "hopeless", "en", True), ("abc", "abcless", "en", True), ("ab", "abless", "en", False),
        ("yapılır", "yapılmaz", "tr", False), ("bekledi", "beklemedi", "tr", True), ("okudu", "okumadı", "tr", False), ("same", "same", "en", False),
    ],
)  # fmt: skip
def test_which_words_turn_others(one: str, two: str, language: str, turned: bool) -> None:
    assert negates(one, two, lexicon((language,))) is negates(two, one, lexicon((language,))) is turned
