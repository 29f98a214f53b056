"""Common words that stand nowhere."""

from __future__ import annotations

import random

from archiver.marks import missing
from archiver.marks.prose import prose_of

FILLER = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "was",
    "with",
    "on",
    "it",
    "as",
    "by",
    "said",
    "man",
    "went",
    "home",
]


def text(count: int, *extra: str) -> str:
    drawn = [*extra, *random.Random(7).choices(FILLER, k=count)]
    return "\n".join(" ".join(drawn[start : start + 20]) + "." for start in range(0, len(drawn), 20))


def test_words_missing_beside_their_substitutes_are_told_with_expectation_and_chance() -> None:
    prose = prose_of(text(1000, *["following"] * 5, *["regarding"] * 4, "said", "man", "went", "home"), "en")
    (mark,) = missing.marks(prose)
    assert mark.words.startswith("after, about")
    assert "“following” stands 5 times and “after” never" in mark.why
    assert "English news has in as many “after” 1.8 times, “about” 2.4 times" in mark.why
    assert "by chance in less than 1 of" in mark.why


def test_missing_words_without_substitutes_must_be_rarer() -> None:
    (mark,) = missing.marks(prose_of(text(6000), "en"))
    assert "never" not in mark.why
    assert "“after” 10.7 times, “about” 14.0 times" in mark.why


def test_missing_words_alone_are_no_mark() -> None:
    found, chance = missing.missing_words(prose_of(text(1000), "en"))
    assert "after" in [each.word for each in found]
    assert chance <= 1
    assert list(missing.marks(prose_of(text(1000), "en"))) == []


def test_a_short_text_can_miss_what_it_likes() -> None:
    assert missing.missing_words(prose_of(text(200, *["following"] * 9), "en")) == ((), 1.0)


def test_one_occurrence_is_enough() -> None:
    prose = prose_of(text(1000, *["following"] * 5, *["regarding"] * 4, "after", "about", "went", "home"), "en")
    assert list(missing.marks(prose)) == []


def test_the_chance_of_only_substitutes_falls_with_their_number() -> None:
    def chance(number: int) -> float:
        found, _ = missing.missing_words(prose_of(text(1000, *["following"] * number), "en"))
        return next(each.chance for each in found if each.word == "after")

    assert chance(1) > chance(2) > chance(5) > 0
