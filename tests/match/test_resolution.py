"""What a bracket may stand for."""

from __future__ import annotations

import pytest
from between_bars import sides_of

from archiver.match import judge, prepare, resolution
from archiver.match.lexicon import lexicon
from archiver.match.quotation import Quotation
from archiver.match.resolution import is_same_word, may_stand, may_stand_beside
from archiver.match.sides import Sides


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


@pytest.mark.parametrize(
    ("one", "two", "language", "same"),
    [
        ("abcd", "abcdefg", "de", True), ("abcd", "abcdefgh", "de", False), ("abcx", "abcyyy", "de", False), ("abcdx", "abcdyyy", "de", True),
        ("abcdx", "abcdyyyy", "de", False), ("go", "going", "en", True), ("g", "going", "en", False), ("be", "bed", "en", True),
        ("stop", "stopped", "en", True), ("stop", "stoqqed", "en", False), ("study", "studies", "en", True), ("making", "maker", "en", False),
        ("two", "three", "en", False), ("%", "percent", "en", True), ("boats", "%", "en", False),
        ("b", "percent", "en", False),
        ("’ban’", "ban", "en", True), ("took", "taken", "en", True), ("took", "gone", "en", False),
        ("あいうえ", "あいうえお", "ja", False), ("abcde", "xbcde", "de", False),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_its_stem_and_known_or_short_endings(
    one: str, two: str, language: str, same: bool
) -> None:
    assert is_same_word(one, two, lexicon((language,))) is same


@pytest.mark.parametrize(
    ("short", "long", "stands_for"),
    [
        ("UN", "United Nations", True), ("UN", "United old Nations", True), ("UN", "United Old Nations", False), ("un", "United Nations", False),
        ("Fed", "Federal Reserve", True), ("Fe", "Federal Reserve", False), ("Fed", "The Federal Reserve", True), ("Fed", "Fed Reserve", False),
        ("UN team", "United Nations", False), ("Fed", "old federal", False),
    ],
)  # fmt: skip
def test_a_short_form_has_the_capitals_or_the_beginning_of_a_name(short: str, long: str, stands_for: bool) -> None:
    assert resolution._abbreviates(short.split(), long.split()) is stands_for


@pytest.mark.parametrize(
    ("page", "word", "beside"),
    [
        ("Dort stand Anna Moss am Tor.", "Anna", True), ("Dort stand Anna Moss am Tor.", "Moss", True), ("Dort stand Moss am Tor.", "Moss", False),
        ("Das war Moss. Anna kam.", "Moss", False), ("Da war es. Moss kam.", "Moss", False), ("Da kam: Anna, Moss kam.", "Moss", False),
        ("Da kam Anna. Moss ging hin.", "Moss", False), ("Da kam der Moss", "Moss", False), ("Moss kam an.", "Moss", False),
        ("Da ging Anna. Dort kam der alte Karl Moss an.", "Moss", True), ("Da kam der alte Karl.", "Moss", False),
    ],
)  # fmt: skip
def test_in_german_a_name_is_one_that_stands_beside_another_capital(page: str, word: str, beside: bool) -> None:
    prepared = prepare(page)
    sides = Sides(Quotation("x"), Quotation("x").solid, prepared.pages[0], prepared, lexicon(("de",)))
    assert resolution._stands_beside_names(word, sides) is beside
    assert resolution._is_named(word, 2, sides) is beside
    assert not resolution._is_named(word.lower(), 2, sides)


@pytest.mark.parametrize(
    ("inner", "marked", "stands"),
    [
        ("he", "|Moss| left. We saw Moss here.", True),  # at the beginning, but the page has it inside a sentence too
        ("he", "|Moss| left. We saw moss and Moss here.", False), ("he", "|Moss| left.", False), ("he", "Then |Monday| came.", False),
        ("he", "It ended. |Moss| left.", False), ("he", "It ended. |Moss| left. We saw Moss here.", True), ("he", "We met |old Moss| then.", False),
        ("he", "We met |Karl Moss| then.", True), ("he", "It ended. |Karl Moss| left it. We met Karl.", True),
        ("Karl", "We met |Moss| then. There sat Karl Moss.", True), ("Karl", "We met |Moss| then. There sat Moss Karl.", True),
        ("Karl", "We met |Moss| then. There sat Karl.", False), ("the tall clerk", "We met |Moss| then.", True),
        ("a clerk", "We met |the mayor| then.", False),
        ("Karl gladly", "We met |the mayor| then.", False), ("him", "We met |the mayor| then.", True), ("gladly him", "We met |Moss| then.", False),
    ],
)  # fmt: skip
def test_who_is_meant_is_a_name_or_what_stands_for_it(inner: str, marked: str, stands: bool) -> None:
    sides, first, last = sides_of(marked)
    assert may_stand(inner.split(), sides.page.forms(first, last), first, sides) is stands


@pytest.mark.parametrize(
    ("inner", "marked", "at_end", "stands"),
    [
        ("gladly", "He left || then.", True, True), ("the mayor", "He met |a clerk| then.", True, True),
        ("the mayor", "|In May the clerk| met him.", False, True), ("the mayor", "Then in May |the clerk| met him.", False, False),
        ("the mayor", "Then in May |the old clerk| met him.", False, True), ("the mayor", "It rained. |The clerk| met him.", False, False),
        ("the mayor", "It rained. |The Moss| met him.", False, True), ("5", "It rained |gladly| then.", False, True),
        ("gladly", "He left |then| it.", True, True), ("Anna gladly", "He left |quickly| it.", True, True),
        ("gladly Anna", "He left |quickly| it.", True, True),
        ("gladly there", "He left |quickly| it.", True, False), ("quick", "He left |quickly so| it.", True, False),
        ("quickly", "He left |so quickly| it.", False, True),
    ],
)  # fmt: skip
def test_a_bracket_beside_what_is_cut_off(inner: str, marked: str, at_end: bool, stands: bool) -> None:
    sides, first, last = sides_of(marked)
    beside = sides.page.forms(first, last) if marked.split("|")[1] else []
    assert may_stand_beside(inner.split(), beside, first, sides, at_end=at_end) is stands


@pytest.mark.parametrize(
    ("word", "says"),
    [("he", False), ("The", False), ("here", False), ("Yesterday", False), ("boat", True), ("is", True)],
)
def test_words_that_point_say_nothing(word: str, says: bool) -> None:
    assert resolution.says_nothing(word, lexicon(("en",))) is not says


@pytest.mark.parametrize(
    ("inner", "language", "begins"),
    [("the boat", "en", True), ("The boat", "en", True), ("he", "en", True), ("Moss", "en", True), ("boat", "en", False), ("boat", "tlh", True)],
)  # fmt: skip
def test_a_noun_begins_with_an_article_a_pronoun_or_a_capital(inner: str, language: str, begins: bool) -> None:
    assert resolution.begins_noun(inner.split(), lexicon((language,))) is begins
