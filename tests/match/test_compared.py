"""Comparisons that an omission mark turns."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("Bread is cheaper … in Paris.", "Bread is cheaper in Rome than in Paris."),
        ("Bread is cheaper … old town.", "Bread is cheaper in Rome than in the old town."),
        ("Bread is cheaper in … Paris.", "Bread is cheaper in Rome than it was in Paris."),
        ("The oldest … church in York fell.", "The oldest wooden church in York fell."),
        ("It was Hill’s oldest … church.", "It was Hill’s oldest wooden church."),
        (
            "She was the first … to captain a trawler.",
            "She was the first young woman in all of Leeds to captain a trawler.",
        ),
        ("Le pain est moins cher … à Paris.", "Le pain est moins cher à Rome qu’à Paris."),
        ("Chleb jest tańszy … w Paryżu.", "Chleb jest tańszy w Rzymie niż w Paryżu."),
        ("It was the first win … since March.", "It was the first win at home since March."),
        ("She was the first … to captain a trawler.", "She was the first woman to captain a trawler."),
    ],
)
def test_what_is_compared_may_not_be_left_out(quotation: str, source: str) -> None:
    assert judge(quotation, source).verdict is Verdict.SPLICED


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("Bread is cheaper in Rome … and better.", "Bread is cheaper in Rome than in Paris and better."),
        ("The first witness … spoke.", "The first witness, a nurse from Leeds, spoke."),
        ("At first … church bells rang.", "At first wooden church bells rang."),
        ("The largest … failed in May.", "The largest of the four banks failed in May."),
    ],
)
def test_what_narrows_nothing_may_go(quotation: str, source: str) -> None:
    assert judge(quotation, source).verdict is Verdict.ELIDED
