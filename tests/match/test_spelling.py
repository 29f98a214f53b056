"""Slips of the pen."""

from __future__ import annotations

import pytest

from archiver.match.lexicon import lexicon
from archiver.match.piece import Piece
from archiver.match.spelling import spelling


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


def test_a_word_that_the_page_has_is_no_slip() -> None:
    assert spelling(Piece(("Hanson",), ("Hansen",), known=lambda word: word == "Hanson"), lexicon(("en",))) == ""
