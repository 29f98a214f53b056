"""What two texts show without saying it themselves: letters, laws, songs."""

import pytest
from reusetexts import HARBOUR, ORCHARD

from archiver.reuse import Kind, ReuseText, compare

LETTER = (
    "The board has asked four times for money to mend these pillars and has been told four times that there is none to be had this year, "
    "so nobody in the county may now say that he is surprised to see the quay shut and the ferries lying elsewhere, as was foretold in each letter."
)
LAW = (
    "(1) Whoever keeps a quay that is open to the public shall have its pillars looked at every six years by somebody who is not in his service. "
    "(2) Where damage is found that endangers ships or people, the keeper shall close the quay at once and tell the county within three days."
)


def kind(one: str, two: str) -> Kind:
    return compare(ReuseText(f"{HARBOUR}\n{one}"), ReuseText(f"{ORCHARD}\n{two}\nSo much for that.")).kind


def test_a_letter_that_both_show_behind_a_colon_is_its_writer_s() -> None:
    assert kind(f"The board's letter reads:\n{LETTER}", f"It wrote:\n{LETTER}") is Kind.SHARED_QUOTATION


def test_one_that_only_the_other_shows_may_be_the_page_s_own_words() -> None:
    assert kind(f"Few are surprised.\n{LETTER}", f"It wrote:\n{LETTER}") is Kind.EXCERPT


@pytest.mark.parametrize(
    "heading", ["§ 14 Quays Act", "Article 14, Quays Act", "Section 14.", "Artikel 14 des Gesetzes"]
)
def test_a_section_of_a_law_is_nobody_s_own(heading: str) -> None:
    assert kind(f"{heading}\n{LAW}", f"{heading}\n{LAW}") is Kind.SHARED_QUOTATION


def test_verse_behind_a_colon_goes_on_over_its_lines() -> None:
    lines = [
        "When the tide goes out, my love,", "and the gulls stand on the pier,", "I shall wait for you above,", "for a month and for a year.",
        "O the sea is wide and deep,", "and the lamps are burning low,", "but the oath I swore I keep,", "whichever way winds blow.",
    ]  # fmt: skip
    song = "\n".join(lines)
    assert kind(f"They sang:\n{song}", f"The song goes:\n{song}") is Kind.SHARED_QUOTATION
