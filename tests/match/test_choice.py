"""Alternatives of which one is left out."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("Smith … stole the ledger", "Smith or Jones stole the ledger, and it was sold."),
        ("The board will meet in … York.", "The board will meet in Leeds or in York."),
        ("The board will meet in … York.", "The board will meet in the old hall of Leeds or in York."),
        ("The board met in … old hall.", "The board met in Leeds or in the old hall."),
        ("Police say Smith … will steal it.", "Police say Smith or Jones will steal it."),
        ("Dupont … a volé la caisse.", "Dupont ou Durand a volé la caisse."),
        ("Nowak … ukradł kasę.", "Nowak albo Wójcik ukradł kasę."),
        ("张伟……偷了钱箱。", "张伟或李强偷了钱箱。"),
    ],
)
def test_one_of_two_is_not_the_one(quotation: str, source: str) -> None:
    assert judge(quotation, source).verdict is Verdict.SPLICED


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("The panel … found him guilty.", "The panel, or jury, found him guilty."),
        ("Police said Smith … stole it.", "Police said Smith, or Jones, stole it."),
        ("Did police say Smith … stole the ledger?", "Did police say Smith or Jones stole the ledger?"),
        ("Nobody … heard the car.", "Nobody saw or heard the car."),
        ("Patients may take … ibuprofen.", "Patients may take aspirin or ibuprofen."),
        ("Он прибегал к … иным мерам в городе.", "Он прибегал к тем или иным мерам в городе."),
        ("He calls once … a month.", "He calls once or twice a month."),
    ],
)
def test_what_is_so_of_each_may_go(quotation: str, source: str) -> None:
    assert judge(quotation, source).verdict is Verdict.ELIDED


def test_a_cut_behind_or_is_told() -> None:
    for other in ("Smith", "The old man from Leeds"):
        found = judge("Jones stole the ledger", f"{other} or Jones stole the ledger last May.")
        assert "hidden-denial" in {notice.code for notice in found.warnings}
