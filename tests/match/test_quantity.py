"""Words that say how much of what follows is meant."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.lexicon import lexicon
from archiver.match.quantity import denial_in, denial_phrase, dropped_quantity

EN = lexicon(("en",))


@pytest.mark.parametrize(
    ("dropped", "kept", "begins"),
    [
        ("only two of the", "nine families", 0),
        ("most of", "the members", 0),
        ("two in", "three voters", 0),
        ("he said up to", "five tonnes", 2),
        ("half", "the patients", 0),
        ("the city of", "london is", None),
        ("two", "of the nine", None),
        ("hundreds of", "people came", None),
        ("in 2019 of", "the war", None),
    ],
)
def test_dropped_quantities(dropped: str, kept: str, begins: int | None) -> None:
    assert dropped_quantity(dropped.split(), kept.split(), EN) == begins


def test_denials() -> None:
    assert denial_in(["he", "denied", "that", "it", "was"], EN) == (1, 2)
    assert denial_in(["the", "court", "ruled", "out", "a", "retrial"], EN) == (2, 4)
    assert denial_in(["the", "court", "met", "in", "may"], EN) is None
    assert denial_in(list("他否认了"), lexicon(("zh",))) == (1, 3)


def test_the_warning_names_the_word_on_which_a_cut_hangs() -> None:
    found = judge("the treaty had been signed in May", "The minister denied that the treaty had been signed in May.")
    assert found.holds
    assert found.warnings[0].detail == "the beginning of the sentence is left out; it hangs on “denied that”"
    found = judge("100 people came to the hall that night", "About 100 people came to the hall that night.")
    assert found.holds
    assert "“About”" in found.warnings[0].detail


@pytest.mark.parametrize(
    "language", ["en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "pl", "cs", "ru", "uk", "tr", "vi"]
)
def test_every_denial_of_the_lists_is_one(language: str) -> None:
    words = lexicon((language,))
    for denial in words.denials:
        parts = denial.split()
        assert len(parts) <= 3
        alone = parts[0] in words.denials_that | words.denials  # “stopped short” is told by its first word
        assert denial_phrase([*parts, "that"], 0, words) == (1 if alone else len(parts)), denial
        found = denial_in(["x", *parts, "that"], words)
        if not words.denial_stems:
            assert found == (1, 1 + (1 if parts[0] in words.denials else len(parts))), denial
        if len(parts) > 1:
            assert denial_phrase([*parts, "653", "cases"], 0, words) in (0, 1), "declined to 653 denies nothing"


def test_a_word_that_denies_only_before_that_is_a_phrase_and_no_denial_by_itself() -> None:
    for word in EN.denials_that - EN.denials:
        assert denial_phrase([word], 0, EN) == 1
        assert denial_in([word, "x"], EN) is None
    assert denial_phrase(["met"], 0, EN) == 0
