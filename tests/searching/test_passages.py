"""Where the words of a query stand together."""

from __future__ import annotations

from archiver.fulltext import parse_query
from archiver.model import Layer, Span, Text
from archiver.searching.passages import beside, best_place


def text(content: str, layer: Layer = Layer.DOCUMENT) -> Text:
    return Text(layer, content, "test", "1")


def test_the_place_with_most_different_words_is_shown() -> None:
    content = (
        "Flood here.\n"
        + "Nothing is said. " * 40
        + "\nA late flood warning came.\n"
        + "More of it. " * 40
        + "flood flood flood"
    )
    place = best_place(parse_query("flood warning late"), [text(content)])
    assert place is not None
    assert place.passage == "A late flood warning came."
    assert [content[span.start : span.end] for span in place.match.spans] == ["late", "flood", "warning"]
    assert place.start == content.index("A late")


def test_the_first_layer_that_has_as_many_is_named() -> None:
    query = parse_query("flood OR warning")
    layers = [
        text("a flood warning", Layer.DOCUMENT),
        text("a flood", Layer.ARTICLE),
        text("flood warning", Layer.EMBEDDED),
    ]
    place = best_place(query, layers)
    assert place is not None
    assert place.layer is Layer.DOCUMENT
    place = best_place(parse_query("flood"), layers)
    assert place is not None
    assert place.layer is Layer.ARTICLE
    assert best_place(parse_query("hail"), layers) is None


def test_what_stands_beside_is_cut_between_words_and_at_the_ends_of_lines() -> None:
    content = "before\nthe words and " + "more words " * 20
    assert beside(content, content.index("words"), content.index("words") + 5)[0] == "the "
    after = beside(content, 0, 10)[1]
    assert len(after) <= 70
    assert after.endswith(("more", "words", "and", "the", "before"))


def test_a_text_of_one_word_is_not_marked_without_end() -> None:
    place = best_place(parse_query("a"), [text("a " * 5000)])
    assert place is not None
    assert len(place.match.spans) == 40
    assert place.match.spans[0] == Span(0, 1)
