"""Words in a width."""

import pytest
from lxml import etree

from archiver.tracing.fitting import fitted, folded


def whole(svg: str) -> tuple[str, str]:
    text = etree.fromstring(f"<text>{svg}</text>".encode())
    return str(text.text), "".join(title.text or "" for title in text)


@pytest.mark.parametrize("words", ["WWWWWWWWWW", "the quay", "港町議会は", "iiiiiiiiiiiiii", "\u0947" * 40])
def test_words_that_fit_stay_whole(words: str) -> None:
    assert whole(fitted(words, 140)) == (words, "")


def test_wide_letters_take_more_room_than_narrow_ones_and_bold_more_than_plain() -> None:
    shown = {words[0]: len(whole(fitted(words * 50, 200))[0]) for words in "Wi港a"}
    assert shown["W"] < shown["a"] < shown["i"]
    assert shown["港"] < shown["a"]
    assert len(fitted("a" * 50, 200, bold=True)) < len(fitted("a" * 50, 200)) < len(fitted("a" * 50, 200, small=True))


def test_what_is_cut_stands_whole_in_the_tooltip_and_is_escaped() -> None:
    evil = "<script>\x1b\u202e & \x00" * 9
    shown, title = whole(fitted(evil, 100))
    assert shown.endswith("…")
    assert title.startswith("<script>")
    assert "\x1b" not in title
    assert "\u202e" not in title


def test_lines_are_folded_between_words() -> None:
    lines = list(folded("the ferry sails at noon " * 20, 300))
    assert len(lines) > 5
    assert " ".join(lines) == ("the ferry sails at noon " * 20).strip()
