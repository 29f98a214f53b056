"""Comparisons that an omission mark turns."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("Bread is cheaper … in Paris.", "Bread is cheaper in Rome than in Paris."),
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
        ("The largest … failed in May.", "The largest of the four banks failed in May."),
    ],
)
def test_what_narrows_nothing_may_go(quotation: str, source: str) -> None:
    assert judge(quotation, source).verdict is Verdict.ELIDED
