"""Questions quoted without their mark."""

from __future__ import annotations

import pytest

from archiver.match import judge


@pytest.mark.parametrize(
    ("quotation", "source", "told"),
    [
        ("You saw the knife", "You saw the knife? I did not.", True),
        ("You saw the knife", "You saw the knife, didn’t you? I did not.", True),
        ("You saw it", "You saw it? I did not.", True),
        ("You saw", "You saw? I did not.", False),
        ("You saw the knife", "You saw the knife, and she ran off?", False),
        ("You saw the knife", "And you saw the knife? I did not.", True),
        ("You saw the knife?", "You saw the knife? I did not.", False),
        ("I saw a spoon", "I saw a spoon. Did you?", False),
    ],
)
def test_a_question_without_its_mark_is_told(quotation: str, source: str, told: bool) -> None:
    found = judge(quotation, source)
    assert ("hidden-denial" in {notice.code for notice in found.warnings}) is told
