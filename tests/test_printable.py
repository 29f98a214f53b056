from __future__ import annotations

import pytest

from archiver.printable import harmless_cell, language_tag, printable, shorten


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
