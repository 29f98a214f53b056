"""Signs between words."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import ChangeKind


def test_a_question_mark_inside_is_major() -> None:
    found = judge("Was it safe. Yes it was, he said.", "Was it safe? Yes it was, he said.")
    assert [(change.kind, change.severity) for change in found.changes] == [(ChangeKind.PUNCTUATION, "major")]


def test_prime_marks() -> None:
    assert judge("it is 5' long and wide", 'it is 5" long and wide').changes[0].kind is ChangeKind.UNIT
    assert judge("it was “in 1984” that we met", "it was ‘in 1984’ that we met").holds
    assert judge("it was 'in 1984' that we met", 'it was "in 1984" that we met').holds


POEM = "The sea is a wall of glass,\nthe sky is a door of sand;\n\nI knocked upon both"


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("The sea is a wall of glass, / the sky is a door of sand", "typographic"),
        ("the sky is a door of sand; // I knocked upon both", "typographic"),
        ("The sea is a wall / of glass, the sky is a door", "altered"),
        ("The sea is a wall of glass,/the sky is a door", "altered"),
        ("The sea is a wall of glass; / the sky is a door", "altered"),
    ],
)
def test_a_stroke_stands_for_the_end_of_a_line(quote: str, verdict: str) -> None:
    assert judge(quote, POEM).verdict.value == verdict
