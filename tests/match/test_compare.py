"""A person's view."""

from __future__ import annotations

import pytest

from archiver.match import Part, align, explain, holds, judge

SOURCE = "The bridge opened on May 13th after 31 months of slow work."


def test_sentences() -> None:
    assert explain(judge("The bridge opened on May 31st after 31 months of slow work.", SOURCE)) == (
        "the source says “13th”, the quotation “31st”",
    )
    assert explain(judge("The bridge opened on May 13th after 31 months of work.", SOURCE)) == (
        "the quotation leaves out “slow”",
    )
    assert explain(judge("The bridge opened on May 13th after 31 long months of slow work.", SOURCE)) == (
        "the quotation adds “long”",
    )
    assert explain(judge("The bridge opened on May 13th, after 31 months of slow work.", SOURCE)) == (
        "the quotation puts in the sign  ,",
    )
    assert explain(judge("some of us left early", "Only some of us left early.")) == (
        "the cut leaves out “Only”, which governs what is kept",
    )


@pytest.mark.parametrize(
    ("quotation", "source", "sentence"),
    [
        (
            "He never said that ... the council lied",
            "The council lied. He never said that.",
            "“the council lied” stands in another place in the source: before what is quoted with it",
        ),
        (
            "Der Rat hat gelogen ... er hat das nie gesagt",
            "Er hat das nie gesagt, sagte sie. Der Rat hat gelogen.",
            "“Der Rat hat gelogen” stands in another place in the source: after what is quoted with it",
        ),
    ],
)
def test_an_order_is_told_by_the_place(quotation: str, source: str, sentence: str) -> None:
    assert explain(judge(quotation, source)) == (sentence,)


def test_a_sign_stands_in_no_quotation_marks() -> None:
    assert explain(judge("The so called clean house at the end", "The so called “clean” house at the end")) == (
        "the quotation leaves out the sign  “",
        "the quotation leaves out the sign  ”",
    )
    assert explain(judge("They came; they saw the bridge", "They came, they saw the bridge")) == (
        "the source has the sign  ,  where the quotation has  ;",
    )


def test_segments() -> None:
    quote = "The bridge opened on May 31st … of work."
    segments = align(judge(quote, SOURCE), quote)
    assert "".join(segment.quote for segment in segments) == quote
    assert {Part.SAME, Part.CHANGED} <= {segment.part for segment in segments}
    assert align(judge("nothing of it stands here", SOURCE), "nothing of it stands here") == ()


def test_tolerance() -> None:
    minor = judge("The bridge opened on May 13th, after 31 months of slow work.", SOURCE)
    major = judge("The bridge opened on May 31st, after 31 months of slow work.", SOURCE)
    assert (holds(minor), holds(minor, tolerate_minor=True)) == (False, True)
    assert (holds(major), holds(major, tolerate_minor=True)) == (False, False)


@pytest.mark.parametrize(
    ("quotation", "page", "segments"),
    [
        (
            "The bridge opened … 31st after work",
            "The bridge opened on May 13th after all work",
            [
                ("same", "The bridge opened", "The bridge opened "),
                ("omitted", " … ", "on May "),
                ("changed", "31st ", "13th "),
                ("same", "after ", "after "),
                ("only-source", "", "all "),
                ("same", "work", "work"),
            ],
        ),
        (
            "The bridge opened [early] on May 13th",
            "The bridge opened on May 13th",
            [
                ("same", "The bridge opened", "The bridge opened "),
                ("only-quote", " [early] ", ""),
                ("same", "on May 13th", "on May 13th"),
            ],
        ),
        (
            "“The bridge opened on May 13th!”",
            "The bridge opened on May 13th",
            [("same", "“The bridge opened on May 13th", "The bridge opened on May 13th"), ("only-quote", "!”", "")],
        ),
        (
            "“The bridge opened on May 13th.”",
            "The bridge opened on May 13th",
            [("same", "“The bridge opened on May 13th.”", "The bridge opened on May 13th")],
        ),
        (
            "The bridge, opened on May 13th",
            "The bridge opened; on May 13th",
            [
                ("same", "The bridge", "The bridge "),
                ("only-quote", ", ", ""),
                ("same", "opened ", "opened"),
                ("only-source", "", "; "),
                ("same", "on May 13th", "on May 13th"),
            ],
        ),
        (
            "a new bridge opened on May 13th",
            "the bridge opened on old May 13th",
            [
                ("changed", "a new ", "the "),
                ("same", "bridge opened on ", "bridge opened on "),
                ("only-source", "", "old "),
                ("same", "May 13th", "May 13th"),
            ],
        ),
        (
            "The bridge … May 13th of last year",
            "The bridge opened on May 13th of last year",
            [("same", "The bridge … May 13th of last year", "The bridge … May 13th of last year")],
        ),
        (
            "The bridge opened slowly … 13th of last year",
            "The bridge opened on May 13th of last year",
            [
                ("same", "The bridge opened ", "The bridge opened"),
                ("only-quote", "slowly", ""),
                ("same", " … 13th of last year", " … 13th of last year"),
            ],
        ),
        (
            "The bridge opened on May 13th … of last year",
            "The bridge opened on May 13th of last year",
            [
                ("same", "The bridge opened on May 13th", "The bridge opened on May 13th "),
                ("omitted", " … ", ""),
                ("same", "of last year", "of last year"),
            ],
        ),
    ],
)
def test_each_piece_of_the_quotation_stands_beside_its_piece_of_the_source(
    quotation: str, page: str, segments: list[tuple[str, str, str]]
) -> None:
    assert [(each.part.value, each.quote, each.source) for each in align(judge(quotation, page), quotation)] == segments
