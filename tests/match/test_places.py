"""How a passage is told."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.index import Page
from archiver.match.places import NOT_SHOWN, PARTLY_SHOWN, in_context, is_not_shown, match_of, unseen_notice
from archiver.model import Layer, Notice, Place, Span, Text


def test_context_is_32_characters() -> None:
    source = "x" * 50 + " The quick brown fox jumps. " + "y" * 50
    match = judge("The quick brown fox jumps.", source).matches[0]
    assert (len(match.prefix), len(match.suffix)) == (32, 32)
    assert source[match.spans[0].start : match.spans[0].end] == match.exact == "The quick brown fox jumps."


def test_text_that_is_not_shown() -> None:
    quote = "The quick brown fox jumps."
    embedded = [Text(Layer.DOCUMENT, "Nothing here.", "x", "1"), Text(Layer.EMBEDDED, quote, "x", "1")]
    hidden = [Text(Layer.DOCUMENT, f"Shown. {quote}", "x", "1", unseen=(Span(7, 40),))]
    both = [Text(Layer.DOCUMENT, f"{quote} {quote}", "x", "1", unseen=(Span(0, 26),))]
    assert [notice.code for notice in judge(quote, embedded).warnings] == ["not-shown"]
    assert [notice.code for notice in judge(quote, hidden).warnings] == ["not-shown"]
    assert "not-shown" not in [notice.code for notice in judge(quote, both).warnings]


def _page(content: str, *, unseen: tuple[Span, ...] = (), places: tuple[Place, ...] = ()) -> Page:
    return prepare([Text(Layer.DOCUMENT, content, "x", "1", unseen=unseen, places=places)]).pages[0]


SPOKEN = (Place(0, 1, 100, 200, "i"), Place(10, 2, 200, 300, "ii"), Place(20, 3, 300, 400, "iii"))


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [
        (0, 5, (1, 100, 200, 1, "i")),
        (9, 10, (1, 100, 200, 1, "i")),
        (10, 20, (2, 200, 300, 2, "ii")),  # the place that begins behind its last character is not its own
        (9, 11, (1, 100, 300, 2, "i")),
        (5, 21, (1, 100, 400, 3, "i")),
        (29, 30, (3, 300, 400, 3, "iii")),
    ],
)
def test_a_passage_is_placed_by_its_first_and_its_last_character(
    start: int, end: int, place: tuple[object, ...]
) -> None:
    found = match_of(_page("x" * 30, places=SPOKEN), (Span(start, end),))
    assert (found.page, found.begin, found.end, found.last_page, found.page_label) == place


def test_before_the_first_place_and_without_any_there_is_none() -> None:
    for page in (_page("x" * 30, places=SPOKEN[1:]), _page("x" * 30)):
        found = match_of(page, (Span(0, 5),))
        assert (found.page, found.begin, found.end, found.last_page, found.page_label) == (None,) * 5


def test_what_stands_around_a_passage_ends_with_the_text() -> None:
    found = match_of(_page("We saw it. They left. We went."), (Span(3, 6), Span(11, 15)))
    assert (found.prefix, found.exact, found.suffix) == ("We ", "saw … They", " left. We went.")


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ((10, 20), NOT_SHOWN), ((9, 21), NOT_SHOWN), ((11, 20), PARTLY_SHOWN), ((10, 19), PARTLY_SHOWN), ((0, 11), PARTLY_SHOWN),
        ((0, 10), None), ((20, 30), None), ((14, 15), None),
    ],
)  # fmt: skip
def test_a_passage_is_hidden_whole_or_in_part_or_only_a_sign_of_it_is(
    hidden: tuple[int, int], told: Notice | None
) -> None:
    page = _page("Aaaa bbbb cccc,dddd eeee ffff.", unseen=(Span(*hidden),))
    assert unseen_notice(page, [Span(10, 20)]) == told


def test_of_several_places_one_that_is_shown_is_enough() -> None:
    page = _page("Aaaa bbbb cccc dddd.", unseen=(Span(0, 4),))
    assert unseen_notice(page, [Span(0, 4), Span(5, 9)]) is None
    assert unseen_notice(page, [Span(0, 4), Span(2, 9)]) == PARTLY_SHOWN
    assert unseen_notice(page, [Span(0, 4)]) == NOT_SHOWN
    assert is_not_shown([Notice("short", ""), NOT_SHOWN])
    assert is_not_shown([PARTLY_SHOWN])
    assert not is_not_shown([Notice("short", "")])


def test_what_is_told_of_hidden_text_is_read_by_people() -> None:
    assert NOT_SHOWN.detail == "found only in text that a reader of the page is not shown, or is shown struck out"
    assert PARTLY_SHOWN.detail == "part of it is text that a reader of the page is not shown, or is shown struck out"
    assert NOT_SHOWN.code == PARTLY_SHOWN.code == "not-shown"


@pytest.mark.parametrize(
    ("prefix", "suffix", "fits"),
    [
        ("", "", True), ("He said: “", "” and left", True), ('He said: "', '" and left', True), ("said: «", "» and", True), (":“", "”and", True),
        ("He\nsaid:  “", "”\nand  left", True), ("he said: “", "", False), ("He said", "", False), ("", "and left", False),
        ("She said: “", "” and left", False), ("He said: “", "” and stayed", False), ("He said? “", "", False),
    ],
)  # fmt: skip
def test_context_is_compared_without_blanks_and_whatever_the_shape_of_its_signs(
    prefix: str, suffix: str, fits: bool
) -> None:
    text = "He said: “we go” and left"
    start = text.index("we go")
    assert in_context(_page(text), Span(start, start + 5), (prefix, suffix)) is fits


@pytest.mark.parametrize(("blanks", "fits"), [(85, True), (86, True), (87, False)])
def test_context_is_looked_for_among_four_times_its_characters_and_eighty(blanks: int, fits: bool) -> None:
    text = f"ab{' ' * blanks}we go{' ' * blanks}ab"
    span = Span(blanks + 2, blanks + 7)
    assert in_context(_page(text), span, ("ab", "")) is fits
    assert in_context(_page(text), span, ("", "ab")) is fits
