"""Raised and lowered figures."""

from __future__ import annotations

import pytest

from archiver.texts.pdf.glyphs import Glyph
from archiver.texts.pdf.scripts import Main, written


def line(*pieces: tuple[str, float]) -> str:
    """Pieces at heights over the base line, in points; what is not on the line is small."""
    glyphs = [
        Glyph(character, 0, 0, 0, 0, -height, 7 if height else 10, 0, False, False)
        for words, height in pieces
        for character in words
    ]
    return "".join(written(glyphs, Main(10, 0)))


@pytest.mark.parametrize(
    ("pieces", "read"),
    [
        ((("10", 0), ("2", 4), (" suns", 0)), "10² suns"),
        ((("10", 0), ("−3", 4), (" m", 0)), "10⁻³ m"),
        ((("km s", 0), ("−1", 4)), "km s−1"),
        ((("the law", 0), ("12", 4), (" was", 0)), "the law¹² was"),
        ((("the 13", 0), ("th", 4)), "the 13th"),
        ((("H", 0), ("2", -2), ("O", 0)), "H2O"),
        ((("log", 0), ("2", -2), ("10", 0)), "log₂10"),
        ((("a", 0), ("1", 4), ("/", 0), ("2", 0)), "a1/2"),
        ((("galaxies", 0), ("2,3", 4)), "galaxies²,³"),
    ],
)
def test_what_is_written(pieces: tuple[tuple[str, float], ...], read: str) -> None:
    assert line(*pieces) == read
