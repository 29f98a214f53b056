"""Odd substitutes, and words that are usual English."""

from __future__ import annotations

import pytest

from archiver.marks import spinning
from archiver.marks.mark import MarkKind
from archiver.marks.prose import prose_of
from archiver.marks.quotemarks import pairs

AROUND = "It was the talk of the town that day, and the people of the city said that it was to be in the news."


def found(text: str, *, beside_others: bool = False) -> list[tuple[str, str]]:
    prose = prose_of(f"{AROUND}\n{text}", "en")
    return [(mark.kind, mark.words) for mark in spinning.marks(prose, pairs(prose).quoted, beside_others=beside_others)]


@pytest.mark.parametrize(
    "words",
    ["once morest", "Once morest", "once\u00a0morest", "Leave a Replay", "the New York Occasions", "the Democratic Get together", "Actual Madrid",
     "the final 12 months", "far-proper", "counterfeit consciousness", "the followingmath"],
)  # fmt: skip
def test_spun_words_are_found(words: str) -> None:
    assert len(found(f"They fought {words} in the war of that year.")) == 1


@pytest.mark.parametrize(
    "text",
    ["They met once more, on special occasions, in New York.", "He gave a get together for the Democrats.", "She asked the actual coach.",
     "The city was, once more, estranged.", "In the days following the attack the police arrested him.", "It followed from the final 12 pages."],
)  # fmt: skip
def test_usual_english_is_not(text: str) -> None:
    assert found(text) == []


def test_a_clause_behind_following_is_told_beside_others_only() -> None:
    text = "That came a day following South Korea hosted the exercises of the army."
    assert found(text) == []
    assert found(text, beside_others=True) == [(MarkKind.SPUN_WORDS, "following South Korea hosted")]


@pytest.mark.parametrize(
    "text",
    [
        "That was two days following an attack carried out by rebels.",
        "It came a week following the vote, and was lost in it.",
    ],
)
def test_following_with_a_noun_is_usual(text: str) -> None:
    assert found(text, beside_others=True) == []


def test_the_quotation_around_a_spun_word_is_told_once() -> None:
    text = "He called it “a wrong decision once morest it, and once morest us.” They left."
    assert found(text).count((MarkKind.SPUN_QUOTATION, "a wrong decision once morest it, and once morest us.")) == 1


def test_other_languages_are_not_asked() -> None:
    prose = prose_of("Der Regisseur nannte den Film once morest, und alle lachten darüber im Saal der Stadt.", "de")
    assert list(spinning.marks(prose, (), beside_others=True)) == []


def test_odd_letters_in_a_substitute() -> None:
    assert len(found("They fought once moreſt the war of that year.")) == 1
    assert found("The coach of the Actual Madrıd was of the city, and fınal 12 months of it were lost.") == []
