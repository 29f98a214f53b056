"""The number of a note that was pasted with a quotation is taken for that note's sign, and no other number for anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.match import judge
from archiver.model import Verdict

PAGE = (
    "“They opened the dam,”[1] said Mayor Ruiz[2] on 13 May. He saw the dam[3] burst, and they left the dam said nothing more about 5 cars. "
    "The dam,[4] 250 people said, is gone.[5] COVID[19] cases rose in 2019[6], on page[13] and by 3.[7] Then 13[8] people left x[2] and 5 km[2] of "
    "CO[2] pipes. Boeing[737] and others closed the road[9]."
)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("They opened the dam,”1 said Mayor Ruiz", "typographic"),
        ('They opened the dam,"1 said Mayor Ruiz', "typographic"),
        ("They opened the dam,”1", "typographic"),
        ("He saw the dam3 burst", "typographic"),
        ("He saw the dam3", "typographic"),
        ("said, is gone.5", "typographic"),
        ("and others closed the road9.", "typographic"),
        ("He saw the dam3 … they left the dam", "elided"),
        ("saw the dam3", "typographic"),
    ],
)
def test_a_pasted_sign_is_the_page_s(words: str, verdict: str) -> None:
    found = judge(words, PAGE)
    assert (found.verdict, found.changes, found.ambiguous) == (verdict, (), False)


@pytest.mark.parametrize(
    "words",
    [
        "They opened the dam,”2 said Mayor Ruiz",
        "They opened the dam 1 said Mayor Ruiz",
        "They opened the dam1,” said Mayor Ruiz",
        "said Mayor Ruiz2 on 13 May",
        "and they left the dam3 said nothing more",
        "He saw the dam31 burst",
        "He saw the dam 3 burst",
        "He saw the dam burst3, and they left",
        "The dam,4 250 people said",
        "COVID19 cases rose in 2019",
        "COVID 19 cases rose in 2019",
        "cases rose in 20196, on",
        "cases rose in 2013, on",
        "cases rose in 2019, on page 13 and by",
        "and by 3.7 Then 13 people left",
        "and by 37 Then 13 people left",
        "Then 138 people left",
        "people left x2 and 5",
        "and 5 km2 of",
        "km of CO2 pipes. Boeing",
        "Boeing737 and others",
        "Boeing 737 and others",
    ],
)
def test_no_other_number_is(words: str) -> None:
    found = judge(words, PAGE)
    assert found.verdict is Verdict.ALTERED
    assert "number" in {change.kind for change in found.changes}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("The dam1 was closed on Monday at nine.", "The dam was closed on Monday at nine"),
        ("The dam was closed on Monday at nine.", "The dam1 was closed on Monday at nine"),
        ("The cost was 10² euros and no more.", "The cost was 102 euros and no more"),
        ("They wrote [1] in the margin of the page.", "They wrote1 in the margin of the page"),
        ("It was on the 13th of May that it rained.", "It was on the 131th of May that it rained"),
    ],
)
def test_without_a_sign_there_a_digit_is_one(page: str, words: str) -> None:
    assert not judge(words, page).holds


_WORDS = ["the", "dam", "was", "opened", "by", "mayor", "and", "clerk", "water", "went"]


@given(
    place=st.integers(2, 8),
    number=st.integers(1, 120),
    pasted=st.integers(1, 120),
    sign=st.sampled_from(["", ".", ",”"]),
)
def test_only_the_same_number_holds(place: int, number: int, pasted: int, sign: str) -> None:
    page = " ".join(word + (f"{sign}[{number}]" if k == place else "") for k, word in enumerate(_WORDS)) + " home."
    words = " ".join(word + (f"{sign}{pasted}" if k == place else "") for k, word in enumerate(_WORDS))
    glued = bool(sign) or len(_WORDS[place]) >= 3
    assert judge(words, page).holds is (glued and number == pasted)
