"""Items of a list whose head denies them."""

from __future__ import annotations

import pytest

from archiver.match import judge

_LIST = """The following statements are false:
1. The plant leaks into the river.
2. Two inspectors took bribes.
The company will answer on 4 May."""


@pytest.mark.parametrize(
    ("quotation", "source", "told"),
    [
        ("Two inspectors took bribes.", _LIST, True),
        ("The company will answer on 4 May.", _LIST, False),
        ("Two inspectors took bribes.", _LIST.replace("false", "true"), False),
        ("Two men took bribes", "The following are false:\nThe plant leaks\nTwo men took bribes\nDone.", True),
        ("The plant leaks into it.", "He was not there. Here is what happened:\n1. The plant leaks into it.", False),
        ("The plant leaks into it.", "It rained. None of this is true:\n1. The plant leaks into it.", True),
        ("the mayor knew of it", "It is not the case that: (a) the road was shut; (b) the mayor knew of it.", True),
    ],
)
def test_the_head_is_told(quotation: str, source: str, told: bool) -> None:
    found = judge(quotation, source)
    assert ("hidden-denial" in {notice.code for notice in found.warnings}) is told
