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
