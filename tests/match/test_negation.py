"""Negations."""

from __future__ import annotations

import pytest

from archiver.match.lexicon import lexicon
from archiver.match.negation import negates, negation_count


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
