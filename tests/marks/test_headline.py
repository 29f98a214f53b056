"""Quotations of the headline."""

from __future__ import annotations

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
