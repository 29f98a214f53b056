"""What failed is listed in the order of the list, and how to try it again is said where that may help."""

from __future__ import annotations

import pytest

from archiver.cli.saying.failures import AGAIN, Failure, say_failures
from archiver.errors import ArchiverError, InputError, Unreachable


def said(*failures: Failure, again: str | None = AGAIN) -> list[str]:
    notes: list[str] = []
    say_failures(notes.append, failures, again)
    return notes


def test_each_has_its_line_and_the_way_to_try_again_comes_last() -> None:
    refused, failed = (
        Failure("ftp://a", InputError("No page."), 3),
        Failure("https://b", Unreachable("No\x1banswer."), 1),
    )
    assert said(refused, failed) == [
        "2 failed:",
        "  line 1: https://b: No�answer.",
        "  line 3: ftp://a: No page.",
        AGAIN,
    ]
    assert said(Failure("https://b", Unreachable("No answer.")), again=None) == ["1 failed:", "  https://b: No answer."]


@pytest.mark.parametrize("error", [InputError("No page.")])
def test_what_is_refused_before_it_is_asked_for_need_not_be_tried_again(error: ArchiverError) -> None:
    assert said(Failure("ftp://a", error)) == ["1 failed:", "  ftp://a: No page."]
    assert said() == []
