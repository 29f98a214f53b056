"""A person's view."""

from __future__ import annotations

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
        "the source has no sign, the quotation “,”",
    )
    assert explain(judge("some of us left early", "Only some of us left early.")) == (
        "the cut leaves out “Only”, which governs what is kept",
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
