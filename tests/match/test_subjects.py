"""The noun of which something is said, left out of its phrase."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("page", "quotation", "named"),
    [
        ("The wife of the mayor was convicted in 2012.", "the mayor was convicted in 2012", "The wife of"),
        ("Police said the wife of the mayor was held.", "the mayor was held", "the wife of"),
        ("A spokesman for Smith said that it was so.", "Smith said that it was so", "A spokesman for"),
        ("Critics of the mayor were convicted in 2012.", "the mayor were convicted in 2012", "Critics of"),
        ("An aide to the mayor was convicted in 2012.", "the mayor was convicted in 2012", "An aide to"),
        ("The wife of the mayor of York was held.", "the mayor of York was held", "The wife of"),
        (
            "Police in York said that the very old widow of the mayor was held.",
            "the mayor was held",
            "the very old widow of",
        ),
        ("He asked whether critics of the mayor were held.", "the mayor were held", "critics of"),
        ("The case against Smith was closed in May.", "Smith was closed in May", "The case against"),
    ],
)
def test_a_cut_before_the_noun_of_another_is_told(page: str, quotation: str, named: str) -> None:
    judged = judge(quotation, page)
    assert judged.holds
    told = {notice.code: notice.detail for notice in judged.warnings}
    assert f"“{named}”" in told["hidden-denial"]


@pytest.mark.parametrize(
    ("page", "quotation"),
    [
        ("At the end of the day the plan was dropped.", "the day the plan was dropped"),
        ("He wrote a book about a man who was lost.", "a man who was lost"),
        ("They sang of the men who were lost at sea.", "the men who were lost at sea"),
        ("In the report on the dam the mayor was blamed.", "the mayor was blamed"),
        ("She lived in the city of Leeds and was ill.", "Leeds and was ill"),
        ("The decision to consult was taken by the mayor.", "consult was taken by the mayor"),
        ("For years the mayor was ill.", "the mayor was ill"),
        ("A friend of Smith told to go was ill.", "Smith told to go was ill"),
    ],
)
def test_other_cuts_leave_no_subject_out(page: str, quotation: str) -> None:
    assert "hidden-denial" not in {notice.code for notice in judge(quotation, page).warnings}


@pytest.mark.parametrize(
    ("page", "quotation", "verdict"),
    [
        ("The wife of the mayor was convicted in 2012.", "The … mayor was convicted in 2012", Verdict.SPLICED),
        ("The aide to Mayor Lee was convicted.", "The … Mayor Lee was convicted", Verdict.SPLICED),
        ("The old and tired mayor was convicted in 2012.", "The … mayor was convicted in 2012", Verdict.ELIDED),
        ("The wife of the mayor was convicted in 2012.", "The wife … was convicted in 2012", Verdict.ELIDED),
        ("The wife of the mayor of York was convicted.", "The wife of the mayor … was convicted", Verdict.ELIDED),
    ],
)
def test_an_omission_gives_the_verb_of_one_noun_to_another(page: str, quotation: str, verdict: Verdict) -> None:
    assert judge(quotation, page).verdict is verdict
