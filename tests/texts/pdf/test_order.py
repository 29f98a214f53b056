"""The order in which lines are read."""

from __future__ import annotations

import random

from archiver.texts.pdf.lines import Line
from archiver.texts.pdf.order import in_order


def line(name: str, left: float, y: float, first: int, width: float = 200) -> Line:
    return Line(name, left, y - 8, left + width, y + 2, y, 10, 0, first)


def test_an_order_that_can_be_followed_stands() -> None:
    table = [
        line(f"{row}{column}", 72 + 60 * column, 100 + 12 * row, 3 * row + column, 50)
        for row in range(6)
        for column in range(3)
    ]
    assert in_order(table) == table


def test_two_columns_in_any_order_under_a_title() -> None:
    title = line("title", 60, 60, 0, 480)
    left = [line(f"l{k}", 60, 100 + 12 * k, 0) for k in range(20)]
    right = [line(f"r{k}", 320, 105 + 12 * k, 0) for k in range(25)]
    wanted = [item.text for item in [title, *left, *right]]
    shuffled = [title, *left, *right]
    random.Random(2).shuffle(shuffled)
    assert [item.text for item in in_order(shuffled)] == wanted


def test_columns_of_hebrew_begin_at_the_right() -> None:
    left = [line("שנייה", 60, 100 + 12 * k, 0) for k in range(9)]
    right = [line("ראשונה", 320, 100 + 12 * k, 0) for k in range(9)]
    mixed = [one for pair in zip(left, right, strict=True) for one in pair][::-1]
    assert [item.text for item in in_order(mixed)] == ["ראשונה"] * 9 + ["שנייה"] * 9


def test_nothing() -> None:
    assert in_order([]) == []
