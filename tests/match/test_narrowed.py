"""Words behind an omission mark that say of which ones something is said."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Patients with gout should not take this drug.", "Patients … should not take this drug."),
        ("Doctors say that people with asthma should not take it.", "people … should not take it"),
        ("Children who swim must wear a cap.", "Children … must wear a cap."),
        ("Chairs aged ten years are safe to use.", "[C]hairs … are safe to use."),
        ("Every school in Denby will close in May.", "Every school … will close in May."),
        ("Operating profit before levies was $61m.", "Operating profit … was $61m."),
        ("Sales in Europe were 40 million last year.", "Sales … were 40 million last year."),
        ("Chairs that passed the test are safe to use.", "Chairs … are safe to use."),
        ("All shops in the old town were closed on Sunday.", "All shops … were closed on Sunday."),
        ("None of them led to serious injury in the town.", "None of them led to … injury in the town."),
        ("She did not buy a red car in May.", "She did not buy a … car in May."),
        ("People with severe pain should not take it.", "People with … pain should not take it."),
    ],
)
def test_what_is_said_of_some_is_not_said_of_all(page: str, quote: str) -> None:
    found = judge(quote, page)
    assert found.verdict is Verdict.SPLICED
    assert {change.kind.value for change in found.changes} == {"quantifier"}


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The people with gout should not take this drug.", "The people … should not take this drug."),
        ("People, as far as we know, were kind to us.", "People … were kind to us."),
        ("Jones of Denby was arrested at noon.", "Jones … was arrested at noon."),
        ("Two men in a car were arrested at noon.", "Two men … were arrested at noon."),
        ("Velcanib at a dose of 15 mg was better.", "Velcanib … was better."),
        ("None of them led to the old mill in the town.", "None of them led to the … mill in the town."),
        ("She bought a red car in May, not a boat.", "She bought a … car in May, not a boat."),
        ("Shares of the company were up by six percent.", "Shares … were up by six percent."),
        ("Residents of the town were told to leave.", "Residents … were told to leave."),
        ("Researchers at the University of Lorn have found it.", "Researchers … have found it."),
        ("Talks between the two sides will resume on Friday.", "Talks … will resume on Friday."),
        ("Protesters who broke windows were arrested at noon.", "Protesters … were arrested at noon."),
        ("Doctors in the region are worried about it.", "Doctors … are worried about it."),
        ("I never showed it to anybody but my sister.", "I never showed it to … but my sister."),
        ("We saw no lead in any sample.", "We saw no lead in … sample."),
        ("He did not live in Upper Lorn at that time.", "He did not live in … Lorn at that time."),
    ],
)
def test_of_what_is_named_it_is_said_without_the_words_too(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The council chose repair instead of demolition.", "The council chose … demolition."),
        ("He ate meat rather than fish.", "He ate … fish."),
        ("They voted for war as opposed to peace.", "They voted for … peace."),
        ("He would rather resign than apologise.", "He would … apologise"),
        ("Die Firma wählte den Abriss statt der Sanierung.", "Die Firma wählte … der Sanierung."),
        ("Il a choisi la fuite plutôt que la prison.", "Il a choisi … la prison."),
        ("Elle est venue au lieu de son frère.", "Elle est venue … son frère"),
        ("Eligió huir en lugar de luchar.", "Eligió … luchar."),
        ("The drug is safe for adults other than pregnant women.", "The drug is safe for … pregnant women."),
        ("Wages rose everywhere except in the north.", "Wages rose … in the north"),
        ("Imports fell, apart from steel.", "Imports fell, … steel"),
        ("The rule applies to all members save the chairman.", "The rule applies to … the chairman."),
        ("Trains run daily excluding Sundays.", "Trains run daily … Sundays."),
        ("The room was devoid of furniture.", "The room was … furniture."),
        ("The order was set aside, save as to the costs of the firm.", "The order was set aside … as to the costs of the firm."),
    ],
)  # fmt: skip
def test_what_was_not_chosen_or_is_excepted_is_not_said_instead(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The council chose repair instead of demolition in the spring of 1990.", "The council chose repair … in the spring of 1990."),
    ],
)  # fmt: skip
def test_what_is_left_out_with_its_exception_is_gone_whole(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED
