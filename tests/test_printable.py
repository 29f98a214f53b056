from __future__ import annotations

import pytest

from archiver.printable import arrow, harmless_cell, language_tag, percent, printable, shorten, some


def test_nothing_steers() -> None:
    assert printable("a\x1b[31mb\u202ec\u200bd\ud800\ne") == "a\ufffd[31mb\ufffdcd e"


def test_shortened_text_is_one_line() -> None:
    assert shorten("one\n two   three", 9) == "one two …"


@pytest.mark.parametrize("cell", ["=1", " +1", "-1", "@x", "\t=1", "＝1"])
def test_a_formula_is_quoted(cell: str) -> None:
    assert harmless_cell(cell).startswith("'")


def test_other_cells_stay() -> None:
    assert harmless_cell("1 = 1") == "1 = 1"


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("de", "de"),
        (" zh-Hant-TW ", "zh-Hant-TW"),
        ("en_US", "en-US"),
        ("English", ""),
        ('de" onclick="x', ""),
        ("", ""),
        (None, ""),
        ("dé", ""),
    ],
)
def test_a_language_is_a_tag_or_unknown(said: str | None, tag: str) -> None:
    assert language_tag(said) == tag


def test_a_share_is_told_in_one_way_and_is_nothing_only_where_it_is() -> None:
    assert [percent(part) for part in (0, 0.001, 0.456, 1)] == ["0 %", "under 1 %", "46 %", "100 %"]


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    assert some([], 2) == ""
    assert some(["a", "b"], 2) == "a, b"
    assert some(["a", "b", "c"], 2) == "a, b and 1 more"


def test_words_and_those_in_their_place() -> None:
    assert arrow("13th", "31st") == "13th → 31st"
    assert arrow("", " not\n ") == "(nothing) → not"
    assert arrow("only\u202e", "") == "only\ufffd → (left out)"
    assert arrow("a" * 99, "b", 10) == f"{'a' * 9}… → b"
