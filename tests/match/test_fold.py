"""Folding: what is one in print, and what never is."""

from __future__ import annotations

import re

import pytest

from archiver.match import fold
from archiver.match.fold import bare, fold_gap, fold_word, same_but_first_case, toggled


@pytest.mark.parametrize(
    ("form", "folded"),
    [
        ("oﬃce", "office"),
        ("ＷＨＯ", "WHO"),
        ("２０", "20"),
        ("٢٥", "25"),
        ("Impo-\nrten", "Importen"),
        ("a\u00adb", "ab"),
        ("−5", "-5"),
        ("1’250", "1'250"),
        ("ﾊﾟ", "パ"),
    ],
)
def test_fold_word(form: str, folded: str) -> None:
    assert fold_word(form) == folded


@pytest.mark.parametrize("form", ["10²", "½", "Ⅳ", "US", "№5", "nº", "ß", "ñ", "ı"])
def test_what_is_heard_is_kept(form: str) -> None:
    assert fold_word(form) == form


@pytest.mark.parametrize(
    ("gap", "folded"),
    [
        (" ", ""),
        ("\u00a0\n", ""),
        (" — ", "-"),
        ("...", "…"),
        (",” “", ',"'),
        ("。", "."),
        (" « ", '"'),
        ("?", "?"),
        ("\u200f", ""),
    ],
)
def test_fold_gap(gap: str, folded: str) -> None:
    assert fold_gap(gap) == folded


def test_first_letters() -> None:
    assert toggled("The") == "the"
    assert toggled("5th") == "5th"
    assert same_but_first_case("İstanbul", "istanbul")
    assert not same_but_first_case("US", "us")
    assert bare("período") == "periodo"


def test_letters_that_are_kept_would_be_kept_by_the_whole_folding(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = [char for char in map(chr, range(0x80, 0x10000)) if fold._KEPT.fullmatch(char)]
    assert len(letters) > 30_000
    monkeypatch.setattr(fold, "_KEPT", re.compile("(?!)"))
    for start in range(0, len(letters), 50):  # what one did to the letter beside it would be seen too
        form = "".join(letters[start : start + 50])
        assert fold.fold_word.__wrapped__(form) == form


def test_the_shapes_of_a_minus_are_one() -> None:
    assert {fold_word(sign) for sign in "-−–‑"} == {"-"}
