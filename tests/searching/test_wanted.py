"""Words or a quotation: what a person means who says no more."""

from __future__ import annotations

import pytest

from archiver.searching import is_quotation, is_too_short, unquoted


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("flood warning", False),
        ("the flood warning came late", True),
        ('"high water stood"', True),
        ("“high water stood”", True),
        ('"high water"', False),
        ('"high water stood" OR "a storm came"', False),
        ("one two three OR four five six", False),
        ("one two three four fiv*", False),
        ("战争", False),
        ("战争仍在继续", False),
        ("部长说战争仍在继续进行", True),
        ("「战争仍在」", True),
        ("", False),
        ("… – !", False),
    ],
)
def test_long_or_marked_words_are_a_quotation(text: str, quotation: bool) -> None:
    assert is_quotation(text) is quotation


@pytest.mark.parametrize(
    ("text", "short"),
    [("no", True), ("not now", True), ("", True), ("战争仍", True), ("not right now", False), ("“战争仍在”", False)],
)
def test_under_three_words_are_no_quotation(text: str, short: bool) -> None:
    assert is_too_short(text) is short


def test_marks_around_all_of_it_are_no_part_of_it() -> None:
    assert unquoted(' "high water stood" ') == "high water stood"
    assert unquoted("「战争仍在」") == "战争仍在"
    assert unquoted('"one" and "two"') == '"one" and "two"'
