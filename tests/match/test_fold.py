"""Folding: what is one in print, and what never is."""

from __future__ import annotations

import re

import pytest

from archiver.match import fold, judge
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


@pytest.mark.parametrize(
    ("form", "folded"),
    [
        ("ﬁn", "fin"), ("ĳs", "ijs"), ("Ａｂ", "Ab"), ("ｱ", "ア"), ("ﺑ", "ب"), ("ﺒ", "ب"), ("ﺐ", "ب"), ("ﺏ", "ب"), ("𝐀", "A"), ("ヿ", "コト"),
        ("१२", "12"), ("e\u0301", "é"), ("ªº", "ªº"), ("Ⅻ", "Ⅻ"), ("㎏", "㎏"),
    ],
)  # fmt: skip
def test_letters_of_every_shape_are_the_plain_ones_and_signs_are_kept(form: str, folded: str) -> None:
    assert fold_word(form) == folded


@pytest.mark.parametrize("mark", "\"'`´‘’‚‛“”„‟′″‴«»‹›「」『』﹁﹂﹃﹄〝〞〟＂＇｀״׳ʼ｢｣❛❜❝❞")
def test_each_quotation_mark_has_one_shape(mark: str) -> None:
    assert fold_gap(mark) == fold_gap(f" {mark}{mark}") == '"'


@pytest.mark.parametrize("dash", "-‐‑‒–—―−⁃﹘﹣－")
def test_each_dash_has_one_shape(dash: str) -> None:
    assert fold_gap(dash) == fold_gap(f" {dash}{dash} ") == fold_word(dash) == "-"


@pytest.mark.parametrize(
    ("sign", "folded"),
    [*zip("。｡．，！？：；（）［］､·•･", "...,!?:;()[]、・・・", strict=True), ("、", "、"), ("¿", "¿")],
)
def test_each_wide_sign_is_the_narrow_one(sign: str, folded: str) -> None:
    assert fold_gap(sign) == folded


@pytest.mark.parametrize(
    ("dots", "folded"),
    [
        ("...", "…"), (".....", "…"), ("..", ".."), ("….", "…"), (".…", "…"), ("……", "…"), ("⋯", "…"), ("⋯⋯", "…"), ("。。。", "…"), ("。。", ".."),
        (". . .", "…"), ("・・・", "…"), ("・・", "・・"), (".⋯", "…"), ("…⋯.", "…") , ("?...", "?…"),
    ],
)  # fmt: skip
def test_dots_in_a_row_are_an_ellipsis(dots: str, folded: str) -> None:
    assert fold_gap(dots) == folded


@pytest.mark.parametrize(
    "char", "\u00ad\u034f\u061c\u200b\u200d\u200f\u202a\u202c\u202e\u2060\u2064\u206f\ufe00\ufe08\ufe0f\ufeff"
)
def test_what_nobody_sees_is_in_no_word_and_no_gap(char: str) -> None:
    assert fold_word(f"bo{char}at") == "boat"
    assert fold_gap(f",{char} ") == ","


@pytest.mark.parametrize("char", "\u0640\u180b\u180d\u180e")
def test_signs_that_join_letters_are_in_no_word(char: str) -> None:
    assert fold_word(f"bo{char}at") == "boat"


@pytest.mark.parametrize(
    "torn", ["for-\nget", "for‐\nget", "for\u00ad\nget", "for\ufffeget", "for- \n get", "for\ufffe get", "for-\r\nget"]
)
def test_a_word_torn_at_a_line_end_is_one(torn: str) -> None:
    assert fold_word(torn) == fold_word(f"{torn}") == "forget"
    assert fold_word(f"é{torn}") == "éforget"


@pytest.mark.parametrize("mark", "⁰¹²³⁴⁵⁶⁷⁸⁹")
def test_the_raised_number_of_a_note_is_no_part_of_a_word_or_gap(mark: str) -> None:
    assert fold_word(f"law{mark}") == fold_word(f"law{mark}{mark}") == "law"
    assert fold_word(f"la{mark}") == f"la{mark}"
    assert fold_word(f"l2w{mark}") == f"l2w{mark}"
    assert fold_word(f"10{mark}") == f"10{mark}"
    assert fold_gap(f".{mark} ") == "."


@pytest.mark.parametrize("unit", ["km", "m", "cm", "dm", "nm", "mm", "µm", "μm", "ft", "in", "yd", "mi"])
def test_squares_and_cubes_of_lengths_are_figures(unit: str) -> None:
    assert [fold_word(f"{unit}{power}")[-1] for power in "²³"] == ["2", "3"]


@pytest.mark.parametrize("form", ["kg²", "x²", "m⁴", "am²"])
def test_other_powers_are_kept(form: str) -> None:
    assert fold_word(form) == form


def test_lowered_figures_are_figures() -> None:
    assert fold_word("C₀₁₂₃₄₅₆₇₈₉") == "C0123456789"


@pytest.mark.parametrize(
    ("form", "folded"),
    [
        ("1’5", "1'5"),
        ("1．5", "1.5"),
        ("1，5", "1,5"),
        ("1：5", "1:5"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("a’b", "a’b"),
        ("１−", "1-"),
    ],
)
def test_signs_of_a_number_have_one_shape(form: str, folded: str) -> None:
    assert fold_word(form) == folded


@pytest.mark.parametrize(
    ("form", "turned"), [("the", "The"), ("élan", "Élan"), ("Élan", "élan"), ("ß", "ß"), ("İx", "İx"), ("", ""), ("年", "年"), ("US", "uS")]
)  # fmt: skip
def test_the_first_letter_is_turned_where_that_is_one_letter(form: str, turned: str) -> None:
    assert toggled(form) == turned


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("The", "the", True), ("the", "the", True), ("The", "thy", False), ("she", "the", False), ("", "", False), ("a", "", False), ("", "a", False),
        ("a", "A", True), ("ırmak", "Irmak", True), ("Irmak", "ırmak", True), ("izmir", "İzmir", True), ("İzmir", "izmir", True),
        ("ızmir", "İzmir", False), ("5th", "5th", True),
    ],
)  # fmt: skip
def test_words_that_differ_in_the_case_of_the_first_letter(one: str, two: str, same: bool) -> None:
    assert same_but_first_case(one, two) is same


@pytest.mark.parametrize("wave", "~〜～")
def test_a_wave_dash_is_one_whoever_wrote_it(wave: str) -> None:
    """Windows writes U+FF5E where others write U+301C; between two words it is a dash."""
    assert fold_gap(wave) == fold_gap("–")
    assert fold_gap(f" {wave}") == "~"
    assert judge(f"10{wave}20人が大会に参加した", "昨日、約10～20人が大会に参加した。").holds
    assert judge("10-20人が大会に参加した", f"昨日、約10{wave}20人が大会に参加した。").holds
    assert judge("1020人が大会に参加した", f"昨日、約10{wave}20人が大会に参加した。").verdict == "altered"
