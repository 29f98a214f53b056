"""The quotation found again in the page that is shown, and marked."""

from __future__ import annotations

import re
from collections.abc import Callable

from archiver import texts
from archiver.model import Layer, Span, Text
from archiver.replay import Marking
from archiver.replay.marking import Wanted, find, mark
from archiver.replay.rewriting import Page

PAGE = "<title>On the <wall</title><p>It is <b>a wall</b>, not a&nbsp;miracle.</p><p>It is a wall, he said. The rest is silence.</p>"


def _document(source: str) -> Text:
    found = texts.read(source.encode(), content_type="text/html; charset=utf-8").texts
    return next(text for text in found if text.layer is Layer.DOCUMENT)


def _wanted(source: str, words: str, nth: int = 0) -> Wanted:
    text = _document(source)
    at = [found.start() for found in re.finditer(re.escape(words), text.content)][nth]
    return Wanted(words, text, (Span(at, at + len(words)),))


def _marked(page: Page) -> list[str]:
    return re.findall(r'<(?:mark|tspan) class="m"[^>]*>(.*?)</(?:mark|tspan)>', "".join(page.out))


def test_it_is_marked_over_tags(rebuilt: Callable[..., Page]) -> None:
    page = rebuilt(PAGE)
    assert mark(page, _wanted(PAGE, "is a wall, not"), "m") == (Marking.MARKED, "m")
    assert _marked(page) == ["is ", "a wall", ", not"]
    assert "".join(page.out).count('id="m"') == 1


def test_of_two_places_the_one_that_was_recorded(rebuilt: Callable[..., Page]) -> None:
    for nth, before in ((0, "<p>"), (1, "</p><p>")):
        page = rebuilt(PAGE)
        mark(page, _wanted(PAGE, "It is", nth), "m")
        assert "".join(page.out).partition("<mark")[0].endswith(before)


def test_parts_are_marked_one_by_one(rebuilt: Callable[..., Page]) -> None:
    text = _document(PAGE)
    spans = tuple(
        Span(text.content.index(part), text.content.index(part) + len(part)) for part in ("miracle", "silence")
    )
    page = rebuilt(PAGE)
    assert mark(page, Wanted("miracle … silence", text, spans), "m")[0] is Marking.MARKED
    assert _marked(page) == ["miracle", "silence"]


def test_without_a_place_the_words_are_judged(rebuilt: Callable[..., Page]) -> None:
    page = rebuilt("<p>We will not<sup>[1]</sup> ask the ferrymen to work “at night” again</p>")
    assert mark(page, Wanted('ask the ferrymen to work "at night"'), "m")[0] is Marking.MARKED


def test_what_is_not_shown_is_said(rebuilt: Callable[..., Page]) -> None:
    assert mark(rebuilt(PAGE), Wanted("On the <wall"), "m") == (Marking.NOT_SHOWN, None)
    hidden = PAGE + "<div hidden>Nobody was told of this.</div>"
    page = rebuilt(hidden)
    assert mark(page, _wanted(hidden, "Nobody was told"), "m")[0] is Marking.NOT_SHOWN
    article = Wanted(
        "Nobody", Text(Layer.ARTICLE, "Nobody was told of this.", "x", "1"), (Span(0, 6),), _document(hidden)
    )
    assert mark(rebuilt(hidden), article, "m")[0] is Marking.NOT_SHOWN
    assert (
        mark(rebuilt(PAGE), Wanted("never", Text(Layer.EMBEDDED, "never", "x", "1"), (Span(0, 5),)), "m")[0]
        is Marking.NOT_SHOWN
    )


def test_what_is_not_there_is_not_marked(rebuilt: Callable[..., Page]) -> None:
    page = rebuilt(PAGE)
    assert mark(page, Wanted("Ferries leave at ten in the morning"), "m") == (Marking.NOT_FOUND, None)
    assert _marked(page) == []


def test_words_of_a_drawing_are_marked_as_it_can_show_them(rebuilt: Callable[..., Page]) -> None:
    page = rebuilt("<svg><text>4,200 drivers a day</text></svg>")
    mark(page, Wanted("4,200 drivers a day"), "m")
    assert "<tspan" in "".join(page.out)


def test_marks_hold_escaped_text(rebuilt: Callable[..., Page]) -> None:
    page = rebuilt("<p>a &lt;img src=x onerror=f()&gt; b c</p>")
    mark(page, Wanted("a <img src=x onerror=f()> b"), "m")
    assert "<img" not in "".join(page.out)


def test_digits_above_the_line_are_found_where_the_page_has_its_own(rebuilt: Callable[..., Page]) -> None:
    source = '<p>The cost was 10<sup>2</sup> euros in 2014<sup><a href="#n3">3</a></sup>, he said, and so it was.</p>'
    for words in ("The cost was 10² euros", "euros in 2014[3], he said"):
        page = rebuilt(source)
        assert mark(page, _wanted(source, words), "m") == (Marking.MARKED, "m")
        assert "euros" in "".join(_marked(page))


def test_of_two_places_with_the_sign_of_a_note_the_one_that_was_recorded(rebuilt: Callable[..., Page]) -> None:
    noted = '<p>They opened the dam<sup><a href="#n{0}">({0})</a></sup> on Monday.</p>'
    source = noted.format(1) + "<p>It was rebuilt.</p>" + noted.format(2)
    page = rebuilt(source)
    recorded = _document(source).content
    assert recorded.endswith("They opened the dam[2] on Monday.")
    (span,) = find(page.text, _wanted(source, "opened the dam[2] on Monday"))
    assert page.text[span.start : span.end].startswith("opened the dam(2)")
    assert mark(page, _wanted(source, "opened the dam[2] on Monday"), "m") == (Marking.MARKED, "m")
