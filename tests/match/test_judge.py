"""The verdict."""

from __future__ import annotations

import threading

import pytest

from archiver.errors import InputError
from archiver.match import judge, prepare
from archiver.model import Judgement, Layer, Span, Text, Verdict


@pytest.mark.parametrize("empty", ["", "  ", "\n\u00a0"])
def test_an_empty_quotation_is_refused(empty: str) -> None:
    with pytest.raises(InputError, match="empty"):
        judge(empty, "text")


def test_an_empty_page_has_nothing() -> None:
    assert judge("some words here", "") == Judgement(Verdict.ABSENT)
    assert judge("some words here", []).verdict is Verdict.ABSENT


def test_never_undecided() -> None:
    assert judge("some words here", "other words there").verdict is not Verdict.UNDECIDED


def test_a_prepared_page_serves_many_threads() -> None:
    prepared = prepare("The harbour was closed on Monday. Boats stayed out in the bay. " * 3)
    quotes = ["The harbour was closed on Sunday.", "Boats … in the bay.", "The harbour was closed on Monday."] * 20
    alone = [judge(quote, prepared) for quote in quotes]
    together: list[list[Judgement]] = []
    threads = [threading.Thread(target=lambda: together.append([judge(q, prepared) for q in quotes])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4


@pytest.mark.parametrize(
    ("guessed", "known", "layer", "warned"),
    [(False, True, Layer.DOCUMENT, True), (True, False, Layer.RENDERED, False), (True, True, Layer.DOCUMENT, True)],
)
def test_a_browser_knows_what_is_shown(guessed: bool, known: bool, layer: Layer, warned: bool) -> None:
    """What a style sheet hides, or a script shows, is guessed from the bytes, and known from the page as it was rendered."""
    words = "The harbour wall was raised by three feet."
    texts = [
        Text(of, words, "test", "1", unseen=(Span(0, len(words)),) if unseen else ())
        for of, unseen in ((Layer.DOCUMENT, guessed), (Layer.RENDERED, known))
    ]
    found = judge("wall was raised by three feet", texts)
    assert (found.verdict, found.layer) == (Verdict.VERBATIM, layer)
    assert ("not-shown" in [notice.code for notice in found.warnings]) is warned
