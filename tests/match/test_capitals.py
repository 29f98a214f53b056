"""Words that differ in capitals only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archiver.match import capitals, holds, judge, prepare
from archiver.match.capitals import may_differ, severity, stands_inside, tell
from archiver.match.lexicon import lexicon
from archiver.match.quotation import Quotation
from archiver.match.sides import Found, Sides

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


def sides(quotation: str, page: str, language: str = "en") -> Sides:
    prepared, parsed = prepare(page), Quotation(quotation)
    return Sides(parsed, parsed.solid, prepared.pages[0], prepared, lexicon((language,)))


@pytest.mark.parametrize(
    ("quotation", "page", "may"),
    [
        ("x BOATS LEFT IT", "the boats left it", True), ("x boats left it", "the BOATS LEFT IT", True),
        ("x boats left it", "the Boats Left It", True),
        ("x boats left it", "the boats left it", False), ("x ships went far", "the boats left it", False),
        ("BOATS left it here", "the boats left it here", False),  # the first word may have been turned
        ("a b c d e f g H", "a b c d e f g h", True), ("a b c d e f g h I", "a b c d e f g h i", False), ("a B", "a b", True),
    ],
)  # fmt: skip
def test_one_word_in_eight_with_other_capitals_is_enough_to_read_the_page_again(
    quotation: str, page: str, may: bool
) -> None:
    assert may_differ(Quotation(quotation).solid, prepare(page)) is may


@pytest.mark.parametrize(
    ("quotation", "page", "changes"),
    [
        ("a BOATS b", "a boats b", [("BOATS", "boats", "major")]), ("The Boats left", "The boats left", [("Boats", "boats", "minor")]),
        ("the boats left", "The boats left", []), ("THE boats left", "The boats left", [("THE", "The", "major")]),
        ("we Boats Left it", "we boats left it", [("Boats Left", "boats left", "minor")]),
        ("we Boats left It", "we boats left it", [("Boats", "boats", "minor"), ("It", "it", "minor")]),
        ("we Boats May it", "we boats may it", [("Boats", "boats", "minor"), ("May", "may", "major")]),
        ("we Boats May Will it", "we boats may will it", [("Boats", "boats", "minor"), ("May Will", "may will", "major")]),
        ("we saw. Boats left", "we saw. boats left", []), ("we [B]oats left", "we boats left", []),
    ],
)  # fmt: skip
def test_neighbours_of_one_severity_are_told_together(
    quotation: str, page: str, changes: list[tuple[str, str, str]]
) -> None:
    both, found = sides(quotation, page), Found()
    tell(both, 0, 0, len(both.solid), found)
    assert [(one.in_quote, one.in_source, one.severity) for one in found.changes] == changes
    for one in found.changes:
        assert both.quotation.text.startswith(one.in_quote, one.quote_start)
        assert page.startswith(one.in_source, one.source_start)


@pytest.mark.parametrize(
    ("mine", "theirs", "page", "weight"),
    [
        ("March", "march", "a march b", "major"), ("Can", "can", "a can b", "major"), ("US", "us", "a us b", "major"),
        ("Boats", "boats", "a boats b", "minor"),
        ("boats", "Boats", "a Boats b", "minor"), ("WHO", "Who", "a Who b", "major"), ("BOATS", "boats", "a boats b", "major"),
        ("boats", "BOATS", "a BOATS b", "major"),
        ("boats", "BOATS", "AND BOATS b", "minor"), ("boats", "BOATS", "a BOATS LEFT", "minor"), ("boats", "BOAT", "A BOAT b", "minor"),
        ("a", "A", "b A c", "minor"), ("boats", "Boats", "The boats. The Boats left", "major"),
        ("boats", "Boats", "The boats. Boats left", "minor"),
        ("that", "That", "It is that. It is That", "minor"),
    ],
)  # fmt: skip
def test_how_much_other_capitals_weigh(mine: str, theirs: str, page: str, weight: str) -> None:
    both = sides(f"x {mine} y", page)
    assert severity(mine, theirs, both, 1, page.split().index(theirs) if theirs in page.split() else 1) == weight


@pytest.mark.parametrize(
    ("words", "shouted"),
    [
        ("THE BOATS", True), ("BOATS", False), ("THE BOATS left", False), ("US WHO", False), ("US 5 BOAT", True), ("5 BOATS", False),
        ("THE OLD MAN", False), ("", False),
        ("THE BOAT", True),
    ],
)  # fmt: skip
def test_a_shout_is_of_several_words_one_of_them_no_short_form(words: str, shouted: bool) -> None:
    assert capitals._is_shouted(words.split()) is shouted


@pytest.mark.parametrize(
    ("page", "inside"),
    [("We saw Moss.", True), ("Moss left.", False), ("It fell. Moss left.", False), ("It fell: “Moss left.", False), ("We saw it.", False),
     ("We (Moss) left", False)],
)  # fmt: skip
def test_a_word_inside_a_sentence_stands_behind_another(page: str, inside: bool) -> None:
    assert stands_inside("Moss", sides("x", page)) is inside


def test_a_word_is_looked_for_at_its_first_twenty_places() -> None:
    for count, inside in ((19, True), (20, False)):
        assert stands_inside("Moss", sides("x", "Moss left. " * count + "We saw Moss.")) is inside
