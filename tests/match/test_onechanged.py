"""Few words of which one is another."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.prospect import Prospect
from archiver.model import Layer, Text

PAGE = (
    "The bridge opened on 14 March. The school opened on 2 May. Tickets cost 45 pounds each. They met in Leeds yesterday. It was Ana Ruiz again. "
    "It rained on 3 June and on 5 June. He is 44 years old."
)


@pytest.mark.parametrize(
    ("quote", "mine", "theirs", "kind"),
    [
        ("on 15 March", "15", "14", "number"),
        ("on 14 May", "May", "March", "date"),
        ("opened on 3 May", "3", "2", "number"),
        ("45 euros each", "euros", "pounds", "unit"),
        ("met in York yesterday", "York", "Leeds", "name"),
        ("Was Eva Ruiz again", "Eva", "Ana", "name"),
        ("is 45 years old", "45", "44", "number"),
    ],
)
def test_another_number_unit_or_name_in_the_place_of_one(quote: str, mine: str, theirs: str, kind: str) -> None:
    found = judge(quote, PAGE)
    assert found.verdict.value == "altered"
    assert (kind, mine, theirs) in [(change.kind.value, change.in_quote, change.in_source) for change in found.changes]
    assert not Prospect.of(quote).is_none_in([Text(Layer.DOCUMENT, PAGE, "given", "")])


@pytest.mark.parametrize(
    "quote",
    [
        "on 4 June",  # two places, with two other days
        "on the March",
        "met the Leeds",
        "on 4 and",
        "45 boats each",  # no unit
    ],
)
def test_nothing_is_near_by_chance(quote: str) -> None:
    assert judge(quote, PAGE).verdict.value == "absent"


@pytest.mark.parametrize(
    ("quote", "page", "verdict"),
    [
        ("on 15 March", "It was on 14 March then.", "altered"), ("on fifteen March", "It was on fourteen March then.", "altered"),
        ("on 15th of March", "It was on fifth of March then.", "altered"),
        ("was Monday and", "So it was Friday and then.", "absent"),  # nothing tells the place but the commonest words
        ("left on Monday then", "They left on Friday then.", "altered"), ("paid 5 euros each", "They paid 5 pounds each.", "altered"),
        ("paid 5 million each", "They paid 5 pounds each.", "altered"), ("saw York boats", "They saw Leeds boats.", "altered"),
        ("saw York boats", "They saw town boats.", "absent"), ("saw York boats", "They saw T boats.", "absent"),
        ("saw The boats", "They saw York boats.", "absent"), ("Saw York boats", "Saw it. They saw Leeds boats.", "altered"),
        ("saw York boats", "We saw it. Saw Leeds boats.", "altered"), ("boats 5", "boats 6", "absent"),
        ("saw York boats", "We saw Leeds boats. We saw Hull boats.", "absent"),
        ("saw York boats", "We saw Leeds boats. We saw Leeds boats.", "altered"),
        ("saw [old] York boats", "We saw Leeds boats.", "absent"), ("saw 5 boats", "We saw Leeds boats.", "absent"), ("5 6 7", "5 8 7", "absent"),
    ],
)  # fmt: skip
def test_one_word_of_the_same_sort_in_the_place_of_another(quote: str, page: str, verdict: str) -> None:
    assert judge(quote, page).verdict.value == verdict
