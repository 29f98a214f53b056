"""What a bracket may stand for."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.lexicon import lexicon
from archiver.match.resolution import is_same_word


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("ban", "banned", True),
        ("make", "making", True),
        ("go", "went", True),
        ("is", "were", True),
        ("two", "2", True),
        ("has", "was", False),
        ("banned", "banked", False),
        ("soldiers", "soldered", False),
        ("careful", "careless", False),
        ("king", "kingdom", False),
    ],
)
def test_english_words_are_one_in_another_form(one: str, two: str, same: bool) -> None:
    assert is_same_word(one, two, lexicon(("en",))) is same
    assert is_same_word(two, one, lexicon(("en",))) is same


def test_languages_without_a_list_of_endings_go_by_the_stem() -> None:
    assert is_same_word("untersagte", "untersagt", lexicon(("de",)))
    assert is_same_word("ist", "waren", lexicon(("de",)))
    assert not is_same_word("erlaubte", "untersagte", lexicon(("de",)))


@pytest.mark.parametrize(
    ("bracket", "verdict"),
    [
        ("[she]", "elided"),
        ("[Anna Lopez]", "elided"),
        ("[the new minister]", "elided"),
        ("[the clerk]", "spliced"),
        ("[attacked]", "spliced"),
    ],
)
def test_a_noun_with_its_article_gives_way_to_a_name_or_pronoun_only(bracket: str, verdict: str) -> None:
    source = "In March the minister signed the treaty with both neighbours."
    assert judge(f"In March {bracket} signed the treaty with both neighbours.", source).verdict.value == verdict


@pytest.mark.parametrize(
    ("one", "two", "language", "same"),
    [
        ("covid-19", "covid-19s", "en", False),
        ("covid-19s", "covid-19", "de", False),
        ("untersagte7", "untersagt", "de", False),
        ("東京都民", "東京都", "ja", False),
        ("'ban'", "ban", "en", True),
        ("BAN", "Banned", "en", True),
        ("as", "at", "en", False),
    ],
)
def test_words_with_signs_or_of_characters_have_no_forms(one: str, two: str, language: str, same: bool) -> None:
    assert is_same_word(one, two, lexicon((language,))) is same


def test_a_german_noun_is_no_name_for_the_word_before_it_is_none() -> None:
    source = "Im Mai unterschrieb der Bote den Vertrag. Der Bote ging. Dort stand der Bote still."
    found = judge("Im Mai unterschrieb [er] den Vertrag.", source)
    assert (found.verdict.value, [notice.code for notice in found.warnings]) == ("elided", ["bracket-replaced"])
