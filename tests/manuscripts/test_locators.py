from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from archiver.manuscripts.locators import check_page, locator_words
from archiver.model import Judgement, Layer, Match, Place, Snapshot, Span, Verdict
from archiver.quoting import Judged


def judged(*matches: Match, pages: int = 20) -> Judged:
    class Text:
        places = tuple(Place(number, number) for number in range(1, pages + 1))

    class Shown:
        texts = (Text(),)

    judgement = Judgement(Verdict.VERBATIM, Layer.PDF, matches)
    return Judged("words", "http://a.org", cast("Snapshot", cast("Any", Shown())), judgement)


def on(page: int, label: str | None = None, last: int | None = None) -> Match:
    return Match((Span(0, 5),), "words", "", "", page, last_page=last or page, page_label=label)


@pytest.mark.parametrize(
    ("cited", "match", "agrees"),
    [
        ("3", on(3), True), ("3", on(4), False), ("2–4", on(4), True), ("2-3", on(3, last=4), True), ("3 f.", on(4), True),
        ("345", on(3, "345"), True), ("3", on(3, "345"), False), ("xii", on(4, "xii"), True), ("p. 3", on(3), True), ("343–5", on(3, "345"), True),
        ("345", on(3), None), ("ch. 3", on(3), None), (None, on(3), None), ("xii", on(4), None),
    ],
)  # fmt: skip
def test_the_page_that_is_cited(cited: str | None, match: Match, agrees: bool | None) -> None:
    found = check_page(cited, judged(match))
    assert (found.agrees if found else None) is agrees


def test_one_place_of_several_is_enough_and_a_source_without_pages_tells_nothing() -> None:
    found = check_page("7", judged(on(3), on(7)))
    assert found is not None
    assert (found.agrees, found.page) == (True, 7)
    assert check_page("7", judged(replace(on(3), page=None))) is None


@pytest.mark.parametrize("cited", ["9" * 5000, "p. 12-" + "9" * 5000])
def test_a_page_of_thousands_of_digits_is_none(cited: str) -> None:
    assert check_page(cited, judged(on(3))) is None


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("12–14", "page 12–14"),
        ("xii", "page xii"),
        ("para. 2", "para. 2"),
        ("at 5", "at 5"),
        ("chapter 3", "chapter 3"),
    ],
)
def test_only_a_page_is_called_one(locator: str, words: str) -> None:
    assert locator_words(locator) == words
