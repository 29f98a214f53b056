"""The two texts that are compared, and how a change in them is told."""

from __future__ import annotations

import pytest
from toldof import told

from archiver.match import prepare
from archiver.match.lexicon import lexicon
from archiver.match.quotation import Quotation
from archiver.match.sides import Found, Hole, Sides, add_change


def sides(quote: str, page: str, language: str = "en") -> Sides:
    parsed, prepared = Quotation(quote), prepare(page)
    return Sides(parsed, parsed.solid, prepared.pages[0], prepared, lexicon((language,)))


def test_words_and_their_places() -> None:
    two = sides("We go [now] home.", "“We go home, we do.”")
    assert [two.quoted(*part) for part in ((0, 2), (1, 3), (2, 3), (1, 1), (2, 1))] == [
        "We go",
        "go [now] home",
        "home",
        "",
        "",
    ]
    assert [two.quote_place(word) for word in range(4)] == [0, 3, 12, len("We go [now] home.")]
    assert [two.source_place(token) for token in (0, 2, 4, 5)] == [1, 7, 16, 20]
    assert two.bracket("now", 2) == ("[now]", 6)
    assert [two.known(word) for word in ("home", "now")] == [True, False]
    assert [two.lone(word) for word in ("home", "we", "now")] == [True, True, False]
    assert not sides("x", "home and home").lone("home")


def test_the_same_bracket_twice_is_found_at_its_word() -> None:
    two = sides("[now] We go [now] home.", "We go home.")
    assert [two.bracket("now", mark) for mark in (0, 2)] == [("[now]", 0), ("[now]", 12)]


@pytest.mark.parametrize("sign", [".", "?", "!", "…"])
def test_a_sentence_or_a_part_may_begin_behind_a_stop_a_mark_and_with_a_bracketed_letter(sign: str) -> None:
    begins = sides(f"We go{sign} Then [w]e, too [x] stay", "We")
    assert [k for k in range(len(begins.solid)) if begins.may_begin(k)] == [0, 2, 3, 5]


@pytest.mark.parametrize(
    ("note", "relaxed", "omitted"),
    [
        ("cleaned up", True, True), ("Cleaned up.", True, True),
        ("citations omitted", False, True), ("notes omises", False, True), ("emphasis added", False, False),
        ("", False, False),
    ],
)  # fmt: skip
def test_what_a_note_says_of_the_text(note: str, relaxed: bool, omitted: bool) -> None:
    two = sides(f"We go home ({note})" if note else "We go home", "We go home")
    assert (two.relaxed(), two.citations_omitted()) == (relaxed, omitted)


def test_a_notice_is_given_once() -> None:
    found = Found()
    found.notice("short", "one")
    found.notice("short", "two")
    assert [(code, notice.code, notice.detail) for code, notice in found.notices.items()] == [("short", "short", "one")]
    assert (found.changes, found.splices, found.elided, found.equal) == ([], [], False, set())


def test_a_hole_counts_the_words_of_either_side() -> None:
    assert (Hole(1, 3, 4, 9).quoted, Hole(1, 3, 4, 9).skipped) == (2, 5)


@pytest.mark.parametrize(
    ("page", "quote", "outcome"),
    [
        # a change begins with a whole word where an apostrophe parts it
        ("The mayor’s clerk sold the mill.", "The mayor’s deputy sold the mill.", "altered; word-replaced: deputy / clerk"),
        ("The mayor’s old mill was sold.", "The mayor’t old mill was sold.", "altered; word-replaced: mayor’t / mayor’s"),
        ("The mayor's old mill was sold.", "The mayor't old mill was sold.", "altered; word-replaced: mayor't / mayor's"),
        ("The mayor s old mill was sold.", "The mayor t old mill was sold.", "altered; word-replaced: t / s"),
        # Japanese words are told whole, characters or katakana in a row, as far as both texts have them
        ("会議は土曜日に開かれると市が発表した。", "会議は金曜日に開かれると市が発表した。", "altered; date: 金曜日 / 土曜日"),
        ("会議は日曜土に開かれると市が発表した。", "会議は日曜金に開かれると市が発表した。", "altered; word-replaced: 日曜金 / 日曜土"),
        ("新しいバス停が町にできたと市が発表した。", "新しいバズ停が町にできたと市が発表した。", "altered; spelling: バズ / バス"),
        ("町の新しい橋は来年できると市が発表した。", "町の新しい駅は来年できると市が発表した。", "altered; word-replaced: 駅 / 橋"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_whole_words(page: str, quote: str, outcome: str) -> None:
    assert told(quote, page) == outcome


def _change(quote: str, page: str, hole: Hole, language: str) -> tuple[str, str]:
    found = Found()
    add_change(sides(quote, page, language), hole, found)
    return found.changes[0].in_quote, found.changes[0].in_source


@pytest.mark.parametrize(
    ("before", "after", "begins"),
    [
        ("", "", 0), ("天", "", 1), ("天地人", "", 3), ("天地人山川", "", 5), ("天地人山川水", "", 5), ("ア", "", 0), ("天、", "", 0),
        ("", "天地人山川水", 0), ("天天", "地地", 2),
    ],
)  # fmt: skip
def test_a_japanese_word_is_told_with_up_to_six_characters(before: str, after: str, begins: int) -> None:
    """Widened to the front first; another script or a sign ends the word."""
    mine, theirs = f"の{before}金{after}が", f"の{before}土{after}が"
    at = 1 + len(before.replace("、", ""))
    one, two = _change(mine, theirs, Hole(at, at + 1, at, at + 1), "ja")
    ends = min(len(after), 5 - begins)
    kept = before[len(before) - begins :] if begins else ""
    assert (one, two) == (f"{kept}金{after[:ends]}", f"{kept}土{after[:ends]}")
    assert _change(mine, theirs, Hole(at, at + 1, at, at + 1), "zh") == ("金", "土")


@pytest.mark.parametrize(
    ("mine", "theirs", "at", "change"),
    [
        ("の天金が", "の地土が", 2, ("金", "土")),  # other words beside it
        ("金天が", "土天が", 0, ("金天", "土天")),  # at the head of both texts
        ("の天金", "の天土", 2, ("天金", "天土")),
        ("のアイウが", "のアイエが", 3, ("アイウ", "アイエ")),
        ("のアイーが", "のアイエが", 3, ("アイー", "アイエ")),
    ],
)
def test_a_japanese_word_goes_on_where_both_texts_have_it(
    mine: str, theirs: str, at: int, change: tuple[str, str]
) -> None:
    assert _change(mine, theirs, Hole(at, at + 1, at, at + 1), "ja") == change


def test_words_that_one_side_alone_has_are_not_widened() -> None:
    assert _change("の金曜が", "の曜が", Hole(1, 2, 1, 1), "ja") == ("金", "")


def test_a_change_stands_at_its_words() -> None:
    found = Found()
    add_change(sides("We go now home", "We go then home"), Hole(2, 3, 2, 3), found)
    change = found.changes[0]
    assert (change.quote_start, change.source_start, change.severity) == (6, 6, "major")


@pytest.mark.parametrize(
    ("page", "quote", "outcome"),
    [
        # what a change is called hangs on three words before and behind it
        ("It was not so. Then they sold it all.", "It was not so. Then they kept it all.", "altered; word-replaced: kept / sold"),
        ("We saw polish sold. Then we left for home.", "We saw Polish sold. Then we left for home.", "altered; spelling: Polish / polish"),
    ],
)  # fmt: skip
def test_a_change_has_its_name(page: str, quote: str, outcome: str) -> None:
    assert told(quote, page) == outcome
