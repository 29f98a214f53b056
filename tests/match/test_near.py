"""Near passages over several layers."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Layer, Text, Verdict

A, B, C = "The harbour was closed on Monday.", "Boats stayed out in the bay.", "It was opened again in June."


def test_the_best_layer_wins() -> None:
    texts = [Text(Layer.ARTICLE, A, "x", "1"), Text(Layer.DOCUMENT, f"{A} {B} {C}", "x", "1")]
    found = judge("The harbour was closed on Monday. […] It was opened again in June.", texts)
    assert (found.verdict, found.layer) == (Verdict.ELIDED, Layer.DOCUMENT)


def test_order_is_checked_in_the_document() -> None:
    texts = [Text(Layer.ARTICLE, f"{A} {B} {C} {A}", "x", "1"), Text(Layer.DOCUMENT, f"{A} {B} {C}", "x", "1")]
    found = judge("It was opened again in June. […] The harbour was closed on Monday.", texts)
    assert found.verdict is Verdict.SPLICED


def test_another_place_may_have_the_signs_as_quoted() -> None:
    source = "We lost it all and we will rebuild it. Later: “We lost it all,” she said, “and we will rebuild it.”"
    assert judge("We lost it all, and we will rebuild it.", source).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("quotation", "page", "changes"),
    [
        (
            "The building costs 420,000 a year",
            "The building costs £240,000 a year, and it is empty.",
            [("420,000", "£240,000")],
        ),
        (
            "It helped 12 percent in patients",
            "It helped 12 per cent in patients who were treated.",
            [("percent", "per cent")],
        ),
        ("He said the council lied", "He never said that the council lied.", [("", "never"), ("", "that")]),
        (
            "He said the council lied",
            "He has never in his whole life said that the council lied.",
            [("", "has never in his whole life"), ("", "that")],
        ),
        (
            "We took this decision lightly",
            "“We did not take this decision lightly,” he said.",
            [("took", "did not take")],
        ),
        (
            "Das Haus kostet 420.000 im Jahr",
            "Das Haus kostet € 240.000 im Jahr, und es steht leer.",
            [("420.000", "€ 240.000")],
        ),
        ("Er sagte der Rat habe gelogen", "Er hat nie gesagt, der Rat habe gelogen.", [("sagte", "hat nie gesagt")]),
        (
            "El edificio cuesta 420.000 al año",
            "El edificio cuesta $ 240.000 al año, y está vacío.",
            [("420.000", "$ 240.000")],
        ),
    ],
)
def test_the_words_at_an_end_are_compared_as_far_as_they_reach(
    quotation: str, page: str, changes: list[tuple[str, str]]
) -> None:
    found = judge(quotation, page)
    assert found.verdict is Verdict.ALTERED
    assert [(change.in_quote, change.in_source) for change in found.changes] == changes
