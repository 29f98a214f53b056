"""Words that differ in capitals only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archiver.match import holds, judge, prepare

SOURCE = (
    "The council of Lorn met on the island in the storm. It told us they had opened. The Polish letter says polish it."
)


@pytest.mark.parametrize("turn", [str.upper, str.lower, str.title])
def test_a_sentence_is_found_whatever_its_capitals(turn: Callable[[str], str]) -> None:
    found = judge(turn("The council of Lorn met on the island in the storm."), SOURCE)
    assert found.verdict.value == "altered"
    assert {(change.kind.value, change.severity) for change in found.changes} == {("spelling", "minor")}
    assert holds(found, tolerate_minor=True)


def test_neighbouring_words_are_one_change() -> None:
    (change,) = judge("COUNCIL OF LORN MET ON THE ISLAND", SOURCE).changes
    assert (change.in_quote, change.in_source) == (
        "COUNCIL OF LORN MET ON THE ISLAND",
        "council of Lorn met on the island",
    )


@pytest.mark.parametrize(
    ("quote", "severity"),
    [
        ("It told US they had opened", "major"),
        ("IT TOLD US THEY HAD OPENED", "major"),
        ("It told us They had opened", "minor"),
        ("The polish letter says polish it", "major"),
    ],
)
def test_another_word_in_capitals_is_major(quote: str, severity: str) -> None:
    assert severity in {change.severity for change in judge(quote, SOURCE).changes}
    assert ("major" in {change.severity for change in judge(quote, SOURCE).changes}) is (severity == "major")


def test_a_page_is_read_without_capitals_only_when_it_may_help() -> None:
    page = prepare(SOURCE)
    assert judge("Nobody in the upper town was warned in time", page).verdict.value == "absent"
    assert not page._caseless
    assert judge("COUNCIL OF LORN MET ON THE ISLAND", page).verdict.value == "altered"
    assert page._caseless
