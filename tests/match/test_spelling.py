"""Slips of the pen."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.lexicon import lexicon
from archiver.match.piece import Piece
from archiver.match.spelling import _joined_spelling, is_slip, sign, spelling


@pytest.mark.parametrize(
    ("language", "quote", "source", "severity"),
    [
        ("en", "neccessary", "necessary", "minor"),
        ("en", "secnod", "second", "minor"),
        ("en", "casual", "causal", ""),
        ("en", "president", "President", "minor"),
        ("es", "periodo", "período", "minor"),
        ("es", "trabajó", "trabajo", "major"),
        ("es", "Pena", "Peña", "major"),
        ("de", "Strasse", "Straße", "minor"),
        ("de", "schön", "schon", "major"),
        ("vi", "bạn", "bán", "major"),
        ("en", "house", "garden", ""),
        ("ar", "ناتجا", "ناتجًا", "minor"),
        ("ar", "ناتجًا", "ناتجا", "minor"),
        ("ar", "كتب", "كَتَبَ", "minor"),
        ("ar", "كُتِبَ", "كَتَبَ", "major"),
        ("ar", "علم", "علّم", "major"),
        ("he", "הספר", "הסֵפֶר", "minor"),
        ("he", "סֶפֶר", "סַפָּר", "major"),
    ],
)
def test_spelling(language: str, quote: str, source: str, severity: str) -> None:
    assert spelling(Piece((quote,), (source,)), lexicon((language,))) == severity


def test_a_unit_may_be_written_as_one_word_or_two() -> None:
    assert spelling(Piece(("percent",), ("per", "cent")), lexicon(("en",))) == "minor"
    assert spelling(Piece(("some",), ("so", "me")), lexicon(("en",))) == ""


def test_a_word_that_the_page_has_is_no_slip() -> None:
    assert spelling(Piece(("Hanson",), ("Hansen",), known=lambda word: word == "Hanson"), lexicon(("en",))) == ""


@pytest.mark.parametrize(
    ("quote", "source", "severity"),
    [
        ("committee", "comittee", "minor"),
        ("government", "goverment", "minor"),
        ("should", "shuold", "minor"),
        ("said", "paid", ""),
        ("Hanson", "Hansen", ""),
        ("Carla", "Clara", ""),
        ("form", "from", ""),
        ("country", "county", ""),
        ("weapons", "weapon", ""),
    ],
)
def test_a_slip_of_the_page_is_one_where_its_word_stands_nowhere_else(quote: str, source: str, severity: str) -> None:
    piece = Piece((quote,), (source,), known=lambda _: True, lone=lambda word: word == source)
    assert spelling(piece, lexicon(("en",))) == severity
    assert spelling(Piece((quote,), (source,), known=lambda _: True), lexicon(("en",))) == ""


def test_the_kind_of_a_slip_does_not_depend_on_the_side() -> None:
    page = "The committee met on Monday. In the end the committee closed the bridge. The committee then left."
    slip = page.replace("end the committee", "end the comittee")
    words = "In the end the committee closed the bridge."
    for quotation, text in ((words, slip), (words.replace("committee", "comittee"), page)):
        changes = judge(quotation, text).changes
        assert [(change.kind.value, change.severity) for change in changes] == [("spelling", "minor")]
    twice = slip.replace("The committee then", "The comittee then")
    assert [change.kind.value for change in judge(words, twice).changes] == ["word-replaced"]


@pytest.mark.parametrize(
    ("quote", "source", "severity"),
    [
        ("database", "data base", "minor"),
        ("data base", "database", "minor"),
        ("setup", "set up", ""),
        ("doghouse", "dog house", ""),
        ("one data base", "onedata base", ""),
        ("databases", "data base", ""),
        ("multi planetary life form", "multiplanetary lifeform", ""),
    ],
)
def test_words_of_four_letters_may_be_joined(quote: str, source: str, severity: str) -> None:
    assert _joined_spelling(Piece(tuple(quote.split()), tuple(source.split())), lexicon(("en",))) == severity


def test_korean_writers_part_their_words_as_they_like() -> None:
    assert _joined_spelling(Piece(("할수",), ("할", "수")), lexicon(("ko",))) == "minor"


@pytest.mark.parametrize(
    ("one", "two", "slip"),
    [
        ("abc", "abc", True), ("abc", "abcd", True), ("abcd", "abc", True), ("abc", "xabc", True), ("abc", "abxc", True), ("abc", "axc", True),
        ("abcd", "abdc", True), ("bacd", "abcd", True), ("abc", "abcde", False), ("abcde", "abc", False), ("abcd", "axyd", False),
        ("abcd", "dcba", False), ("abcd", "acbx", False), ("abc", "xab", False), ("abcd", "xbcy", False),
        ("groß", "gross", True), ("a", "", True), ("", "", True), ("ab", "", False),
    ],
)  # fmt: skip
def test_a_slip_is_one_letter(one: str, two: str, slip: bool) -> None:
    assert is_slip(one, two) is is_slip(two, one) is slip


@pytest.mark.parametrize(
    ("language", "quote", "source", "severity"),
    [
        ("en", "May", "may", "major"), ("en", "Will", "will", "major"), ("en", "US", "us", ""),
        ("en", "NATO", "Nato", ""),
        ("en", "I", "i", "minor"), ("en", "cafés", "cafes", "minor"), ("en", "cafe", "café", "major"), ("en", "naïve", "naive", "major"),
        ("es", "está", "esta", "major"), ("es", "ano", "año", "major"), ("es", "mas", "más", "major"), ("es", "periódico", "periodico", "minor"),
        ("fr", "eleve", "élève", "minor"), ("fr", "côté", "cote", "major"), ("en", "abc", "abd", ""), ("en", "walk", "walks", ""),
        ("en", "walked", "walker", ""), ("en", "Walked", "Walker", "minor"), ("en", "walked", "walled", "minor"), ("en", "x1", "x2", ""),
        ("de", "Walked", "Walker", ""), ("en", "the boat", "theboat", ""),
    ],
)  # fmt: skip
def test_a_slip_is_minor_only_where_no_other_word_is_meant(
    language: str, quote: str, source: str, severity: str
) -> None:
    assert spelling(Piece(tuple(quote.split()), tuple(source.split())), lexicon((language,))) == severity


def test_a_word_with_other_capitals_that_the_page_has_both_ways_is_two_words() -> None:
    assert spelling(Piece(("House",), ("house",)), lexicon(("en",))) == "minor"
    assert spelling(Piece(("House",), ("house",), known=lambda _: True), lexicon(("en",))) == ""
    assert spelling(Piece(("House",), ("house",), known=lambda word: word == "house"), lexicon(("en",))) == "minor"
    assert spelling(Piece(("eleve",), ("élève",), known=lambda word: word == "eleve"), lexicon(("fr",))) == ""


@pytest.mark.parametrize(
    ("quote", "source", "start", "severity"),
    [
        ("Committee", "Comittee", True, "minor"), ("Committee", "Comittee", False, ""), ("harbourmaster", "harbourmister", False, "minor"),
        ("harbours", "harbourt", False, ""), ("stations", "statious", False, "minor"), ("station", "statiun", False, ""),
        ("statiun", "should", False, ""),
    ],
)  # fmt: skip
def test_a_slip_of_the_page_begins_alike_and_is_of_the_same_letters_or_long(
    quote: str, source: str, start: bool, severity: str
) -> None:
    piece = Piece((quote,), (source,), sentence_start=start, known=lambda _: True, lone=lambda word: word == source)
    assert spelling(piece, lexicon(("en",))) == severity


@pytest.mark.parametrize("accented", ["tèlan", "télan", "têlan", "tēlan"])
def test_an_accent_that_is_often_left_out_is_minor_inside_a_word(accented: str) -> None:
    words = lexicon(("it",))
    assert spelling(Piece(("telan",), (accented,)), words) == spelling(Piece((accented,), ("telan",)), words) == "minor"


@pytest.mark.parametrize("accented", ["tëlan", "telañ", "tělan", "těĺan", "ťelan", "tełan"[:2] + "lań", "télañ"])
def test_an_accent_that_makes_another_letter_or_stands_at_the_end_is_major(accented: str) -> None:
    assert spelling(Piece(("telan",), (accented,)), lexicon(("it",))) == "major"


@pytest.mark.parametrize(
    ("language", "quote", "source", "severity"),
    [
        ("ru", "еще", "ещё", "minor"), ("ru", "Королёв", "Королев", "minor"), ("ru", "все", "всё", ""), ("ru", "Всё", "Все", ""),
        ("fr", "elan", "élan", "minor"), ("fr", "ete", "été", "major"), ("vi", "elan", "élan", "major"), ("zh", "elan", "élan", "major"),
        ("yo", "elan", "élan", "major"), ("fr", "telé", "télé", "minor"), ("fr", "telé", "télè", "major"),
        ("en", "boat", "boqt", "minor"), ("en", "cat", "cqt", ""), ("en", "catt", "cat", ""), ("en", "boatz", "boat", ""),
        ("en", "NASA", "nasa", ""), ("en", "nasa", "NASA", ""), ("en", "A", "a", "minor"),
        ("en", "may", "May", "major"), ("en", "can", "Can", "major"),
        ("en", "BOATS", "Boats", ""), ("en", "5th", "5tg", ""), ("en", "°", "o", ""),
        ("en", "% of", "percent of", ""),

    ],
)  # fmt: skip
def test_how_much_a_slip_weighs(language: str, quote: str, source: str, severity: str) -> None:
    assert spelling(Piece(tuple(quote.split()), tuple(source.split())), lexicon((language,))) == severity


LISTED = ["should", "several", "metres", "million", "january"]


@pytest.mark.parametrize("word", LISTED)
def test_a_word_of_a_list_is_no_slip_for_another(word: str) -> None:
    """Of modals, quantifiers, units, magnitudes, months."""
    slip = f"{word[:2]}x{word[3:]}"
    english = lexicon(("en",))
    assert spelling(Piece((word,), (slip,)), english) == ""
    assert spelling(Piece((slip,), (word,)), english) == "minor"


@pytest.mark.parametrize(
    ("quote", "source", "severity"),
    [
        *((f"{word[:2]}{word[3]}{word[2]}{word[4:]}", word, "") for word in LISTED),  # a listed word is none of the page's slips
        ("heatlhy", "healthy", "minor"), ("casual", "causal", ""), ("teh", "the", ""), ("thta", "that", ""), ("wiht", "with", ""),
        ("Harbuor", "harbour", "minor"), ("rabhour", "harbour", ""),
        ("boats", "boast", "minor"), ("governmant", "government", "minor"), ("governmant", "xovernment", ""),
        ("harborxy", "harborzy", "minor"), ("harborx", "harborz", ""),
    ],
)  # fmt: skip
def test_what_the_page_may_have_written_for_a_word_that_it_has(quote: str, source: str, severity: str) -> None:
    piece = Piece((quote,), (source,), known=lambda _: True, lone=lambda word: word == source)
    assert spelling(piece, lexicon(("en",))) == severity


@pytest.mark.parametrize("sign", "\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0670\u05b0\u05b4\u05bb\u05bd\u05bf\u05c7")
def test_each_vowel_sign_may_be_left_out(sign: str) -> None:
    for one, two in ((f"كت{sign}ب", "كتب"), ("كتب", f"كت{sign}ب")):
        assert spelling(Piece((one,), (two,)), lexicon(("ar",))) == "minor"


@pytest.mark.parametrize("sign", "\u0651\u05bc\u05c1\u05c2")
def test_a_sign_that_makes_another_consonant_may_not(sign: str) -> None:
    assert spelling(Piece((f"كت{sign}ب",), ("كتب",)), lexicon(("ar",))) != "minor"


def test_a_name_with_another_last_letter_is_a_slip_but_not_in_german() -> None:
    for language, severity in (("en", "minor"), ("de", "")):
        assert spelling(Piece(("Hansem",), ("Hansen",)), lexicon((language,))) == severity
    assert spelling(Piece(("hansem",), ("hansen",)), lexicon(("en",))) == ""
    assert spelling(Piece(("Hansen",), ("Hansens",)), lexicon(("en",))) == ""


@pytest.mark.parametrize(("quote", "source"), [("°", "o"), ("5", "five"), ("$", "s"), ("?", "a")])
def test_a_sign_is_no_slip_for_a_letter(quote: str, source: str) -> None:
    assert spelling(Piece((quote,), (source,)), lexicon(("en",))) == ""


def test_ends_are_the_last_letters_of_both_words() -> None:
    words = lexicon(("it",))
    assert spelling(Piece(("etelan",), ("ételan",)), words) == "minor"  # the first letter of the one is no end
    assert spelling(Piece(("ételané",), ("etelané",)), words) == "minor"


@pytest.mark.parametrize(
    ("quoted", "printed", "severity"),
    [("&", "and", "minor"), ("%", "percent", "minor"), ("&", "AND", "minor"), ("&", "or", "")],
)
def test_a_sign_is_the_word_that_it_is_read_as(quoted: str, printed: str, severity: str) -> None:
    assert sign(Piece((quoted,), (printed,)), lexicon(("en",))) == severity


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Quelque 42 % des quais sont refaits depuis mai.", "Quelque 42 pour cent des quais sont refaits depuis mai."),
        ("El 42 % de los muelles es nuevo desde mayo.", "El 42 por ciento de los muelles es nuevo desde mayo."),
    ],
)
def test_a_sign_is_the_words_that_it_is_read_as_though_they_have_a_number(page: str, quote: str) -> None:
    found = judge(quote, page)
    assert [(change.kind.value, change.severity) for change in found.changes] == [("spelling", "minor")]
