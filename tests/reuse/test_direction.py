from reusetexts import HARBOUR

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
