from reusetexts import HARBOUR, ORCHARD

from archiver.reuse import Independence, ReuseText, variants

SAID = "We looked at every single pillar twice before we dared to send anybody down there"


def pair(a: str, b: str, url: str = "") -> Independence:
    texts = [ReuseText(a, url=url), ReuseText(b)]
    (only,) = variants(SAID, texts).pairs
    return only


def test_two_that_credit_one_agency_are_not_independent() -> None:
    found = pair(f"(Reuters) - {HARBOUR}\n“{SAID},” Holm said.", f"{ORCHARD}\n“{SAID},” said Holm.\nReuters")
    assert found.independent is False
    assert "both credit Reuters" in found.reasons


def test_one_that_cites_whom_the_other_credits_is_not_independent() -> None:
    found = pair(
        f"(Reuters) - {HARBOUR}\n“{SAID},” Holm said.", f"{ORCHARD}\n“{SAID},” said Holm, according to Reuters."
    )
    assert found.independent is False


def test_a_frame_that_was_taken_along_ties_two() -> None:
    frame = "Ida Holm, who has led the works since the winter, wiped her hands and pointed at the water when she was asked about the divers."
    found = pair(f"{HARBOUR}\n{frame} “{SAID},” she said.", f"{ORCHARD}\n{frame} “{SAID},” she said.")
    assert found.independent is False
    assert any("round the statement" in reason for reason in found.reasons)


def test_said_to_each_is_independent() -> None:
    found = pair(
        f"{HARBOUR}\n“{SAID},” Holm told the Coast Herald on the phone.",
        f"{ORCHARD}\nHolm wrote in an email to The Associated Press: “{SAID}.”",
        "https://coastherald.example/1",
    )
    assert found.independent is True
    assert "Coast Herald" in found.reasons[0]


def test_said_to_one_agency_is_not() -> None:
    lead = "Holm said in an interview with the Associated Press"
    assert pair(f"{HARBOUR}\n{lead}: “{SAID}.”", f"{ORCHARD}\nHolm told AP: “{SAID}.”").independent is not True


def test_where_nothing_shows_it_is_not_known() -> None:
    assert pair(f"{HARBOUR}\n“{SAID},” Holm said.", f"{ORCHARD}\nHolm said: “{SAID}.”").independent is None
