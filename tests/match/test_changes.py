"""Kinds of changes."""

from __future__ import annotations

import pytest

from archiver.match.changes import classify
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
