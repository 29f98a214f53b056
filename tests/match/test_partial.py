"""What an omission mark may not hide of how much, how many and which."""

from __future__ import annotations

import pytest

from archiver.match import judge


@pytest.mark.parametrize(
    ("page", "quote", "kind"),
    [
        ("One in ten members abstained.", "One … abstained", "number"),
        ("One in ten members abstained.", "One … members abstained.", "number"),
        ("One in ten members abstained.", "One in … members abstained.", "number"),
        ("Nine out of ten dentists agreed with it.", "Nine … dentists agreed with it.", "number"),
        ("Fewer than 1 in 10,000 children fall ill.", "Fewer than 1 … children fall ill.", "number"),
        ("Every third house in Lorn was sold.", "Every … house in Lorn was sold.", "number"),
        ("Jeder dritte Haushalt hat Schulden bei der Stadt.", "Jeder … Haushalt hat Schulden bei der Stadt.", "number"),
        ("Un élu sur cinq a voté. Un sur cinq dépasse le seuil.", "Un … dépasse le seuil.", "number"),
        ("Uno de cada cuatro vecinos paga más.", "Uno … vecinos paga más.", "number"),
        ("One out of ten voters stayed at home.", "One out … voters stayed at home.", "number"),
        ("Uno de cada cuatro vecinos paga más.", "Uno de … vecinos paga más.", "number"),
        ("Adults 18 years of age or older may vote.", "Adults 18 years of age … may vote.", "quantifier"),
        ("Adults 18 years of age or older may vote.", "Adults 18 years of age", "quantifier"),
        ("It is more common in Lorn than in Rome.", "It is … common in Lorn.", "quantifier"),
        ("Les prix sont moins hauts ici.", "Les prix sont … hauts ici.", "quantifier"),
        ("30 percent of them had left the town.", "30 … of them had left the town.", "unit"),
        ("Some 30 % of voters stayed at home.", "Some 30 … of voters stayed at home.", "unit"),
        ("It helped in two-thirds of the patients.", "It helped in two … of the patients.", "number"),
        ("Fold in ¾ of the flour with a spoon.", "Fold in … the flour with a spoon.", "quantifier"),
        ("Bake it for 50–60 minutes in the tin.", "Bake it for … 60 minutes in the tin.", "number"),
        ("He served between 1914 and 1918 in France.", "He served … 1918 in France.", "quantifier"),
        ("The cake keeps for up to a week in a tin.", "The cake keeps for … a week in a tin.", "quantifier"),
        ("A fever that lasts longer than 3 days is rare.", "A fever that lasts … 3 days is rare.", "quantifier"),
        ("The drug did not significantly lower the risk.", "The drug did not … lower the risk.", "quantifier"),
        ("Not all of the money was spent on roads.", "Not … the money was spent on roads.", "quantifier"),
        ("She has yet to apologise for it.", "She has … apologise[d] for it.", "negation"),
        ("Paul a failli perdre son emploi.", "Paul a … perd[u] son emploi.", "negation"),
        ("The doctor is not always right.", "The doctor is not … right.", "quantifier"),
        ("Le maire n’a pas toujours voté la loi.", "Le maire n’a pas … voté la loi.", "quantifier"),
        ("There will be no compulsory redundancies here.", "There will be no … redundancies here.", "quantifier"),
        ("An officer must, in almost every case, ask a judge.", "An officer must … ask a judge.", "quantifier"),
        ("Four houses have partly collapsed. Fewer than 20 fell.", "Four houses have … collapsed.", "quantifier"),
        ("The judgment is otherwise affirmed by us.", "The judgment is … affirmed by us.", "quantifier"),
        ("The other members of the club left early.", "The … members of the club left early.", "modal"),
        ("Most children have no side effects.", "children have no side effects", "quantifier"),
        ("In Lorn, too much salt can cause harm to you.", "salt can cause harm to you", "quantifier"),
    ],
)  # fmt: skip
def test_a_part_is_not_taken_for_the_whole(page: str, quote: str, kind: str) -> None:
    found = judge(quote, page)
    assert not found.holds
    assert kind in {change.kind.value for change in found.changes}


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("One man in his forties abstained.", "One man … abstained."),
        ("He took one out of the box.", "He took one … the box."),
        ("Adults 18 years of age may vote here in May.", "Adults 18 years of age may vote … in May."),
        ("He is more of a poet.", "He is … a poet."),
        ("Two men in their thirties were arrested.", "Two men … were arrested."),
        ("Two were killed in three days of fighting.", "Two were killed … of fighting."),
        ("Four members of the committee voted for it.", "Four … of the committee voted for it."),
        ("Five of the nine judges dissented.", "Five of the … judges dissented."),
        ("The house in the third street was sold.", "The house … was sold."),
        ("Die Zahl stieg um 37 Prozent. Dann aber fielen die Preise.", "Die Zahl stieg um 37 … fielen die Preise."),
        ("It was sold for 50–60 dollars in May.", "It was sold … in May."),
        ("It happened just over a month ago in Lorn.", "It happened … a month ago in Lorn."),
        ("The council has not yet decided on it.", "The council has not … decided on it."),
        ("He did not sign the long letter.", "He did not sign the … letter."),
        ("Er ist nicht, wie viele meinen, gesund.", "Er ist nicht … gesund."),
        ("Viele lesen kaum noch Zeitung am Abend.", "Viele lesen kaum … Zeitung am Abend."),
        ("There was no money in the old box.", "There was no money in the … box."),
        ("The work took, in the end, ten years.", "The work took … ten years."),
        ("They can support each other moving forward.", "They can support … moving forward."),
        ("The most important points are these.", "important points are these"),
        ("Go there whenever you want to see the sea.", "Go there … to see the sea."),
    ],
)  # fmt: skip
def test_what_is_said_of_the_whole_may_be_shortened(page: str, quote: str) -> None:
    assert judge(quote, page).holds
