from datetime import UTC, datetime

import pytest
from reusetexts import HARBOUR, ORCHARD

from archiver.reuse import Kind, ReuseText, compare


def test_a_cut_text_has_it_from_the_whole_one() -> None:
    cut = ReuseText(HARBOUR[:425] + "… Follow the link.")
    found = compare(ReuseText(HARBOUR), cut)
    assert found.direction is not None
    assert (found.direction.source, found.direction.taker) == ("a", "b")
    assert "the second text breaks off" in found.direction.reasons[0]


def test_a_credited_paper_is_the_source() -> None:
    one = ReuseText(HARBOUR, outlets=("Coast Herald",))
    two = ReuseText(HARBOUR + "\nThanks.", agencies=("coast herald",))
    found = compare(two, one)
    assert found.direction is not None
    assert found.direction.source == "b"


def test_evidence_both_ways_is_none() -> None:
    one = ReuseText(HARBOUR + "\nThis is according to the Valley Post.", outlets=("Coast Herald",))
    two = ReuseText(HARBOUR + "\nThis is according to the Coast Herald.", outlets=("Valley Post",))
    found = compare(one, two)
    assert found.direction is None
    assert any("speaks for the other too" in reason for reason in found.reasons)


def test_two_that_credit_a_third_have_none() -> None:
    found = compare(ReuseText(f"(AFP) {HARBOUR}"), ReuseText(f"{HARBOUR}\nAFP"))
    assert found.direction is None
    assert any("both credit AFP" in reason for reason in found.reasons)


def test_of_one_page_seen_twice_that_is_said() -> None:
    address = "https://coast.example/2026/harbour"
    found = compare(ReuseText(HARBOUR, address), ReuseText(HARBOUR + "\nAn update follows.", address))
    assert found.kind is Kind.SAME_PAGE_LATER
    assert "no direction: it is one page, seen twice, and their dates are not both known" in found.reasons


def way(one: ReuseText, two: ReuseText) -> str | None:
    found = compare(one, two).direction
    return found and found.source


HERALD = ReuseText(HARBOUR, outlets=("Coast Herald",))


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("The Coast Herald reports:\n", ""),
        ("", "\nVia Coast Herald"),
        ("", " That is according to the Coast Herald."),
    ],
)
def test_a_credit_beside_taken_words_is_one(before: str, behind: str) -> None:
    assert way(HERALD, ReuseText(f"{before}{HARBOUR}{behind}", outlets=("Valley Post",))) == "a"


def test_a_citation_elsewhere_in_a_copy_tells_nothing_of_it() -> None:
    beans = "According to the Coast Herald, beans sell at twice the price of last year, and gardeners from the valleys to the sea are glad of it."
    assert way(HERALD, ReuseText(f"{HARBOUR}\n{ORCHARD}\n{beans}", outlets=("Valley Post",))) is None


def test_an_agency_s_story_that_cites_a_paper_is_not_that_paper_s() -> None:
    story = f"{HARBOUR}\nAs the Coast Herald reported, the cracks were known."
    assert way(ReuseText(story, outlets=("Coast Herald",)), ReuseText(story, outlets=("Valley Post",))) is None
    told = f"{HARBOUR}\n“We knew it,” the engineer told the Coast Herald."
    assert way(ReuseText(told, outlets=("Coast Herald",)), ReuseText(told, outlets=("Valley Post",))) == "a"


def test_whoever_credits_a_third_has_it_from_no_other_by_dates() -> None:
    early, late = (datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2))
    found = compare(
        ReuseText(HARBOUR, earliest=early, latest=early),
        ReuseText(f"{HARBOUR}\nThanks.", agencies=("Island Gazette",), earliest=late, latest=late),
    )
    assert found.direction is None
    assert "no direction: Island Gazette, who is credited, is neither of the two" in found.reasons


def test_a_link_to_more_cuts_nothing_off() -> None:
    assert way(ReuseText(f"{HARBOUR}\n{ORCHARD}"), ReuseText(f"{HARBOUR}\nMore…")) is None
    assert way(ReuseText(HARBOUR), ReuseText(HARBOUR[: HARBOUR.index("county council") + 4] + "…")) == "a"


@pytest.mark.parametrize("lead", ["wrote the Coast Herald", "écrit le Coast Herald", "schreibt der Coast Herald"])
def test_a_page_that_quotes_another_s_own_words_has_them_from_there(lead: str) -> None:
    taken = HARBOUR.split("\n")[1]
    found = compare(HERALD, ReuseText(f"{ORCHARD}\n“{taken}” {lead}.", outlets=("Valley Post",)))
    assert found.kind is Kind.CITES
    assert (found.direction and found.direction.source) == "a"
    unsaid = compare(HERALD, ReuseText(f"{ORCHARD}\n“{taken}” So it goes.", outlets=("Valley Post",)))
    assert unsaid.kind is Kind.SHARED_QUOTATION
    assert unsaid.direction is None
    assert "no direction: whom the second text quotes is not said" in unsaid.reasons
    assert "between quotation marks in the second text alone; the first text has them as its own" in unsaid.reasons[0]
