"""The ends of a passage."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import ChangeKind


@pytest.mark.parametrize(
    ("source", "quote", "kind"),
    [
        ("It cost $40 in all, she said.", "40 in all, she said", ChangeKind.UNIT),
        ("They counted 1 250 boats in the bay.", "250 boats in the bay", ChangeKind.NUMBER),
        ("Prices rose by 5% last year.", "Prices rose by 5", ChangeKind.UNIT),
        ("No one was killed there.", "one was killed there", ChangeKind.NEGATION),
        ("Only some of them came back.", "some of them came back", ChangeKind.QUANTIFIER),
        ("If it rains, the match will be moved.", "the match will be moved", ChangeKind.MODAL),
    ],
)
def test_cuts_that_turn_the_meaning(source: str, quote: str, kind: ChangeKind) -> None:
    found = judge(quote, source)
    assert not found.holds
    assert kind in {change.kind for change in found.changes}


def test_harmless_cuts_warn() -> None:
    found = judge("the match will be moved", "On Friday the match will be moved to the hall.")
    assert found.holds
    assert [notice.code for notice in found.warnings] == ["cut-in-sentence"]


@pytest.mark.parametrize(
    ("quotation", "page", "denial"),
    [
        ("大臣は橋が危険だった", "大臣は橋が危険だったことを否定した。", "ことを否定"),
        ("다리가 매우 위험하다는 주장을", "장관은 다리가 매우 위험하다는 주장을 오늘 부인했다.", "오늘 부인했다"),
    ],
)
def test_a_denial_after_the_cut_is_told_where_the_verb_comes_last(quotation: str, page: str, denial: str) -> None:
    notices = {notice.code: notice.detail for notice in judge(quotation, page).warnings}
    assert f"hangs on “{denial}”" in notices["cut-in-sentence"]


@pytest.mark.parametrize(
    ("quotation", "page", "kind", "words", "place"),
    [
        (
            "400 on Monday was too much for the pier",
            "They said $400 on Monday was too much for the pier",
            "unit",
            "$",
            10,
        ),
        (
            "250 boats were lost in the storm that night",
            "In all 1 250 boats were lost in the storm that night",
            "number",
            "1",
            7,
        ),
        ("the mayor of the town lost 40", "the mayor of the town lost 40% of the vote", "unit", "%", 29),
        ("the mayor of the town lost 40", "the mayor of the town lost 40 % of the vote", "unit", "%", 30),
    ],
)
def test_a_number_that_is_cut_through_is_told_with_its_place(
    quotation: str, page: str, kind: str, words: str, place: int
) -> None:
    found = judge(quotation, page)
    assert [(one.kind.value, one.in_quote, one.in_source, one.source_start) for one in found.changes] == [
        (kind, "", words, place)
    ]


@pytest.mark.parametrize(
    "page",
    [
        "In the year 2019 250 boats were lost in the storm that night",
        "In all of 1250 250 boats were lost in the storm that night",
        "In all, 250 boats were lost in the storm that night",
        "It was number 7, 250 boats were lost in the storm that night",
    ],
)
def test_another_number_before_it_is_no_part_of_it(page: str) -> None:
    assert judge("250 boats were lost in the storm that night", page).changes == ()
