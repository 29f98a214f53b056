"""Tokens: whole numbers, single characters of scripts without spaces, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.match import tokens


def cut(text: str) -> list[str]:
    return tokens.split(text)[1::2]


def test_words_and_numbers() -> None:
    assert cut("He paid −5 or $1,250 in 10² days; F-22.") == [
        "He",
        "paid",
        "−5",
        "or",
        "$",
        "1,250",
        "in",
        "10²",
        "days",
        "F",
        "22",
    ]
    assert cut("2014年に株") == ["2014", "年", "に", "株"]
    assert cut("9-8, 5%, 03/04") == ["9", "8", "5", "%", "03/04"]


def test_a_minus_is_a_token_before_a_currency_sign_and_behind_a_grade() -> None:
    assert cut("from −$5 to -£ 3 and a–$5") == ["from", "−", "$", "5", "to", "-", "£", "3", "and", "a", "$", "5"]
    assert cut("AA- on, B−, O-; an A-level, vitamin A- and") == [
        "AA",
        "-",
        "on",
        "B",
        "−",
        "O",
        "-",
        "an",
        "A",
        "level",
        "vitamin",
        "A",
        "-",
        "and",
    ]
    assert cut("5 − 3 − that is − 2") == ["5", "3", "that", "is", "2"], "a dash as any other"


def test_torn_words_heal_at_line_ends_only() -> None:
    assert cut("Impo-\nrten und Gaza-\nKrieg") == ["Impo-\nrten", "und", "Gaza", "Krieg"]
    assert cut("long-range") == ["long", "range"]
    assert tokens.is_torn("Impo-\nrten")
    assert tokens.split("Impo-\nrten", heal=False)[1::2] == ["Impo", "rten"]


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    parts = tokens.split(text)
    assert "".join(parts) == text
    assert tokens.ends(parts)[-1] == len(text)
    assert len(parts) % 2 == 1


def test_kinds_of_tokens() -> None:
    assert tokens.is_number("-5")
    assert tokens.is_number("5th")
    assert not tokens.is_number("F22")
    assert tokens.is_unspaced("年")
    assert not tokens.is_unspaced("a")


@pytest.mark.parametrize("number", ["1\u200b,000", "1,\u200b000", "1\u200b,\u200b000", "1\u2060000", "12\u00ad34"])
def test_a_place_to_break_the_line_is_no_part_of_a_number(number: str) -> None:
    assert cut(f"a {number} b") == ["a", number, "b"]


@pytest.mark.parametrize("between", ["+,", "|,", ",|", "[,", ",["])
def test_other_signs_part_two_numbers(between: str) -> None:
    assert {"1", "000"} <= set(cut(f"a\u200bb 1{between}000 c"))


@pytest.mark.parametrize("sign", "$€£¥₹₩₽₺₴₪₫฿¢")
def test_a_minus_before_each_currency_sign_is_a_token(sign: str) -> None:
    assert cut(f"from −{sign}5") == ["from", "−", sign, "5"]


@pytest.mark.parametrize("sign", ".,:/'’٫٬．，")
def test_each_sign_inside_a_number_is_a_part_of_it(sign: str) -> None:
    assert cut(f"a 1{sign}5 b") == ["a", f"1{sign}5", "b"]


@pytest.mark.parametrize("grade", ["A", "B", "F", "O", "AA", "BB", "CC", "AB", "AAA", "BBB", "CCC"])
@pytest.mark.parametrize("minus", "-‐‑–−")
def test_the_minus_of_a_grade_is_a_token(grade: str, minus: str) -> None:
    assert cut(f"rated {grade}{minus} now") == ["rated", grade, minus, "now"]
    assert cut(f"rated {grade}{minus}") == ["rated", grade, minus]
    assert cut(f"rated x{grade}{minus} now") == ["rated", f"x{grade}", "now"]
    assert cut(f"rated {grade}{minus}x") == ["rated", grade, "x"]


@pytest.mark.parametrize(
    ("text", "torn"),
    [("for-\nget", True), ("for-\nGet", False), ("for-\nÉt", False), ("for-\nŠt", False), ("for-\nБат", False), ("for-\nΔελ", False),
     ("for-\n5", False),
     ("for\ufffeget", True)],
)  # fmt: skip
def test_a_word_goes_on_behind_a_line_end_in_small_letters(text: str, torn: bool) -> None:
    assert (cut(text) == [text]) is torn


@pytest.mark.parametrize(
    ("form", "number", "unspaced"),
    [("5", True, False), ("−5", True, False), ("–5", True, False), ("-", False, False), ("-a", False, False), ("a5", False, False),
     ("", False, False), ("年", False, True), ("ア", False, True), ("é", False, False), ("ж", False, False)],
)  # fmt: skip
def test_what_kind_of_token_it_is(form: str, number: bool, unspaced: bool) -> None:
    assert (tokens.is_number(form), tokens.is_unspaced(form)) == (number, unspaced)
