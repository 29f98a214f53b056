"""What no verdict can be, whatever the page says; and that the judge gives none such."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.match import judge
from archiver.verification.verdicts import verdict_fault

CASES = Path(__file__).resolve().parent.parent / "cases"
ONE = (((3, 9),), "a wall", "", "")
TWO = (((3, 9), (12, 14)), "a wall … is", "", "")

WRONG = {
    "an altered one called verbatim": ("a miracle", "verbatim", True, [ONE], 0, "not those that are quoted"),
    "one in two pieces called verbatim": ("a wall … is", "verbatim", True, [TWO], 0, "not those that are quoted"),
    "one with changes called verbatim": ("a wall", "verbatim", True, [ONE], 1, "1 changes"),
    "an altered one without changes": ("a miracle", "altered", False, [ONE], 0, "0 changes"),
    "an altered one that holds": ("a miracle", "altered", True, [ONE], 1, "holds"),
    "a verbatim one that does not": ("a wall", "verbatim", False, [ONE], 0, "does not hold"),
    "an undecided one that holds": ("a wall", "undecided", True, [ONE], 0, "holds"),
    "a typographic one that stands nowhere": ("a wall", "typographic", True, [], 0, "nowhere"),
    "an absent one that stands somewhere": ("a wall", "absent", False, [ONE], 0, "somewhere"),
    "pieces in another order": ("is … a wall", "elided", True, [(((12, 14), (3, 9)), "", "", "")], 0, "in order"),
    "pieces that overlap": ("a wall … all", "elided", True, [(((3, 9), (6, 9)), "", "", "")], 0, "in order"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_no_verdict_can_be(case: str) -> None:
    *said, words = WRONG[case]
    assert words in str(verdict_fault(*said))  # type: ignore[arg-type]


def of_judge(quotation: str, page: str) -> str | None:
    found = judge(quotation, page)
    passages = [
        (tuple((span.start, span.end) for span in match.spans), match.exact, match.prefix, match.suffix)
        for match in found.matches
    ]
    return verdict_fault(quotation, found.verdict, found.holds, passages, len(found.changes))


@pytest.mark.parametrize(
    "path", sorted({*CASES.glob("*.json")} - {CASES / "outcomes.json"}), ids=lambda path: path.stem
)
def test_the_judges_own_cases(path: Path) -> None:
    for case in json.loads(path.read_text("utf-8")):
        assert of_judge(case["quote"], case["source"]) is None, case["name"]


_TOKENS = ["the", "wall", "is", "not", "a", "miracle", ",", "“", "”", "…", ".", "?", "[it]", "5", "million", "we"]
WORDS = st.lists(st.sampled_from(_TOKENS), max_size=14)


@given(WORDS, WORDS, WORDS, st.booleans())
def test_what_the_judge_makes_of_anything(before: list[str], words: list[str], behind: list[str], near: bool) -> None:
    quotation = " ".join(words[::2] if near else words)
    if quotation.strip():
        assert of_judge(quotation, " ".join([*before, *words, *behind])) is None
