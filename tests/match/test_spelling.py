"""Slips of the pen."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.lexicon import lexicon
from archiver.match.piece import Piece
from archiver.match.spelling import _joined_spelling, is_slip, spelling


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
        ("en", "&", "and", "minor"), ("en", "May", "may", "major"), ("en", "Will", "will", "major"), ("en", "US", "us", ""),
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
