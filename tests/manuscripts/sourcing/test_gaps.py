from __future__ import annotations

import pytest

from archiver.manuscripts.sourcing.gaps import STRONG, interrupts, split, weight


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (" says ", 0),
        (", ", 1),
        (" and ", 1),
        (", but ", 2),
        (" (", 0),
        (", at 5 (holding, in part, that ", 0),
        ("; ", STRONG),
        ("）；", 4 + STRONG),
        (" (2001; en banc) ", 0),
    ],
)
def test_how_strongly_a_text_parts(text: str, wanted: int) -> None:
    assert weight(text) == wanted


@pytest.mark.parametrize(
    ("pieces", "order", "left"),
    [
        (("); ", " ("), 0, 0),
        (("; according to ", ", "), 0, 0),
        ((" ", "; "), 0, 1),
        ((", in ", " "), 1, 0),
        ((", in ", ", "), 1, 0),
        ((" in ", ", "), -1, 1),
        ((", ", " "), -1, 1),
        ((" says ", ", and "), 1, 1),
        ((" (", "), "), 1, 1),
        (("; ", "); "), 0, 1),
        (("; see ", "); ", " ("), 0, 1),
    ],
)
def test_what_stands_between_two_quotations_is_parted_where_the_text_parts_most(
    pieces: tuple[str, ...], order: int, left: int
) -> None:
    none = [False] * (len(pieces) - 1)
    assert split(pieces, comma=False, signs=none, bracketed=none, order=order) == left


def test_a_sign_stands_behind_the_punctuation() -> None:
    assert split((",", " "), comma=False, signs=[True], bracketed=[False], order=1) == 1
    assert split(("; the second", " says "), comma=False, signs=[True], bracketed=[False], order=0) == 0


def test_who_interrupts() -> None:
    assert interrupts(" he ", ", ", "and")
    assert interrupts("", " says, ", "And")
    assert not interrupts(", but ", ", ", "and")
    assert not interrupts("", ", ", "And")
