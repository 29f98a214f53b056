"""Who says the two passages that a quotation joins."""

from __future__ import annotations

import pytest

from archiver.match import judge

FIRST, SECOND = "If I go, I am sure of it", "The plan is a scandal"


@pytest.mark.parametrize("mark", [".", " ..."])
@pytest.mark.parametrize("line", [" ", "\n\n"])
@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("said Ann Moore", "said Peter Hall"),
        ("said councillor Ann Moore", "said mayor Peter Hall"),
        ("Moore said", "Hall replied"),
        ("said the head of the union, Ann Moore", "said Peter Hall, who leads the council"),
        ("according to Susan Gray", "said Peter Hall"),
        ("Ann Moore, a councillor, said", "Peter Hall, the mayor, said"),
        ("she said", "he said"),
        ("she said", "said Peter Hall"),
    ],
)
def test_what_two_people_said_is_no_quotation_of_one(mark: str, line: str, one: str, two: str) -> None:
    found = judge(f"{FIRST}{mark} {SECOND}", f"“{FIRST},” {one}.{line}“{SECOND},” {two}.")
    assert found.verdict.value == "spliced"
    assert any("two people" in notice.detail for notice in found.warnings)


@pytest.mark.parametrize(
    "page",
    [
        "According to Susan Gray, “{0}.” Peter Hall told reporters: “{1}.”",
        "“{0},” she said. Peter Hall told reporters: “{1}.”",
        "“{0},” said Ann Moore, but Peter Hall said, “{1}.”",
        "Moore said: “{0}.” Hall said: “{1}.”",
    ],
)
def test_before_the_speech(page: str) -> None:
    assert judge(f"{FIRST} ... {SECOND}", page.format(FIRST, SECOND)).verdict.value == "spliced"


@pytest.mark.parametrize("mark", [".", " ..."])
@pytest.mark.parametrize(
    "page",
    [
        "“{0},” she said. “{1}.”",
        "“{0},” said councillor Ann Moore. “{1}.”",
        "“{0},” said Ann Moore. “{1},” Moore added.",
        "“{0},” said Ann Moore.\n\n“{1},” she added.",
        "“{0},” Moore said, adding: “{1}.”",
        "“{0}”, said the captain, Ann Moore: “{1}.”",
    ],
)
def test_one_speaker_goes_on(mark: str, page: str) -> None:
    found = judge(f"{FIRST}{mark} {SECOND}", page.format(FIRST, SECOND))
    assert found.verdict.value == "elided"
    assert not [notice for notice in found.warnings if notice.code == "across-speakers"]


def test_where_it_is_not_evident_it_is_told() -> None:
    found = judge(f"{FIRST} ... {SECOND}", f"“{FIRST},” said the councillor. “{SECOND},” said the mayor.")
    assert found.verdict.value == "elided"
    assert [notice.code for notice in found.warnings] == ["across-speakers"]


def test_an_interruption_stays_what_it_is() -> None:
    found = judge("I am sure of it and so is she", "“I am sure of it,” he said, “and so is she,” said Peter Hall.")
    assert (found.verdict.value, found.warnings) == ("elided", ())


@pytest.mark.parametrize(
    ("quotation", "page"),
    [
        (
            "Wir sind sehr sicher. Der Plan ist ein Skandal",
            "„Wir sind sehr sicher“, sagte Anna Moor. „Der Plan ist ein Skandal“, sagte Peter Hall.",
        ),
        (
            "Nous sommes très sûrs. Le plan est un scandale",
            "« Nous sommes très sûrs », a déclaré Anne Martin. « Le plan est un scandale », a dit Pierre Durand.",
        ),
        (
            "Estamos muy seguros. El plan es un escándalo",
            "«Estamos muy seguros», dijo Ana Gómez. «El plan es un escándalo», afirmó Pedro Ruiz.",
        ),
        (
            "Siamo molto sicuri. Il piano è uno scandalo",
            "«Siamo molto sicuri», ha detto Anna Rossi. «Il piano è uno scandalo», ha detto Pietro Verdi.",
        ),
    ],
)
def test_other_languages(quotation: str, page: str) -> None:
    assert judge(quotation, page).verdict.value == "spliced"


def test_another_name_between_the_speeches_is_no_evidence_of_one_speaker() -> None:
    found = judge(f"{FIRST} ... {SECOND}", f"“{FIRST},” Moore said. Hall disagreed. “{SECOND},” he said.")
    assert "across-speakers" in {notice.code for notice in found.warnings}
