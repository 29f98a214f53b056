"""What an omission mark may leave out."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.lexicon import lexicon
from archiver.match.omission import two_speakers


@pytest.mark.parametrize(
    ("between", "verdict", "warned"),
    [
        ("spoke. Her deputy", "spliced", False),
        ("spoke. She", "elided", True),
        ("of finance", "elided", False),
    ],
)
def test_a_subject_may_not_be_given_what_another_did(between: str, verdict: str, warned: bool) -> None:
    found = judge("The minister … resigned on Monday", f"The minister {between} resigned on Monday.")
    assert found.verdict.value == verdict
    assert ("across-sentences" in {notice.code for notice in found.warnings}) is warned


@pytest.mark.parametrize(
    ("second", "joined"), [("said Bob Jones", True), ("said Anna Smith", False), ("she told the paper", False)]
)
def test_two_speakers_are_told_by_their_names(second: str, joined: bool) -> None:
    page = prepare(f"“We won by far,” said Anna Smith. “They lost in May,” {second}.").pages[0]
    assert two_speakers(page, 2, 8, lexicon(("en",))) is joined
