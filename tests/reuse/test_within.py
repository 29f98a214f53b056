from pathlib import Path

import pytest

from archiver.model import Verdict
from archiver.reuse import Echo, within

STORY = """Holm: “We shall open the eastern quay in March”
The works go on.
At noon Ida Holm, who leads them, met the press in the old customs house. “We will open the eastern quay in March,” she said.
The board “never gives up,” she added. Her board “never gives up” was heard before."""


def test_a_headline_s_quotation_is_set_against_the_body() -> None:
    first = within(STORY)[0]
    assert (first.headline, first.verdict, first.speech) == (True, Verdict.ALTERED, True)
    assert first.other_words.startswith("We will open")
    assert any((change.in_quote, change.in_source) == ("shall", "will") for change in first.changes)


def test_a_headline_s_quotation_that_stands_nowhere_is_told() -> None:
    (only,) = within(
        "Holm: “Nobody dances with cranes”\nThe works go on.\nThe board met at noon and said nothing of it."
    )
    assert (only.headline, only.other, only.verdict) == (True, None, Verdict.ABSENT)


def test_two_alike_are_told_once() -> None:
    assert [echo.words for echo in within(STORY)].count("never gives up") == 1


def test_a_text_without_quotations_has_none() -> None:
    assert within("The works go on. The works go on.") == ()
    assert within("") == ()


def test_a_headline_s_few_words_do_not_stand_in_the_body_by_likeness() -> None:
    (only,) = within(
        "Joint word on ‘Harbour Defence Widening’\nThe works go on.\nHolm named the Harbour Defence Drill in May."
    )
    assert (only.headline, only.other, only.verdict) == (True, None, Verdict.ABSENT)


def seed(shared: Path, number: str) -> dict[str, Echo]:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return {echo.words: echo for echo in within(path.read_text("utf-8"))}


@pytest.mark.parametrize(
    ("number", "quotation", "other"),
    [
        ("000", "accelerate peace", "accelerating peace"),
        ("003", "an attempt to preemptively strike North Korea", "preemptively strike North Korea"),
        ("004", "The US defense commitment to Korea is not just a slogan, it is firm and ironclad", "firm and iron"),
    ],
)
def test_statements_that_a_seed_has_twice(shared: Path, number: str, quotation: str, other: str) -> None:
    found = seed(shared, number)[quotation]
    assert other in found.other_words
    assert not found.verdict.holds


def test_the_headline_quotations_of_a_seed_do_not_stand_in_its_body(shared: Path) -> None:
    found = seed(shared, "004")
    for quotation in ("effective extended deterrence to dispel concerns", "I will try to win the trust of the Koreans"):
        assert found[quotation].headline
        assert not found[quotation].verdict.holds


def test_a_statement_with_less_in_common_is_none_of_a_seed(shared: Path) -> None:
    assert seed(shared, "004")["I will try to win the trust of the Koreans"].other is None
    assert (
        "We promise (with Korea and Japan) to share missile warning information in real time within the year"
        not in (seed(shared, "003"))
    )
