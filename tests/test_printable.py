from __future__ import annotations

import csv

import pytest

from archiver.printable import csv_row, harmless_cell, language_tag, percent, printable, shorten, some, unmarked


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


@pytest.mark.parametrize("cell", ["", "a", "a,b", 'a "b" c', "1;=cmd|' /C calc'!A0", "x|y", "a;b", " a "])
def test_a_row_reads_as_it_was_and_has_no_end_of_a_cell_outside_of_quotes(cell: str) -> None:
    row = csv_row(["before", cell, "behind"])
    assert list(csv.reader([row])) == [["before", cell, "behind"]]
    assert ";" not in row.partition('"')[0]


def test_formulas_in_a_row_are_none() -> None:
    assert csv_row(["=1+1", "a"]) == "'=1+1,a\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We did not,” he said", "“We did not,” he said"),
        ("“We did not”", "We did not"),
        (' "We did not" ', "We did not"),
        ("„Wir nicht“", "Wir nicht"),
        ("«\u202fNous non\u202f»", "Nous non"),
        ("「中止」", "中止"),
        ("“We,” he said, “did not”", "“We,” he said, “did not”"),
        ('"We," he said, "did not"', '"We," he said, "did not"'),
        ("‘We don’t’", "‘We don’t’"),
        ("“”", "“”"),
        ("“ ”", "“ ”"),
        ("x", "x"),
    ],
)
def test_the_marks_around_all_of_a_quotation_are_not_printed_twice(text: str, words: str) -> None:
    assert unmarked(text) == words
