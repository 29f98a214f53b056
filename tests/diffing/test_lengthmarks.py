"""Feet are no inches."""

from __future__ import annotations

import pytest
from difflooks import STORY, kinds, look

from archiver.diffing import article_same, compare
from archiver.diffing.lengthmarks import length_marks
from archiver.match import prepare


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("It is 5′ 6″ high.", "'\""),
        ("It is 5' 6\" high, and the other 7’ and 8”.", "'\"'\""),
        ("He said “in 1984” and 'in 1985' and (\"in 1986\").", ""),
        ("“It is big,” he said: 5' high.", "'"),
        ("The 1980s' end", ""),
    ],
)
def test_a_mark_behind_a_figure_means_a_length_where_it_closes_nothing(text: str, marks: str) -> None:
    (page,) = prepare(text).pages
    assert "".join(mark for _, mark in length_marks(page)) == marks


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The wall is 5′ high and old.", "The wall is 5″ high and old."),
        ("The wall was measured at 5′.", "The wall was measured at 5″."),
        ("The wall is 5' 6\" high.", "The wall is 5\" 6\" high."),
    ],
)  # fmt: skip
def test_feet_that_became_inches_are_a_change(old: str, new: str) -> None:
    one, two = look(*STORY, old), look(*STORY, new)
    diff = compare(one, two)
    assert kinds(diff) == ["changed unit"]
    (block,) = diff.blocks
    assert ("".join(part.old for part in block.stretches), "".join(part.new for part in block.stretches)) == (old, new)
    assert not article_same(one, two)


def test_a_mark_beside_another_change_is_told_with_it() -> None:
    diff = compare(look(*STORY, "The wall is 5′ high."), look(*STORY, "The wall is 5″ tall."))
    assert kinds(diff) == ["changed unit word-replaced"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The wall is 5' high.", "The wall is 5′ high."),
        ('The wall is 5" high.', "The wall is 5” high."),
        ("He said 'in 1984' twice over.", 'He said "in 1984" twice over.'),
    ],
)
def test_another_shape_of_a_mark_is_print(old: str, new: str) -> None:
    assert compare(look(*STORY, old), look(*STORY, new)).same
