"""Profiles made from a template."""

from __future__ import annotations

from archiver.marks import authorbox
from archiver.marks.prose import prose_of

AROUND = "It was the talk of the town that day, and the people of the city said that it was to be in the news.\n"
BOX = (
    "Jane Roe is a seasoned writer at Daily Beat. With a passion for technology and a keen eye for detail, "
    "she is dedicated to providing insightful articles."
)


def test_stock_phrases_together_are_told() -> None:
    (mark,) = authorbox.marks(prose_of(AROUND + BOX, "en"))
    assert mark.words == BOX
    assert "Jane Roe" in mark.why


def test_a_source_that_the_text_names_is_told_with_it() -> None:
    (mark,) = authorbox.marks(prose_of(f"{AROUND}Source: Donga\n{BOX}", "en"))
    assert mark.why.endswith("names another source: “Source: Donga”")


def test_a_profile_that_says_something_is_left_alone() -> None:
    real = "Jane Roe is a reporter at the Gazette, where she has covered courts and police since 2011. She lives in Leeds with two dogs."
    assert list(authorbox.marks(prose_of(AROUND + real, "en"))) == []
