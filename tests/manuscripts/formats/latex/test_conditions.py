"""Where the branch of a condition is over."""

from __future__ import annotations

import pytest

from archiver.manuscripts.formats.latex.conditions import Conditions


@pytest.mark.parametrize(
    ("source", "behind"),
    [
        (r"\iffalse a\fi b", " b"), (r"\iffalse a\else b\fi c", r" b\fi c"), (r"\iffalse \ifx a\else b\fi c\fi d", " d"),
        (r"\iffalse 50\% a\fi b", " b"), ("\\iffalse % \\fi\na\\fi b", " b"), (r"\iffalse \iff \fill \else b", " b"),
        (r"\iffalse a", None), (r"\iffalse \ifx a\fi", None),
    ],
)  # fmt: skip
def test_the_branch_that_is_not_printed(source: str, behind: str | None) -> None:
    end = Conditions(source).end(0)
    assert (None if end is None else source[end:]) == behind


def test_a_condition_within_one_that_never_ends_has_its_own_end() -> None:
    source = r"\iffalse a \iffalse b\fi c"
    assert Conditions(source).end(0) is None
    assert source[Conditions(source).end(11) or 0 :] == " c"
