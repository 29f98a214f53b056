"""Brackets at the ends of a quotation."""

from __future__ import annotations

import pytest

from archiver.match import judge

SOURCE = (
    "The mill will open again on 12 March in Oslo. Judge Karl Moss sold the land to a museum for nine dollars. "
    "Lawyers say that Hall burned the ledger. The clerk knew of it."
)


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("The mill will open again on [13 March]", "number"),
        ("The mill will open again on 12 [April]", "date"),
        ("The mill will open again on 12 March in [Rome]", "word-replaced"),
        ("The mill will open again on 12 March [in Rome]", "word-replaced"),
        ("Judge Karl Moss sold the land to [the bank]", "word-replaced"),
        ("[The clerk] burned the ledger.", "name"),
    ],
)
def test_another_fact_is_no_explanation(quote: str, kind: str) -> None:
    found = judge(quote, SOURCE)
    assert found.verdict.value == "spliced"
    assert kind in {change.kind.value for change in found.changes}


@pytest.mark.parametrize(
    "quote",
    [
        "The mill will open again [in Norway]",
        "The mill will open again on 12 March [2031]",
        "The mill will open again on 12 March in [the city of Oslo]",
        "[The judge] sold the land to a museum",
        "Judge Karl Moss sold the land to a museum [in Rome]",
        "The clerk knew of [the fire].",
    ],
)
def test_an_explanation_holds(quote: str) -> None:
    assert judge(quote, SOURCE).verdict.value == "elided"
