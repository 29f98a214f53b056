"""Words found line by line are those of the whole text, in the same places."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.fulltext import terms
from archiver.fulltext.lines import placed_near

_PIECES = [
    *(
        "Flood",
        "flood",
        "floods",
        "Überflutung",
        "été",
        "e\u0301te\u0301",
        "x²",
        "note.¹²",
        "1,250",
        "-5",
        "$-5",
        "ﷺ",
        "don’t",
        "co-",
        "-",
    ),
    *(
        "­",
        "\ufffe",
        "日本",
        "ไทย",
        "कि",
        "İstanbul",
        "ŀ",
        "ﬁre",
        "½",
        "\ud800",
        "a" * 50,
        "_",
        "٣",
        "ß",
        "ΣΑΣ",
        "\u0301",
        "가",
    ),
    *("\n", "\n", "\n", " ", " ", " ", "\t", "\r\n", "\u00a0", "\u2028", "\x0b", "\x85", ".", ",", "(", "“", "…"),
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join), st.booleans())
def test_the_places_are_those_in_the_whole_text(text: str, goes_on: bool) -> None:
    whole = list(terms.placed(text))
    for form in {term.form for term in whole}:
        begins = form[: max(1, len(form) // 2)] if goes_on else form
        meant = [term for term in whole if term.form == form or (goes_on and term.form.startswith(begins))]
        near = placed_near(text, [(begins, goes_on)])
        assert [term for term in near if term.form == form or (goes_on and term.form.startswith(begins))] == meant


def test_what_has_no_wanted_word_is_left_out() -> None:
    text = "nothing here\nA Flood came – twice: a (flood).\nfloods\nNor here\nÜber"
    assert [text[term.start : term.end] for term in placed_near(text, [("flood", False)])] == ["Flood", "flood"]
    assert placed_near(text, [("flood", True)]).forms[-1] == "floods"
    assert [text[term.start : term.end] for term in placed_near(text, [("nor", False), ("uber", False)])] == [
        "Nor",
        "Über",
    ]
    assert not placed_near(text, [("hail", False)])


def test_a_word_that_is_torn_at_the_end_of_a_line_is_whole() -> None:
    found = placed_near("a late fl-\nood came", [("flood", False)])
    assert [term.form for term in found] == ["a", "late", "flood", "came"]
    assert [term.form for term in placed_near("a flood -\nNothing", [("flood", False)])] == ["flood"]
