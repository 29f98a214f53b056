"""Near passages over several layers."""

from __future__ import annotations

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
