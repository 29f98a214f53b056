"""Quotations of the headline."""

from __future__ import annotations

import time

import pytest

from archiver.marks import headline
from archiver.marks.prose import prose_of
from archiver.marks.quotemarks import pairs

BODY = (
    "The minister said on Monday that the government was ready to talk to the people of the north about peace and about trade. "
    * 12
)


def found(head: str, body: str = BODY) -> list[str]:
    prose = prose_of(f"{head}\n\n{body}", "en")
    return [mark.words for mark in headline.marks(prose, pairs(prose).quoted)]


def test_a_quotation_that_stands_nowhere_below() -> None:
    assert found("Minister on the talks in the capital: “we will win the trust of the people”") == [
        "we will win the trust of the people"
    ]


@pytest.mark.parametrize(
    "head",
    ["Minister in the capital on the talks: “the government was ready to talk to the people”",
     "Minister in the capital on the talks: “the government was ready to talk about peace”",
     "Minister in the capital on the talks: “The Government was ready to talk to the people of the North”",
     "Minister in the capital on the talks of peace: “not so”",
     "“We will win the trust of the people,” said the minister on Monday in the capital.",
     "Submit “Take Your Best Shot” Photo"],
)  # fmt: skip
def test_one_that_stands_there_or_is_no_headline(head: str) -> None:
    assert found(head) == []


def test_a_short_body_may_leave_it_out() -> None:
    assert found("Minister on the talks in the capital: “we will win the trust of the people”", BODY[:300]) == []


@pytest.mark.parametrize(
    ("words", "stands"),
    [("the the people", True), ("the people the people", False), ("trade the minister said", True), ("the north about north", False)],
)  # fmt: skip
def test_words_left_out_stand_near_one_another(words: str, stands: bool) -> None:
    assert (found(f"Minister on the talks in the capital of the north: “{words}”") == []) is stands


@pytest.mark.parametrize(
    ("head", "told"),
    [("“" + "the " * 40_000 + "zebra”", 1), ("“" + "the " * 40_000 + "”", 0),
     ("It is of the town that it says: " + "“the of " * 15_000 + "”" * 15_000 + " so", None),
     ("It is so: " + "“the of and to” " * 9_000 + "is so", 0)],
)  # fmt: skip
def test_long_and_many_quotations_take_little_time(head: str, told: int | None) -> None:
    prose = prose_of(f"{head}\n{'the of and to ' * 9_000}ends.", "en")
    quoted = pairs(prose).quoted
    start = time.process_time()
    count = len(list(headline.marks(prose, quoted)))
    assert time.process_time() - start < 2
    assert told is None or count == told
