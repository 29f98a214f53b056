"""Numbers, dates, units."""

from __future__ import annotations

import pytest

from archiver.match import judge, numbers
from archiver.match.lexicon import lexicon
from archiver.match.piece import Piece

EN, DE = lexicon(("en",)), lexicon(("de",))


def test_values() -> None:
    assert numbers.number(Piece(("31st",), ("13th",)), EN) == "major"
    assert numbers.number(Piece(("2",), ("two",)), EN) == "minor"
    assert numbers.number(Piece(("COP31",), ("COP30",)), EN) == "major"
    assert numbers.number(Piece(("VII",), ("VIII",)), EN) == "major"
    assert numbers.number(Piece(("cat",), ("dog",)), EN) == ""


def test_separators_go_by_language() -> None:
    assert numbers.same_number("1,250", "1250", EN)
    assert not numbers.same_number("1,250", "1250", DE)
    assert numbers.same_number("1.250", "1250", DE)
    assert not numbers.same_number("1,250", "1251", EN)


def test_dates_and_units() -> None:
    assert numbers.date(Piece(("April",), ("March",)), EN) == "major"
    assert numbers.unit(Piece(("km",), ("miles",), before=("5",)), EN) == "major"
    assert numbers.unit(Piece(("€",), ("$",)), EN) == "major"


@pytest.mark.parametrize(
    ("quotation", "source", "kinds"),
    [
        ("調査結果は十二日に公表された", "調査結果は十三日に公表された", ["number"]),
        ("地下水が三十八パーセント減った", "地下水が二十八パーセント減った", ["number"]),
        ("会議は二月に開かれる予定だ", "会議は三月に開かれる予定だ", ["number"]),
        ("水位在五十年里下降了许多", "水位在五十二年里下降了许多", ["number"]),
        ("彼は一般に信頼されている人物だ", "彼は万般に信頼されている人物だ", ["word-replaced"]),
    ],
)
def test_numbers_in_chinese_characters(quotation: str, source: str, kinds: list[str]) -> None:
    assert [change.kind.value for change in judge(quotation, source + "。").changes] == kinds


@pytest.mark.parametrize(
    ("before", "quote", "source", "after", "is_number"),
    [
        ("", "三", "四", "年", True),
        ("", "三", "四", "十", True),
        ("", "三", "四", "万", True),
        ("十", "三", "四", "", True),
        ("万", "三", "四", "", True),
        ("", "三", "四", "谢", False),
        ("谢", "三", "四", "", False),
        ("谢", "三", "四", "谢", False),
        ("", "三", "四", "", False),
        ("十", "", "三", "年", True),
        ("十", "三", "", "年", True),
        ("十", "", "三", "谢", False),
        ("谢", "", "三", "年", False),
        ("十", "三", "三", "年", False),
        ("十", "三", "谢", "年", False),
        ("", "", "", "", False),
    ],
)
def test_a_character_is_a_number_beside_others_or_before_what_is_counted(
    before: str, quote: str, source: str, after: str, is_number: bool
) -> None:
    assert numbers._han_number(Piece(tuple(quote), tuple(source), tuple(before), tuple(after))) is is_number


@pytest.mark.parametrize(
    ("before", "quote", "source", "after", "severity"),
    [
        ("5", "metres", "feet", "", "major"),
        ("", "metres", "feet", "", "major"),
        ("5", "metres", "boats", "", "major"),
        ("", "metres", "boats", "", ""),
        ("5", "", "metres", "", ""),
        ("5", "metres", "", "", ""),
        ("5", "", "points", "", "major"),
        ("5", "points", "", "", "major"),
        ("", "", "points", "", ""),
        ("", "$", "", "5", "major"),
        ("", "boats", "ships", "5", ""),
    ],
)
def test_units_beside_a_number(before: str, quote: str, source: str, after: str, severity: str) -> None:
    piece = Piece(*(tuple(words.split()) for words in (quote, source, before, after)))
    assert numbers.unit(piece, lexicon(("en",))) == severity
