"""What an omission mark may leave out."""

from __future__ import annotations

import pytest

from archiver.match import judge


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
