"""Days that a text names by their distance."""

from __future__ import annotations

import pytest

from archiver.dating import relative

SENTENCE = "It was {} that the council met in the great hall of the town and voted upon the bill."


def days(text: str) -> list[tuple[str, int | None]]:
    return [(hit.words, hit.day) for hit in relative.find(text)]


@pytest.mark.parametrize("words", ["yesterday", "yeſterday"])
def test_a_day_however_its_letters_are_written(words: str) -> None:
    assert days(SENTENCE.format(words)) == [(words, -1)]


@pytest.mark.parametrize("words", ["İeri", "ıeri", "domanı", "gİsteren"])
def test_the_turkish_i_makes_another_word(words: str) -> None:
    assert days(f"{words} sera nella grande piazza della citta si era riunito tutto il consiglio comunale.") == []
