"""Kinds of changes."""

from __future__ import annotations

import pytest

from archiver.match.changes import _plain_name, classify
from archiver.match.lexicon import lexicon
from archiver.match.piece import Piece


@pytest.mark.parametrize(
    ("quote", "source", "kind"),
    [
        ("", "not", "negation"),
        ("31", "13", "number"),
        ("April", "March", "date"),
        ("will", "may", "modal"),
        ("all", "some", "quantifier"),
        ("women", "men", "quantifier"),
        ("Kamala Harris", "North Carolina", "name"),
        ("proves", "shows", "word-replaced"),
        ("clearly", "", "word-added"),
        ("", "slowly", "word-dropped"),
        ("recieve", "receive", "spelling"),
    ],
)
def test_classify(quote: str, source: str, kind: str) -> None:
    found, severity = classify(Piece(tuple(quote.split()), tuple(source.split())), lexicon(("en",)))
    assert found.value == kind
    assert severity == ("minor" if kind == "spelling" else "major")


@pytest.mark.parametrize(
    ("quote", "source", "kind"),
    [
        ("Ines Okafor", "Anna Lopez", "name"),
        ("Ines Maria Okafor", "Anna Lopez", "name"),
        ("Ines de Okafor", "Anna Lopez", "name"),
        ("ines Okafor", "Anna Lopez", "word-replaced"),
        ("Ines van de Okafor", "Anna Lopez", "word-replaced"),
        ("Route 66", "North Carolina", "number"),
    ],
)
def test_words_with_capitals_are_a_name(quote: str, source: str, kind: str) -> None:
    piece = Piece(tuple(quote.split()), tuple(source.split()))
    assert _plain_name(piece, lexicon(("en",))) == ("major" if kind == "name" else "")


def test_one_word_is_no_plain_name() -> None:
    for words in ((("Ines",), ("Anna", "Lopez")), (("Ines", "Okafor"), ("Anna",)), ((), ("Anna", "Lopez"))):
        assert _plain_name(Piece(*words), lexicon(("en",))) == ""


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "starts", "language", "kind"),
    [
        ("Moss", "Hall", "", "", False, "en", "name"), ("Moss", "Hall", "", "", True, "en", "word-replaced"),
        ("Moss", "boats", "", "", False, "en", "word-replaced"), ("Moss Hall", "boats", "", "", False, "en", "name"),
        ("Monday Hall", "boats", "", "", False, "en", "word-replaced"), ("Haus", "Boot", "", "", False, "de", "word-replaced"),
        ("Anna Haus", "Boot", "", "", False, "de", "name"), ("Moss", "Hall", "Anna", "", False, "de", "name"),
        ("Moss", "Hall", "Million", "", False, "de", "word-replaced"), ("Moss", "Hall", "", "Boot", False, "de", "name"),
        ("can", "boats", "", "", False, "en", "modal"), ("can", "", "", "", False, "en", "word-added"),
        ("some", "boats", "", "", False, "en", "quantifier"), ("some", "", "", "", False, "en", "word-added"),
        ("win", "lose", "", "", False, "en", "quantifier"), ("the win", "a lose", "", "", False, "en", "quantifier"),
        ("not here", "here", "", "", False, "en", "negation"), ("t", "s", "don", "", False, "en", "negation"),
        ("unlawful", "lawful", "", "", False, "en", "negation"),
    ],
)  # fmt: skip
def test_the_words_beside_a_change_help_to_name_it(
    quote: str, source: str, before: str, after: str, starts: bool, language: str, kind: str
) -> None:
    piece = Piece(*(tuple(words.split()) for words in (quote, source, before, after)), sentence_start=starts)
    assert classify(piece, lexicon((language,))) == (kind, "major")


def kind_of(quote: str, source: str, before: str, after: str, language: str) -> str:
    """The kind of a change, its characters parted where the script parts nothing."""
    cut = tuple if language in ("zh", "ja") else str.split
    piece = Piece(*(tuple(cut(words)) for words in (quote, source, before, after)))
    return str(classify(piece, lexicon((language,)))[0].value)


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "language", "kind"),
    [
        ("不", "很", "", "", "zh", "negation"), ("有", "没", "谢", "有", "zh", "negation"),
        ("た", "っ", "なか", "", "ja", "negation"),  # a part that reaches two characters back
        ("だ", "な", "", "けれ", "ja", "negation"),  # and two on
        ("だ", "な", "", "谢けれ", "ja", "word-replaced"),
        ("不是", "不在", "", "", "zh", "word-replaced"), ("非", "日", "", "常", "zh", "word-replaced"),
        ("can not go", "can go", "", "", "en", "negation"), ("it t", "it s", "", "", "en", "word-replaced"),
        ("the unlawful", "the lawful", "", "", "en", "negation"), ("lawful unlawful", "unlawful lawful", "", "", "en", "negation"),
        ("Unlawful", "lawful", "", "", "en", "negation"), ("unlawful act", "act lawful", "", "", "en", "word-replaced"),
    ],
)  # fmt: skip
def test_a_negation_more_less_or_in_a_word(
    quote: str, source: str, before: str, after: str, language: str, kind: str
) -> None:
    assert kind_of(quote, source, before, after, language) == kind


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "language", "kind"),
    [
        ("can", "go", "", "", "en", "modal"), ("the boat", "Must go", "", "", "en", "modal"), ("", "can", "", "", "en", "word-dropped"),
        ("能", "在", "可", "", "zh", "modal"), ("可", "在", "", "能", "zh", "modal"), ("在", "到", "可能", "", "zh", "word-replaced"),
        ("가능성이다", "바다다", "", "", "ko", "modal"), ("바다에", "산에", "", "", "ko", "word-replaced"),
    ],
)  # fmt: skip
def test_a_modal_on_either_side_is_one_unless_it_stays(
    quote: str, source: str, before: str, after: str, language: str, kind: str
) -> None:
    assert kind_of(quote, source, before, after, language) == kind


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "language", "kind"),
    [
        ("the most", "ships", "", "", "en", "quantifier"), ("boats", "All ships", "", "", "en", "quantifier"),
        ("", "most", "", "", "en", "word-dropped"),
        ("Win", "Lose", "", "", "en", "quantifier"), ("lose it", "we win", "", "", "en", "quantifier"),
        ("win", "win it", "", "", "en", "word-replaced"),
        ("增", "减", "", "加", "zh", "quantifier"), ("加", "少", "增", "", "zh", "word-replaced"), ("加", "少", "", "", "zh", "word-replaced"),
        ("늘었다", "줄었다", "", "", "ko", "quantifier"),
    ],
)  # fmt: skip
def test_opposites_and_quantities(quote: str, source: str, before: str, after: str, language: str, kind: str) -> None:
    assert kind_of(quote, source, before, after, language) == kind


@pytest.mark.parametrize(
    ("quote", "source", "before", "after", "language", "kind"),
    [
        ("Moss it", "Hall", "", "", "en", "name"), ("Moss", "Monday", "", "", "en", "word-replaced"),
        ("Moss", "boats ships", "", "", "en", "word-replaced"),
        ("Moss it Hall", "boats", "", "", "en", "name"), ("Moss", "", "", "", "en", "word-added"), ("", "Moss", "", "", "en", "word-dropped"),
        ("Moss", "Hall", "", "die Anna", "de", "word-replaced"), ("Moss", "Hall", "Anna die", "", "de", "word-replaced"),
        ("Anna Haus", "boote", "", "", "de", "word-replaced"), ("Haus", "boote", "Anna", "", "de", "word-replaced"),
        ("Haus die Anna", "Boot", "", "", "de", "name"), ("Haus", "Boot", "", "Million", "de", "word-replaced"),
        ("Montag Haus", "Boot", "", "", "de", "word-replaced"),
    ],
)  # fmt: skip
def test_capitals_on_both_sides_are_a_name_in_german_two_in_a_row(
    quote: str, source: str, before: str, after: str, language: str, kind: str
) -> None:
    assert kind_of(quote, source, before, after, language) == kind


def test_at_the_beginning_of_a_sentence_one_word_shows_no_name_and_two_do() -> None:
    words = lexicon(("en",))
    for quote, source, kind in (
        (("Moss",), ("Hall",), "word-replaced"),
        (("Moss", "it"), ("Hall",), "name"),
        (("Moss",), ("Hall", "it"), "name"),
    ):
        assert classify(Piece(quote, source, sentence_start=True), words)[0].value == kind


def test_german_beside_another_language_has_no_capitals_of_its_own() -> None:
    assert classify(Piece(("Haus",), ("Boot",)), lexicon(("en", "de")))[0].value == "name"


def test_a_number_that_is_in_the_passage_all_the_same_is_no_change_of_it() -> None:
    """Of passages with the same numbers, one that one side of a piece has alone says nothing."""
    words = lexicon(("en",))
    piece = Piece(("5", "boats"), ("ships",))
    assert classify(piece, words)[0].value == "number"
    assert classify(piece, words, same_numbers=True)[0].value == "word-replaced"
    assert classify(Piece(("5",), ("five",)), words, same_numbers=True) == ("number", "minor")


@pytest.mark.parametrize(
    ("quote", "source", "found"),
    [
        ("Anna Lopez", "Ines Okafor", "major"), ("anna Lopez", "Ines Okafor", ""), ("Anna Lopez", "Ines okafor", ""),
        ("Anna 12", "Ines Okafor", ""),
        ("Anna de Lopez", "Ines Okafor", "major"), ("Anna de la Lopez", "Ines Okafor", ""), ("Anna Maria de Lopez", "Ines Okafor", "major"),
        ("Anna", "Ines Okafor", ""), ("Anna Lopez", "", ""),
    ],
)  # fmt: skip
def test_a_plain_name_is_of_capitals_but_for_one_word(quote: str, source: str, found: str) -> None:
    assert _plain_name(Piece(tuple(quote.split()), tuple(source.split())), lexicon(("en",))) == found


@pytest.mark.parametrize(
    ("before", "after", "language", "kind"),
    [
        ("あなけ", "", "ja", "word-replaced"), ("谢", "谢谢能", "zh", "word-replaced"),
    ],
)  # fmt: skip
def test_what_stands_too_far_from_a_change_is_no_part_of_it(before: str, after: str, language: str, kind: str) -> None:
    assert kind_of("在", "到", before, after, language) == kind


def test_tests_are_asked_in_the_order_of_what_matters_most() -> None:
    """A piece that is several things at once is named by the first: no test of a sort is left out, and severities are its own."""
    words = lexicon(("en",))
    for quote, source, kind in (
        ("not Anna Lopez 5", "Ines Okafor 6", "negation"), ("May Will", "June Hall", "name"), ("5 April", "6 March", "number"),
        ("April km", "May miles", "date"), ("can km", "must miles", "unit"), ("can all", "must some", "modal"),
        ("All Moss", "some Hall", "quantifier"),
    ):  # fmt: skip
        assert classify(Piece(tuple(quote.split()), tuple(source.split())), words) == (kind, "major")
