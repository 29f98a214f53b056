"""What a bracket may stand for."""

from __future__ import annotations

import pytest
from between_bars import sides_of

from archiver.match import judge
from archiver.match.lexicon import lexicon
from archiver.match.resolution import is_same_word, may_stand, may_stand_beside


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


@pytest.mark.parametrize(
    ("inner", "marked", "stands"),
    [
        ("the king", "Then |he| left the bay.", True), ("king", "Then |he| left the bay.", True), ("gladly", "Then |he| left the bay.", True),
        ("walking", "They |walk| home.", True), ("run", "They |walk| home.", False), ("the king", "Then |Moss| left it.", True),
        ("Karl", "Then |Moss| left it.", False), ("he", "Then |Moss| left it.", True), ("Hall", "Then |Moss| left it.", False),
        ("gladly", "Then |Moss| left it.", False), ("he", "Then |the mayor| left it.", True), ("Moss", "Then |the mayor| left it.", True),
        ("the clerk", "Then |the mayor| left it.", False), ("the new mayor", "Then |the mayor| left it.", True),
        ("he", "Then |old mayors| left it.", False), ("here", "Then |in the bay| he left it.", False), ("he", "|Boats| left it.", False),
        ("last week", "Then |yesterday| he left.", True), ("Monday", "Then |last week| he left.", True),
        ("Monday", "Then |a week| he left.", True), ("is", "They |were| here.", True), ("can", "They |must| go.", False),
        ("two", "They saw |2| boats.", True), ("the", "Then |Moss| left it.", False),
    ],
)  # fmt: skip
def test_a_bracket_stands_for_what_it_means_and_for_no_other_word(inner: str, marked: str, stands: bool) -> None:
    sides, first, last = sides_of(marked)
    assert may_stand(inner.split(), sides.page.forms(first, last), first, sides) is stands


@pytest.mark.parametrize(
    ("inner", "marked", "at_end", "stands"),
    [
        ("gladly", "He left |quickly| then.", True, False), ("in May", "He left |quickly| then.", True, True),
        ("the mayor", "He met |the clerk| then.", True, True), ("the mayor", "He met |clerks| then.", True, True),
        ("the mayor", "He met |the Moss| then.", True, True), ("Moss", "He met |quickly| then.", True, True),
        ("5", "He met |quickly| then.", True, True), ("clerks", "He met |the clerk| then.", True, True),
        ("gladly", "He left |it| then.", True, True), ("the clerk", "|The mayor| left it.", False, False),
        ("the clerk", "Then |the mayor| left it.", False, False), ("the clerk", "|The Moss| left it.", False, True),
        ("gladly", "|boats| left it.", False, False), ("the clerk", "|In May the mayor| left it.", False, True),
    ],
)  # fmt: skip
def test_a_bracket_at_an_end_is_put_in_unless_the_source_has_another_such_word_there(
    inner: str, marked: str, at_end: bool, stands: bool
) -> None:
    sides, first, last = sides_of(marked)
    assert may_stand_beside(inner.split(), sides.page.forms(first, last), first, sides, at_end=at_end) is stands
