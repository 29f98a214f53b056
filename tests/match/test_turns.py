"""What an omission mark hides that turns what is kept."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.lexicon import lexicon
from archiver.match.turns import hidden_turn
from archiver.model import ChangeKind


def _hidden(source: str, left_out: str) -> tuple[ChangeKind, str] | None:
    page = prepare(source).pages[0]
    first = page.token_at(source.index(left_out))
    found = hidden_turn(page, first, first + len(left_out.split()), lexicon(("en",)))
    return None if found is None else (found.kind, page.slice(found.first, found.last))


@pytest.mark.parametrize(
    ("source", "left_out", "kind", "words"),
    [
        ("The pier is far from safe today.", "far from", ChangeKind.NEGATION, "far from"),
        ("The pier, built in 1901, is far from safe.", "built in 1901, is far from", ChangeKind.NEGATION, "far from"),
        ("The cook was alleged to have lied.", "was alleged to have", ChangeKind.MODAL, "alleged to have"),
        ("The plan would have closed it.", "would have", ChangeKind.MODAL, "would have"),
        ("Safe in all but two of the cases.", "but two", ChangeKind.QUANTIFIER, "but two"),
        ("It sold between 30 and 40 boats.", "30 and", ChangeKind.NUMBER, "30 and"),
        ("The cook was too eager to help.", "too", ChangeKind.QUANTIFIER, "too"),
        (
            "A law that was later repealed bans it.",
            "that was later repealed",
            ChangeKind.NEGATION,
            "that was later repealed",
        ),
    ],
)
def test_the_word_that_turns_is_named(source: str, left_out: str, kind: ChangeKind, words: str) -> None:
    assert _hidden(source, left_out) == (kind, words)


@pytest.mark.parametrize(
    ("source", "left_out"),
    [
        ("The house, far from the port, was sold.", "far from the port"),
        ("The pier, built in 1901, is safe.", "built in 1901"),
        ("The cook, who hoped for rain, sowed wheat.", "who hoped for rain"),
        ("The board, which rejected the plan, met again.", "which rejected the plan"),
        ("The court (as everybody knows) sits in Dover.", "as everybody knows"),
    ],
)
def test_what_governs_nothing_that_is_kept_may_go(source: str, left_out: str) -> None:
    assert _hidden(source, left_out) is None


@pytest.mark.parametrize("put_in", ["", "[and] ", "[then] "])
def test_the_subject_of_the_next_sentence_may_not_be_left_out(put_in: str) -> None:
    found = judge(
        f"The mayor left on Monday. … {put_in}was fined in May", "The mayor left on Monday. Her cook was fined in May."
    )
    assert found.verdict.value == "spliced"
    assert "Her cook" in found.warnings[-1].detail


def test_a_bracket_may_name_the_subject() -> None:
    found = judge(
        "The mayor left on Monday. … [He] was fined in May", "The mayor left on Monday. Her cook was fined in May."
    )
    assert found.verdict.value == "elided"


def test_a_report_does_not_run_into_the_speech_of_another() -> None:
    source = "Critics say it “kills the trade.” Ann Hall, who heads the board, disagreed: “The rule helps the poor.”"
    assert judge("Critics say it … helps the poor", source).verdict.value == "spliced"


@pytest.mark.parametrize(
    ("quotation", "page", "told"),
    [
        (
            "Between … 400 permits were issued last year",
            "Between 300 and 400 permits were issued last year.",
            [("number", "300 and")],
        ),
        ("Roads, … and permits were sold last year", "Roads, cars and boats and permits were sold last year.", []),
        (
            "The council met on Monday. … we will close the school in May.",
            "The council met on Monday. If the levy fails, we will close the school in May.",
            [("modal", "If the levy fails")],
        ),
        (
            "The council met on Monday. … we will close the school in May.",
            "The council met on Monday. As the mayor said, we will close the school in May.",
            [],
        ),
        (
            "The council met on Monday. … the levy fails, we will close the school in May.",
            "The council met on Monday. If the levy fails, we will close the school in May.",
            [("modal", "If")],
        ),
        (
            "The council met on Monday. … the levy fails, we will close the school in May.",
            "The council met on Monday. It was long, and if the levy fails, we will close the school in May.",
            [("modal", "if")],
        ),
        (
            "Der Rat tagte am Montag. … die Abgabe scheitert, schließen wir die Schule.",
            "Der Rat tagte am Montag. Wenn die Abgabe scheitert, schließen wir die Schule.",
            [("modal", "Wenn")],
        ),
        (
            "The council met on Monday. … the levy fails, we will close the school in May.",
            "The council met on Monday. However, the levy fails, we will close the school in May.",
            [],
        ),
        (
            "De raad kwam maandag bijeen. Zij stemde … voorzitter van de raad tegen het plan.",
            "De raad kwam maandag bijeen. Zij stemde gisteren als voorzitter van de raad tegen het plan.",
            [],
        ),
    ],
)
def test_half_a_range_and_a_condition_may_not_be_left_out(
    quotation: str, page: str, told: list[tuple[str, str]]
) -> None:
    found = judge(quotation, page)
    assert [(change.kind.value, change.in_source) for change in found.changes] == told
    assert found.verdict.value == ("spliced" if told else "elided")
