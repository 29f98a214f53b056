"""Signs between words."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.signs import kind_of_gap, trimmed
from archiver.model import ChangeKind, Verdict


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


@pytest.mark.parametrize(
    ("mine", "theirs", "before", "after", "kind"),
    [
        (",", "", "5", "6", ("number", "major")), (",", "", "5", "a", ("punctuation", "minor")), (",", "", "a", "6", ("punctuation", "minor")),
        ("?", ".", "a", "b", ("punctuation", "major")), (".", "?", "a", "b", ("punctuation", "major")),
        ("?", "?!", "a", "b", ("punctuation", "minor")),
        ("!", ".", "a", "b", ("punctuation", "minor")), (".", ",", "b5", "6c", ("number", "major")),
    ],
)  # fmt: skip
def test_what_other_signs_change(mine: str, theirs: str, before: str, after: str, kind: tuple[str, str]) -> None:
    assert kind_of_gap(mine, theirs, before, after) == kind


@pytest.mark.parametrize(
    ("signs", "start", "told"), [(" , ", 5, (",", 6)), (",", 5, (",", 5)), ("  ", 5, ("  ", 5)), ("", 5, ("", 5)), (". ,", 5, (". ,", 5))]
)  # fmt: skip
def test_signs_are_told_without_blanks(signs: str, start: int, told: tuple[str, int]) -> None:
    assert trimmed(signs, start) == told


@pytest.mark.parametrize(
    ("quote", "source", "told"),
    [
        ("it is 5' long and wide", 'it is 5" long and wide', [("unit", "'", '"', 7, 7)]),
        ("it is 5\" long and wide", "it is 5' long and wide", [("unit", '"', "'", 7, 7)]),
        ("it is 5′ long and wide", "it is 5″ long and wide", [("unit", "′", "″", 7, 7)]), ("it is 5' long and wide", "it is 5′ long and wide", []),
        ("it is 5\" long and wide", "it is 5″ long and wide", []), ("it is so' long and wide", 'it is so" long and wide', []),
        ("it 'is 5' long and wide", 'it "is 5" long and wide', []), ("it ('is 5' long and wide", 'it ("is 5" long and wide', []),
        ("'it is 5' long and wide", "'it is 5\" long and wide", [("unit", "'", '"', 8, 8)]),
        ("so it is 5' long and wide", 'and so it is 5" long and wide', [("unit", "'", '"', 10, 14)]),
        ("it is 5' by 6' and so on", "it is 5' by 6\" and so on", [("unit", "'", '"', 13, 13)]),
    ],
)  # fmt: skip
def test_feet_are_no_inches(quote: str, source: str, told: list[tuple[str, str, str, int, int]]) -> None:
    changes = judge(quote, source).changes
    assert [(one.kind.value, one.in_quote, one.in_source, one.quote_start, one.source_start) for one in changes] == told


@pytest.mark.parametrize(
    ("quote", "source", "verdict"),
    [
        ("We will win. We will not go home", "“We will win.” “We will not go home", "elided"),
        ("We will win. We will not go home", "“We will win.” «We will not go home", "elided"),
        ("We will win. We will not go home", "“We will win.\n“We will not go home", "elided"),
        ("We will win. We will not go home", "We will “win. We” will not go home", "altered"),
        ("We will win “We will” not go home", "We will win We will not go home", "altered"),
        ("We will win. We will not go home", "We will win.” We will not go home", "altered"),
        ("We will win! We will not go home", "“We will win.” “We will not go home", "altered"),
    ],
)  # fmt: skip
def test_marks_between_parts_of_one_speech_may_be_left_out(quote: str, source: str, verdict: str) -> None:
    assert judge(quote, source).verdict.value == verdict


def test_a_sign_that_differs_is_told_once_with_both_places() -> None:
    (change,) = judge("They came ; they saw the bridge", "So, they came , they saw the bridge").changes
    assert (change.in_quote, change.in_source, change.quote_start, change.source_start) == (";", ",", 10, 14)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("She called it “a start,” not a cure.", "She called it “a start”, not a cure."),
    ],
)  # fmt: skip
def test_a_comma_may_stand_before_or_behind_the_mark(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED)
