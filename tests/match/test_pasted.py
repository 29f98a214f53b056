"""The number of a note that was pasted with a quotation is taken for that note's sign, and no other number for anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.match import judge, prepare
from archiver.match.pasted import find, without
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


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ("saw the dam3 burst", [11]), ("saw the dam,3 burst", [12]), ("saw the dam.”3", [13]), ("saw the dam3, burst", [11]),
        ("saw the dam3", [11]),
        ("the dam3 and dam3 burst", [7, 16]), ("saw km3 burst", []), ("saw Dam3 burst", []), ("saw Dam,3 burst", [8]), ("saw the dam 3 burst", []),
        ("saw the dam3 4 burst", []), ("saw the dam3.5 burst", []), ("saw the dam1234 burst", []), ("saw the x-dam3 burst", [13]),
        ("3 dams burst", []),
        ("saw the dam4 burst", []), ("saw dam …3 burst", []),
    ],
)  # fmt: skip
def test_which_numbers_may_be_pasted_signs(words: str, starts: list[int]) -> None:
    """Glued to a small word of three letters or to a sign behind any word, one to three digits, and in brackets on the page."""
    found = find(words, prepare("He saw the dam[3] burst, and 1234[1234] more."))
    assert [each.start for each in found] == starts
    assert [each.end for each in found] == [start + 1 for start in starts]
    assert without(words, found) == "".join(letter for at, letter in enumerate(words) if at not in starts)


@pytest.mark.parametrize(
    ("words", "before", "signs", "after"),
    [
        ("the dam3 burst", "dam", "", "burst"), ("the dam,”3 said he", "dam", ",", "said"), ("the dam3", "dam", "", ""),
        ("the dam3 … burst", "dam", "", ""), ("the dam3 [now] burst", "dam", "", ""), ("the dam3 ... burst", "dam", "", ""),
        ("the dam3, burst", "dam", "", "burst"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_pasted_sign(words: str, before: str, signs: str, after: str) -> None:
    (found,) = find(words, prepare("the dam[3]"))
    assert (found.number, found.before, found.signs, found.after) == ("3", before, signs, after)


def test_of_two_places_the_one_with_the_sign_is_kept() -> None:
    page = "They left the old dam[4] at noon. They left the old dam[3] at noon."
    found = judge("left the old dam3 at noon", page)
    assert (found.verdict, found.ambiguous, [match.spans[0].start for match in found.matches]) == (
        "typographic",
        False,
        [39],
    )
    assert "ambiguous" not in {notice.code for notice in found.warnings}
    found = judge("left the old dam3 at noon", f"{page} They left the old dam[3] at noon.")
    assert (found.ambiguous, len(found.matches)) == (True, 2)
    assert "ambiguous" in {notice.code for notice in found.warnings}
