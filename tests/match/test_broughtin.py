"""What a bracket may not bring in: numbers, quantities, hedges, conditions."""

from __future__ import annotations

import pytest

from archiver.match import judge

SOURCE = (
    "Twenty people came to the old harbour. The tickets cost 5 dollars at the gate since May 2019. Sailors can leave when the boat is full. "
    "He hit the officer with a bottle on Friday. They plan to open the school in the spring of ’19. The hall holds twelve boats."
)


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("The tickets cost 5 [million] dollars at the gate", "number"),
        ("The tickets cost [2]5 dollars at the gate", "number"),
        ("The tickets cost 5[0] dollars at the gate", "number"),
        ("The tickets cost 5[2] dollars at the gate", "number"),
        ("Twenty [thousand] people came to the old harbour", "number"),
        ("[More than] [t]wenty people came to the old harbour", "quantifier"),
        ("[Only] [t]wenty people came to the old harbour", "quantifier"),
        ("Sailors can [only] leave when the boat is full", "quantifier"),
        ("He [allegedly] hit the officer with a bottle on Friday", "word-added"),
        ("[If] [t]hey plan to open the school in the spring", "modal"),
        ("They plan to open the school [if money comes] in the spring", "modal"),
    ],
)
def test_what_changes_the_statement_is_no_explanation(quote: str, kind: str) -> None:
    found = judge(quote, SOURCE)
    assert (found.verdict.value, [change.kind.value for change in found.changes]) == ("spliced", [kind])


@pytest.mark.parametrize(
    "quote",
    [
        "Twenty [young] people came to the old harbour",
        "Twenty [20] people came to the old harbour",
        "The tickets cost 5 [US] dollars at the gate since May 2019",
        "at the gate since May 2019[3]. Sailors can leave",
        "open the school in the spring of [20]19. The hall holds",
        "He [Tom Hall] hit the officer with a bottle on Friday",
        "The hall holds twelve [12] boats",
    ],
)
def test_what_explains_holds(quote: str) -> None:
    assert judge(quote, SOURCE).verdict.value == "elided"


def test_a_negation_put_into_a_word_is_no_ending() -> None:
    found = judge("Sailors can[not] leave when the boat is full", SOURCE)
    assert (found.verdict.value, [change.kind.value for change in found.changes]) == ("altered", ["negation"])
