"""Words torn at a line end: either reading, and nothing but the hyphen."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.torn import without_hyphens
from archiver.model import Verdict

PAGE = (
    "The plan was called non-\nviolent and self-\nmade by the well-\nknown engineer. It was un-\nable to stop. Die Vor-\nund Nachteile sind be-\n"
    "kannt. The COVID-19 wave of 2019-2020 cost a self-\ndescribed co-\noperative 1,250 crowns."
)


@pytest.mark.parametrize(
    "words",
    [
        "The plan was called non-violent",
        "called nonviolent and self-made by the well-known engineer",
        "called non-violent and selfmade by the wellknown engineer",
        "It was unable to stop",
        "Die Vor- und Nachteile sind bekannt",
        "cost a self-described cooperative 1,250 crowns",
        "cost a self-described co-operative 1,250 crowns",
    ],
)
def test_either_reading_holds(words: str) -> None:
    assert judge(words, PAGE).verdict is Verdict.TYPOGRAPHIC


@pytest.mark.parametrize(
    "words",
    [
        "The plan was called violent and self-made",
        "It was able to stop",
        "Die Vor- oder Nachteile sind bekannt",
        "The COVID-18 wave of 2019-2020 cost",
        "The COVID-19 wave of 2019-2021 cost",
        "cost a self-described co-operative 1,350 crowns",
    ],
)
def test_another_word_or_number_does_not(words: str) -> None:
    assert judge(words, PAGE).verdict is Verdict.ALTERED


def test_changes_stand_where_they_are_in_the_quotation_as_it_was_given() -> None:
    words = "cost a self-described co-operative 1,350 crowns"
    (change,) = judge(words, PAGE).changes
    assert words[change.quote_start :].startswith(change.in_quote)
    assert change.in_quote == "1,350"


def test_only_words_that_the_source_tears_are_read_without_hyphens() -> None:
    page = prepare(PAGE)
    assert (
        without_hyphens("a not-so-well-known, long-term, non-violent plan", page)
        == "a not-so-wellknown, long-term, nonviolent plan"
    )
    assert without_hyphens("no hyphens", page) == "no hyphens"
    assert without_hyphens("a long-term plan", prepare("nothing is torn here")) == "a long-term plan"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("in host galaxies, only one is known. It has 10² suns", Verdict.TYPOGRAPHIC),
        ("It has 102 suns", Verdict.ALTERED),
        ("It has 10 suns and", Verdict.ALTERED),
        ("lies 4 km2 away in CO2", Verdict.TYPOGRAPHIC),
        ("lies 4 km away in CO₂", Verdict.ALTERED),
        ("the act (DMCA) of then", Verdict.TYPOGRAPHIC),
        ("x² + y² in (a+b) for the act", Verdict.ALTERED),
        ("it was 10 of all the rest", Verdict.ALTERED),
    ],
)
def test_the_marks_of_notes_are_no_part_of_words_and_powers_are_of_numbers(words: str, verdict: Verdict) -> None:
    page = (
        "Of the bursts in host galaxies², only one is known.³ It has 10² suns and lies 4 km² away in CO₂. For x² + y² in (a+b)² for the act "
        "(DMCA)¹² of then, it was 10⁻³ of all the rest."
    )
    assert judge(words, page).verdict is verdict
