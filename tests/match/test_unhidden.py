"""Words that a page hides inside its lines."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.prospect import Prospect
from archiver.match.unhidden import without
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
