"""Words beside a cut on which what is quoted hangs."""

from __future__ import annotations

import pytest

from archiver.match import judge


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("There is little evidence that", "", "little evidence that"),
        ("It is far from clear that", "", "far from clear that"),
        ("It is false that", "", "false that"),
        ("It is doubtful that", "", "doubtful that"),
        ("Engineers denied on Monday that", "", "denied on Monday that"),
        ("Police allege that", "", "allege that"),
        ("The builders pretended that", "", "pretended that"),
        ("The town contends that", "", "contends that"),
        ("That", "is a myth", "is a myth"),
        ("", ", the builders claim", "the builders claim"),
        ("", ", which the town denies", "which the town denies"),
    ],
)
def test_the_words_are_named(before: str, after: str, named: str) -> None:
    found = judge(
        "the dam was safe in May of that year", f"{before} the dam was safe in May of that year{after and ' '}{after}."
    )
    assert found.holds
    told = {notice.code: notice.detail for notice in found.warnings}
    assert f"“{named}”" in told["hidden-denial"]
    assert f"“{named}”" in told["cut-in-sentence"]


@pytest.mark.parametrize(
    ("before", "quote", "named"),
    [
        ("Der Sprecher behauptet, dass", "der Damm im Mai sicher war", "behauptet, dass"),
        ("Es ist alles andere als klar, dass", "der Damm im Mai sicher war", "alles andere als klar, dass"),
        ("Il est loin d’être clair que", "le barrage était sûr en mai", "loin d’être clair que"),
        ("El portavoz alega que", "la presa era segura en mayo", "alega que"),
    ],
)
def test_in_other_languages(before: str, quote: str, named: str) -> None:
    found = judge(quote, f"{before} {quote}.")
    assert found.holds
    assert f"“{named}”" in {notice.code: notice.detail for notice in found.warnings}["hidden-denial"]


@pytest.mark.parametrize(
    "source",
    [
        "He said that the dam was safe in May.",
        "There is little doubt that the dam was safe in May.",
        "He denied everything. He said that the dam was safe in May.",
        "The dam was safe in May, the mayor said.",
        "The dam was safe in May, which pleased the town.",
    ],
)
def test_other_words_are_not(source: str) -> None:
    assert "hidden-denial" not in {notice.code for notice in judge("the dam was safe in May", source).warnings}


@pytest.mark.parametrize(
    "left_out", ["There is little evidence that", "It is far from clear that", "Lawyers claim that"]
)
def test_behind_an_omission_mark_they_are_refused(left_out: str) -> None:
    source = f"The report is out now. {left_out} the dam was safe in May."
    assert judge("The report is out now … the dam was safe in May", source).verdict.value == "spliced"
