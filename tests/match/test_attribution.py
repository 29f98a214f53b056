"""Remarks that interrupt a speech."""

from __future__ import annotations

from archiver.match.attribution import interrupts
from archiver.match.lexicon import lexicon

EN, JA = lexicon(("en",)), lexicon(("ja",))


def test_remarks() -> None:
    assert interrupts(",” ", ["she", "said"], ", “", [" "], EN)
    assert not interrupts(", ", ["she", "said"], ", ", [" "], EN)
    assert not interrupts("” ", ["and", "the", "minister"], " “", [" ", " "], EN)
    assert not interrupts(",” ", ["she", "did", "not", "say"], ", “", [" "] * 3, EN)
    assert interrupts("」", list("と述べ"), "、「", [""] * 2, JA)
    assert not interrupts(",” ", ["said"] * 40, ", “", [" "] * 39, EN)
