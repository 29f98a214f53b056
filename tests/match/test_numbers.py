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
