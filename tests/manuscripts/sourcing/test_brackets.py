from __future__ import annotations

import time

import pytest

from archiver.manuscripts.sourcing.brackets import Brackets


def test_the_innermost_bracket_around_a_place() -> None:
    text = "a (b (c) d [e]) f)"
    brackets = Brackets(text, ())
    assert brackets.around(text.index("c"), text.index("c") + 1) == (5, 8)
    assert brackets.around(text.index("e"), text.index("e") + 1) == (2, 15)
    assert brackets.around(text.index("f"), text.index("f") + 1) is None


def test_brackets_within_quotations_are_none() -> None:
    text = "(“a) b”)"
    assert Brackets(text, ((1, 7),)).around(2, 3) == (0, 8)


@pytest.mark.parametrize(
    ("between", "follows"),
    [
        (" ", True),
        (", at 461 n.3 ", True),
        (", 123 F.3d 456, 460 (9th Cir. 2001) (en banc) ", True),
        (" says that the council ", False),
        ("; Jones, at 5 ", False),
        (" (" + "x" * 300 + ") ", True),
        (" A" * 200, False),
    ],
)
def test_what_may_stand_between_a_citation_and_its_parenthetical(between: str, follows: bool) -> None:
    text = f"Smith{between}(“q”)"
    assert Brackets(text, ()).follows(5, 5 + len(between)) is follows


def test_masses_of_brackets_take_no_masses_of_time() -> None:
    text = "(" * 20_000 + "A.B.-" * 20_000 + ")" * 20_000
    began = time.process_time()
    brackets = Brackets(text, ())
    for at in range(20_000, 20_400):
        brackets.around(at, at + 1)
        brackets.follows(at, at + 790)
    assert time.process_time() - began < 5
