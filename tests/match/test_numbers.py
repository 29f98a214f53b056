"""Numbers, dates, units."""

from __future__ import annotations

from archiver.match import numbers
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
