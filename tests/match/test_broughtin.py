"""What a bracket may not bring in: numbers, quantities, hedges, conditions."""

from __future__ import annotations

import pytest

from archiver.match import holds, judge, prepare
from archiver.match.broughtin import brought_in
from archiver.match.lexicon import lexicon
from archiver.match.quotation import Quotation
from archiver.match.sides import Sides

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
    found = judge("Sailors can['t] leave when the boat is full", SOURCE)
    assert (found.verdict.value, [change.kind.value for change in found.changes]) == ("spliced", ["negation"])


@pytest.mark.parametrize(
    ("source", "quotation"),
    [
        (
            "Tickets cost nothing for children under six. Dogs pay half.",
            "Tickets cost nothing for children under six.[7]",
        ),
        (
            "In 2023 there were 148 pupils, and now there are 96. Two left.",
            "In 2023 there were 148 pupils, and now there are 96.[7]",
        ),
        ("The ferry leaves at 11 a.m. and at four.", "The ferry leaves at 11 a.m.[12]"),
    ],
)
def test_the_sign_of_a_note_brings_no_number_in(source: str, quotation: str) -> None:
    assert holds(judge(quotation, source))


@pytest.mark.parametrize("quotation", ["It cost 3.[5] million pounds in all.", "It cost 3 [5] million pounds in all."])
def test_a_bracket_inside_a_number_makes_another(quotation: str) -> None:
    assert judge(quotation, "It cost 3 million pounds in all.").verdict.value in ("altered", "spliced")


@pytest.mark.parametrize(
    ("quotation", "kind"),
    [
        ("It cost 5 [million] crowns", "number"), ("It cost [two] million crowns", "number"), ("It cost [old] 5 crowns", None),
        ("They [claim they] won", "modal"), ("They [tried to] win", "modal"), ("He [was accused of having] won", None),
        ("He [was accused of] lying", "modal"), ("This [claim of] his", None), ("[Claim they] won", None), ("They [claim] won", None),
        ("They [probably] won", "word-added"), ("They [perhaps] won", "word-added"), ("They [can] win", None),
        ("It cost five [5] crowns", None),
        ("It cost [5] five crowns", None), ("It cost [6] five crowns", "number"), ("It was 2019 [5] crowns", None), ("We met [two] men", None),
        ("It cost [more than] 5 crowns", "quantifier"), ("It cost [more than] crowns", None), ("It cost [up to] five crowns", "quantifier"),
        ("[If] it rains", "modal"), ("We ask [if] it rains", None), ("We go [if needed] there", "modal"), ("It [only] rains", "quantifier"),
        ("It [only once] rains", None),
        ("It rains [every] day", "quantifier"), ("He [allegedly] fell", "word-added"), ("He [probably perhaps] fell", "word-added"),
        ("He [allegedly so] fell", None),
        ("He fell [as] it", None), ("It fell [?] then", None),
        ("It cost [2]5 crowns", "number"), ("It cost 5[0] crowns", "number"), ("in [20]19 it", None), ("in [19]19 it", None),
        ("in [15]19 it", None), ("in [14]19 it", "number"),
        ("in [21]19 it", "number"), ("in [20]195 it", "number"), ("in 1[20]19 it", "number"), ("in 2019[3] it", None), ("in 1519[3] it", None),
        ("in 1419[3] it", "number"),
        ("in 12019[3] it", "number"), ("in 2019[1234] it", "number"), ("in 2019[0] it", "number"), ("in 2019[3]a it", "number"),
        ("under six.[7] Dogs", None), ("It cost 3.[5] million", "number"), ("It cost 3,[5]% more", "number"), ("It cost 3.[5] Million", None),
        ("It cost x.[5] million", None),
        ("children[7] left", None), ("children[123] left", None),
    ],
)  # fmt: skip
def test_what_a_bracket_brings_in(quotation: str, kind: str | None) -> None:
    parsed, prepared = Quotation(quotation), prepare("a")
    sides = Sides(parsed, parsed.solid, prepared.pages[0], prepared, lexicon(("en",)))
    ((mark, joint),) = parsed.solid.joints.items()
    assert brought_in(sides, joint.brackets[0], mark) == kind
