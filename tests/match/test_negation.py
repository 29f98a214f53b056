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
