"""Paragraphs, words, language, script."""

from __future__ import annotations

from archiver.marks.prose import prose_of, words_of


def test_paragraphs_stand_where_they_say() -> None:
    text = "  one two \n\n\tthree\r\nfour"
    assert [(p.text, text[p.start : p.end]) for p in prose_of(text, None).paragraphs] == [
        ("one two", "one two"), ("three", "three"), ("four", "four"),
    ]  # fmt: skip


def test_english_is_told_by_its_words_and_not_by_what_is_declared() -> None:
    english = "The man said that it was in the house and that he had seen it there on Monday."
    assert prose_of(english, "de").is_english
    assert not prose_of(
        "Der Mann sagte, dass es im Haus war und dass er es dort am Montag gesehen hatte.", "en"
    ).is_english
    assert not prose_of("", "en").is_english


def test_script_and_primary_language() -> None:
    assert prose_of("서울에서 열린", "ko-KR").script == "Hangul"
    assert prose_of("서울에서 열린", "ko_KR").language == "ko"
    assert prose_of("12 34", None).script is None


def test_words_are_lower_case_with_straight_apostrophes() -> None:
    assert words_of("Don’t STOP, me 2x!") == ["don't", "stop", "me", "2x"]
