"""Faults of the judge that `benchmarks/fuzz.py` found: each case as it was, made small."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import ChangeKind, Verdict


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("There are now [49] teams in the final after the change.", "There are now 20 teams in the final after the change."),
        ("In 49 towns there are [49] teams in it.", "In 49 towns there are 20 teams in it."),
        ("It was not in [2031] that the old wall fell", "It was not in June that the old wall fell."),
        ("The council ［not］ approved the plan for the old bridge.", "The council approved the plan for the old bridge."),
        ("The old bridge will close on [the mayor] [Tuesday] at noon.", "The old bridge will close on Monday at noon."),
        ("the wall that fell in [July 3]", "They saw the wall that fell in [July 4] and left."),
        ("Did they close the old bridge at noon  ?", "Did they close the old bridge at noon. Then they left."),
    ],
)  # fmt: skip
def test_a_change_is_where_it_is_said_to_be(quote: str, source: str) -> None:
    found = judge(quote, source)
    assert found.changes
    for change in found.changes:
        assert quote[change.quote_start :].startswith(change.in_quote)
        assert source[change.source_start :].startswith(change.in_source)


def test_the_second_of_two_brackets_is_pointed_at() -> None:
    quote = "The [20] boats left, and in the end [20] boats came back."
    found = judge(quote, "The boats left, and in the end 14 boats came back.")
    assert [change.quote_start for change in found.changes if change.kind is ChangeKind.NUMBER] == [quote.rindex("[")]


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\ufeff", "\u00ad"])
def test_a_place_to_break_the_line_is_no_part_of_a_number(sign: str) -> None:
    plain = "At 19:29 the level of 1.250 metres was reached, 33,6 % more."
    broken = f"At 1{sign}9{sign}:29 the level of 1.{sign}250 metres was reached, 33{sign},{sign}6 % more."
    assert judge(broken, plain).verdict is Verdict.TYPOGRAPHIC
    assert judge(plain, broken).verdict is Verdict.TYPOGRAPHIC
    assert judge(broken.replace("250", "251"), plain).verdict is Verdict.ALTERED
