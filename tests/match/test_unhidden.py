"""Words that a page hides inside its lines."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from archiver.match import judge, prepare
from archiver.match.prospect import Prospect
from archiver.match.unhidden import may_join, seams, without
from archiver.model import Layer, Span, Text

CONTENT = "Prices rose 5%five per cent in June.\nThe fine was 500 700 euros for each driver.\nThe secret clause is hidden whole."


def _text(*hidden: str, layer: Layer = Layer.DOCUMENT) -> Text:
    spans = tuple(Span(CONTENT.index(words), CONTENT.index(words) + len(words)) for words in hidden)
    return Text(layer, CONTENT, "test", "1", unseen=spans)


PAGE = prepare([_text("five per cent", "500 ", "The secret clause is hidden whole.")])


@pytest.mark.parametrize(
    "quote",
    [
        "Prices rose 5% in June.",
        "The fine was 700 euros for each driver.",
        "rose 5% in June. The fine was 700 euros for",
    ],
)
def test_a_sentence_holds_as_its_reader_sees_it(quote: str) -> None:
    found = judge(quote, PAGE)
    assert (found.verdict.value, [notice.code for notice in found.warnings if notice.code == "not-shown"]) == (
        "typographic",
        [],
    )
    span = found.matches[0].spans[0]
    assert found.matches[0].exact == CONTENT[span.start : span.end], "told with the recorded text"


@pytest.mark.parametrize(
    "quote",
    ["Prices rose 6% in June.", "The fine was 600 euros for each driver.", "The fine was euros for each driver."],
)
def test_another_number_does_not(quote: str) -> None:
    assert judge(quote, PAGE).verdict.value == "altered"


@pytest.mark.parametrize("quote", ["The fine was 500 700 euros for each driver.", "The secret clause is hidden whole."])
def test_hidden_words_are_found_and_said_to_be_hidden(quote: str) -> None:
    assert [notice.code for notice in judge(quote, PAGE).warnings] == ["not-shown"]


def test_texts_without_such_words_are_left_as_they_are() -> None:
    whole, embedded = _text("The secret clause is hidden whole."), _text("500 ", layer=Layer.EMBEDDED)
    assert without(whole) is whole
    assert without(embedded) is embedded
    assert prepare([whole]).unhidden("The secret clause is hidden whole") is None


def test_a_sentence_about_such_words_is_not_told_absent_unread() -> None:
    text = _text("five per cent", "500 ")
    assert not Prospect.of("5% in June. The fine").is_none_in([text])
    assert not Prospect.of("was 700 euros for").is_none_in([text])
    glued = Text(Layer.DOCUMENT, "miserly harsh ofsternficial wall", "test", "1", unseen=(Span(16, 21),))
    assert judge("miserly official wall of ours", prepare([glued])).verdict.value == "absent"
    assert not Prospect.of("harsh official wall of").is_none_in([glued])


def hiding(marked: str) -> Text:
    """A text whose words in braces are hidden."""
    spans, content = [], ""
    for piece in re.split(r"(\{[^}]*\})", marked):
        inside = piece.startswith("{")
        piece = piece.strip("{}") if inside else piece
        if inside:
            spans.append(Span(len(content), len(content) + len(piece)))
        content += piece
    return Text(Layer.DOCUMENT, content, "test", "1", unseen=tuple(spans))


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("a {b} c", "a _ c"), ("one\na {bb} c\ntwo\nfar\nend", "one\na __ c\ntwo\n\n\n"), ("far\none\na {b} c", "\n\n\none\na _ c"),
        ("{b} c", "{b} c"),  # hidden from the beginning of a line to a place in it: it is inside
        ("a {b}", "a _"), ("a {b\nc} d", "a ___ d"), ("a {b} c {d} e", "a _ c _ e"), ("a\n{b}\nc {d} e", "\nb\nc _ e"),
        ("a {b} c\n1\n2\n3\n4\nd {e} f", "a _ c\n1\n\n\n4\nd _ f"), ("a {b} c\n1\n2\nd {e} f", "a _ c\n1\n2\nd _ f"),
    ],
)  # fmt: skip
def test_lines_about_what_is_hidden_are_kept_at_their_places_without_it(marked: str, shown: str) -> None:
    text = hiding(marked)
    expected = shown.replace("_", "\u2060").replace("{b}", "\u2060")
    found = without(text).content
    assert len(found) == len(text.content)
    assert [line for line in found.split("\n") if line.strip()] == [
        line for line in expected.split("\n") if line.strip()
    ]


def test_lines_hidden_whole_stay_hidden_and_what_is_inside_is_gone() -> None:
    text = hiding("{a b}\nc {d} e\n{f}")
    assert without(text).unseen == (text.unseen[0], text.unseen[2])
    whole = hiding("{a b}\nc d\n{e}")
    assert without(whole) is whole


@pytest.mark.parametrize(
    ("marked", "seams_of"),
    [
        ("One {two} Three", {"one three", "onethree"}), ("one{two}three", {"one three", "onethree"}), ("{one} two", set()), ("one {two}", set()),
        ("a {b} {c} d", {"a d", "ad"}), ("a {b}, {c} d", {"a d", "ad"}), ("a {b} c {d} e", {"a c", "ac", "c e", "ce"}), ("a\n{b}\nc", set()),
        (f"a {{b}}{' ' * 39}c", {"a c", "ac"}), (f"a {{b}}{' ' * 40}c", set()), (f"a{' ' * 39}{{b}} c", {"a c", "ac"}),
        (f"a{' ' * 40}{{b}} c", set()),
        ("old one {b} two new", {"one two", "onetwo"}),
    ],
)  # fmt: skip
def test_the_words_beside_what_is_hidden_meet(marked: str, seams_of: set[str]) -> None:
    assert seams(hiding(marked)) == seams_of
    assert seams(replace(hiding(marked), layer=Layer.EMBEDDED)) == frozenset()


@pytest.mark.parametrize(
    ("quotation", "may"), [("said One three", True), ("one, three", True), ("onethree", True), ("three one", False), ("one", False), ("", False)]
)  # fmt: skip
def test_a_quotation_in_which_such_words_meet_may_be_of_what_is_shown(quotation: str, may: bool) -> None:
    assert may_join(quotation, frozenset({"one three", "onethree"})) is may
    assert may_join(quotation, frozenset()) is False
